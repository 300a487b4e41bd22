"""Cells judged as a whole: the base's own text, a list as `export` writes it, a day that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.no_dates import find_no_date
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.judgement import NO_SUCH_DATE, Judgement
from llmnotes.factcheck.judging.wording import raw_list, sizes_text
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.schema import ATTRIBUTES
from llmnotes.spelling import one_edit
from llmnotes.vocabulary import fold

Expected = Callable[[Sequence[Known]], str]
"""The base's value as text."""


class WholeCells:
    """Judges such cells."""

    def __init__(self, base: BaseClaims, expected: Expected) -> None:
        self._base = base
        self._expected = expected

    def judge(self, reading: CellReading, subject: TableSubject) -> Judgement | None:
        """The judgement of a cell as a whole; None for a cell that is read in parts."""
        name = reading.attribute
        if self._is_verbatim(reading, subject):
            known = [self._base.known(model, name) for model in subject.models]
            claims = tuple(item.claims[0] for item in known if item.claims)
            expected = self._expected(known)
            return Judgement(name, "agrees", "", None, expected, subject.models, claims)
        if (raw := raw_list(reading.text)) is not None:
            return self._raw(raw, name, subject)
        return None

    def _is_verbatim(self, reading: CellReading, subject: TableSubject) -> bool:
        """Whether a cell equals the base's text, or names a size by its name."""
        if len(reading.items) == 1 and reading.items[0].low is not None:
            return False
        text = fold(reading.text)
        if reading.attribute in SIZES and text == fold(sizes_text(self._base, subject.models)):
            return True
        if len(reading.items) == 1 and text == fold(str(reading.items[0].value)):
            return False
        known = [self._base.known(model, reading.attribute) for model in subject.models]
        stated = [k for k in known if k.claims]
        if "×" in reading.text and any(text == fold(self._expected([k])) for k in stated):
            return True  # a pattern of layers, of one of the models
        return bool(text and stated) and text == fold(self._expected(known))

    def no_date(self, reading: CellReading, subject: TableSubject) -> Judgement | None:
        """The judgement of a date that does not exist: `2023-13`, `7023-02-24`.

        A bare number is taken for a year only where it is one digit away from the base's.
        """
        if ATTRIBUTES[reading.attribute].kind != "date" or not (day := find_no_date(reading.text)):
            return None
        known = [self._base.known(model, reading.attribute) for model in subject.models]
        stated = [item for item in known if item.claims]
        claims = tuple(item.claims[0] for item in stated)
        if not claims or (
            day.isdigit() and not any(one_edit(day, str(claim.value)[:4]) for claim in claims)
        ):
            return None
        expected = self._expected(stated)
        return Judgement(
            reading.attribute, "wrong", f"there is no such {'year' if day.isdigit() else 'day'}; "
            f"the base has {expected}", NO_SUCH_DATE, expected, subject.models, claims,
        )  # fmt: skip

    def _raw(self, raw: list[object], name: str, subject: TableSubject) -> Judgement:
        """The judgement of a list as `export` writes it: it equals one of the claims, or is wrong."""
        known = [self._base.known(model, name) for model in subject.models]
        stated = [item for item in known if item.claims]
        if not stated:
            return Judgement(
                name, "unsupported", "the base does not know it", models=subject.models
            )
        claims = tuple(item.claims[0] for item in stated)
        found = Judgement(name, "agrees", "", None, self._expected(stated), subject.models, claims)
        if any(claim.value == raw for item in stated for claim in item.claims):
            return found
        reason = f"the base has {found.expected}"
        return found._replace(verdict="wrong", cause="unexplained", reason=reason)
