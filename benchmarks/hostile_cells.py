"""How long the fact-checker takes for cells that somebody made to keep it busy.

    python benchmarks/hostile_cells.py [CELLS]

CELLS (20,000) cells of long digits, brackets, separators and words, and as many of random mixtures of signs,
are checked as Markdown, under a header of every attribute in turn, with cells of 8, 120 and 1,000 characters;
printed beside the time for as many plain cells.
"""

from __future__ import annotations

import random
import sys
import time

from llmnotes.factcheck.judging.check import Checker
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import connect
from llmnotes.tables import read

RUNS = (
    "0",
    "1,",
    "1.",
    "1-",
    "1 and ",
    "zero-",
    "(",
    "[",
    "a ",
    "~",
    "万",
    "1M ",
    "\\\\a{",
    "$1",
    "-",
    "x2",
    "5-shot ",
)
LENGTHS = (8, 120, 1_000)
COLUMNS = 20
_SIGNS = "01,.- ()[]ab~万M\\{}$x5-+×=/:→"


def mixtures(count: int = 997) -> tuple[str, ...]:
    """Random runs of signs, the same at each call."""
    chosen = random.Random(8)
    return tuple("".join(chosen.choice(_SIGNS) for _ in range(8)) for _ in range(count))


def table(cells: int, runs: tuple[str, ...] = (), length: int = 0) -> str:
    """A Markdown table of so many cells, each text its own."""
    labels = [item.label for item in ATTRIBUTES.values()]
    rows = cells // COLUMNS
    lines = []
    for row in range(rows):
        if row % 50 == 0:
            start = (row // 50 * COLUMNS) % len(labels)
            heads = [labels[(start + i) % len(labels)] for i in range(COLUMNS)]
            lines += ["", f"| Model | {' | '.join(heads)} |", "|" + "---|" * (COLUMNS + 1)]
        texts = []
        for column in range(COLUMNS):
            number = row * COLUMNS + column
            run = runs[number % len(runs)] if runs else ""
            texts.append(f"{(run * length)[:length]}{number}")
        lines.append(f"| LLaMA 7B | {' | '.join(texts)} |")
    return "\n".join(lines)


def seconds(text: str) -> float:
    """Processor time for reading and checking a text."""
    checker = Checker(connect())
    start = time.process_time()
    checker.check_all(read(text, "hostile.md"))
    return time.process_time() - start


def main() -> None:
    """Print the times."""
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    print(f"{cells:,} cells, processor seconds: plain {seconds(table(cells)):.2f}")
    for length in LENGTHS:
        runs, mixed = (seconds(table(cells, one, length)) for one in (RUNS, mixtures()))
        print(f"{length:>5,} characters each: runs {runs:.2f}, mixtures {mixed:.2f}")


if __name__ == "__main__":
    main()
