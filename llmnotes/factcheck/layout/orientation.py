"""The orientation of a table: whether rows and columns are models, sizes of a family, or attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from llmnotes.factcheck.layout.grid import Grid, grid, text_of
from llmnotes.factcheck.layout.header_rows import read_headers, together_mean
from llmnotes.factcheck.layout.headers import Header, beside_names, read_header
from llmnotes.factcheck.layout.heads import (
    attribute_header,
    column_headers,
    column_name,
    column_text,
    header_row_count,
)
from llmnotes.factcheck.layout.name_column import name_column, name_columns
from llmnotes.factcheck.layout.naming import (
    ONLY_SIZE,
    FamilyAround,
    context,
    in_series,
    is_name,
    named_subject,
    of_size,
    series_of,
)
from llmnotes.factcheck.layout.settings_beside import are_settings, in_setting, is_setting_head
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.tables.model import Table, TableCell

_VALUE = late(
    r"(?:values?|settings?|config(?:uration)?|details?|specs?|数值|值|取值|参数值)?", re.I
)
_SURE = 0.95
_SIZES = frozenset({"params_total", "params_reported"})


class Spot(NamedTuple):
    """The subject and attribute of a cell: the model, its name in the table, and the header."""

    subject: TableSubject | None
    name: str
    headers: tuple[Header, ...]
    column: int


@dataclass(slots=True)
class Line:
    """A row of the table: its cells as written, and the spots of its columns.

    A ragged line has fewer or more cells than spots. `label` names the row's subject.
    """

    number: int
    label: str
    cells: list[TableCell | None]
    spots: list[Spot]
    head: TableCell | None = None

    @property
    def ragged(self) -> int:
        """The number of missing cells (negative: surplus ones)."""
        return len(self.spots) - len(self.cells)


Unit = tuple[str, int, int]


@dataclass
class Layout:
    """The interpretation of a table: its orientation and its lines.

    `unread` are the headers of columns (or labels of rows) without a known attribute, `formulas` those of
    computed values; the cells below are not judged. `naming` are the columns of
    model names, several where tables stand side by side.
    """

    table: Table
    orientation: str
    lines: list[Line] = field(default_factory=list)
    taken: str = ""
    unread: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    naming: list[int] = field(default_factory=list)

    def owner(self, column: int) -> int:
        """The column of names that speaks for a column: the next to its left; -1 where none does."""
        before = (name for name in self.naming if name <= column)
        return max(before, default=self.naming[0] if self.naming else -1)

    def unit(self, row: int, column: int) -> Unit:
        """The row or the column of one model; of tables side by side the row of one of them."""
        if self.orientation.endswith("columns"):
            return "column", column, -1
        return "row", row, self.owner(column)

    @cached_property
    def labels(self) -> dict[int, str]:
        """The label of each row by number."""
        return {line.number: line.label.strip() for line in self.lines}

    @property
    def families(self) -> set[str]:
        """Ids of all families and models named."""
        return {spot.subject.id for line in self.lines for spot in line.spots if spot.subject}


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
        return _models_as_columns(table, count, heads, body, side, names)
    if any(headers):
        return _models_as_rows(table, count, heads, body, headers, columns, names)
    return Layout(table, "unknown")


def _unless_of_files(header: Header | None, texts: Sequence[str]) -> Header | None:
    """The header of a column; None where it has sizes of files instead of parameters."""
    if header is None or header.attribute not in _SIZES:
        return header
    if not any("GB" in text or "MB" in text or "TB" in text or "iB" in text for text in texts):
        return header
    from llmnotes.factcheck.layout.file_sizes import unless_of_files

    return unless_of_files(header, texts)


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


def _spans_all(row: Sequence[TableCell | None]) -> bool:
    """Whether a row is one heading over all columns."""
    filled = {id(cell): cell for cell in row if cell is not None and cell.text.strip()}
    return len(filled) == 1 and (len(row) == 1 or row[0] in filled.values())


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
        spot = Spot(subject, table.headings[-1] if table.headings else "", _one(header), 1)
        layout.lines.append(
            Line(number, text_of(row, 0), list(row[1:2]), [spot], row[0] if row else None)
        )
    return layout


def _one(header: Header | None) -> tuple[Header, ...]:
    return (header,) if header is not None else ()


def _models_as_columns(
    table: Table, count: int, heads: Grid, body: Grid, side: int, names: Names
) -> Layout:
    first = side + 1
    width = max(len(row) for row in heads)
    texts = [column_name(heads, index, names) for index in range(first, width)]
    around = FamilyAround(table, names, [column_text(heads, index) for index in range(first)])
    subjects = [named_subject(text, names, around) for text in texts]
    settings = _setting_columns(body, texts, subjects, first)
    silent = {*settings, *_remark_columns(texts, subjects, first)}
    if len(texts) == 1 and subjects == [None] and _VALUE.fullmatch(texts[0].strip()):
        subjects, texts = [around.family], [around.family.taken if around.family else texts[0]]
    sized = all(ONLY_SIZE.fullmatch(text) for text in texts if text.strip())
    layout = Layout(table, "sizes-as-columns" if sized and texts else "models-as-columns")
    group = ""
    together = read_headers(text_of(row, side) for row in body)
    for number, (row, beside) in enumerate(zip(body, together, strict=True), start=count):
        if _spans_all(row):
            group = text_of(row, 0)
        label = text_of(row, side)
        own = beside if beside.attribute and not beside.given else None
        apart = own is not None and own.certainty >= _SURE and _names_surely(group)
        header = (together_mean(group, label) if group and not apart else None) or own
        if header is None and group:
            header = attribute_header(f"{group} {label}")
        header = _unless_of_files(header, [text_of(row, index) for index in range(first, len(row))])
        if header is not None and settings:
            header = in_setting(
                header, [(texts[index - first], text_of(row, index)) for index in settings]
            )
        spots = [
            Spot(subject, text, _one(header) if index not in silent else (), index)
            for index, (subject, text) in enumerate(zip(subjects, texts, strict=True), start=first)
        ]
        layout.lines.append(
            Line(number, label, row[first:], spots, row[side] if side < len(row) else None)
        )
        if header is None and not _spans_all(row):
            _leave_out(
                layout, label, [text_of(row, index) for index in range(first, len(row))], names
            )
    return layout


def _setting_columns(
    body: Grid, texts: Sequence[str], subjects: Sequence[TableSubject | None], first: int
) -> list[int]:
    """The columns of settings among those of models: headed so, or with nothing else in them."""
    return [
        index
        for index, (text, subject) in enumerate(zip(texts, subjects, strict=True), start=first)
        if subject is None
        and (is_setting_head(text) or are_settings([text_of(row, index) for row in body]))
    ]


def _remark_columns(
    texts: Sequence[str], subjects: Sequence[TableSubject | None], first: int
) -> list[int]:
    """The columns of remarks among those of models: `Notes`, `Sources`."""
    return [
        index
        for index, (text, subject) in enumerate(zip(texts, subjects, strict=True), start=first)
        if subject is None and text.strip() and read_header(text).role == "other"
    ]


def _names_surely(text: str) -> bool:
    """Whether a text is an attribute's own name, and thus a row without values rather than a heading."""
    return read_header(text).attribute is not None and read_header(text).certainty >= _SURE


def _models_as_rows(
    table: Table,
    count: int,
    heads: Grid,
    body: Grid,
    headers: list[Header | None],
    columns: list[str],
    names: Names,
) -> Layout:
    headers = [
        _unless_of_files(header, [text_of(row, index) for row in body])
        for index, header in enumerate(headers)
    ]
    model = name_column(body, headers, columns, names)
    size = next(
        (i for i, h in enumerate(headers) if h and h.attribute in _SIZES and i != model), None
    )
    above = [text_of(row, index) for row in heads for index in range(len(row))]
    around = FamilyAround(table, names, above)
    layout = Layout(table, "models-as-rows" if model is not None else "sizes-as-rows")
    layout.naming = naming = [] if model is None else name_columns(columns, model)
    for index, text in enumerate(columns):
        if headers[index] is None and index not in naming and model is not None:
            headers[index] = beside_names(text)
    owners = [layout.owner(index) for index in range(len(headers))]
    first = layout.owner(0)
    spoken: dict[int, tuple[TableSubject | None, str]] = dict.fromkeys(owners, (None, ""))
    series = ""
    for number, row in enumerate(body, start=count):
        if _spans_all(row) and len(columns) > 1:
            around.family = names.find(text_of(row, 0)) or around.family
            continue
        if model is not None and is_setting_head(label := text_of(row, model)):
            texts = [(label, text_of(row, index)) for index in range(len(headers))]
            headers = [h and in_setting(h, [t]) for h, t in zip(headers, texts, strict=True)]
            continue
        for column in naming:
            text = text_of(row, column)
            if column == first and any(text_of(row, index).strip() for index in range(column)):
                series = series_of(row, column, names)
            if text.strip():
                found = in_series(text, series if column == first else "", names)
                spoken[column] = found or named_subject(text, names, around), text
        if model is None and size is not None:
            name = text_of(row, size)
            family = around.family
            subject = family and (of_size(name, names, family) or _unless_sized(family, name))
            spoken[first] = subject, name
        elif model is None:
            spoken[first] = around.family, columns[0] if columns else ""
        spots = [
            Spot(*spoken[owners[index]], _one(header) if index not in naming else (), index)
            for index, header in enumerate(headers)
        ]
        head = row[first] if 0 <= first < len(row) else None
        layout.lines.append(Line(number, spoken[first][1], list(row), spots, head))
    if model is None and around.family is not None:
        layout.taken = around.family.taken
    for index, text in enumerate(columns):
        if index not in naming and headers[index] is None:
            _leave_out(layout, text, [text_of(row, index) for row in body], names)
    return layout


def _unless_sized(around: TableSubject, size: str) -> TableSubject | None:
    """The family itself for a row without a size; None for a size that none of its members has."""
    return None if find_sizes(size) else around


def _leave_out(layout: Layout, label: str, texts: Sequence[str], names: Names) -> None:
    """Record a column or row that is not judged, once, unless it contains only names."""
    filled = [text for text in texts if text.strip()]
    role = read_header(label).role if label.strip() and filled else "other"
    if role == "formula":
        layout.formulas.append(label.strip())
    elif role == "unknown" and not all(is_name(text, names) for text in filled[:_MOST_ASKED]):
        layout.unread.append(label.strip())


_MOST_ASKED = 20
"""Number of cells of a column that are tested for names of models."""
