"""Ids and names of new subjects, for imports and for the user's own edits."""

from __future__ import annotations

import json
import re
import sqlite3

from llmnotes.errors import InputError
from llmnotes.vocabulary import fold

_POST_TRAINED = frozenset(
    {
        "instruct", "chat", "it", "sft", "dpo", "orpo", "kto", "rlhf", "ppo", "assistant",
        "thinking", "reasoning", "distill",
    }
)  # fmt: skip
"""Words by which publishers mark a post-trained variant."""


def variant_of(exact: str) -> str:
    """The variant implied by the words of a name, as `exact_key` gives them: base or post-trained."""
    return "base" if _POST_TRAINED.isdisjoint(exact.split("-")) else "post-trained"


def identifier(name: str) -> str:
    """The id of a new subject: its name in lower case, characters other than letters, digits, `.`, `/` as
    dashes.

    Raises `InputError` where no letter or digit is left.
    """
    key = re.sub(r"[^\w./]+", "-", name.lower()).replace("_", "-").strip("-./")
    if not fold(key):
        raise InputError(f"the name {name[:60]!r} holds no letter or digit")
    return key


def add_name(connection: sqlite3.Connection, kind: str, target: str, name: str, write: int) -> None:
    """Add this name and the id as names of a subject."""
    spelled = {fold(target): target}
    spelled.setdefault(fold(name), name)
    connection.executemany(
        "INSERT OR IGNORE INTO user.name (kind, key, target, text, is_id, write) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [(kind, key, target, text, int(text == target), write) for key, text in spelled.items()],
    )


def add_organization(connection: sqlite3.Connection, key: str, name: str, write: int) -> None:
    """Add a publisher of the user's own."""
    connection.execute(
        "INSERT OR IGNORE INTO user.organization (id, name, aliases, country, url, write) "
        "VALUES (?, ?, ?, NULL, NULL, ?)",
        (key, name, json.dumps([]), write),
    )
    add_name(connection, "organization", key, name, write)
