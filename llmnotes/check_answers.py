"""Answers of `factcheck`, `check`, `conflicts` and `changes`, re-exported by `llmnotes.answers`."""

from __future__ import annotations

from typing import Any

from llmnotes.answer_types import ClaimAnswer, FrozenAnswer, SourceAnswer


class JudgedCellAnswer(FrozenAnswer):
    """What the base says of one cell of somebody's table; rows and columns count from 0."""

    row: int
    column: int
    line: int
    """Of the document, from 1."""
    text: str
    model: str | None
    attribute: str | None
    verdict: str
    cause: str | None
    expected: str | None
    reason: str | None
    sources: list[str]


class CheckedTableAnswer(FrozenAnswer):
    """One table of a document, with what is said of its rows and of each cell."""

    file: str
    line: int
    orientation: str
    rows: list[dict[str, Any]]
    cells: list[JudgedCellAnswer]
    summary: dict[str, int]


class FactcheckAnswer(FrozenAnswer):
    """Tables held against the base, with how many cells got each verdict."""

    tables: list[CheckedTableAnswer]
    summary: dict[str, int]
    sources: list[SourceAnswer]


class FindingAnswer(FrozenAnswer):
    """What a rule objects to; `model` is None where it is not about one model."""

    rule: str
    model: str | None
    attribute: str | None
    message: str
    severity: str
    values: list[dict[str, Any]]
    subject: str
    kind: str
    family: str | None
    layer: str


class CheckAnswer(FrozenAnswer):
    """The findings of a check, with their counts; `exceptions` are those that were met."""

    findings: list[FindingAnswer]
    summary: dict[str, Any]
    exceptions: list[dict[str, Any]]


class SaidAnswer(FrozenAnswer):
    """A value as an edition showed it; of a list what came or went."""

    value: Any
    status: str
    source: str | None
    locator: str | None
    title: str | None
    parameters: dict[str, Any] | None


class ChangeAnswer(FrozenAnswer):
    """What an edition changed: one attribute of models, or (`attribute` None) whole models.

    `change` is added, corrected or withdrawn; `values` is how many values it concerns.
    """

    edition: str
    change: str
    family: str
    models: list[str]
    attribute: str | None
    before: SaidAnswer | None
    after: SaidAnswer | None
    reason: str | None
    values: int


class ConflictAnswer(FrozenAnswer):
    """Claims of one attribute that disagree: the one that resolves it and the others."""

    subject: str
    kind: str
    model: str | None
    family: str | None
    attribute: str
    resolved: ClaimAnswer
    others: list[ClaimAnswer]
