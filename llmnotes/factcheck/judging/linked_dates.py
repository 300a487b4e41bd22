"""Dates that are those of the paper linked beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement, withdrawn
from llmnotes.factcheck.judging.papers import OF_PAPER, Papers
from llmnotes.factcheck.judging.words import months_apart
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.pattern import late

_DOCUMENT = late(
    r"https?://\S{4,300}(?:\.pdf(?![\w])|(?:system|model)[-_]?card|tech(?:nical)?[-_]report)",
    re.IGNORECASE,
)
"""The address of a report or a card, whose day may be meant."""
_DATED = late(r"https?://\S{4,200}?(20\d\d)[-_/](0[1-9]|1[0-2])")
_ARXIV = late(r"arxiv\.org/(?:abs|pdf|html)/(\d\d)(\d\d)\.\d{4,5}")
_LATER_VERSION = late(r"arxiv\.org/(?:abs|pdf|html)/\d{4}\.\d{4,5}v([2-9]|[1-9]\d)(?!\d)")
"""A paper's address that names a version after the first, which has a day of its own."""


def leave_dates_of_papers(
    layout: Layout, judged_cells: Sequence[JudgedCell], papers: Papers
) -> None:
    """Withdraw a wrong date where it is the month of a paper that its own row links to.

    The day of a linked report may be meant too, unless the base knows the month of the model's own paper.
    """
    for cell in judged_cells:
        found = cell.judgement
        if not found.is_false or found.attribute != "release_date" or not found.false_items:
            continue
        beside = _beside(layout, cell)
        linked = {f"20{year}-{month}" for raw in beside for year, month in _ARXIV.findall(raw)}
        if linked and all(str(item.value)[:7] in linked for item in found.false_items):
            cell.judgement = withdrawn(found, "it is the month of the paper linked beside it")
        elif any(map(_LATER_VERSION.search, beside)) and _is_soon_after(found):
            cell.judgement = withdrawn(found, "the paper linked beside it is a later version")
        elif (
            any(map(_DOCUMENT.search, beside))
            and _is_soon_after(found)
            and not _is_dated_otherwise(found, beside)
            and not any(map(papers.months, found.models))
        ):
            cell.judgement = withdrawn(found, "it may be the day of the document linked beside it")


def take_years_of_venues(judged_cells: Sequence[JudgedCell], papers: Papers) -> None:
    """Take a wrong year for true below a header that says no more than `Year`, where a paper came out in it.

    BERT of 2018 stands in such columns with 2019, by the citation.
    """
    for cell in judged_cells:
        found, year = cell.judgement, cell.cell.text.strip()
        if not found.is_false or found.attribute != "release_date":
            continue
        if found.cause == "other-generation" and cell.subject and cell.subject.loose:
            continue  # PaLM of 2023 is PaLM 2 sooner than the journal's volume
        if not _YEARS.fullmatch(cell.spot.headers[0].text) or not _YEAR.fullmatch(year):
            continue
        at = next(filter(None, (papers.venue(year, model) for model in found.models)), "")
        if at:
            cell.judgement = found._replace(
                verdict="agrees-normalised", cause=None, false_items=(),
                reason=f"the year of its paper at {at}",
            )  # fmt: skip


def leave_months_of_venues(judged_cells: Sequence[JudgedCell], papers: Papers) -> None:
    """Withdraw a wrong month in which the paper was given at a conference: BART of 2019 at ACL 2020."""
    for cell in judged_cells:
        found = cell.judgement
        if not found.is_false or found.attribute != "release_date" or found.cause in _OF_OTHERS:
            continue
        months = {str(item.value)[:7] for item in found.false_items}
        at = {month: _venue(month, found, papers) for month in months}
        if at and all(at.values()):
            where = ", ".join(sorted(set(at.values())))
            cell.judgement = withdrawn(found, f"it may be the month of its paper at {where}")


_OF_OTHERS = frozenset({"other-generation", "other-column", "other-size"})
"""Causes of a date that is another model's."""


def _venue(month: str, found: Judgement, papers: Papers) -> str:
    """The conference in a month at which the paper of one of the models was given."""
    for model in found.models if "-" in month else ():
        venue = papers.venue(month[:4], model)
        name = venue if venue in _HELD else venue.split()[0] if venue else ""
        if int(month[5:7]) in _HELD.get(name, ()):
            return venue
    return ""


_HELD = {
    "AAAI": (2,), "ICLR": (4, 5), "NAACL": (4, 6, 7), "ICML": (6, 7), "ACL": (7, 8), "COLM": (10,),
    "EMNLP": (10, 11, 12), "NeurIPS": (12,), "ACL 2022": (5,),
}  # fmt: skip
"""The months in which conferences were held since 2018."""


def tell_of_papers(judged_cells: Sequence[JudgedCell], papers: Papers) -> None:
    """Call a month partly wrong that is the paper's, below a header of the release some months before.

    Qwen2.5 came in September 2024, its report in December.
    """
    of_papers = [cell for cell in judged_cells if cell.judgement.reason == OF_PAPER]
    if len(of_papers) > _MOST:  # the column tells when papers came out
        return
    for cell in of_papers:
        found = cell.judgement
        if not _RELEASE.search(cell.spot.headers[0].text):
            continue
        months = [month for model in found.models for month in papers.months(model)]
        known = [str(claim.value) for one in found.known for claim in one.claims]
        dates = [date for date in known if len(date) > _YEAR_ALONE]
        if not dates or len(dates) < len(known) or not months:
            continue
        if months_apart(max(dates), min(months)) >= _LATER:
            reason = f"{OF_PAPER}; it was released {found.expected}"
            cell.judgement = found._replace(
                verdict="partly-wrong", cause="wrong-date", reason=reason
            )


_LATER = 3
"""Months after a release at which its paper is no part of it."""
_YEAR_ALONE = 4
_MOST = 3
_RELEASE = late(
    r"releas|launch|发布|發布|发行|上线|开源|公開|リリース|출시|공개|veröffentl|erschien|sortie|publié|lanzamiento"
    r"|lançamento|выпуск|релиз|вышла",
    re.IGNORECASE,
)
"""Headers that say that a model was released, not when it was written about."""
_YEAR = late(r"(?:19|20)\d\d")
_YEARS = late(
    r"\W*(?:publication\s+|paper\s+)?(?:years?|年份?|年度|発表年|연도|année|ano|año|jahr|год)\W*",
    re.IGNORECASE,
)


def _is_dated_otherwise(found: Judgement, beside: Sequence[str]) -> bool:
    """Whether the addresses of the documents have days, and others than the cell's."""
    days = {f"{year}-{month}" for raw in beside for year, month in _DATED.findall(raw)}
    return bool(days) and not any(str(item.value)[:7] in days for item in found.false_items)


def _is_soon_after(found: Judgement) -> bool:
    """Whether every false date is later than a known one, and within a year of it."""
    known = [str(claim.value)[:7] for one in found.known for claim in one.claims]
    return bool(known) and all(
        any(day < str(item.value)[:7] <= _next_year(day) for day in known)
        for item in found.false_items
    )


def _next_year(month: str) -> str:
    return f"{int(month[:4]) + 1}{month[4:]}"


def _beside(layout: Layout, cell: JudgedCell) -> list[str]:
    """The other cells of the row (the column, where models are columns) of a cell."""
    unit = layout.unit(cell.row, cell.column)
    return [
        one.raw
        for line in layout.lines
        for position, one in enumerate(line.cells)
        if one is not None
        and layout.unit(
            line.number, line.spots[position].column if position < len(line.spots) else -1
        )
        == unit
    ]
