"""Related subjects that a page links to: its descent, and candidates for a comparison."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from llmnotes.site.library import Library
from llmnotes.study.generations import Generations, Node

_RIVALS = 3
"""The number of models of other families that a model's page suggests for comparison."""

_FARTHEST = math.log(1.5)
"""Maximum distance between the parameters of a model and a rival, as a logarithm of the ratio."""

_UNORDERED = "of the same line"
"""The relation without an order in time."""

_RELATIONS = {
    "based-on": "built on", "same-size": "follows", "generation": "follows", "branch": "branch of",
}  # fmt: skip
_LATER = {
    "based-on": "led to", "same-size": "followed by", "generation": "followed by", "branch": "branch",
}  # fmt: skip


class Neighbour(NamedTuple):
    """A related subject, and its relation."""

    kind: str
    id: str
    relation: str


class NeighbourFinder:
    """Finds the neighbours of every subject."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._generations = Generations(library.connection)
        self._sizes = self._by_size()

    def _by_size(self) -> list[tuple[float, str, str]]:
        found = []
        for key, row in self._library.models.items():
            claims = self._library.claims.of_model(key).get("params_total", [])
            if row["variant"] == "base" and claims and claims[0].value:
                found.append((math.log(claims[0].value), key, row["family"]))
        return sorted(found)

    def descent(self, kind: str, key: str) -> list[Neighbour]:
        """The predecessors of a subject, and its successors."""
        node = Node(kind, key)
        found = [
            Neighbour(link.parent.kind, link.parent.id, _RELATIONS[link.relation])
            for link in self._generations.parents(node)
        ]
        found += [
            Neighbour(link.child.kind, link.child.id, _LATER[link.relation])
            for link in self._generations.children(node)
        ]
        found = [item for item in found if (item.kind, item.id) in self._library.columns]
        return found or list(self._beside(key) if kind == "family" else ())

    def _beside(self, family: str) -> Iterator[Neighbour]:
        """Families next to one without a known place in its line, by name."""
        library = self._library
        line = library.families[family]["line"]
        kin = [one for one in library.members if line and library.families[one]["line"] == line]
        place = kin.index(family) if family in kin else 0
        for one in (*kin[max(0, place - 1) : place], *kin[place + 1 : place + 2]):
            yield Neighbour("family", one, _UNORDERED)

    def rivals(self, key: str) -> list[Neighbour]:
        """Base models of other families nearest in size, at most half as large again."""
        own = next(((size, family) for size, model, family in self._sizes if model == key), None)
        if own is None:
            return []
        size, family = own
        near = sorted(
            (abs(other - size), model)
            for other, model, of in self._sizes
            if (of is None or of != family) and abs(other - size) <= _FARTHEST
        )
        return [Neighbour("model", model, "of like size") for _, model in near[:_RIVALS]]

    def pairs(self) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        """The pairs with a page of their own, the older first, without duplicates."""
        seen = set()
        for kind, key in self._library.columns:
            for item in self.descent(kind, key):
                pair = self.ordered((kind, key), (item.kind, item.id), item.relation)
                ids = pair[0][1], pair[1][1]  # a family of one model often has its id
                if ids not in seen:
                    seen.add(ids)
                    yield pair

    def ordered(
        self, subject: tuple[str, str], other: tuple[str, str], relation: str
    ) -> tuple[tuple[str, str], tuple[str, str]]:
        """A pair in the order of its page."""
        if relation == _UNORDERED:
            return (subject, other) if subject[1] < other[1] else (other, subject)
        if relation in _RELATIONS.values():
            return other, subject
        return subject, other
