"""The tree of `lineage`: a line for each model, with its changes and sources below."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from llmnotes import console
from llmnotes.escapes import one_line
from llmnotes.export.answer import Answer, simple_table
from llmnotes.export.footnote import Footnote
from llmnotes.export.page import Drawing, Page
from llmnotes.knowledge.sources import short_reference
from llmnotes.schema import ATTRIBUTES

_NARROWEST = 24
"""Minimum width in columns for the text of a deep branch."""

_RELATION = {
    "based-on": "starts from its weights",
    "same-size": "the same size, one generation on",
    "generation": "the next generation",
    "branch": "a branch of the line",
}


def lineage_answer(found: dict[str, Any]) -> Answer:
    """A tree for people; a row for each change for scripts."""
    numbers = {source["id"]: n for n, source in enumerate(found["sources"], start=1)}
    notes = [
        Footnote(numbers[source["id"]], short_reference(source), source["url"], source["id"])
        for source in found["sources"]
    ]
    width = min(console.width(), 100) if console.is_terminal() else 80
    lines = tuple(_tree(found["tree"], "", "", found["id"], numbers, width))
    rows = list(_rows(found["tree"], None))
    columns = ("from", "to", "relation", "attribute", "before", "after", "sources")
    page = Page(f"Lineage of {found['name']}", [Drawing(lines)], found["id"], notes)
    return Answer([simple_table(columns, rows)], found, pages=[page])


def _tree(
    node: dict[str, Any], first: str, rest: str, here: str, numbers: dict[str, int], width: int
) -> Iterator[str]:
    date = f", {node['date']}" if node["date"] else ""
    mark = "  <- asked for" if node["id"] == here else ""
    yield f"{first}{one_line(node['name'])} ({one_line(node['id'])}){date}{mark}"
    bar = "│  " if node["children"] else "   "
    for text in _said(node, numbers):
        yield from textwrap.wrap(
            text,
            max(width, len(rest) + _NARROWEST),
            initial_indent=f"{rest}{bar}",
            subsequent_indent=f"{rest}{bar}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    for position, child in enumerate(node["children"]):
        last = position == len(node["children"]) - 1
        yield f"{rest}│"
        yield from _tree(
            child, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "),
            here, numbers, width,
        )  # fmt: skip


def _said(node: dict[str, Any], numbers: dict[str, int]) -> Iterator[str]:
    """How the node descends, then its changes, a sentence each."""
    if node["relation"]:
        yield f"({_RELATION[node['relation']]})"
    for change in node["changes"]:
        cited = ",".join(str(numbers[key]) for key in change["sources"] if key in numbers)
        text = one_line(f"{change['label']}: {change['from']} → {change['to']}")
        yield text + (f" [{cited}]" if cited else "")
    if node["withheld"]:
        labels = [ATTRIBUTES[key].label for key in node["withheld"]]
        yield f"No longer disclosed: {', '.join(labels)}"


def _rows(node: dict[str, Any], parent: str | None) -> Iterator[tuple[Any, ...]]:
    if parent is not None and not node["changes"]:
        yield (parent, node["id"], node["relation"], None, None, None, None)
    for change in node["changes"]:
        cited = " ".join(change["sources"])
        yield (
            parent, node["id"], node["relation"], change["attribute"], change["from"],
            change["to"], cited,
        )  # fmt: skip
    for child in node["children"]:
        yield from _rows(child, node["id"])
