"""Answers of the Python API: pydantic objects of the stable JSON shapes."""

from __future__ import annotations

from typing import Any

from pydantic import Field, create_model

from llmnotes.answer_types import ClaimAnswer, FrozenAnswer, SourceAnswer
from llmnotes.check_answers import (
    ChangeAnswer,
    CheckAnswer,
    CheckedTableAnswer,
    ConflictAnswer,
    FactcheckAnswer,
    FindingAnswer,
    JudgedCellAnswer,
    SaidAnswer,
)
from llmnotes.schema import ATTRIBUTES, Attribute, Column

__all__ = [
    "CellAnswer", "ChangeAnswer", "CheckAnswer", "CheckedTableAnswer", "ClaimAnswer",
    "ComparisonAnswer", "ConflictAnswer", "EntityAnswer", "EntityUseAnswer", "EstimateAnswer",
    "ExplanationAnswer", "FactcheckAnswer", "FamilyAnswer", "FindingAnswer", "FormulaAnswer",
    "FrozenAnswer", "GenerationAnswer", "JudgedCellAnswer", "LineAnswer", "ModelRecord",
    "ParamsAnswer", "RowAnswer", "SaidAnswer", "SearchHit", "SourceAnswer", "SubjectAnswer",
    "ValueAnswer",
]  # fmt: skip


class SearchHit(FrozenAnswer):
    """Something that full-text search found."""

    kind: str
    id: str
    name: str
    text: str


class EntityUseAnswer(FrozenAnswer):
    """A model whose value names an entity, with where that is said."""

    model: str
    name: str
    family: str | None
    variant: str
    attribute: str
    value: str
    status: str
    source: str | None
    locator: str | None


class EntityAnswer(FrozenAnswer):
    """An organization, dataset, benchmark, license, tokenizer or machine, and who uses it."""

    kind: str
    id: str
    name: str
    aliases: list[str]
    url: str | None
    about: str | None
    used_by: list[EntityUseAnswer]
    sources: list[SourceAnswer]


class GenerationAnswer(FrozenAnswer):
    """A family as a generation of a line."""

    id: str
    name: str
    release_date: str | None
    sizes: list[str]
    organization: list[str]
    models: list[str]


class LineAnswer(FrozenAnswer):
    """The generations of a name, first to last."""

    id: str
    generations: list[GenerationAnswer]


class SubjectAnswer(FrozenAnswer):
    """A model or family of a comparison."""

    id: str
    kind: str
    name: str
    models: list[str]


class ValueAnswer(FrozenAnswer):
    """A value with the models it holds for."""

    models: list[str]
    value: Any
    """In the unit of the row."""
    status: str | None
    source: str | None
    locator: str | None


class CellAnswer(FrozenAnswer):
    """What one subject has to say on one attribute."""

    subject: str
    text: str
    """As a table shows it, thousands apart: `4,096`, `6.74B`."""
    values: list[ValueAnswer]


class RowAnswer(FrozenAnswer):
    """One attribute across all subjects."""

    attribute: str
    label: str
    group: str
    unit: str | None
    """Of the values: parameters, tokens, layers, …; None where they are no numbers."""
    differs: bool
    one_sided: bool
    cells: list[CellAnswer]


class ComparisonAnswer(FrozenAnswer):
    """Subjects side by side, with the sources they rest on."""

    subjects: list[SubjectAnswer]
    rows: list[RowAnswer]
    effects: list[dict[str, Any]]
    """What the differences cost, each with its `unit`: parameters, bytes, FLOP, a fraction of 1."""
    sources: list[SourceAnswer]

    def _repr_html_(self) -> str:
        """Subjects side by side."""
        from llmnotes import notebook

        return notebook.comparison(self.model_dump())

    def row(self, attribute: str) -> RowAnswer:
        """The row of an attribute; raises `KeyError` where it was not compared."""
        for row in self.rows:
            if row.attribute == attribute:
                return row
        raise KeyError(attribute)


class ExplanationAnswer(FrozenAnswer):
    """The pages of a term, or the choices where it means several things."""

    term: str
    remarks: list[str]
    pages: list[dict[str, Any]]
    choices: list[dict[str, Any]]


class FormulaAnswer(FrozenAnswer):
    """A figure with how it came about."""

    value: float
    """In `unit`."""
    unit: str
    formula: str
    inputs: dict[str, Any]
    source: str
    note: str


class ParamsAnswer(FrozenAnswer):
    """Parameters, counted one by one: all of them, those that one token uses, and both by part."""

    total: int
    active: int
    parts: dict[str, int]
    active_parts: dict[str, int]
    published: int | None
    """The exact count that the base or the checkpoint states."""


class EstimateAnswer(FrozenAnswer):
    """Sizes of one model in parameters, bytes, FLOP and seconds, with the formula of every figure."""

    model: str
    params: ParamsAnswer
    kv_cache_bytes_per_token: float
    """Bytes for each token of a sequence, all layers together."""
    kv_cache_growth_bytes_per_token: float
    """The same of layers without a window, whose cache grows with the context."""
    kv_cache_bytes_per_source_token: float
    """Bytes for each token of an encoder's input."""
    memory: dict[str, Any]
    """Bytes: `weights`, `kv_cache` of all sequences, and `weights_by_format`."""
    flops_per_token: float
    """FLOP of one token's forward pass."""
    excluded: dict[str, dict[str, Any]]
    convention: str
    formulas: dict[str, FormulaAnswer]
    inputs: dict[str, Any]


class _RecordAnswer(FrozenAnswer):
    """The fields that records of models and families share."""

    id: str
    family: str | None
    name: str
    variant: str | None
    status: dict[str, str]
    claims: dict[str, list[ClaimAnswer]] = Field(default_factory=dict)

    def _repr_html_(self) -> str:
        """Attribute by attribute."""
        from llmnotes import notebook

        return notebook.record(self.model_dump())


def _type(column: Column) -> Any:
    """A column's Python type; sets and lists come as lists."""
    if column.part == "value":
        return Any
    return {"INTEGER": int, "REAL": float, "TEXT": str}[column.sql_type] | None


def _says(item: Attribute, column: Column) -> str:
    """What a column means, and the unit of its numbers."""
    unit = "tokens" if column.part == "tokens" else item.unit
    numbers = column.sql_type in {"INTEGER", "REAL"} and item.kind != "flag"
    return f"{item.meaning} Unit: {unit}." if unit and numbers else item.meaning


_FIELDS: dict[str, Any] = {
    column.name: (_type(column), Field(default=None, description=_says(item, column)))
    for item in ATTRIBUTES.values()
    for column in item.columns
}

ModelRecord: Any = create_model("ModelRecord", __base__=_RecordAnswer, **_FIELDS)
"""A model's record: one field per attribute column, None where nothing is known or said.

`ModelRecord.model_fields["d_model"].description` tells a field's meaning and unit; a date is an ISO text,
of which the month or day may be missing.
"""


class FamilyAnswer(_RecordAnswer):
    """A family: its own values and claims, and its members."""

    line: str | None
    summary: str | None
    models: list[ModelRecord]
