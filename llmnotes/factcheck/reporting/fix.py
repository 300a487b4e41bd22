"""Corrects a file: shifted rows are moved back, wrong cells rewritten, everything else kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.reporting.corrections import Correction, corrections
from llmnotes.factcheck.reporting.footnotes import FORMATS, Cite, Footnotes, marked
from llmnotes.factcheck.reporting.report import Checked, check_text, where
from llmnotes.tables import replace
from llmnotes.tables.model import Place

_MOST_ROUNDS = 8
"""Limit on rounds of moves and rewrites; three suffice unless corrections contradict each other."""


class Change(NamedTuple):
    """One line of the list of changes: place, old and new text."""

    line: int
    row: str
    column: str
    before: str
    after: str
    moved: bool = False

    def __str__(self) -> str:
        """The change in words."""
        cell = ", ".join(part for part in (self.row, self.column) if part)
        if self.moved and not self.column:
            return f"{cell}: {self.after}"
        old = self.before.strip() or "(blank)"
        return f"{cell}: {old} → {self.after}"


class Fixed(NamedTuple):
    """A corrected text, its changes, and the text checked again."""

    text: str
    changes: list[Change]
    checked: Checked


def fix(
    checker: Checker,
    file: Checked,
    verdicts: Sequence[str],
    cite: Cite,
    *,
    fill: bool,
    heed: bool,
    spared: Callable[[Checked], None] = lambda file: None,
) -> Fixed:
    """Correct the cells with these verdicts until a round changes nothing.

    `cite` gives the footnote of a source, `heed` says whether comments in the file exclude cells, `spared`
    removes further exceptions from a checked text.
    """
    notes = Footnotes(file.text, cite)
    changes: list[Change] = []
    seen = {file.text}
    for _ in range(_MOST_ROUNDS):
        text, made = _round(checker, file, verdicts, notes, fill)
        if text in seen:
            break
        seen.add(text)
        changes += made
        file = check_text(checker, file.name, text, heed=heed)
        spared(file)
    text = _with_notes(file, notes)
    if text != file.text:
        file = check_text(checker, file.name, text, heed=heed)
        spared(file)
    return Fixed(text, changes, file)


def _round(
    checker: Checker, file: Checked, verdicts: Sequence[str], notes: Footnotes, fill: bool
) -> tuple[str, list[Change]]:
    text, changes = file.text, list[Change]()
    found = [
        (number, checked, corrections(checker, checked, file.text, verdicts, fill=fill))
        for number, checked in enumerate(file.tables)
    ]
    edits = []
    for number, checked, made in sorted(found, key=lambda one: one[1].table.place.start):
        edits.append((checked, _edits(file.text, number, checked, made, notes)))
        changes += [_change(checked, one) for one in made]
    for checked, places in reversed(
        edits
    ):  # from last to first, so that earlier offsets stay valid
        text = replace(text, places, checked.table.format)
    return text, changes


def _edits(
    text: str, number: int, checked: CheckedTable, made: Sequence[Correction], notes: Footnotes
) -> list[tuple[Place, str]]:
    format = checked.table.format
    noted = format in FORMATS and checked.table.kind != "facts"
    edits = []
    for one in made:
        words, mark = one.words, ""
        if noted and one.judged is not None and one.sources:
            removed = ""
            if one.before.strip():
                removed = f"{one.before.strip()} ({', '.join(where(checked, one.judged))})"
            mark = notes.mark(one.sources[0], number, removed)
        if one.judged is not None:
            words = marked(words, mark, text[one.place.start : one.place.end], format)
        edits.append((one.place, words))
    return edits


def _change(checked: CheckedTable, one: Correction) -> Change:
    if one.judged is not None:
        row, column = where(checked, one.judged)
        return Change(one.place.line, row, column, one.before, str(one.words), one.moved)
    row = checked.layout.labels.get(one.row, "")
    if one.inserted:
        after = f"moved right from {one.before.strip()!r} on; an empty cell was missing before it"
    else:
        after = f"{one.before.strip() or '(blank)'} → {one.words.strip() or '(blank)'}, moved"
    return Change(one.place.line, row, "", one.before, after, moved=True)


def _with_notes(file: Checked, notes: Footnotes) -> str:
    text = file.text
    for number in reversed(range(len(file.tables))):
        lines = notes.below(number)
        if lines:
            end = _end_of_line(text, file.tables[number].table.place.end)
            text = text[:end] + ("" if text[:end].endswith("\n") else "\n") + lines + text[end:]
    return text


def _end_of_line(text: str, offset: int) -> int:
    """The offset after the line break that ends the table's last line."""
    if offset and text[offset - 1] == "\n":
        return offset
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1
