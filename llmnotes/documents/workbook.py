"""Excel workbooks: the blocks of filled cells of each sheet, with a title above a block as heading."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any
from xml.etree import ElementTree

from llmnotes.documents.archive import checked_archive
from llmnotes.documents.rendition import LineOrigin, RenderedCell, Rendition
from llmnotes.tables.source import MOST_COLUMNS

_MOST_ROWS = 100_000
_MOST_MERGES = 10_000
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")

Line = tuple[int, list[str]]
Merges = dict[tuple[int, int], tuple[int, int]]


def read(data: bytes, name: str) -> Rendition:
    """The workbook's tables; raises `InputError` where it is not a workbook."""
    import openpyxl

    file = checked_archive(data, name, "workbook")
    # Reading row by row bounds the memory that a far-off cell or merge could require.
    book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
    made = Rendition(name)
    try:
        for sheet in book.worksheets:
            merges = _merges(file, str(getattr(sheet, "_worksheet_path", "")))
            for block in _blocks(_rows(sheet)):
                _block(str(sheet.title), block, merges, made)
    finally:
        book.close()
    return made


def _rows(sheet: Any) -> Iterator[Line]:
    sheet.reset_dimensions()  # the declared dimensions may be wrong
    for number, row in enumerate(islice(sheet.rows, _MOST_ROWS), start=1):
        yield number, [_words(cell.value, cell.number_format) for cell in row[:MOST_COLUMNS]]


def _words(value: Any, shown: str | None) -> str:
    """A value as text: whole numbers without a point, percentages and dates as displayed."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, float):
        percent = value * 100 if "%" in (shown or "") else value
        return f"{percent:.15g}" + (" %" if "%" in (shown or "") else "")
    return str(value)


def _blocks(rows: Iterator[Line]) -> Iterator[list[Line]]:
    """Runs of non-empty rows."""
    block: list[Line] = []
    for number, row in rows:
        if any(text.strip() for text in row):
            block.append((number, row))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _block(sheet: str, block: list[Line], merges: Merges, made: Rendition) -> None:
    while block and sum(bool(text.strip()) for text in block[0][1]) == 1:
        number, row = block.pop(0)
        at = next(at for at, text in enumerate(row) if text.strip())
        made.heading(row[at], 2, LineOrigin(number, sheet, ((1, f"!{_letters(at)}{number}"),)))
    if not block:
        return
    filled = [at for _, row in block for at, text in enumerate(row) if text.strip()]
    first, last = min(filled), max(filled)
    numbers = {number for number, _ in block}
    rows, origins, covered = [], [], set[tuple[int, int]]()
    for number, row in block:
        cells = []
        for at in range(first, last + 1):
            if (number, at) in covered:
                continue
            height, width = merges.get((number, at), (1, 1))
            height, width = min(height, max(numbers) - number + 1), min(width, last - at + 1)
            if (height, width) != (1, 1):
                covered |= {(number + y, at + x) for y in range(height) for x in range(width)}
            address = f"!{_letters(at)}{number}"
            cells.append(RenderedCell(row[at] if at < len(row) else "", address, width, height))
        rows.append(cells)
        origins.append(LineOrigin(number, sheet))
    made.table(rows, origins)


def _merges(file: io.BytesIO, part: str) -> Merges:
    """The merged ranges of a sheet, which reading row by row leaves out: height and width by first cell."""
    found: Merges = {}
    with zipfile.ZipFile(file) as archive:
        try:
            opened = archive.open(part.lstrip("/"))
        except KeyError:
            return found
        with opened:
            for _, element in ElementTree.iterparse(opened):
                match = element.tag.endswith("}mergeCell") and _RANGE.fullmatch(
                    element.get("ref", "")
                )
                if match and len(found) < _MOST_MERGES:
                    left, top, right, bottom = match.groups()
                    size = int(bottom) - int(top) + 1, _number(right) - _number(left) + 1
                    found[int(top), _number(left)] = max(size[0], 1), max(size[1], 1)
                element.clear()
    return found


def _number(letters: str) -> int:
    """The index of a column by its letters, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letters(column: int) -> str:
    """The letters of a column index, from 0."""
    name = ""
    while column >= 0:
        name = chr(ord("A") + column % 26) + name
        column = column // 26 - 1
    return name
