"""Entity resolution: the model or family that a name means, ignoring case and punctuation."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from llmnotes.errors import InputError, quoted
from llmnotes.knowledge import addresses, releases
from llmnotes.knowledge.members import members
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

IN_ORDER = ("family", "model")
"""What a name may mean, the first of the two that it does."""
_PART = late(r"\s*[/:]\s*|\s+")
_FILLER = late(r"[\s_-]+(?P<word>hf|base|models?|family|series)\s*$", re.IGNORECASE)
_TAGGED = late(r"[^\s/:]+:[^\s/:]+")
"""A model and a tag, in Ollama's notation."""
_ARTICLE = late(r"^\s*the\s+", re.IGNORECASE)
_BILLION = late(
    r"(?<=\d)[\s-]?(?P<scale>[bm])(?:illions?)?\b(?:[\s-]param(?:eter)?s?\b)?", re.IGNORECASE
)
_POINT = late(r"(?<=\d)p(?=\d)", re.IGNORECASE)
_VERSION = late(r"(?<=\d)-(?=\d+(?![\d.]*[bmkt]))")
_WHOLE = late(r"(?<=[a-z])\d+(?![\d.])(?![bmkt](?:$|[-\d]))")


class Subject(NamedTuple):
    """A resolved name: a model, or a family with its members."""

    kind: str
    id: str
    name: str


def meant(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...] = IN_ORDER
) -> Subject | None:
    """The family or model called `name`; None where nothing matches.

    The name may be prefixed with its publisher, and followed by words without meaning or by the day of
    release (`claude-sonnet-4-5-20250929`); a size may be written out (`7 billion parameters`). It may stand
    in the address of its page or in a path. Any other additional word makes it a different name. Raises
    `InputError` where the name is ambiguous.
    """
    found = _called(connection, name, kinds)
    if found is None:
        found = (
            _of_publisher(connection, name, kinds)
            or _without_filler(connection, name, kinds)
            or _of_release_day(connection, name, kinds)
            or _written_out(connection, name, kinds)
            or _at_address(connection, name, kinds)
            or _of_cloud(connection, name, kinds)
        )
    if found is not None and _TAGGED.fullmatch(name):
        _refuse_tag(connection, name, found)
    return found


def _called(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]) -> Subject | None:
    found = _named(connection, name)
    for is_meant in (_is_id, _is_address, _is_called):
        for kind in kinds:
            targets = {
                row["target"] for row in found if row["kind"] == kind and is_meant(row, name)
            }
            if len(targets) == 1:
                return subject_of(connection, kind, targets.pop())
            if targets:
                raise ambiguous(name, sorted(targets))
    return None


def _is_id(row: dict[str, str], name: str) -> bool:
    return bool(row["is_id"]) and row["text"] == name


def _is_address(row: dict[str, str], name: str) -> bool:
    """Whether the name is a repository address of the row's model, even if it also names a family."""
    return "/" in name and row["text"].lower() == name.lower()


def _is_called(row: dict[str, str], name: str) -> bool:
    return True


def ambiguous(name: str, targets: Iterable[str]) -> InputError:
    """The error of a name that can mean each of the targets."""
    return InputError(f"{quoted(name)} can mean {', '.join(targets)}; choose one of them")


def _of_publisher(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The model or family called by the words after a publisher's name, if it is of that publisher."""
    for part in list(_PART.finditer(name))[:4]:
        rows = connection.execute(
            "SELECT target FROM names WHERE kind = 'organization' AND key = ?",
            (fold(name[: part.start()]),),
        )
        if called := {row[0] for row in rows}:
            found = _called(connection, name[part.end() :], kinds)
            if found is not None and called & _publishers(connection, found):
                return found
    return None


def _at_address(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The name resolved without the address or the path that it stands in, and without a cloud's revision."""
    short = addresses.without_revision(addresses.without_address(name))
    return meant(connection, short, kinds) if short != name else None


def _of_cloud(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]) -> Subject | None:
    """The name resolved without the publisher that a point parts from it: `meta.llama3-8b-instruct`."""
    parts = addresses.of_provider(name)
    return _of_publisher(connection, "/".join(parts), kinds) if parts else None


def _written_out(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The name resolved without its article, and with its size in the publishers' notation."""
    short = _ARTICLE.sub("", name)
    short = _POINT.sub(".", _BILLION.sub(lambda size: size["scale"], short))
    return meant(connection, short, kinds) if short != name else None


def _publishers(connection: sqlite3.Connection, subject: Subject) -> set[str]:
    column = "family" if subject.kind == "family" else "id"
    rows = connection.execute(
        f"SELECT DISTINCT value FROM model_values WHERE attribute = 'organization' AND model IN "
        f"(SELECT id FROM models WHERE {column} = ?)",
        (subject.id,),
    )
    return {row[0] for row in rows}


def _without_filler(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The name resolved without a last word that only says what it is: a model, a base model."""
    filler = _FILLER.search(name)
    if filler is None:
        return None
    found = meant(connection, name[: filler.start()], kinds)
    if found is None or filler["word"].lower() != "base":
        return found
    return found if _has_base(connection, found) else None


def _of_release_day(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The model whose name ends in the day of its release; a later day is a different version."""
    parts = releases.dated(name)
    found = meant(connection, parts[0], ("model",)) if parts and "model" in kinds else None
    if parts is None or found is None:
        return None
    return found if releases.released_then(connection, found.id, parts[1]) else None


def _has_base(connection: sqlite3.Connection, subject: Subject) -> bool:
    column = "family" if subject.kind == "family" else "id"
    row = connection.execute(
        f"SELECT 1 FROM models WHERE {column} = ? AND variant = 'base' LIMIT 1", (subject.id,)
    ).fetchone()
    return row is not None


def _refuse_tag(connection: sqlite3.Connection, name: str, found: Subject) -> None:
    """Refuse `llama3.1:8b` where a chat model of that size is known, which the tag refers to."""
    if found.kind == "model":
        rows = connection.execute(
            "SELECT v.model FROM model_values v JOIN models m ON m.id = v.model WHERE "
            "v.attribute = 'based_on' AND v.value = ?1 AND m.family = "
            "(SELECT family FROM models WHERE id = ?1) ORDER BY v.model",
            (found.id,),
        )
        others = [row[0] for row in rows]
        if others:
            raise ambiguous(name, sorted([found.id, *others]))
    elif len(known := members(connection, found.id, "all")) > 1:
        raise ambiguous(name, sorted(known))


def _named(connection: sqlite3.Connection, name: str) -> list[dict[str, str]]:
    for key in _spellings(fold(name)):
        rows = connection.execute(
            "SELECT kind, target, text, is_id FROM names "
            "WHERE key IN (?, ?) AND kind IN ('family', 'model')",
            (key, _unparted(key)),
        ).fetchall()
        # A store that is not upgraded yet has keys without the separators between numbers.
        found = [row for row in rows if fold(row[2]) == key]
        if found:
            return [
                dict(zip(("kind", "target", "text", "is_id"), row, strict=True)) for row in found
            ]
    return []


def _unparted(key: str) -> str:
    return key.replace("-", "").replace(".", "").replace("plus", "")


def _spellings(key: str) -> list[str]:
    """The key, and its spellings with a decimal point: `claude-3-5` is Claude 3.5, but a size after a number
    is separate: `llama-2-7b` is not Llama 2.7B. Where there is no EXAONE 4, it is EXAONE 4.0."""
    return [key, _VERSION.sub(".", key, count=1), _WHOLE.sub(r"\g<0>.0", key, count=1)]


def subject_of(connection: sqlite3.Connection, kind: str, target: str) -> Subject:
    """The subject with this id."""
    table = "families" if kind == "family" else "models"
    row = connection.execute(f"SELECT name FROM {table} WHERE id = ?", (target,)).fetchone()
    return Subject(kind, target, row[0])
