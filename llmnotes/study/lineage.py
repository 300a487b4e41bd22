"""The descent of a model as a tree: its ancestors, its descendants, and the changes at each step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from llmnotes.knowledge.compare import ComparedRow, FoldedCell, compare
from llmnotes.knowledge.sources import sources
from llmnotes.knowledge.stand_ins import look_up
from llmnotes.schema import TENTATIVE_STATUSES
from llmnotes.study.generations import Generations, Link, Node

_NO_CHANGE = frozenset({"organization", "release_date", "based_on", "repository", "evaluation"})
"""Attributes that always differ between models and are not counted as changes."""


def lineage(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    """The tree of the model or family called `name`, from its oldest ancestor.

    A node is `{id, kind, name, date, relation, changes, withheld, children}`; `changes` compares it with
    its parent, `withheld` lists what the parent disclosed and this one does not. Raises `InputError` for an
    unknown name.
    """
    subject = look_up(connection, name)
    tree = _Tree(connection)
    links = tree.generations.parents
    start = Node(subject.kind, subject.id)
    above: list[Link] = []
    seen = {start}
    while (up := links(above[-1].parent if above else start)) and up[0].parent not in seen:
        above.append(up[0])
        seen.add(up[0].parent)
    root = tree.below(start, None, seen)
    for link in above:
        parent = tree.node(link.parent, None)
        parent["children"] = [root | tree.step(link)]
        root = parent
    if above:
        root |= tree.step(None)
    used = [key for change in _changes(root) for key in change["sources"]]
    return {
        "id": subject.id,
        "kind": subject.kind,
        "name": subject.name,
        "descends_from": [link.parent.id for link in reversed(above)],
        "tree": root,
        "sources": sources(connection, used),
    }


class _Tree:
    """Makes the nodes of a tree."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.generations = Generations(connection)

    def below(self, node: Node, link: Link | None, seen: set[Node]) -> dict[str, Any]:
        """A node with all that it led to; `seen` ends circles."""
        found = self.node(node, link)
        for child in self.generations.children(node):
            if child.child not in seen:
                seen.add(child.child)
                found["children"].append(self.below(child.child, child, seen))
        return found

    def node(self, node: Node, link: Link | None) -> dict[str, Any]:
        """A node without children."""
        table = "models" if node.kind == "model" else "families"
        name = self._connection.execute(
            f"SELECT name FROM {table} WHERE id = ?", (node.id,)
        ).fetchone()[0]
        column = "id" if node.kind == "model" else "family"
        date = self._connection.execute(
            f"SELECT release_date FROM models WHERE {column} = ? AND release_date IS NOT NULL "
            "ORDER BY release_date_min LIMIT 1",
            (node.id,),
        ).fetchone()
        found = {"id": node.id, "kind": node.kind, "name": name, "date": date[0] if date else None}
        return found | self.step(link) | {"children": []}

    def step(self, link: Link | None) -> dict[str, Any]:
        """How a node descends from the one above it, and what changed."""
        if link is None:
            return {"relation": None, "changes": [], "withheld": []}
        pair = [link.parent.id, link.child.id]
        found = compare(self._connection, pair, only_differences=True, unknown_too=True)
        rows = [row for row in found.rows if row.attribute.id not in _NO_CHANGE]
        return {
            "relation": link.relation,
            "changes": [_change(row) for row in rows if _is_change(row)],
            "withheld": [row.attribute.id for row in rows if _is_withheld(row)],
        }


def _is_change(row: ComparedRow) -> bool:
    """Whether both sides have a value, not the same one in more detail nor one that reads alike."""
    before, after = row.cells
    return row.differs and before.text != after.text and all(map(_has_value, row.cells))


def _has_value(cell: FoldedCell) -> bool:
    """Whether something is said; that a thing does not apply is said too."""
    return any(
        value.status not in TENTATIVE_STATUSES
        and (value.value is not None or value.status == "not-applicable")
        for value in cell.values
    )


def _is_withheld(row: ComparedRow) -> bool:
    before, after = row.cells
    return _has_value(before) and all(value.status == "undisclosed" for value in after.values)


def _change(row: ComparedRow) -> dict[str, Any]:
    before, after = row.cells
    return {
        "attribute": row.attribute.id,
        "label": row.attribute.label,
        "from": before.text,
        "to": after.text,
        "said": [*_said(before), *_said(after)],
        "sources": list(dict.fromkeys([*before.sources, *after.sources])),
    }


def _said(cell: FoldedCell) -> Iterator[dict[str, Any]]:
    for value in cell.values:
        yield {
            "models": value.models, "value": value.value, "status": value.status,
            "source": value.source, "locator": value.locator,
        }  # fmt: skip


def _changes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """All changes of a tree, from the root down."""
    yield from node["changes"]
    for child in node["children"]:
        yield from _changes(child)
