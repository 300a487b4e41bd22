"""The orientation of a table: whether rows and columns are models, sizes of a family, or attributes."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.factcheck.layout.grid import Grid, grid, text_of
from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.factcheck.layout.heads import (
    attribute_header,
    column_headers,
    column_text,
    header_row_count,
)
from llmnotes.factcheck.layout.lines import Layout, Line, Spot, asked
from llmnotes.factcheck.layout.models_as_columns import models_as_columns
from llmnotes.factcheck.layout.models_as_rows import models_as_rows
from llmnotes.factcheck.layout.naming import context, is_name
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.tables.model import Table


def lay_out(table: Table, names: Names) -> Layout:
    """Interpret a table; `orientation` is `unknown` where neither axis names attributes."""
    rows = grid(table)
    if table.kind == "facts":
        return _facts(table, rows, names)
    count = header_row_count(table, rows, names)
    heads, body = rows[:count], rows[count:]
    width = max((len(row) for row in heads), default=0)
    columns = [column_text(heads, index) for index in range(width)]
    headers = column_headers(heads, width)
    side = _side_column(body, headers, names)
    labels = [text_of(row, side) for row in body]
    told = headers_in(headers) + sum(is_name(label, names) for label in labels)
    if _tell_more(labels, columns[side + 1 :], names, told):
        return models_as_columns(table, count, heads, body, side, names)
    if any(headers):
        return models_as_rows(table, count, heads, body, headers, columns, names)
    from llmnotes.factcheck.layout.crossed import crossed

    return crossed(table, count, heads, body, names) or Layout(table, "unknown")


def _tell_more(labels: Sequence[str], above: Sequence[str], names: Names, told: int) -> bool:
    """Whether more than `told` of the labels name attributes or of the texts above them models."""
    if len(labels) + len(above) <= told:
        return False
    down = sum(attribute_header(label) is not None for label in labels)
    return down > 0 and down + sum(is_name(text, names) for text in above) > told


def headers_in(headers: Sequence[Header | None]) -> int:
    """The number of headers that name attributes."""
    return sum(header is not None for header in headers)


def _side_column(body: Grid, headers: Sequence[Header | None], names: Names) -> int:
    """The column of labels: the first non-empty one, or a later one that names more attributes.

    The names of groups may precede those of attributes: `Math | GSM8K`.
    """
    filled = [i for i in range(3) if any(text_of(row, i).strip() for row in body)]
    if not filled:
        return 0
    named = sum(is_name(text_of(row, filled[0]), names) for row in body)
    if named * 2 > len(body):
        return filled[0]
    open_ones = [i for i in filled if i == filled[0] or _heads_labels(headers[i : i + 1])]
    return max(open_ones, key=lambda index: (_labels(body, index), -index))


def _heads_labels(headers: Sequence[Header | None]) -> bool:
    """Whether labels may stand below a header: it names no attribute, or the results of benchmarks."""
    return all(header is None or header.attribute in _HEADING_LABELS for header in headers)


_HEADING_LABELS = frozenset({"evaluation", "training_data", "objective"})
"""What `Benchmark`, `Dataset` and `Task` are read as, below which the names of benchmarks stand."""


def _labels(body: Grid, index: int) -> int:
    """The number of cells of a column that name attributes with values beside them."""
    found = (attribute_header(text_of(row, index)) for row in body)
    return sum(header is not None and not header.term for header in found)


def _facts(table: Table, rows: Grid, names: Names) -> Layout:
    subject = None
    for heading in reversed(table.headings):
        subject = names.find(heading) or context(table._replace(headings=(heading,)), names)
        if subject:
            break
    layout = Layout(table, "facts")
    for number, row in enumerate(rows):
        if len(row) > 1 and read_header(text_of(row, 0)).role == "name":
            subject = names.find(text_of(row, 1))
        header = attribute_header(text_of(row, 0)) if len(row) > 1 else None
        spot = Spot(subject, table.headings[-1] if table.headings else "", asked(header), 1)
        layout.lines.append(
            Line(number, text_of(row, 0), list(row[1:2]), [spot], row[0] if row else None)
        )
    return layout
