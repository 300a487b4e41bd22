"""Names by their words alone: in another order, or with words left out."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from functools import partial

from llmnotes.knowledge.nearest_names import name_parts

MOST = 20
"""The number of candidates up to which a name with words left out lists them all."""


def in_other_order(
    connection: sqlite3.Connection, name: str, kinds: Sequence[str]
) -> tuple[str, str] | None:
    """Kind and id of the only subject whose name has the same words in another order.

    `Llama 3.2 Vision 11B` is Llama 3.2 11B Vision. Bare numbers keep their order, because a version and
    another number look alike.
    """
    asked = _words(name)
    found = {
        (kind, target)
        for kind, target, text in _names(connection, asked, kinds)
        if sorted(parts := _words(text)) == sorted(asked) and _numbers(parts) == _numbers(asked)
    }
    return found.pop() if len(found) == 1 else None


def with_more_words(connection: sqlite3.Connection, name: str, kinds: Sequence[str]) -> list[str]:
    """Ids of the subjects whose name has all words of this one and more; empty where they are many.

    `BLOOMZ` is every BLOOMZ model, `Llama 2 chat` each chat model of Llama 2. The publisher in a repository's
    address is no word of the model, and a family stands for its members.
    """
    asked = _words(name)
    if not any(part.isalpha() and len(part) > 2 for part in asked):
        return []
    found = {
        (kind, target)
        for kind, target, text in _names(connection, asked, kinds)
        if _goes_on(_words(text.rpartition("/")[2]), asked)
    }
    rows = connection.execute("SELECT id, family FROM models ORDER BY family, position, id")
    models = [
        model
        for model, family in rows.fetchall()
        if ("model", model) in found and ("family", family) not in found
    ]
    families = sorted(target for kind, target in found if kind == "family")
    return [*families, *models] if len(families) + len(models) <= MOST else []


def _names(
    connection: sqlite3.Connection, asked: Sequence[str], kinds: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Kind, id and text of each name that contains the longest of these words."""
    if not asked:
        return []
    marks = ", ".join("?" for _ in kinds)
    return connection.execute(
        f"SELECT kind, target, text FROM names WHERE kind IN ({marks}) AND instr(lower(text), ?)",
        (*kinds, max(asked, key=len)),
    ).fetchall()


def _goes_on(parts: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a name begins as the one asked for and has all its words.

    One that begins with another word, `ELYZA-japanese-Llama-2-7b`, is a model made of it.
    """
    return (
        parts[:1] == asked[:1]
        and Counter(asked) <= Counter(parts)
        and all(map(partial(_is_version_of, parts, asked), _numbers(asked)))
    )


def _is_version_of(parts: Sequence[str], asked: Sequence[str], number: str) -> bool:
    """Whether a number stands behind a word that was asked for: the 3 of Hermes 2 Pro Llama 3 is Llama's."""
    return any(
        part == number and (not place or parts[place - 1] in asked)
        for place, part in enumerate(parts)
    )


def _words(text: str) -> list[str]:
    # Command R+ is another model than Command R.
    return name_parts(text.replace("+", " plus "))


def _numbers(parts: Sequence[str]) -> list[str]:
    return [part for part in parts if part.replace(".", "").isdecimal()]
