"""Tables with models in their columns and attributes in their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.layout.foreign import unless_foreign
from llmnotes.factcheck.layout.grid import Grid, spans_all, text_of
from llmnotes.factcheck.layout.header_rows import read_headers, together_mean
from llmnotes.factcheck.layout.headers import read_header
from llmnotes.factcheck.layout.heads import (
    attribute_header,
    column_name,
    column_text,
)
from llmnotes.factcheck.layout.left_out import leave_out, unless_of_files
from llmnotes.factcheck.layout.lines import Layout, Line, Spot, asked
from llmnotes.factcheck.layout.naming import (
    ONLY_SIZE,
    FamilyAround,
    named_subject,
)
from llmnotes.factcheck.layout.settings_beside import are_settings, in_setting, is_setting_head
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.tables.model import Table

_VALUE = late(
    r"(?:values?|settings?|config(?:uration)?|details?|specs?|数值|值|取值|参数值)?", re.I
)
_SURE = 0.95


def models_as_columns(
    table: Table, count: int, heads: Grid, body: Grid, side: int, names: Names
) -> Layout:
    """The layout of a table whose first rows, `heads`, name models, and whose column `side` attributes."""
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
        if spans_all(row):
            group = text_of(row, 0)
        label = text_of(row, side)
        own = beside if beside.attribute and not beside.given else None
        apart = own is not None and own.certainty >= _SURE and _names_surely(group)
        header = (together_mean(group, label) if group and not apart else None) or own
        if header is None and group:
            header = attribute_header(f"{group} {label}")
        values = [text_of(row, index) for index in range(first, len(row))]
        header = unless_foreign(unless_of_files(header, values), values)
        if header is not None and settings:
            header = in_setting(
                header, [(texts[index - first], text_of(row, index)) for index in settings]
            )
        spots = [
            Spot(subject, text, asked(header) if index not in silent else (), index)
            for index, (subject, text) in enumerate(zip(subjects, texts, strict=True), start=first)
        ]
        layout.lines.append(
            Line(number, label, row[first:], spots, row[side] if side < len(row) else None)
        )
        if header is None and not spans_all(row):
            leave_out(layout, label, values, names)
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
