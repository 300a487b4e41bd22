"""Compares models and families side by side."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from llmnotes.errors import InputError
from llmnotes.knowledge.differences import Standing, standing
from llmnotes.knowledge.effects import Effect, ModelClaims, effects
from llmnotes.knowledge.folding import SIZE_MARK, TUNED, ComparedSubject, FoldedCell, Value, fold
from llmnotes.knowledge.members import check_variants, members
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.sources import sources
from llmnotes.knowledge.stand_ins import look_up
from llmnotes.schema import ATTRIBUTES, GROUPS, Attribute, attribute, attributes_in
from llmnotes.store.claims import Claims

__all__ = [
    "SIZE_MARK",
    "ComparedRow",
    "ComparedSubject",
    "FoldedCell",
    "ModelComparison",
    "Value",
    "compare",
]


class ComparedRow(NamedTuple):
    """One attribute across all subjects."""

    attribute: Attribute
    cells: list[FoldedCell]
    standing: Standing

    @property
    def differs(self) -> bool:
        """Whether two subjects have known values that exclude each other."""
        return self.standing == "differs"


class ModelComparison(NamedTuple):
    """Subjects, rows and the sources cited."""

    subjects: list[ComparedSubject]
    rows: list[ComparedRow]
    sources: list[dict[str, Any]]
    effects: Sequence[Effect] = ()

    def as_json(self) -> dict[str, Any]:
        """The stable JSON shape of `compare` and `diff`."""
        return {
            "subjects": [
                {"id": item.id, "kind": item.kind, "name": item.name, "models": item.models}
                for item in self.subjects
            ],
            "rows": [
                {
                    "attribute": row.attribute.id,
                    "label": row.attribute.label,
                    "group": row.attribute.group,
                    "unit": row.attribute.unit,
                    "differs": row.differs,
                    "one_sided": row.standing == "one-sided",
                    "cells": [
                        {
                            "subject": cell.subject,
                            "text": cell.text,
                            "values": [_value_json(value) for value in cell.values],
                        }
                        for cell in row.cells
                    ],
                }
                for row in self.rows
            ],
            "effects": [effect.as_json() for effect in self.effects],
            "sources": self.sources,
        }


def _value_json(value: Value) -> dict[str, Any]:
    found = {
        "models": value.models, "value": value.value, "status": value.status,
        "source": value.source, "locator": value.locator,
    }  # fmt: skip
    if value.layer and value.layer != "curated":
        found["layer"] = value.layer
    return {**found, "also": value.also} if value.also else found


def compare(
    connection: sqlite3.Connection,
    names: Sequence[str | Subject],
    *,
    attributes: Iterable[str] = (),
    group: str | None = None,
    only_differences: bool = False,
    unknown_too: bool = False,
    each_size: bool = False,
    variants: str = "base",
) -> ModelComparison:
    """Compare the models and families called `names`.

    Without `attributes` or `group` all attributes with a known value are shown, and always those that
    represent a row of the starting notes' table. A family is represented by its members of these
    `variants`. Raises `InputError` where it has none. With `only_differences` a row is left out where the
    subjects agree or, unless `unknown_too`, where only one subject has a value.
    """
    check_variants(variants)
    columns = _columns(
        connection, [_subject(connection, name) for name in names], each_size, variants
    )
    claims = Claims(connection, dict.fromkeys(key for column in columns for key in column.models))
    publishers = dict(connection.execute("SELECT id, name FROM organizations"))
    rows = compared_rows(
        claims,
        columns,
        chosen_attributes(attributes, group),
        publishers=publishers,
        always=frozenset(ATTRIBUTES) if attributes else ALWAYS,
        shown=shown_standings(only_differences, unknown_too),
    )
    used = [key for row in rows for cell in row.cells for key in cell.sources]
    several = len(columns) > 1
    worked_out = effects(claims, [column.models for column in columns]) if several else []
    return ModelComparison(columns, rows, sources(connection, used), worked_out)


def compared_rows(
    claims: ModelClaims,
    columns: Sequence[ComparedSubject],
    attributes: Iterable[Attribute],
    *,
    publishers: dict[str, str],
    always: Collection[str],
    shown: Collection[Standing],
) -> list[ComparedRow]:
    """A row for each attribute that has a value or is always shown."""
    rows = []
    for item in attributes:
        cells = [fold(claims, column, item, publishers) for column in columns]
        said = any(value.status and not value.implied for cell in cells for value in cell.values)
        row = ComparedRow(item, cells, standing(item, cells))
        if (said or item.id in always) and row.standing in shown:
            rows.append(row)
    return rows


def shown_standings(only_differences: bool, unknown_too: bool) -> set[Standing]:
    """The standings of the rows to show: differing, and one-sided where asked for."""
    if not only_differences:
        return {"same", "one-sided", "differs"}
    return {"one-sided", "differs"} if unknown_too else {"differs"}


ALWAYS = frozenset(
    {
        "organization", "release_date", "architecture", "params_total", "objective",
        "training_data", "preprocessing", "tokenizer", "positional_encoding", "attention",
        "activation", "context_length", "n_layers", "batch_size", "evaluation", "post_training",
        "optimizer",
    }
)  # fmt: skip
"""One attribute for each row of the starting notes' table, shown even where nothing is known."""


def _subject(connection: sqlite3.Connection, name: str | Subject) -> Subject:
    return look_up(connection, name) if isinstance(name, str) else name


def _columns(
    connection: sqlite3.Connection, subjects: Iterable[Subject], each_size: bool, variants: str
) -> list[ComparedSubject]:
    columns: dict[tuple[str, str], ComparedSubject] = {}
    for subject in subjects:
        models = [subject.id]
        if subject.kind == "family":
            models = members(connection, subject.id, variants)
            if not models and variants == "post-trained":
                raise InputError(f"{subject.id} has no {variants} models")
        named = _named(connection, models)
        if each_size or subject.kind == "model":
            for key, (name, size) in named.items():
                columns[("model", key)] = ComparedSubject(key, "model", name, [key], [size or name])
        else:
            columns[("family", subject.id)] = ComparedSubject(
                subject.id, "family", subject.name, list(named), labels(named.values()),
                all_tuned(named.values()),
            )  # fmt: skip
    return list(columns.values())


def labels(members: Iterable[tuple[str, str | None]]) -> list[str]:
    """Labels that distinguish the members of a family: sizes, or names where sizes are equal.

    Where all of them are post-trained, none needs to say so.
    """
    named = list(members)
    if all_tuned(named):
        named = [(name, (size or "").removesuffix(_TUNED)) for name, size in named]
    times = Counter(size for _, size in named)
    return [size if size and times[size] == 1 else name for name, size in named]


def all_tuned(members: Iterable[tuple[str, str | None]]) -> bool:
    """Whether there are members and all of them are post-trained, by the labels of their sizes."""
    sizes = [size for _, size in members]
    return bool(sizes) and all(size is not None and size.endswith(_TUNED) for size in sizes)


_TUNED = f" {TUNED}"


def size_label(name: str, size: str | None, variant: str) -> str | None:
    """The label of a model's size within its family; None where a base model has none."""
    return f"{size or name} {variant}" if variant != "base" else size


def _named(connection: sqlite3.Connection, models: list[str]) -> dict[str, tuple[str, str | None]]:
    rows = connection.execute(
        f"SELECT id, name, size, variant FROM models WHERE id IN ({', '.join('?' * len(models))})",
        models,
    )
    found = {key: (name, size_label(name, size, variant)) for key, name, size, variant in rows}
    return {key: found[key] for key in models}


def chosen_attributes(names: Iterable[str], group: str | None) -> list[Attribute]:
    """The attributes named, those of a group, or all in the order of the groups.

    Raises `InputError` for an unknown name.
    """
    chosen = [attribute(name) for name in names]
    if group:
        chosen += [item for item in attributes_in(group) if item not in chosen]
    if chosen:
        return chosen
    order = list(GROUPS)
    return sorted(ATTRIBUTES.values(), key=lambda item: order.index(item.group))
