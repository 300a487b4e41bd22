"""`add` and `alias`: the user's own models and families, and additional names."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from llmnotes.edits.claims import Provenance, claim
from llmnotes.errors import InputError, unknown
from llmnotes.ingest.naming import add_name, add_organization, identifier
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.names import find
from llmnotes.schema import VARIANTS
from llmnotes.store.log import remove
from llmnotes.store.session import Outcome, Session, outcome, session
from llmnotes.vocabulary import fold

KINDS = ("model", "family", "organization")
_LONGEST_NAME = 300


def clean_name(name: str) -> str:
    """A name as it is stored: one line, no control characters, not too long."""
    text = " ".join("".join(char if char.isprintable() else " " for char in name).split())
    if not text or len(text) > _LONGEST_NAME:
        raise InputError(f"{name[:60]!r} is not a name of 1 to {_LONGEST_NAME} characters")
    return text


def add(
    store: Path,
    name: str,
    assignments: list[str],
    provenance: Provenance,
    *,
    kind: str = "model",
    family: str | None = None,
    variant: str = "base",
    size: str | None = None,
) -> Outcome:
    """Add a model, family or organization of the user's own, with its claims.

    Raises `InputError` where the name is taken or something referred to does not exist.
    """
    if kind not in KINDS:
        raise unknown("kind", kind, KINDS)
    if variant not in VARIANTS:
        raise unknown("variant", variant, VARIANTS)
    with session(store, "add") as opened:
        text = clean_name(name)
        _free(opened.connection, kind, text)
        key = identifier(text)
        if kind == "organization":
            add_organization(opened.connection, key, text, opened.write)
        elif kind == "family":
            _row(opened, "family", (key, text, None, None, "user", opened.write))
        else:
            of = find(opened.connection, family, ("family",)).id if family else None
            place = opened.connection.execute(
                "SELECT coalesce(max(position), -1) + 1 FROM models WHERE family = ?", (of,)
            ).fetchone()[0]
            row = (key, of, text, size and clean_name(size), variant, place, "user", opened.write)
            _row(opened, "model", row)
        if kind != "organization":
            add_name(opened.connection, kind, key, text, opened.write)
            opened.touch(kind, key)
        article = "an" if kind == "organization" else "a"
        opened.record("added", key, remark=f"{article} {kind} of your own")
        for assignment in assignments:
            claim(opened, Subject(kind, key, text), assignment, provenance)
    return outcome(opened)


def _row(opened: Session, table: str, values: tuple[object, ...]) -> None:
    columns = {
        "family": "id, name, line, summary, layer, write",
        "model": "id, family, name, size, variant, position, layer, write",
    }[table]
    opened.connection.execute(
        f"INSERT INTO user.{table} ({columns}) VALUES ({', '.join('?' * len(values))})", values
    )


def _free(connection: sqlite3.Connection, kind: str, name: str) -> None:
    row = connection.execute(
        "SELECT target FROM names WHERE kind = ? AND key = ?", (kind, fold(name))
    ).fetchone()
    if row:
        raise InputError(
            f"{kind} {row[0]!r} is called {name!r} already; `set` says something of it, "
            "or choose another name"
        )


def alias(store: Path, name: str, target: str, *, take_away: bool = False) -> Outcome:
    """Make `name` an alias of the model or family called `target`.

    Where `name` is a model that an import or the user added, its claims become claims about `target`: this
    resolves an ambiguity that `import` listed. Raises `InputError` where `name` means something else that
    cannot be merged.
    """
    with session(store, "alias") as opened:
        subject = find(opened.connection, target)
        text = clean_name(name)
        if not fold(text):
            raise InputError(f"the name {text!r} holds no letter or digit")
        if take_away:
            _forget(opened, subject, text)
        else:
            _join(opened, subject, text)
    return outcome(opened)


def _forget(opened: Session, subject: Subject, text: str) -> None:
    taken = remove(
        opened.connection, opened.write, "name",
        "r.kind = ? AND r.key = ? AND r.target = ? AND r.is_id = 0",
        subject.kind, fold(text), subject.id,
    )  # fmt: skip
    if not taken:
        raise InputError(f"{text!r} is no name that you gave to {subject.id}")
    opened.touch(subject.kind, subject.id)
    opened.record("unaliased", subject.id, value=text)


def _join(opened: Session, subject: Subject, text: str) -> None:
    rows = opened.connection.execute(
        "SELECT DISTINCT target FROM names WHERE kind = ? AND key = ?", (subject.kind, fold(text))
    ).fetchall()
    for (other,) in rows:
        if other == subject.id:
            opened.record("kept", subject.id, value=text, remark="it is called so already")
        else:
            _merge(opened, subject, other, text)
    if not rows:
        opened.connection.execute(
            "INSERT INTO user.name (kind, key, target, text, is_id, write) VALUES (?, ?, ?, ?, 0, ?)",
            (subject.kind, fold(text), subject.id, text, opened.write),
        )
        opened.touch(subject.kind, subject.id)
        opened.record("aliased", subject.id, value=text)


def _merge(opened: Session, subject: Subject, other: str, text: str) -> None:
    """Turn all claims about `other` into claims about `subject`."""
    connection, write = opened.connection, opened.write
    if (
        connection.execute(f"SELECT 1 FROM main.{subject.kind} WHERE id = ?", (other,)).fetchone()
        or subject.kind == "family"
    ):
        raise InputError(f"{text!r} is {other!r}, which is not the same as {subject.id!r}")
    moved = {}
    for table, columns in _MOVED.items():
        connection.execute(
            f"INSERT OR IGNORE INTO user.{table} ({columns}, write) "
            f"SELECT {columns.replace('subject,', '?,').replace('target,', '?,')}, ? "
            f"FROM user.{table} WHERE {_KEYS[table]} = ? AND {_KIND[table]} = 'model'",
            (subject.id, write, other),
        )
        moved[table] = remove(
            connection, write, table, f"r.{_KEYS[table]} = ? AND r.{_KIND[table]} = 'model'", other
        )
    connection.execute(
        "UPDATE user.name SET is_id = 0 WHERE target = ? AND write = ?", (subject.id, write)
    )
    remove(connection, write, "model", "r.id = ?", other)
    opened.touch("model", subject.id)
    opened.touch("model", other)
    opened.record(
        "joined", subject.id, value=text, remark=f"{moved['claim']} claims of {other} are now its"
    )


_MOVED = {
    "claim": "subject_kind, subject, attribute, value, status, source, locator, layer, note, "
    "parameters, preferred, reason, printed",
    "note": "subject_kind, subject, text, created",
    "tag": "subject_kind, subject, tag",
    "name": "kind, key, target, text, is_id",
}
_KEYS = {"claim": "subject", "note": "subject", "tag": "subject", "name": "target"}
_KIND = {"claim": "subject_kind", "note": "subject_kind", "tag": "subject_kind", "name": "kind"}
