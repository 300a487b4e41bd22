"""An in-memory base with exactly the claims of a test."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

_TABLES = """
CREATE TABLE models (id, family, name, variant, size, position);
CREATE TABLE model_values (model, attribute, value);
CREATE TABLE names (key, target, kind, text);
CREATE TABLE entity (kind, id, about, part_of);
CREATE TABLE sources (id, is_primary, checked, via, kind, arxiv, url, title, venue);
CREATE TABLE claims (
    id INTEGER PRIMARY KEY, subject_kind, subject, attribute, value, status, source, locator, layer,
    note, parameters, preferred, reason, printed
);
"""


class ChosenClaims:
    """A base of one family, `toy`, whose sizes are its models."""

    def __init__(self, sizes: Iterable[str]) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.connection.executescript(_TABLES)
        rows = [(size, "toy", f"Toy {size}", "base", size, at) for at, size in enumerate(sizes)]
        self.connection.executemany("INSERT INTO models VALUES (?, ?, ?, ?, ?, ?)", rows)

    def say(
        self, model: str, attribute: str, value: Any, status: str = "reported",
        note: str | None = None, layer: str = "curated",
    ) -> None:  # fmt: skip
        """Claim a value of a model; of several the first one resolves the attribute."""
        self.connection.execute(
            "INSERT INTO claims (subject_kind, subject, attribute, value, status, source, layer, note,"
            " preferred) VALUES ('model', ?, ?, ?, ?, 'paper', ?, ?, 0)",
            (model, attribute, None if value is None else json.dumps(value), status, layer, note),
        )
