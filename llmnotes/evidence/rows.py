"""Rows of tables that begin with the name of a model, to tell a sibling's row from the model's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from llmnotes.evidence.texts import plain, positions

_CELL = re.compile(r"\s+[-–\d.,%$~]|\s*[:|]|\s*$")
"""What follows the name in a row: the next cell, and not the next word of a sentence or a longer name."""


@dataclass(frozen=True)
class OwnRow:
    """Whose row a figure should stand in: the model, and the names that begin a row, by model."""

    own: str
    labels: Mapping[str, Sequence[str]]

    def siblings(self, forms: Iterable[str], texts: Sequence[str]) -> str | None:
        """The sibling in whose rows alone a figure stands, where the model has a row there too.

        None where one of its forms stands in the model's own row, in a row of no model, or in prose.
        """
        found: set[str] = set()
        for text in texts:
            for line in _lines(forms, text):
                owners, cells = self._head(line)
                if not owners or self.own in owners or self._is_named(cells):
                    return None
                found |= owners
        if not found or not any(
            self.own in self._head(line)[0] for text in texts for line in text.splitlines()
        ):
            return None
        return min(found)

    def _is_named(self, cells: str) -> bool:
        """Whether the rest of a line names the model, as where the rows of two sizes were joined."""
        return any(next(positions(name, cells), None) is not None for name in self.labels[self.own])

    def _head(self, line: str) -> tuple[set[str], str]:
        """The models with the longest label that a line begins with, if any, and what follows it."""
        start = re.sub(r"^\W+", "", line).casefold()
        longest, owners = 0, set()
        for model, pattern in self._patterns:
            match = pattern.match(start)
            if match is None or not _CELL.match(start, match.end()):
                continue
            if match.end() > longest:
                longest, owners = match.end(), {model}
            elif match.end() == longest:
                owners.add(model)
        return owners, start[longest:]

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        made = []
        for model, names in self.labels.items():
            for name in names:
                words = re.findall(r"\w+", plain(name).casefold())
                if any((word.isalpha() and len(word) > 1) or not word.isdigit() for word in words):
                    pattern = r"[\W_]*".join(map(re.escape, words)) + r"(?![\w.])"
                    made.append((model, re.compile(pattern)))
        return made


def _lines(forms: Iterable[str], text: str) -> Iterator[str]:
    """The lines of a plain text in which one of the forms begins."""
    for form in forms:
        for start in positions(form, text):
            end = text.find("\n", start)
            yield text[text.rfind("\n", 0, start) + 1 : end if end >= 0 else len(text)]


def labels(key: object, name: object, aliases: Iterable[object], size: object) -> list[str]:
    """The names that may begin a model's row in a table: its names, and its size where it is a figure."""
    found = [str(item).rpartition("/")[2] for item in (name, key, *aliases) if item]
    return [*found, size] if isinstance(size, str) and size[:1].isdigit() else found
