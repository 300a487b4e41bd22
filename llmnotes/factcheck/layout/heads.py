"""Finds the header rows of a table and the names of its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.layout.grid import Grid, text_of
from llmnotes.factcheck.layout.header_rows import continues, read_columns, spread
from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.factcheck.layout.settings_beside import are_settings
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.tables.model import Table, TableCell

_PART = late(r"(?<=[a-z])_(?:min|max)$")
"""Suffixes of the columns of a value's parts, as `llmnotes export` names them."""


def header_row_count(table: Table, rows: Grid, names: Names) -> int:
    """The number of header rows: those of header cells, or up to the one that names attributes."""
    count = _heading_attributes(table, rows)
    return count + _go_on_with_names(rows[count - 1 : count + 1], names)


def _heading_attributes(table: Table, rows: Grid) -> int:
    count = 0
    for row in table.rows:
        if not row or not all(cell.header for cell in row) or (count and _is_section(row)):
            break
        count += 1
    if 1 < count < len(table.rows):
        return count
    best = _most_telling(rows[:_MOST_HEADS])
    if best is not None:
        return best + 1
    count = min(1, len(rows))
    while count < min(_MOST_HEADS, len(rows) - 1) and (
        continues(rows[count - 1], rows[count]) or _tells_settings(rows[count])
    ):
        count += 1
    return count


def _is_section(row: Sequence[TableCell]) -> bool:
    """Whether a row is one cell across all columns, which heads the rows below it and no column."""
    return len(row) == 1 and row[0].colspan > 1


def _tells_settings(row: Sequence[TableCell | None]) -> bool:
    """Whether a row below no name has only the settings of the benchmarks above it: `5-shot`."""
    texts = ["" if cell is None else cell.text.strip() for cell in row]
    return texts[:1] == [""] and are_settings(texts[1:])


def _most_telling(rows: Grid) -> int | None:
    """The row that names the attributes where the first does not; None where it is uncertain."""
    if max(map(len, rows), default=0) < _FEWEST_NAMED or _attributes_named(rows[0]) > 1:
        return None
    named = [_attributes_named(row) for row in rows]
    best = max(range(len(named)), key=lambda index: named[index])
    return best if named[best] >= _FEWEST_NAMED else None


_MOST_HEADS = 3
_FEWEST_NAMED = 3
"""Minimum number of attributes in a later row to be taken for the header."""


def _attributes_named(row: Sequence[TableCell | None]) -> int:
    texts = {c.text for c in row if c is not None and not re.match(r"\W*\d", c.text)}
    headers = (attribute_header(text) for text in texts)
    return sum(header is not None and not header.term for header in headers)


def _go_on_with_names(rows: Grid, names: Names) -> bool:
    """Whether a row continues the names above it: `LLaMA 2 | Qwen 1.5` over `70B | 72B Chat`."""
    if len(rows) < 2:
        return False
    above, below = ([text_of(row, index) for index in range(len(rows[0]))] for row in rows)
    sized = [pair for pair in zip(above[1:], below[1:], strict=False) if find_sizes(pair[1])]
    if len(sized) < 2 or attribute_header(below[0]) is not None:
        return False
    named = [pair for pair in sized if pair[0].strip() and names.find(" ".join(pair)) is not None]
    return len(named) > 1 and len(named) * 2 >= len(sized)


def attribute_header(text: str) -> Header | None:
    """The meaning of a header that names an attribute whose values are below or beside it."""
    found = read_header(_PART.sub("", text))
    return found if found.attribute and not found.given else None


def column_headers(heads: Grid, width: int) -> list[Header | None]:
    """The attribute of each column, from the parts of its header in all rows."""
    texts = [[_PART.sub("", text_of(row, index)) for index in range(width)] for row in heads]
    *above, lowest = texts or [[""] * width]
    merged = [
        [
            wide if low.strip() else text
            for text, wide, low in zip(row, spread(row), lowest, strict=True)
        ]
        for row in above
    ]
    columns = [[row[index] for row in (*merged, lowest)] for index in range(width)]
    return [
        header if header.attribute and not header.given else None
        for header in read_columns(columns)
    ]


def column_text(heads: Grid, index: int) -> str:
    """The header of a column: its lowest non-empty cell."""
    return next((text for row in reversed(heads) if (text := text_of(row, index).strip())), "")


def column_name(heads: Grid, index: int, names: Names) -> str:
    """The name above a column: that formed by all parts of its header, else the lowest part."""
    parts = dict.fromkeys(text.strip() for row in heads if (text := text_of(row, index)).strip())
    together = " ".join(parts)
    return together if len(parts) > 1 and names.find(together) else column_text(heads, index)
