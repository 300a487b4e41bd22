"""When the papers in which models were published came out: by their arXiv ids, and at a venue."""

from __future__ import annotations

import re

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_ARXIV = late(r"(?:^|arxiv\.org/(?:abs|pdf|html)/)(\d\d)(\d\d)\.(\d{4,5})")
"""An arXiv identifier, by itself or in an address, with the year and month of its submission."""
_REPORT = late(r"(?<!\s)\s+(?:technical\s+)?report\s*$", re.IGNORECASE)
_YEARS = late(r"(?<!\d)(?:19|20)\d\d(?!\d)")
OF_PAPER = "the month of its paper"
"""How a date agrees that is not of the release."""
_MONTH = len("2020-07")
_A_DAY = {2019: 450, 2020: 500, 2021: 510, 2022: 510, 2023: 660, 2024: 710, 2025: 770, 2026: 870}
"""Papers that arXiv numbers on a day.

Measured on the sources of the base: the numbers of those whose day is known by that day, and the highest
number of a year's months by the days of a month. Before 2019 there are too few, and any day may be meant.
"""
_NEAR = 9
"""Days by which a paper's number tells its day, as submissions of a month are not even."""


class Papers:
    """The months and venues of papers, with a cache of lookups."""

    def __init__(self, base: BaseClaims) -> None:
        self._base = base
        self._months: dict[str, frozenset[str]] = {}
        self._venues: dict[str, dict[str, str]] = {}
        self._numbers: dict[str, list[tuple[str, int]]] = {}

    def is_month(self, item: Item, model: str) -> bool:
        """Whether a date is the month of a model's paper, or a day of it near its submission."""
        said = [str(one.value) for one in (item, *item.others)]
        months = self.months(model)
        return any(
            month.startswith(date[:_MONTH]) and self._may_be_day(date, month, model)
            for date in said
            for month in months
        )

    def _may_be_day(self, date: str, month: str, model: str) -> bool:
        """Whether a day is near that of a paper by its number, which counts from each month's first."""
        if len(date) <= _MONTH or date.endswith("-01"):  # which stands for a month
            return True
        numbers = [number for of, number in self._numbers[model] if of == month]
        a_day = _A_DAY.get(min(int(month[:4]), max(_A_DAY)))
        return a_day is None or any(
            abs(int(date[-2:]) - number / a_day) <= _NEAR for number in numbers
        )

    def venue(self, year: str, model: str) -> str:
        """Where a model's paper came out in a year; empty where it did not."""
        self.months(model)
        return self._venues[model].get(year, "")

    def months(self, model: str) -> frozenset[str]:
        """The months of the papers in which a model was published, by their arXiv ids.

        These are the sources of its publisher and date, and papers with its name in the title.
        """
        if model not in self._months:
            self._look_up(model)
        return self._months[model]

    def _look_up(self, model: str) -> None:
        rows = self._base.connection.execute(
            "SELECT DISTINCT coalesce(s.arxiv, s.url), s.title, s.venue, c.attribute, "
            "c.subject = ?1 FROM claims c "
            "JOIN sources s ON s.id = c.source WHERE s.kind IN ('paper', 'report') "
            "AND (c.subject = ?1 OR c.subject = (SELECT family FROM models WHERE id = ?1))",
            (model,),
        ).fetchall()
        names = self._called(model)
        papers = [
            (address or "", venue or "", own)
            for address, title, venue, attribute, own in rows
            if attribute in {"organization", "release_date"} or _named_in(title, names)
        ]
        # ERNIE 3.0 Titan has a paper of its own, which is later than its family's.
        dated = [one for one in papers if one[2] and _ARXIV.search(one[0])]
        papers = dated or papers
        found = (_ARXIV.search(address) for address, _, _ in papers)
        self._numbers[model] = [(f"20{one[1]}-{one[2]}", int(one[3])) for one in found if one]
        self._months[model] = frozenset(month for month, _ in self._numbers[model])
        self._venues[model] = {
            year: venue for _, venue, _ in papers for year in _YEARS.findall(venue)
        }

    def _called(self, model: str) -> set[str]:
        """The names of a model and its family, folded."""
        family = self._base.family(model) or model
        rows = self._base.connection.execute(
            "SELECT text FROM names WHERE target IN (?, ?)", (family, model)
        )
        return {fold(text) for (text,) in rows}


def _named_in(title: str, names: set[str]) -> bool:
    """Whether a paper's title is a model's name and its subtitle, or its report: `Qwen Technical Report`."""
    return fold(_REPORT.sub("", title.split(":")[0])) in names
