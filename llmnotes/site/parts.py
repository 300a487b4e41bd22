"""Splits long lists into several pages, so that no page grows with the base."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

Head = TypeVar("Head")
Item = TypeVar("Item")

MOST = 60_000
"""Size limit in bytes of a list on one page; with the rest of a page, its first view stays below 100 kB."""


class PartLink(NamedTuple):
    """A link to a part."""

    path: str
    name: str
    current: bool


class Part(NamedTuple, Generic[Head, Item]):
    """One page of a list: items under their headings, and links to all parts."""

    path: str
    links: list[PartLink]
    groups: list[tuple[Head, list[Item]]]

    @property
    def suffix(self) -> str:
        """The suffix of the title; empty where there is only one part."""
        number = next((n for n, link in enumerate(self.links, start=1) if link.current), 1)
        return f", part {number} of {len(self.links)}" if self.links else ""


def part_path(path: str, number: int) -> str:
    """The path of a part: the first is the list's own. No id has such a path (`places.slug`)."""
    return path if number == 1 else f"{path.removesuffix('.html')}~{number}.html"


def parts(
    path: str,
    groups: Iterable[tuple[Head, Sequence[Item]]],
    weight: Callable[[Item], int],
    name: Callable[[Head, Item], str],
    *,
    most: int = MOST,
    first: int | None = None,
) -> list[Part[Head, Item]]:
    """The list at `path` in parts of at most `most` bytes, `first` for the first one.

    `weight` gives the approximate size of an item in bytes, `name` its name in the links.
    """
    pages: list[list[tuple[int, Head, Item]]] = [[]]
    room = most if first is None else first
    for number, (head, items) in enumerate(groups):
        for item in items:
            size = weight(item)
            if size > room and (pages[-1] or (first is not None and len(pages) == 1)):
                pages.append([])
                room = most
            pages[-1].append((number, head, item))
            room -= size
    names = list(_distinct(_name(page, name) for page in pages))
    found = []
    for here in range(len(pages)):
        links = [
            PartLink(part_path(path, n), text, n == here + 1)
            for n, text in enumerate(names, start=1)
        ]
        found.append(
            Part(part_path(path, here + 1), links if len(pages) > 1 else [], _grouped(pages[here]))
        )
    return found


def _grouped(page: list[tuple[int, Head, Item]]) -> list[tuple[Head, list[Item]]]:
    found = []
    for _, entries in groupby(page, key=lambda entry: entry[0]):
        listed = list(entries)
        found.append((listed[0][1], [item for _, _, item in listed]))
    return found


def _name(page: list[tuple[int, Head, Item]], name: Callable[[Head, Item], str]) -> str:
    if not page:
        return "overview"
    ends = [name(head, item) for _, head, item in (page[0], page[-1])]
    return ends[0] if ends[0] == ends[1] else " – ".join(ends)


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """The names, repeated ones with a number."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def size_of(*texts: str | None) -> int:
    """The size in bytes of texts in a page, before escaping."""
    return sum(len(text.encode("utf-8", "replace")) for text in texts if text)
