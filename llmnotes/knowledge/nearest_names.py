"""Candidates for an unknown name: models and families with the same words, or a similar spelling."""

from __future__ import annotations

import sqlite3
import unicodedata

from llmnotes.pattern import late
from llmnotes.spelling import likeness, nearest

_MOST_OF_SHORT = 7
"""Candidates for a name without a word of its own."""


def nearest_names(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]) -> list[str]:
    """Ids of likely candidates: names with the same words and numbers first, then similar spellings."""
    marks = ", ".join("?" for _ in kinds)
    rows = connection.execute(
        f"SELECT target, text, is_id FROM names WHERE kind IN ({marks}) ORDER BY target LIMIT 20000",
        kinds,
    ).fetchall()
    words = name_parts(name)
    asked = set(words)
    line = next((part for part in words if len(part) > 2 and part.isalpha()), "")
    short = all(len(part) < 3 or not part.isalpha() for part in words)
    ranked: dict[str, tuple[bool, bool, int, int]] = {}
    for target, text, _ in rows:
        own = name_parts(text.rpartition("/")[2])
        parts = {*own, *name_parts(text)}
        common = parts & asked
        if (short and _goes_through(own, words)) or any(
            len(part) > 2 and part.isalpha() for part in common
        ):
            # The first word of a name is more informative than a final `instruct` or `base`.
            # One that begins with another word is often a model made of the one that is meant.
            apart = not short and own[:1] != words[:1]
            rank = (line not in common, apart, -len(common), len(parts - asked))
            ranked[target] = min(rank, ranked.get(target, rank))
    alike = sorted(ranked, key=lambda target: (ranked[target], -likeness(name, target), target))
    spelt = nearest(name, dict.fromkeys(row[0] for row in rows if row[2]), limit=4)
    if short:  # one that many names end in, `R1`: which of them is meant nothing else in it tells
        return list(dict.fromkeys([*alike[:_MOST_OF_SHORT], *spelt]))[:_MOST_OF_SHORT]
    return list(dict.fromkeys([*alike[:3], *spelt]))[:4]


def _goes_through(parts: list[str], words: list[str]) -> bool:
    """Whether words stand together in a name: the R1 of DeepSeek-R1."""
    starts = range(len(parts) - len(words) + 1)
    return bool(words) and any(parts[at : at + len(words)] == words for at in starts)


_NAME_PARTS = late(r"\d+(?:\.\d+)*[a-z]?(?![a-z])|[^\W\d_]+|\d+")


def name_parts(name: str) -> list[str]:
    """The words, versions and sizes of a name in lower case: `Qwen3-8B` gives qwen, 3 and 8b."""
    return _NAME_PARTS.findall(unicodedata.normalize("NFKC", name[:100]).lower())
