"""Whom a cell speaks of: other people's names of models, with the sizes written into them."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes, without_sizes
from llmnotes.vocabulary import fold


class TableSubject(NamedTuple):
    """The models a name stands for.

    `kind` is `model` or `family`; `loose` marks the bare name of a line (`LLaMA`), by which people
    also mean its later generations; `taken` says where the name was taken from when no cell names it.
    """

    kind: str
    id: str
    models: tuple[str, ...]
    loose: bool = False
    taken: str = ""

    @property
    def family_wide(self) -> bool:
        """Whether the name stands for several sizes."""
        return len(self.models) > 1


_CITATION = late(
    r"\[[^\]]{0,40}\]|\((?:[^()]{0,80}\W)?(?:et al|(?:19|20)\d\d)\b[^()]{0,80}\)|:[a-z_]{1,40}:"
    r"|(?<![*†‡§¶^])[*†‡§¶^]+$"
    r"|\set al\b[\s\S]*"
)
_BRACKETS = late(r"[(（]([^()（）]*)[)）]")
_TUNED = late(r"(?:(?<![\s\-_])[\s\-_]+)?\b(chat|instruct|it|sft|rlhf)\b", re.I)
_FILLERS = late(
    r"\b(the|base|pre-?trained|models?|family|series|text only|ours|baseline|original|paper|v1\.0)\b"
    r"|模型|系列",
    re.I,
)
_SIZE_TOLERANCE = 0.04
"""How far the size in a name may be from a count: `LLaMA 33B` is 32.5B."""


class Names:
    """Finds the models behind the names of a table; keeps what it found."""

    def __init__(self, connection: sqlite3.Connection, base: BaseClaims) -> None:
        self._connection = connection
        self._base = base
        self._found: dict[str, TableSubject | None] = {}
        self._publishers = [
            row[0]
            for row in connection.execute(
                "SELECT DISTINCT text FROM names WHERE kind = 'organization'"
            )
        ]
        self._lines = self._read_lines()

    def _read_lines(self) -> dict[str, list[str]]:
        """Families by line, first generation first."""
        found: dict[str, list[str]] = {}
        rows = self._connection.execute(
            "SELECT id, line FROM families WHERE line IS NOT NULL ORDER BY id"
        )
        for family, line in rows:
            found.setdefault(line, []).append(family)
        return found

    def find(self, text: str) -> TableSubject | None:
        """The model or family called `text`; None where the base does not know it."""
        if text not in self._found:
            self._found[text] = self._search(text) if len(text) <= 120 else None
        return self._found[text]

    def generations(self, family: str) -> list[str]:
        """The other families of the same line."""
        for families in self._lines.values():
            if family in families:
                return [item for item in families if item != family]
        return []

    def _search(self, text: str) -> TableSubject | None:
        plain = " ".join(_CITATION.sub(" ", text.replace("×", "x")).split())
        sizes = find_sizes(plain)
        for name in self._spellings(plain, outside=not sizes):
            if (found := self._exact(name)) is not None:
                return found
        tuned = _TUNED.search(plain)
        if tuned:
            plain = _TUNED.sub(" ", plain)
        bare = _BRACKETS.sub(" ", without_sizes(plain))
        for name in self._spellings(bare):
            found = self._exact(name)
            if found is None:
                continue
            if sizes:
                return self._sized(found, plain, bool(tuned))
            return self._variant(found) if tuned else found
        return None

    def _spellings(self, text: str, outside: bool = True) -> list[str]:
        """The name as written, then without brackets, fillers and its publisher's name.

        With `outside`, what stands in brackets may be left out.
        """
        found = [text, _BRACKETS.sub(r" \1 ", text)]
        if outside:
            found.append(_BRACKETS.sub(" ", text))
        found += [_FILLERS.sub(" ", item) for item in found]
        for publisher in self._publishers:
            if text.lower().startswith(publisher.lower() + " "):
                found += [item[len(publisher) :] for item in found if len(item) > len(publisher)]
                break
        return list(dict.fromkeys(" ".join(item.split()) for item in found if item.strip()))

    def _exact(self, name: str) -> TableSubject | None:
        key = fold(name)
        if not key:
            return None
        rows = self._connection.execute(
            "SELECT kind, target FROM names WHERE key = ? AND kind IN ('family', 'model')", (key,)
        ).fetchall()
        for kind in ("family", "model"):
            targets = {row[1] for row in rows if row[0] == kind}
            if len(targets) == 1:
                return self._subject(kind, targets.pop(), key)
        return None

    def _subject(self, kind: str, target: str, key: str) -> TableSubject:
        if kind == "model":
            return TableSubject("model", target, (target,))
        later = [
            family
            for family in self.generations(target)
            if key in self._lines and re.match(rf"{re.escape(key)}-?\d", family)
        ]
        return TableSubject("family", target, tuple(self._base.members(target)), bool(later))

    def _sized(self, subject: TableSubject, text: str, tuned: bool) -> TableSubject | None:
        """The member that has the size written into the name; the family where it lists several."""
        texts = [size.text for size in find_sizes(text)]
        if len(texts) > 1:
            return subject
        models = self.of_size(subject.models, texts[0])
        if not models:
            return None
        found = subject._replace(kind="model", id=models[0], models=(models[0],), loose=False)
        return self._variant(found) if tuned else found

    def _variant(self, subject: TableSubject) -> TableSubject | None:
        tuned = [
            model
            for model in self._base.variants(subject.models)
            if self._base.variant(model) == "post-trained"
        ]
        if not tuned:
            return None
        return subject._replace(id=tuned[0], models=tuple(tuned), loose=False)

    def of_size(self, models: tuple[str, ...], text: str) -> list[str]:
        """Those of `models` that have the size written as `text`, the nearest first."""
        sizes = find_sizes(text)
        key = fold(text)
        named = [
            m for m in models if fold(m).endswith(key) or fold(self._base.name(m)).endswith(key)
        ]
        count = sizes[0].parameters if sizes else None
        return named if named or not count else self.of_count(models, count)

    def of_count(self, models: tuple[str, ...], count: float) -> list[str]:
        """Those of `models` that have about so many parameters, the nearest first."""
        ranked = []
        for model in models:
            known = self._base.known(model, "params_total")
            apart = min((abs(c.value - count) / count for c in known.claims), default=1.0)
            if apart <= _SIZE_TOLERANCE:
                ranked.append((apart, model))
        return [model for _, model in sorted(ranked)]

    def families(self, most: int) -> list[str]:
        """Ids of all families; none where there are more than `most`."""
        rows = self._connection.execute(
            "SELECT id FROM families ORDER BY id LIMIT ?", (most + 1,)
        ).fetchall()
        return [row[0] for row in rows] if len(rows) <= most else []

    def covering(self, family: str, item: Item) -> list[str]:
        """The members of a family whose number of parameters may be written so."""
        return [
            model
            for model in self._base.members(family)
            if any(item.covers(c.value) for c in self._base.known(model, "params_total").claims)
        ]
