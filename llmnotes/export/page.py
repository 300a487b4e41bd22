"""Pages: answers that are read rather than looked up, for the formats that people read."""

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
    """Lines that stand as they are: a tree, an axis."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageItem:
    """A label with what is said of it and the footnotes it refers to.

    `refs` are names of other pages that the text lists: links where those pages are at hand.
    """

    label: str
    text: str
    notes: tuple[int, ...] = ()
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """Labels with what is said of each, under a heading where there is one.

    `below` sets what is said under the labels instead of beside them.
    """

    items: list[PageItem]
    heading: str = ""
    below: bool = False


Block = Paragraph | Formula | Drawing | Items


@dataclass(frozen=True, slots=True)
class Page:
    """A title and the blocks below it; `detail` stands beside the title."""

    title: str
    blocks: list[Block]
    detail: str = ""
    footnotes: list[Footnote] = field(default_factory=list)
