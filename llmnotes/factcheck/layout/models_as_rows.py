"""Tables with models, or the sizes of a family, in their rows and attributes in their columns."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.factcheck.layout.foreign import is_foreign, unless_foreign, unless_publishers
from llmnotes.factcheck.layout.grid import Grid, spans_all, text_of
from llmnotes.factcheck.layout.headers import Header, beside_names, of_remarks
from llmnotes.factcheck.layout.left_out import leave_out, unless_of_files
from llmnotes.factcheck.layout.lines import Layout, Line, Spot, asked
from llmnotes.factcheck.layout.name_column import name_column, name_columns
from llmnotes.factcheck.layout.naming import (
    FamilyAround,
    in_series,
    named_subject,
    of_size,
    series_of,
)
from llmnotes.factcheck.layout.settings_beside import in_setting, is_setting_head
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.quantities.sizes import find_sizes
from llmnotes.tables.model import Table, TableCell

_SIZES = frozenset({"params_total", "params_reported"})


def models_as_rows(
    table: Table,
    count: int,
    heads: Grid,
    body: Grid,
    headers: list[Header | None],
    columns: list[str],
    names: Names,
) -> Layout:
    """The layout of a table whose columns have these `headers`, None where no attribute is named."""
    headers = [
        unless_of_files(header, [text_of(row, index) for row in body])
        for index, header in enumerate(headers)
    ]
    model = name_column(body, headers, columns, names)
    size = next(
        (i for i, h in enumerate(headers) if h and h.attribute in _SIZES and i != model), None
    )
    above = [text_of(row, index) for row in heads for index in range(len(row))]
    labels = [] if model is None else [text_of(row, model) for row in body]
    around = FamilyAround(table, names, above, labels)
    layout = Layout(table, "models-as-rows" if model is not None else "sizes-as-rows")
    layout.naming = naming = [] if model is None else name_columns(columns, model)
    for index, text in enumerate(columns):
        if headers[index] is None and index not in naming and model is not None:
            headers[index] = beside_names(text) or of_remarks(text)
        elif index not in naming:
            below = [text_of(row, index) for row in body]
            headers[index] = unless_publishers(unless_foreign(headers[index], below), below, names)
    owners = [layout.owner(index) for index in range(len(headers))]
    first = layout.owner(0)
    spoken: dict[int, tuple[TableSubject | None, str]] = dict.fromkeys(owners, (None, ""))
    series = ""
    for number, row in enumerate(body, start=count):
        if spans_all(row) and len(columns) > 1:
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
        foreign = (
            model is not None and spoken[first][0] is None and is_foreign(headers, _texts(row))
        )
        spots = [
            Spot(
                *spoken[owners[index]],
                asked(header) if index not in naming and not foreign else (),
                index,
            )
            for index, header in enumerate(headers)
        ]
        head = row[first] if 0 <= first < len(row) else None
        cells = list(row)
        unknown = head is not None and spoken[first][0] is None and head.text[-1:].isalpha()
        if head is not None and not foreign and (unknown or "(" in head.text.replace("（", "(")):
            _ask_of_sizes(columns[first], first, head, cells, spots, names)
        layout.lines.append(Line(number, spoken[first][1], cells, spots, head))
    if model is None and around.family is not None:
        layout.taken = around.family.taken
    for index, text in enumerate(columns):
        if index not in naming and headers[index] is None:
            leave_out(layout, text, [text_of(row, index) for row in body], names)
    return layout


def _ask_of_sizes(
    header: str,
    first: int,
    head: TableCell,
    cells: list[TableCell | None],
    spots: list[Spot],
    names: Names,
) -> None:
    """Ask of a name's sizes in brackets where no model so named has one of them."""
    from llmnotes.factcheck.layout.sized_names import SIZES_TOLD, cell_of, sizes_of_none

    told = sizes_of_none(head.text, names)
    if told is None:
        return
    cells[first] = cell_of(head, told.text)
    subject = spots[first].subject
    if subject is None and len(told.subject.models) == 1:
        spots[:] = [
            spot._replace(subject=told.subject) if spot.name == head.text else spot
            for spot in spots
        ]
    spots[first] = Spot(told.subject, spots[first].name, (SIZES_TOLD._replace(text=header),), first)


def _texts(row: Sequence[TableCell | None]) -> list[str]:
    return ["" if cell is None else cell.text for cell in row]


def _unless_sized(around: TableSubject, size: str) -> TableSubject | None:
    """The family itself for a row without a size; None for a size that none of its members has."""
    return None if find_sizes(size) else around
