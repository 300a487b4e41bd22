"""Proposes texts that make a cell true, the smallest change first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from llmnotes.factcheck.cells.flags import flag, is_yes_or_no
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.cells.terms import broken_words
from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.notation import swapped
from llmnotes.factcheck.layout.headers import COMMERCIAL, COUNTRY, FAMILY, PAPER, REMARKS
from llmnotes.factcheck.reporting.style import writings
from llmnotes.schema import ATTRIBUTES

_LONGEST = 60
_MODELS = 12
"""Number of different cells considered for notation."""
_REACH = 40
"""Number of cells before and after one that are considered for a table's style."""
_NAMED = frozenset({"results", "datasets", "texts"})
_WORDED = frozenset({"term", "terms", "text", "organizations"})
_ANSWERS = (("✓", "✗"), ("✔", "✘"), ("✅", "❌"), ("Yes", "No"), ("yes", "no"), ("Y", "N"),
            ("True", "False"), ("true", "false"), ("是", "否"))  # fmt: skip


def proposals(
    checker: Checker, checked: CheckedTable, around: Surroundings, judged: JudgedCell
) -> Iterator[str]:
    """Texts for a cell: respelt, without its wrong values, with replaced values, rewritten."""
    judgement, header, text = judged.judgement, judged.spot.headers[0], judged.cell.text
    others = around.nearest(judged)
    if checked.decimal_comma:
        text, others = swapped(text), [swapped(other) for other in others]
    if judgement.verdict == "misspelt":
        yield from respelt(text)
        return
    if header.term:
        yield from _answers(checker, judged, others)
        return
    attribute = ATTRIBUTES[judgement.attribute]
    if judgement.verdict == "partly-wrong" and attribute.kind in _NAMED:
        return  # a list of names is true as far as it goes, and would be replaced by another part
    reading = next(
        (r for r in checker.spots.reader.readings(text, header) if r.attribute == attribute.id),
        None,
    )
    if is_yes_or_no(text):
        yield from (pair[1 - pair.index(text.strip())] for pair in _ANSWERS if text.strip() in pair)
    own = "" if judgement.cause == "fused-number" else text
    values = _values(checker, judged, attribute.id)
    scale = header.scale if header.attribute == attribute.id else None
    whole = list(writings(attribute, values, own, others, scale))
    yield from _inside(judged, text, reading, whole)
    headed = ATTRIBUTES[str(header.attribute)]
    if attribute.kind in _WORDED:
        yield from others  # the words that the table itself uses for the same thing
    if attribute.id != headed.id:
        yield from whole
    yield from writings(headed, _values(checker, judged, headed.id), own, others, header.scale)
    if len(judgement.expected) <= _LONGEST:
        yield judgement.expected


def _values(checker: Checker, judged: JudgedCell, attribute: str) -> list[object]:
    """The base's values for a cell's models."""
    models = judged.judgement.models or (judged.subject.models if judged.subject else ())
    known = [checker.base.known(model, attribute) for model in models]
    return [item.claims[0].value for item in known if item.claims]


def _inside(
    judged: JudgedCell, text: str, reading: CellReading | None, whole: Sequence[str]
) -> Iterator[str]:
    """The cell without its wrong values where true ones are left, or with one value replaced."""
    false = judged.judgement.false_items
    if reading is None or not false:
        return
    true = [item.text.strip() for item in reading.items if item not in false]
    if true and not reading.rest:
        yield ", ".join(dict.fromkeys(true))
    words = false[0].text.strip()
    if len(false) == 1 and words and words != text.strip() and text.count(words) == 1:
        for new in whole:
            yield text.replace(words, new)


def _answers(checker: Checker, judged: JudgedCell, others: Sequence[str]) -> Iterator[str]:
    """Yes or no below a header that is a term, in the marks used in the table."""
    term = judged.spot.headers[0].term
    if term in {COUNTRY, FAMILY, PAPER, REMARKS}:
        return  # a link and its words are not ours to write
    if term == COMMERCIAL:
        says = judged.judgement.expected == "yes"
    else:
        true = {str(value) for value in _values(checker, judged, judged.judgement.attribute)}
        says = any(term in value for value in true)
        if says and any(term not in value for value in true):
            return
    for text in (judged.cell.text, *others):
        yield from (pair[not says] for pair in _ANSWERS if text.strip() in pair)
        if flag(text) is says:
            yield text.strip()
    yield _ANSWERS[0][not says]


class Surroundings:
    """The cells of a table by attribute and by model."""

    def __init__(self, checked: CheckedTable) -> None:
        self._cells: dict[str | None, list[JudgedCell]] = {}
        self._of_model: dict[tuple[str, str | None], list[JudgedCell]] = {}
        self._blank: dict[str | None, list[JudgedCell]] = {}
        for judged in checked.judged_cells:
            if not judged.filled:
                self._blank.setdefault(judged.spot.headers[0].attribute, []).append(judged)
            for model in judged.subject.models if judged.subject else ():
                key = model, judged.spot.headers[0].attribute
                self._of_model.setdefault(key, []).append(judged)
            if judged.filled and not judged.judgement.is_false:
                attribute = judged.spot.headers[0].attribute
                self._cells.setdefault(attribute, []).append(judged)

    def of(self, models: Sequence[str], attribute: str | None) -> list[JudgedCell]:
        """The cells of an attribute of any of these models, without duplicates."""
        found = [cell for model in models for cell in self._of_model.get((model, attribute), ())]
        return list({id(cell): cell for cell in found}.values())

    def blank(self, attribute: str | None) -> list[JudgedCell]:
        """The empty cells of an attribute."""
        return self._blank.get(attribute, [])

    def nearest(self, judged: JudgedCell) -> list[str]:
        """The texts of the cells of the same attribute that are not wrong, the nearest first."""
        cells = self._cells.get(judged.spot.headers[0].attribute, [])
        here = bisect_left(cells, judged.row, key=lambda cell: cell.row)
        near = cells[max(0, here - _REACH) : here + _REACH]
        found = [
            (abs(other.row - judged.row) + abs(other.column - judged.column), other.cell.text)
            for other in near
            if other is not judged
        ]
        texts = dict.fromkeys(text for _, text in sorted(found, key=lambda pair: pair[0]))
        return list(texts)[:_MODELS]


def respelt(text: str) -> Iterator[str]:
    """A text with only its misspelt words corrected."""
    mended = text
    for broken, right in broken_words().items():
        for match in reversed(list(re.finditer(rf"\b{broken}\b", mended, re.I))):
            mended = mended[: match.start()] + _like(match[0], right) + mended[match.end() :]
    if mended != text:
        yield mended


def _like(old: str, new: str) -> str:
    """A word in the letter case of the one it replaces."""
    if old.isupper():
        return new.upper()
    return new.capitalize() if old[0].isupper() else new
