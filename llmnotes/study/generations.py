"""Descent of models: by initial weights, or from the same size of the previous generation."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from llmnotes.knowledge.lines import Before, before_each

SAME_SIZE = 1.5
"""Two sizes of a line correspond where their parameters differ by a factor of at most 1.5."""


_ALONE = (None, "base", None, None)
"""A model without a line or related models."""


class Node(NamedTuple):
    """A model, or a family where a generation has no size that corresponds to one of the next."""

    kind: str
    id: str


class Link(NamedTuple):
    """A step of descent.

    `based-on` shares weights, `same-size` and `generation` follow in the line, `branch` goes off from it.
    """

    parent: Node
    child: Node
    relation: str


class Generations:
    """The lines of the base and the descent of every model in them.

    A family without a release date has no place in its line, since its predecessor is unknown.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._models = {
            row[0]: row[1:]
            for row in connection.execute(
                "SELECT id, family, variant, params_total, based_on FROM models WHERE family IN "
                "(SELECT id FROM families WHERE line IS NOT NULL) OR based_on IS NOT NULL OR id IN "
                "(SELECT value FROM model_values WHERE attribute = 'based_on') "
                "ORDER BY family, position, id"
            )
        }
        lines: dict[str, list[str]] = {}
        for family, line in connection.execute(
            "SELECT f.id, f.line FROM families f JOIN (SELECT family, min(release_date_min) AS first "
            "FROM models GROUP BY family) m ON m.family = f.id "
            "WHERE f.line IS NOT NULL AND m.first IS NOT NULL ORDER BY m.first, f.id"
        ):
            lines.setdefault(line, []).append(family)
        self._before: dict[str, Before] = {}
        for line, families in lines.items():
            self._before |= before_each(line, families)
        self._after: dict[str, list[str]] = {}
        for family, before in self._before.items():
            self._after.setdefault(before.family, []).append(family)
        self._bases: dict[str, list[str]] = {}
        for model, (family, variant, *_) in self._models.items():
            if variant == "base" and family:
                self._bases.setdefault(family, []).append(model)
        self._children: dict[Node, list[Link]] = {}
        for model in self._models:
            for link in self.parents(Node("model", model)):
                self._children.setdefault(link.parent, []).append(link)

    def parents(self, node: Node) -> list[Link]:
        """The links to a node's parents: the weights it is initialised from, else its predecessor."""
        if node.kind == "family":
            before = self._before.get(node.id)
            return [Link(Node("family", before.family), node, _relation(before))] if before else []
        family, _, _, based_on = self._models.get(node.id, _ALONE)
        named = [key for key in json.loads(based_on or "[]") if key in self._models]
        if named:
            return [Link(Node("model", key), node, "based-on") for key in named]
        before = self._before.get(family)
        if before is None or node.id not in self._bases.get(family, []):
            return []
        same = self._same_size(node.id, before.family)
        if same:
            return [Link(Node("model", same), node, "branch" if before.branch else "same-size")]
        return [Link(self._whole(before.family), node, _relation(before))]

    def children(self, node: Node) -> list[Link]:
        """The links to a node's children."""
        found = list(self._children.get(node, []))
        if node.kind == "family":
            return [
                Link(node, Node("family", after), _relation(self._before[after]))
                for after in self._after.get(node.id, [])
            ]
        family = self._models.get(node.id, _ALONE)[0]
        of_family = self._children.get(Node("family", family), []) if family else []
        if node.id in self._bases.get(family, []):
            found += [link._replace(parent=node) for link in of_family]
        return found

    def _whole(self, family: str) -> Node:
        """The node of a family; a generation of one base model is that model."""
        bases = self._bases.get(family, [])
        return Node("model", bases[0]) if len(bases) == 1 else Node("family", family)

    def _same_size(self, model: str, family: str) -> str | None:
        size = self._models[model][2]
        sizes = {key: self._models[key][2] for key in self._bases.get(family, [])}
        ratios = {
            key: max(size / other, other / size) for key, other in sizes.items() if size and other
        }
        nearest = min(ratios, key=lambda key: ratios[key], default=None)
        return nearest if nearest and ratios[nearest] <= SAME_SIZE else None


def _relation(before: Before) -> str:
    return "branch" if before.branch else "generation"
