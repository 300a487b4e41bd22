"""The families of the base: their members by size or count, and the generations of their line."""

from __future__ import annotations

import re
import sqlite3

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.layout.name_forms import is_size
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.vocabulary import fold

_SHORTEST_NAME = 6
"""Characters of a name that has a meaning without its number."""
_VERSION = late(r"[-_ ]v\d+(?:\.\d+)?$", re.IGNORECASE)
_SIZE_TOLERANCE = 0.04
"""Relative tolerance between the size in a name and a count: `LLaMA 33B` is 32.5B."""


class Families:
    """Looks families and their members up."""

    def __init__(self, connection: sqlite3.Connection, base: BaseClaims) -> None:
        self._connection = connection
        self._base = base
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

    def generations(self, family: str) -> list[str]:
        """The other families of the same line."""
        for families in self._lines.values():
            if family in families:
                return [item for item in families if item != family]
        return []

    def named_alike(self, family: str) -> list[str]:
        """The other families that the bare name of the line may mean: its name with a number."""
        line = next((name for name, found in self._lines.items() if family in found), "")
        if own := self.counted_on(family):
            return own
        numbered = re.compile(rf"{re.escape(line)}-?\d")
        return [item for item in self.generations(family) if numbered.match(item)]

    def counted_on(self, family: str) -> list[str]:
        """The families whose name is a family's own with a number: ChatGLM2 and ChatGLM3 of ChatGLM."""
        if any(map(str.isdigit, family)):
            return []
        numbered = re.compile(rf"{re.escape(family)}-?\d{{1,2}}(?:\.\d)?")
        return [item for item in self.generations(family) if numbered.fullmatch(item)]

    def other_sizes(self, family: str) -> list[str]:
        """The members of the families that are one size of another: Falcon 180B of Falcon."""
        kin = (one for one in self.generations(family) if one.startswith(f"{family}-"))
        sizes = (one for one in kin if is_size(one.removeprefix(f"{family}-")))
        return [model for one in sizes for model in self._base.members(one)]

    def of_size(self, models: tuple[str, ...], text: str) -> list[str]:
        """The members of `models` with the size written as `text`, the nearest first."""
        sizes = find_sizes(text)
        key = fold(text)
        named = [m for m in models if _ends(fold(m), key) or _ends(fold(self._base.name(m)), key)]
        named = named or [m for m in models if _ends(fold(_VERSION.sub("", m)), key)]
        named = named or [m for m in models if fold(self._base.size(m)) == key]
        count = sizes[0].parameters if sizes else None
        return named if named or not count else self.of_count(models, count)

    def every_member(self, family: str) -> list[str]:
        """All models of a family, of every variant."""
        return self._base.members(family, None)

    def sizes(self, family: str) -> set[str]:
        """The sizes of a family's models as numbers of parameters in words: `7B`, `30B-A3B`."""
        written = (self._base.size(model).split()[0] for model in self.every_member(family))
        return {one for one in written if find_sizes(one)}

    def of_active(self, models: tuple[str, ...], text: str) -> list[str]:
        """The only one of `models` of which so many parameters are active: `Llama 4 Scout (17B)`."""
        sizes = find_sizes(text)
        count = sizes[0].parameters if sizes else None
        found = [
            model
            for model in models if count
            for claim in self._base.known(model, "params_active").claims[:1]
            if abs(claim.value - count) <= _SIZE_TOLERANCE * count
        ]  # fmt: skip
        return found if len(found) == 1 else []

    def of_count(self, models: tuple[str, ...], count: float) -> list[str]:
        """The members of `models` with about this many parameters, the nearest first."""
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

    def has_base(self, family: str) -> bool:
        """Whether a family has models of its own training, and is no tune of another family's."""
        return any(self._base.variant(model) == "base" for model in self._base.members(family))

    def covering(self, family: str, item: Item) -> list[str]:
        """The members of a family whose number of parameters an item covers."""
        return [
            model
            for model in self._base.members(family)
            if any(item.covers(c.value) for c in self._base.known(model, "params_total").claims)
        ]

    def numbered(self, key: str) -> list[str]:
        """The families whose name is a folded one with a number behind it."""
        if len(key) < _SHORTEST_NAME or key[-1].isdigit():
            return []
        rows = self._connection.execute(
            "SELECT key, target FROM names WHERE kind = 'family' AND key > ? AND key < ? ORDER BY key",
            (f"{key}0", f"{key}:"),
        )
        found = (target for name, target in rows if name.removeprefix(key).isdigit())
        return list(dict.fromkeys(found))


def _ends(name: str, size: str) -> bool:
    """Whether a folded name ends in a size: `pythia-12b` does not end in 2b, nor `albert-xlarge` in large."""
    return name.endswith(size) and not re.search(r"[\d.x]$", name.removesuffix(size))
