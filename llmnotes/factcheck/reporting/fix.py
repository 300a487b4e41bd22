"""A file with its false cells corrected and everything else as it was."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from llmnotes.display import value_text
from llmnotes.factcheck.cells.terms import BROKEN
from llmnotes.factcheck.judging.check import CheckedTable, Checker
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.tables import replace
from llmnotes.tables.edit import Raw
from llmnotes.tables.model import Place
from llmnotes.values import elements

_STANDING = TRUE_VERDICTS | {"partly-wrong", "blank", "rumour"}
_NOTED = {"markdown", "text"}


class Correction(NamedTuple):
    """A cell and the words that are to stand in it, with the ids of the sources."""

    judged: JudgedCell
    words: str
    sources: tuple[str, ...]


def corrections(
    checker: Checker, checked: CheckedTable, verdicts: Iterable[str], *, fill: bool = False
) -> list[Correction]:
    """What to write into the cells of these verdicts; a blank is filled only with `fill`.

    A correction is only made where the new words are judged to be true.
    """
    wanted = {*verdicts, "misspelt"}
    allowed = _STANDING - set(verdicts)
    found: dict[int, Correction] = {}
    for judged in checked.judged_cells:
        judgement = judged.judgement
        blank = judgement.verdict == "blank"
        if (blank and not (fill and judgement.expected)) or (
            not blank and judgement.verdict not in wanted
        ):
            continue
        if judged.cell.place.start in found:
            continue
        words = next(
            (
                text
                for text in _proposals(checker, judged)
                if _may_stand(checker, judged, text, allowed)
            ),
            None,
        )
        if words is not None and words != judged.cell.text:
            sources = () if judgement.verdict == "misspelt" else tuple(judgement.sources)
            found[judged.cell.place.start] = Correction(judged, words, sources)
    return list(found.values())


def _may_stand(checker: Checker, judged: JudgedCell, text: str, allowed: frozenset[str]) -> bool:
    """Whether new words are true of the models that the cell was judged for."""
    subject, models = judged.subject, judged.judgement.models
    if subject is not None and models:
        subject = subject._replace(models=models)
    return checker.judgement(text, judged.spot, subject).verdict in allowed


def _proposals(checker: Checker, judged: JudgedCell) -> Iterator[str]:
    """Words that may stand in the cell, the shortest that will do first."""
    judgement, header = judged.judgement, judged.spot.headers[0]
    if judgement.verdict == "misspelt":
        yield from _respelt(judged)
    models = judgement.models or (judged.subject.models if judged.subject else ())
    known = [checker.base.known(model, str(header.attribute)) for model in models]
    if header.term:
        flags = {k.first is not None and header.term in str(k.first.value) for k in known}
        yield "✓" if flags == {True} else "✗"
    stated = [item for item in known if item.claims]
    values = [item.claims[0].value for item in stated]
    if (
        stated
        and all(value == values[0] for value in values)
        and isinstance(values[0], int | float)
    ):
        yield from _number(values[0], judged, value_text(stated[0].attribute, values[0]))
    if stated and stated[0].attribute.kind in {"datasets", "results"}:
        names = dict.fromkeys(
            str(one) for k in stated for one in elements(k.attribute, k.claims[0].value)
        )
        yield ", ".join(names)
    if known:
        yield checker.judge.expected(known)
    yield judgement.expected


def _number(value: float, judged: JudgedCell, shown: str) -> Iterator[str]:
    """A number in the scale of its column and the style of the cell."""
    scale = judged.spot.headers[0].scale
    factor = float(scale.factor) if scale is not None else 1.0
    if factor != 1.0:
        yield f"{value / factor:.4g}"
    plain = shown.replace(",", "")
    yield shown if "," in judged.cell.text and plain != shown else plain


def _respelt(judged: JudgedCell) -> Iterator[str]:
    """The cell with nothing but its broken words put right."""
    text = judged.cell.text
    for broken, right in BROKEN.items():
        for match in reversed(list(re.finditer(rf"\b{broken}\b", text, re.I))):
            text = text[: match.start()] + _like(match[0], right) + text[match.end() :]
    if text != judged.cell.text:
        yield text


def _like(old: str, new: str) -> str:
    """A word in the letters' case of the one whose place it takes."""
    if old.isupper():
        return new.upper()
    return new.capitalize() if old[0].isupper() else new


def fixed(
    text: str, tables: Sequence[tuple[CheckedTable, Sequence[Correction]]], notes: dict[str, str]
) -> str:
    """The text with all corrections made; `notes` gives the footnote of each source by its id."""
    labels = _Labels(text)
    edits = [
        (checked.table.format, _edits(text, checked, found, notes, labels))
        for checked, found in sorted(tables, key=lambda pair: pair[0].table.place.start)
        if found
    ]
    for format, changes in reversed(edits):  # from the last on, so that earlier places stay right
        text = replace(text, changes, format)
    return text


class _Labels:
    """Labels of footnotes: one for each source of a file, none that the file has already."""

    def __init__(self, text: str) -> None:
        self._taken = set(re.findall(r"\[\^([^\]]+)\]", text))
        self._given: dict[str, str] = {}

    def label(self, source: str) -> tuple[str, bool]:
        """The label of a source's footnote, and whether it is new."""
        if source in self._given:
            return self._given[source], False
        number = len(self._given) + 1
        while f"source{number}" in self._taken:
            number += 1
        self._given[source] = f"source{number}"
        self._taken.add(f"source{number}")
        return self._given[source], True


def _edits(
    text: str,
    checked: CheckedTable,
    found: Sequence[Correction],
    notes: dict[str, str],
    labels: _Labels,
) -> list[tuple[Place, str]]:
    format = checked.table.format
    edits: list[tuple[Place, str]] = []
    lines: list[str] = []
    for correction in found:
        place = correction.judged.cell.place
        edits.append((place, correction.words))
        if format not in _NOTED or checked.table.kind == "facts":
            continue
        for source in correction.sources[:1]:
            label, new = labels.label(source)
            edits[-1] = (place, _Marked(correction.words, f"[^{label}]"))
            if new and source in notes:
                lines.append(f"[^{label}]: {notes[source]}")
    if lines:
        end = _end_of_line(text, checked.table.place.end)
        edits.append((Place(0, 0, end, end), Raw("\n" + "\n".join(lines) + "\n")))
    return [
        (place, _written(words, text[place.start : place.end], format)) for place, words in edits
    ]


class _Marked(str):
    """Words with a footnote mark behind them."""

    __slots__ = ("mark",)
    mark: str

    def __new__(cls, words: str, mark: str) -> _Marked:
        """The words, carrying their mark."""
        made = super().__new__(cls, words)
        made.mark = mark
        return made


def _written(words: str, old: str, format: str) -> str:
    """Words as `replace` takes them: escaped here where a mark follows that must not be."""
    if not isinstance(words, _Marked):
        return words
    place = Place(0, 0, 0, len(old))
    return Raw(replace(old, [(place, str(words))], format) + words.mark)


def _end_of_line(text: str, offset: int) -> int:
    """The offset behind the line break that ends the table's last line."""
    if offset and text[offset - 1] == "\n":
        return offset
    end = text.find("\n", offset)
    return len(text) if end < 0 else end + 1
