"""How many of the mapped cells of published tables are read to the value their gold file states.

    python benchmarks/reading.py DIRECTORY [--misses]

DIRECTORY holds one folder for each table: `table.*` as published, `truth.yaml` with the value of every
mapped cell. A cell is found by its text and the header that it stands under or beside; which model it
speaks of is measured by `benchmarks/factcheck.py`.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path
from typing import Any

import yaml

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.layout.cell_reader import read_all
from llmnotes.factcheck.layout.grid import grid
from llmnotes.factcheck.layout.header_rows import read_headers
from llmnotes.factcheck.layout.headers import Header
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables import Table, read_file
from llmnotes.tables.inline import plain
from llmnotes.tables.plain import take_marks

NAMES = {
    "batch_size_tokens": "batch_size",
    "batch_size_sequences": "batch_size",
    "base_model": "based_on",
}
AKIN = {
    "params_total": {"params_active", "params_reported"},
    "normalization": {"norm_placement"},
    "architecture": {"sparsity"},
    "tokenizer": {"tokenizer_library"},
    "attention": {"attention_span"},
}
"""Attributes under which a gold value may be read: `Pre-LN` is a placement, `MoE` a sparsity."""

Cells = list[tuple[str, Header]]


def squeezed(text: str) -> str:
    return " ".join(text.split())


def cells_of(table: Table) -> Cells:
    """Every cell with each header above it or beside it that names an attribute."""
    rows = grid(table)
    above = [read_headers(cell.text if cell else "" for cell in row) for row in rows[:3]]
    found: Cells = []
    for number, row in enumerate(rows):
        beside = read_headers(cell.text if cell else "" for cell in row[:2])
        for column, cell in enumerate(row):
            if cell is None:
                continue
            tops = [heads[column] for heads in above[:number] if column < len(heads)]
            for header in [*tops, *beside[:column]]:
                found += [(squeezed(cell.text), header)] if header.attributes else []
    return found


def numbers_of(gold: Any) -> list[float] | None:
    """The numbers that a gold value states; None for words and dates."""
    if isinstance(gold, bool):
        return None
    if isinstance(gold, int | float):
        return [float(gold)]
    if isinstance(gold, list):
        parts = [numbers_of(item) for item in gold]
        return [number for part in parts for number in part or []] if all(parts) else None
    try:
        return [float(re.sub(r"^[<>]=?", "", part).strip()) for part in re.split(r"->", str(gold))]
    except ValueError:
        return None


def states(reading: CellReading, gold: Any) -> bool:
    """Whether a reading is the gold value, the way in which it is bounded included."""
    if not reading.items:
        return False
    numbers = numbers_of(gold)
    if isinstance(gold, bool):
        return reading.value is gold
    if numbers is not None and ATTRIBUTES[reading.attribute].kind != "date":
        read = [item.value for item in reading.items]
        if not all(isinstance(value, int | float) for value in read):
            return False
        same = len(read) == len(numbers) and all(
            abs(float(value) - number) <= abs(number) * 1e-9
            for value, number in zip(read, numbers, strict=True)
        )
        bound = re.match(r"[<>]=?", str(gold))
        return same and reading.items[0].bound == (bound[0] if bound else reading.items[0].bound)
    if ATTRIBUTES[reading.attribute].kind == "date":
        return str(gold) in [item.value for item in reading.items]
    if isinstance(reading.items[0].value, bool):
        return str(gold) != reading.items[0].qualifier  # a cross under GQA says: not this one
    said = [squeezed(reading.text), *(str(item.value) for item in reading.items)]
    return any(squeezed(str(gold)).lower() in text.lower() for text in said)


def is_read(entry: dict[str, Any], cells: Cells) -> bool:
    """Whether some cell of this text, under a header of this attribute, reads as the gold value."""
    attribute = NAMES.get(entry["attribute"], entry["attribute"])
    wanted = {attribute, *AKIN.get(attribute, ())}
    raw, _ = take_marks(squeezed(plain(str(entry["raw"]))))
    for text, header in cells:
        if not (raw == text or (raw and raw in text)) or not wanted & set(header.attributes):
            continue
        if header.given:  # both headers of a matrix state a value, the cell only names the model
            given = read_cell(header.given, str(header.attribute))
            if header.attribute == attribute and states(given, entry["value"]):
                return True
        for reading in read_all(text, header):
            if reading.attribute in wanted and states(reading, entry["value"]):
                return True
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every cell that is misread")
    options = parser.parse_args()
    total = read = 0
    print(f"{'table':45}{'cells':>7}{'read':>7}{'share':>8}{'ms':>8}")
    for folder in sorted(path.parent for path in options.directory.glob("*/truth.yaml")):
        entries = yaml.safe_load((folder / "truth.yaml").read_text("utf-8")) or []
        began = time.perf_counter()
        tables = read_file(next(folder.glob("table.*")))
        cells = [cell for table in tables for cell in cells_of(table)]
        missed = [entry for entry in entries if not is_read(entry, cells)]
        spent = (time.perf_counter() - began) * 1000
        total, read = total + len(entries), read + len(entries) - len(missed)
        share = 1 - len(missed) / max(len(entries), 1)
        print(
            f"{folder.name:45}{len(entries):7}{len(entries) - len(missed):7}{share:8.1%}{spent:8.0f}"
        )
        for entry in missed if options.misses else ():
            print(
                f"    {entry['model']} / {entry['attribute']}: {entry['raw']!r} is {entry['value']!r}"
            )
    print(f"{'all':45}{total:7}{read:7}{read / max(total, 1):8.2%}")
    return 0 if read >= 0.95 * total else 1


if __name__ == "__main__":
    sys.exit(main())
