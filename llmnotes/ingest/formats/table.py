"""A table of models as the user's claims, with `file:line:cell` as locator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest

from llmnotes.attributes.headers import header_names
from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.raw import RawClaim, RawContents, RawModel, Remarks
from llmnotes.ingest.raw_values import raw_value
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.schema import ATTRIBUTES, Attribute, attribute
from llmnotes.tables.model import Place, Table, TableCell
from llmnotes.tables.reader import read_file
from llmnotes.vocabulary import fold

_SUFFIXES = (
    ".md", ".markdown", ".csv", ".tsv", ".tab", ".html", ".htm", ".tex", ".latex", ".txt",
)  # fmt: skip
_BLANK = {"", "-", "–", "—", "?", "n/a", "na", "unknown", "none", "tbd", "…", "..."}
_WITHHELD = {"undisclosed", "not disclosed", "withheld", "secret"}
_ROUNDED = re.compile(r"[a-z]", re.I)
"""A parameter count with a scale letter, `6.7B`, is the published figure rather than the exact one."""

_NO_CELL = TableCell("", "", Place(0, 0, 0, 0))
"""Used where a row is shorter than the others."""

_LONGEST = 2_000
"""Characters of a cell."""
_MOST_COLUMNS = 5_000


def recognises(source: InputFile) -> bool:
    """A file with a table's suffix."""
    return not source.is_folder and source.name.endswith(_SUFFIXES)


def read(source: InputFile) -> RawContents:
    """Every table of the file with models on one axis and attributes on the other.

    Raises `InputError` where there is none.
    """
    if source.is_folder:
        raise InputError(f"{source.path}: a folder, not a table")
    remarks, models = Remarks(), list[RawModel]()
    for table in read_file(source.path):
        models += _models(table, source.path.name, remarks)
    if not models:
        raise InputError(
            f"{source.path}: no table with models on one side and attributes on the other; "
            "`llmnotes list attributes` shows their names"
        )
    place = str(source.path)
    row = source_row(source_id("table", place), f"table in {source.path.name}", copy=place)
    return RawContents("table", row, models, remarks, layer="user", total=len(models))


def heading(text: str) -> Attribute | None:
    """The attribute that a column or row header names; None where it names none."""
    key = fold(text.partition("(")[0]) or fold(text)
    if not key:
        return None
    if key in _headings():
        return ATTRIBUTES[_headings()[key]]
    try:
        found = attribute(text.partition("(")[0].strip())
    except InputError:
        return None
    return None if found.computed else found


@cache
def _headings() -> dict[str, str]:
    """The header names of the attributes in all languages."""
    names = header_names().attributes.items()
    return {fold(word): attribute for attribute, words in names for word in words}


def _models(table: Table, file: str, remarks: Remarks) -> Iterator[RawModel]:
    if table.width > _MOST_COLUMNS:
        raise InputError(
            f"{file}:{table.place.line}: {table.width:,} columns; at most {_MOST_COLUMNS:,} are read"
        )
    rows = [_spread(row) for row in table.rows]
    if len(rows) < 2:
        return
    across = sum(heading(cell.text) is not None for cell in rows[0][1:])
    down = sum(heading(row[0].text) is not None for row in rows[1:] if row)
    if across == down == 0:
        remarks.leave_out("a table without attributes", f"{file}:{table.place.line}")
        return
    if down > across:
        rows = [list(column) for column in zip_longest(*rows, fillvalue=_NO_CELL)]
    heads = [heading(cell.text) for cell in rows[0]]
    for cell, head in zip(rows[0][1:], heads[1:], strict=True):
        if head is None and cell.text.strip():
            remarks.leave_out(
                "a heading that is no attribute", f"{file}:{cell.place.line}: {cell.text}"
            )
    for row in rows[1:]:
        if row and row[0].text.strip():
            claims = list(_claims(row, heads, file, remarks))
            yield RawModel(row[0].text.strip(), claims)


def _spread(row: list[TableCell]) -> list[TableCell]:
    return [cell for cell in row for _ in range(min(cell.colspan, 100))]


def _claims(
    row: list[TableCell], heads: list[Attribute | None], file: str, remarks: Remarks
) -> Iterator[RawClaim]:
    for number, (cell, head) in enumerate(zip(row, heads, strict=False), start=1):
        text = cell.text.strip()
        if head is None or number == 1 or text.lower() in _BLANK:
            continue
        place = f"{file}:{cell.place.line}:{number}"
        if len(text) > _LONGEST:
            remarks.leave_out("a cell that is too long", place)
        elif text.lower() in _WITHHELD:
            yield RawClaim(head.id, None, place, "undisclosed")
        else:
            name = (
                "params_reported"
                if head.id == "params_total" and _ROUNDED.search(text)
                else head.id
            )
            yield RawClaim(name, raw_value(head, text), place)
