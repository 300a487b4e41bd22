"""Bulk loading of models and claims into the user's store, up to millions of rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from llmnotes.resolve import Statement, covered
from llmnotes.store.rows import RECORD_COLUMNS, record_tuple, value_tuples
from llmnotes.vocabulary import fold

_COLUMNS: dict[str, Sequence[str]] = {
    "model": ("id", "family", "name", "size", "variant", "position", "layer", "write"),
    "name": ("kind", "key", "target", "text", "is_id", "write"),
    "claim": (
        "subject_kind", "subject", "attribute", "value", "status", "source", "locator", "layer",
        "note", "parameters", "preferred", "reason", "write",
    ),
    "model_record": RECORD_COLUMNS,
    "model_value": ("model", "attribute", "position", "value", "number"),
    "text_index": ("kind", "id", "title", "body"),
}  # fmt: skip


@contextmanager
def without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    """Drop the indexes that loading does not read, and rebuild them afterwards.

    Does nothing in a store that already holds many rows, where rebuilding would cost more.
    """
    held = connection.execute("SELECT count(*) FROM (SELECT 1 FROM user.model LIMIT 5000)")
    if held.fetchone()[0] >= 5_000:
        yield
        return
    built = connection.execute(
        "SELECT name, sql FROM user.sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        f"AND tbl_name IN ({', '.join(repr(table) for table in _COLUMNS)}) AND name <> 'claim_subject'"
    ).fetchall()
    for name, _ in built:
        connection.execute(f"DROP INDEX user.{name}")
    yield
    for name, sql in built:
        connection.execute(sql.replace(f"INDEX {name} ", f"INDEX user.{name} ", 1))


class Loader:
    """Collects rows and inserts them table by table on `flush`."""

    def __init__(self, connection: sqlite3.Connection, write: int) -> None:
        self._connection = connection
        self._write = write
        self._rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _COLUMNS}
        self._inserts: dict[str, Callable[[list[tuple[Any, ...]]], Any]] = {
            table: _inserter(connection, table, columns) for table, columns in _COLUMNS.items()
        }

    def model(
        self,
        model: dict[str, Any],
        claims: Iterable[tuple[Statement, str | None]],
        layer: str,
        names: Iterable[str] = (),
    ) -> None:
        """A new model, with the claims that resolve its values.

        `claims` pairs each statement with its value as JSON. Inheritance from a family or base is not
        applied here but afterwards, by `resolve_again`.
        """
        rows, key, title, write = self._rows, model["id"], model["name"], self._write
        rows["model"].append(
            (key, model["family"], title, model["size"], model["variant"], model["position"],
             layer, write)
        )  # fmt: skip
        spelled = {fold(key): key}
        for text in (title, *names):
            spelled.setdefault(fold(text), text)
        for folded, text in spelled.items():
            rows["name"].append(("model", folded, key, text, int(text == key), write))
        statements: dict[str, list[Statement]] = {}
        for statement, value in claims:
            self.claim("model", statement, value)
            statements.setdefault(statement.attribute, []).append(statement)
        rows["model_record"].append(record_tuple(model, covered(statements, None, key)))
        rows["model_value"].extend(value_tuples(key, statements))
        rows["text_index"].append(("model", key, title, " ".join(spelled.values())))

    def claim(self, kind: str, claim: Statement, value: str | None) -> None:
        """One claim; `value` is its value as JSON."""
        self._rows["claim"].append(
            (kind, claim.subject, claim.attribute, value, claim.status, claim.source, claim.locator,
             claim.layer, claim.note, None, int(claim.preferred), claim.reason, self._write)
        )  # fmt: skip

    def name(self, kind: str, target: str, text: str) -> None:
        """A further name of a known subject."""
        self._rows["name"].append((kind, fold(text), target, text, 0, self._write))

    def flush(self) -> None:
        """Insert the collected rows."""
        for table, rows in self._rows.items():
            if rows:
                self._inserts[table](rows)
                rows.clear()


def _inserter(
    connection: sqlite3.Connection, table: str, columns: Sequence[str]
) -> Callable[[list[tuple[Any, ...]]], Any]:
    verb = "INSERT OR IGNORE" if table == "name" else "INSERT"
    marks = ", ".join("?" * len(columns))
    sql = f"{verb} INTO user.{table} ({', '.join(columns)}) VALUES ({marks})"
    return lambda rows: connection.executemany(sql, rows)
