"""Pages of publishers, techniques, sources and topics: blocks of text, lists and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from llmnotes.escapes import web_address
from llmnotes.export.page import Drawing, Formula, Items, Page, PageItem, Paragraph

Linker = Callable[[str, str], str | None]
"""Returns the link to an entry of a kind by id; None where it has no page."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")


class Piece(NamedTuple):
    """A piece of text, optionally linked."""

    text: str
    href: str | None = None


class EntityItem(NamedTuple):
    """A label with its text."""

    label: str
    parts: list[Piece]
    notes: tuple[int, ...] = ()
    href: str | None = None
    """The page of the labelled entry."""


class EntityBlock(NamedTuple):
    """One block of a page: a text, a formula, a drawing or a list of items."""

    kind: str
    text: str = ""
    latex: str = ""
    heading: str = ""
    items: list[EntityItem] = []  # noqa: RUF012  (never written to)


def blocks(page: Page, linked: Callable[[str], str | None]) -> list[EntityBlock]:
    """A page of the study side as blocks; `linked` gives the link of a name in a list."""
    found = []
    for block in page.blocks:
        if isinstance(block, Paragraph):
            found.append(EntityBlock("text", block.text))
        elif isinstance(block, Formula):
            found.append(EntityBlock("formula", block.text, block.latex))
        elif isinstance(block, Drawing):
            found.append(EntityBlock("drawing", "\n".join(block.lines)))
        else:
            found.append(_items(block, linked))
    return found


def _items(block: Items, linked: Callable[[str], str | None]) -> EntityBlock:
    items = [EntityItem(item.label, _pieces(item, linked), item.notes) for item in block.items]
    return EntityBlock("items", heading=block.heading, items=items)


def _pieces(item: PageItem, linked: Callable[[str], str | None]) -> list[Piece]:
    if item.refs and item.text == ", ".join(item.refs):
        return separated([Piece(name, linked(name)) for name in item.refs])
    return list(addresses(item.text))


def separated(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces with commas between them."""
    found: list[Piece] = []
    for piece in pieces:
        found += [Piece(", "), piece] if found else [piece]
    return found


def addresses(text: str) -> Iterable[Piece]:
    """A text with its web addresses as links."""
    at = 0
    for match in _ADDRESS.finditer(text):
        yield Piece(text[at : match.start()])
        yield Piece(match[0], web_address(match[0]))
        at = match.end()
    yield Piece(text[at:])


def _digest(source: dict[str, Any]) -> str:
    return f"sha256 {source['sha256']}, length {source['length']:,}" if source["sha256"] else ""


def source_blocks(
    source: dict[str, Any], uses: dict[tuple[str, str], list[str]], link: Linker
) -> list[EntityBlock]:
    """The metadata of a source, and the values that cite it: attributes by subject."""
    facts = [
        ("Kind", source["kind"]),
        ("Authors", ", ".join(source["authors"])),
        ("Year", str(source["year"] or "")),
        ("arXiv", source["arxiv"] or ""),
        ("DOI", source["doi"] or ""),
        ("Venue", source["venue"] or ""),
        ("Address", source["url"] or ""),
        ("Copy read", source["copy_read"] or ""),
        ("How much was read", source["read"] or ""),
        ("Second-hand, via", source["via"] or ""),
        ("Digest of the text read", _digest(source)),
        ("Last checked", source["checked"] or ""),
    ]
    said = [EntityItem(label, list(addresses(text))) for label, text in facts if text]
    used = [
        EntityItem(key, [Piece(", ".join(names))], href=link(kind, key))
        for (kind, key), names in uses.items()
    ]
    found = [EntityBlock("items", items=said)]
    return found + ([EntityBlock("items", heading="What rests on it", items=used)] if used else [])
