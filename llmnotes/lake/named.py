"""Configurations of a lake by name, for comparisons and estimates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from llmnotes.errors import InputError, quoted
from llmnotes.ingest.model_config import described
from llmnotes.knowledge.compare import (
    ComparedSubject,
    ModelComparison,
    chosen_attributes,
    compared_rows,
    shown_standings,
)
from llmnotes.knowledge.effects import effects
from llmnotes.knowledge.estimate_subject import pasted_shape
from llmnotes.knowledge.shapes import Shape
from llmnotes.lake.query import NO_LIMIT, ask, opened
from llmnotes.lake.schema import IN_LAKE, REFUSED, absent
from llmnotes.model_files.config_file import config_of
from llmnotes.resolve import Statement, Statements
from llmnotes.schema import ATTRIBUTES
from llmnotes.sizing import Architecture
from llmnotes.values import parse_value

if TYPE_CHECKING:
    import duckdb

_NEAREST = 3


def shape(lake: Path, name: str) -> Shape:
    """The shape of the configuration called `name`.

    Raises:
        InputError: the name is unknown, or the configuration was refused.
    """
    ((key, config),) = _configs(lake, [name])
    return pasted_shape(config.encode(), key, f"{key} in {lake}")


def compare(
    lake: Path,
    names: Sequence[str],
    *,
    attributes: Iterable[str] = (),
    group: str | None = None,
    only_differences: bool = False,
    unknown_too: bool = False,
) -> ModelComparison:
    """Compare configurations by the values they state and the figures counted from them.

    Raises:
        InputError: a name is unknown, its configuration was refused, or an attribute has no value.
    """
    wanted = chosen_attributes(attributes, group)
    for item in wanted if attributes else ():
        if item not in IN_LAKE and item.group != group:
            raise InputError(absent(item.id))
    claims = _ConfigClaims(lake, names)
    always = {item.id for item in wanted} if attributes else set[str]()
    columns = [ComparedSubject(key, "model", key, [key], [key]) for key in claims.architectures]
    rows = compared_rows(
        claims,
        columns,
        wanted,
        publishers={},
        always=always,
        shown=shown_standings(only_differences, unknown_too),
    )
    costs = effects(claims, [[key] for key in claims.architectures], claims.architectures)
    return ModelComparison(columns, rows, [], costs if len(columns) > 1 else [])


class _ConfigClaims:
    """The values of configurations in the form of claims; a configuration named twice counts once."""

    def __init__(self, lake: Path, names: Sequence[str]) -> None:
        self.architectures: dict[str, Architecture] = {}
        self._claims: dict[str, dict[str, list[Statement]]] = {}
        for key, config in _configs(lake, names):
            file = config_of(config.encode(), key)
            self.architectures[key] = architecture = file.architecture()
            found = self._claims.setdefault(key, {})
            for raw in described(file, architecture):
                value = raw.value
                if not raw.canonical:
                    value = parse_value(ATTRIBUTES[raw.attribute], value)
                claim = Statement(
                    key, raw.attribute, value, raw.status, None, raw.locator, "imported", raw.note
                )
                found.setdefault(raw.attribute, [claim])

    def of_model(self, model: str) -> Statements:
        return self._claims[model]


def _configs(lake: Path, names: Sequence[str]) -> list[tuple[str, str]]:
    """Ids as stored in the lake, with their configurations."""
    with opened(lake) as connection:
        return [_config(connection, lake, name) for name in names]


_NAMED = """
    SELECT DISTINCT id, config, status, reason FROM models
    WHERE id = $name
       OR lower(id) = lower($name) AND NOT EXISTS (SELECT 1 FROM models WHERE id = $name)
    ORDER BY ALL LIMIT 2
"""
_ALIKE = """
    SELECT DISTINCT id, jaro_winkler_similarity(lower(id), lower($name)) AS likeness FROM models
    WHERE id IS NOT NULL ORDER BY likeness DESC, id LIMIT $most
"""


def _config(connection: duckdb.DuckDBPyConnection, lake: Path, name: str) -> tuple[str, str]:
    _, found = ask(connection, _NAMED, {"name": name}, NO_LIMIT)
    if not found:
        _, alike = ask(connection, _ALIKE, {"name": name, "most": _NEAREST}, NO_LIMIT)
        nearest = ", ".join(key for key, _ in alike)
        raise InputError(f"{lake} holds no configuration {quoted(name)}. Nearest: {nearest}.")
    if len(found) > 1:
        raise InputError(
            f"{lake} holds several configurations {quoted(name)}; `sql --lake` shows them"
        )
    ((key, config, status, reason),) = found
    if status == REFUSED:
        raise InputError(f"{key} was refused: {reason}")
    return str(key), str(config)
