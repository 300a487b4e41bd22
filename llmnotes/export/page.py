"""Pages: answers made of text rather than tables, for the formats for people."""

from __future__ import annotations

from dataclasses import dataclass, field

from llmnotes.export.footnote import Footnote


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, in LaTeX and as a line of Unicode text."""

    latex: str
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Preformatted lines: a tree, an axis."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageItem:
    """A label with its text and footnote numbers.

    `refs` are names of other pages in the text, which become links where those pages are included.
    """

    label: str
    text: str
    notes: tuple[int, ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Labels with their texts, optionally under a heading.

    `below` sets the texts under the labels instead of beside them.
    """

    items: list[PageItem]
    heading: str = ""
    below: bool = False


Block = Paragraph | Formula | Drawing | Items


@dataclass(frozen=True, slots=True)
class Page:
    """A title and its blocks; `detail` is printed beside the title."""

    title: str
    blocks: list[Block]
    detail: str = ""
    footnotes: list[Footnote] = field(default_factory=list)
