"""One write of the user's: its log entry and the record of its changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from llmnotes.store.log import begin, finish
from llmnotes.store.resolved import resolve_again
from llmnotes.store.search_index import refresh_search_index
from llmnotes.store.write import writing


@dataclass
class Session:
    """An open write: the subjects it touches, and its changes as plain records.

    `done` holds one record per change, with `change`, `subject`, `attribute`, `value` and `remark`.
    """

    connection: sqlite3.Connection
    write: int
    done: list[dict[str, Any]] = field(default_factory=list)
    touched: dict[str, set[str]] = field(default_factory=dict)

    def record(
        self, change: str, subject: str, attribute: str = "", value: Any = None, remark: str = ""
    ) -> None:
        """Record one change."""
        self.done.append(
            {
                "change": change, "subject": subject, "attribute": attribute, "value": value,
                "remark": remark,
            }
        )  # fmt: skip

    def touch(self, kind: str, subject: str) -> None:
        """Record that the claims about a subject have changed."""
        self.touched.setdefault(kind, set()).add(subject)


class NothingDoneError(Exception):
    """Raised within a session to roll it back without a log entry."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a write; `write` is its number in the log, None where nothing was changed."""

    write: int | None
    done: list[dict[str, Any]]


@contextmanager
def session(store: Path, command: str, *, large: bool = False) -> Iterator[Session]:
    """An atomic write that is logged under `command`.

    Raises `StoreError` where the store cannot be written to.
    """
    try:
        with writing(store, large=large) as connection:
            opened = Session(connection, begin(connection, command))
            yield opened
            if not any(item["change"] != "kept" for item in opened.done):
                raise NothingDoneError
            models, families = (opened.touched.get(kind, set()) for kind in ("model", "family"))
            refresh_search_index(connection, models, families, opened.touched.get("technique", ()))
            resolve_again(connection, models, families)
            finish(connection, opened.write, _summary(opened.done))
    except NothingDoneError:
        opened.write = 0


def outcome(opened: Session) -> Outcome:
    """The result of a closed session."""
    return Outcome(opened.write or None, opened.done)


def _summary(done: list[dict[str, Any]]) -> str:
    parts = []
    for item in done:
        what = f"{item['change']} {item['subject']}"
        parts.append(f"{what} {item['attribute']}".rstrip())
    text = "; ".join(dict.fromkeys(parts))
    return text if len(text) <= 300 else text[:297] + "..."
