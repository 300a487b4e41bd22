"""How long the fact-checker takes for cells that somebody made to keep it busy.

    python benchmarks/hostile_cells.py [CELLS]

CELLS (20,000) cells of long digits, brackets, separators and words are checked as Markdown, under a header of
every attribute in turn; printed beside the time for as many plain cells.
"""

from __future__ import annotations

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
LENGTH = 120
COLUMNS = 20


def table(cells: int, hostile: bool) -> str:
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
            run = RUNS[number % len(RUNS)]
            long = (run * LENGTH)[:LENGTH].replace("|", "")
            texts.append(f"{long}{number}" if hostile else f"{number}")
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
    plain, hostile = seconds(table(cells, False)), seconds(table(cells, True))
    print(f"{cells:,} cells: plain {plain:.2f} s, hostile {hostile:.2f} s")


if __name__ == "__main__":
    main()
