"""Footnotes of a corrected Markdown file: the sources of new values, and the replaced text."""

from __future__ import annotations

from collections.abc import Callable

from llmnotes.pattern import late
from llmnotes.tables import Raw, replace
from llmnotes.tables.model import Place

FORMATS = frozenset({"markdown", "text"})
"""Formats that have footnotes."""

_DEFINED = late(r"^\[\^([^\[\]]{1,60})\]:[ \t]*(.*)$", 8)  # re.MULTILINE
_USED = late(r"\[\^([^\[\]]{1,60})\]")

Cite = Callable[[str], str | None]
"""Returns the short reference of a source by id."""


class Footnotes:
    """Labels of footnotes, one per source: existing ones are reused, and none is used twice."""

    def __init__(self, text: str, cite: Cite) -> None:
        self._cite = cite
        self._taken = set(_USED.findall(text))
        self._defined = [(match[2].strip(), match[1]) for match in _DEFINED.finditer(text)]
        self._given: dict[str, str] = {}
        self._new: dict[int, dict[str, list[str]]] = {}

    def mark(self, source: str, table: int, removed: str) -> str:
        """The mark of a source after a new value in a table; `removed` is the old text."""
        reference = self._cite(source)
        if reference is None:
            return ""
        label = self._given.get(source) or next(
            (label for note, label in self._defined if note.startswith(reference)), None
        )
        if label is None:
            label = self._free()
            self._new.setdefault(table, {})[source] = []
        self._given[source] = label
        for notes in self._new.values():
            if removed and source in notes:
                notes[source].append(removed)
        return f"[^{label}]"

    def _free(self) -> str:
        number = 1
        while f"source{number}" in self._taken:
            number += 1
        self._taken.add(f"source{number}")
        return f"source{number}"

    def below(self, table: int) -> str:
        """The definitions of a table's new footnotes; empty where there are none."""
        lines = []
        for source, removed in self._new.get(table, {}).items():
            instead = _escaped(f"Instead of {'; '.join(removed)}.") if removed else ""
            note = f"{self._cite(source)} {instead}".rstrip()
            lines.append(f"[^{self._given[source]}]: {note}\n")
        return "\n" + "".join(lines) if lines else ""


def _escaped(words: str) -> str:
    return replace("", [(Place(0, 0, 0, 0), words)], "markdown")


def marked(words: str, mark: str, old: str, format: str) -> str:
    """The argument of `replace` for a text with a mark, escaped here where mark or blank must not be."""
    if not mark and old:
        return words
    blank = " " * (format == "markdown" and not old)
    return Raw(blank + replace(old, [(Place(0, 0, 0, len(old)), words)], format) + mark)
