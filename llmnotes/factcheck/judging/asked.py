"""Columns that ask for commercial use, the paper or the country; and links by their targets."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.absence import absence
from llmnotes.factcheck.cells.days import find_dates
from llmnotes.factcheck.cells.flags import flag
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.commercial import judge_commercial
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement, withdrawn
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.headers import COMMERCIAL, COUNTRY, FAMILY, PAPER, REMARKS, Header
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.tables.model import TableCell

if TYPE_CHECKING:
    from llmnotes.factcheck.judging.links import Links

_ONLY_DATE = late(r"[\w\s./,'-]{3,24}")
"""A publication told by its day alone, `Mai 2024`, and no title."""

_HOST = late(r"(?:huggingface\.co|hf\.co|modelscope\.cn|github\.com|arxiv\.org)/", re.I)
"""Where models, code and papers are published under their names."""

ASKED = frozenset({COMMERCIAL, PAPER, COUNTRY, FAMILY, REMARKS})
"""Terms of headers with a question of their own."""


class Asked:
    """Judges the cells below such headers."""

    def __init__(self, base: BaseClaims, names: Names, judge: Judge) -> None:
        self._base = base
        self._judge = judge
        self._names = names

    @cached_property
    def _links(self) -> Links:
        """Read where a table has links: most have none."""
        from llmnotes.factcheck.judging.links import Links

        return Links(self._base, self._names)

    def judge(self, text: str, term: str, subject: TableSubject | None) -> Judgement:
        """The judgement below a header with such a term."""
        if term == PAPER and _ONLY_DATE.fullmatch(text.strip()) and find_dates(text):
            return self._judge.judge(read_cell(text, "release_date"), subject)
        if term == PAPER and _says_nothing(text):
            return Judgement("repository", "blank")
        if term == PAPER:
            return self._links.judge_paper(text, subject)
        if term == FAMILY:
            return self._judge_family(text, subject)
        if term == COMMERCIAL:
            return judge_commercial(self._base, text, subject)
        if term == REMARKS:
            from llmnotes.factcheck.judging.remarks import judge_remark

            return judge_remark(self._judge.judge, self._names, text, subject)
        from llmnotes.factcheck.judging.countries import judge_country

        return judge_country(self._base, text, subject)

    def _judge_family(self, text: str, subject: TableSubject | None) -> Judgement:
        """The judgement below `Family`, where the architecture or the publisher may stand too."""
        if absence(text) is not None:
            return Judgement("architecture", "blank")
        if subject is None:
            return Judgement("architecture", "unsupported", "the base does not know this model")
        if family := self._links.family_in(text, subject):
            reason = f"it is of the family {family}"
            return Judgement("architecture", "agrees-normalised", reason, models=subject.models)
        for attribute in ("architecture", "organization"):
            found = self._judge.judge(read_cell(text, attribute), subject)
            if found.verdict in TRUE_VERDICTS:
                return found
        reason = "the base does not say that it belongs to it"
        return Judgement("architecture", "unsupported", reason, models=subject.models)

    def by_links(
        self, found: Judgement, cell: TableCell, header: Header, subject: TableSubject | None
    ) -> Judgement:
        """The judgement of a cell of links by their targets, where its words tell nothing."""
        if header.attribute == "availability" and found.is_false:
            return (
                found
                if _OF_WEIGHTS.search(header.text)
                else self._unless_of_licence(found, cell, subject)
            )
        if header.attribute == "repository" and _says_nothing(cell.raw):
            return Judgement(found.attribute, "blank")
        unread = found.verdict == "unreadable"
        untold = found.is_false or unread or found.is_unknown
        if header.term or header.benchmark or not untold:
            return found
        elsewhere = unread and _leads_elsewhere(cell)
        asked = header.attribute == "repository"
        if elsewhere and not (asked and _HOST.search(cell.raw)):
            found = Judgement(found.attribute, "blank")
        elif not asked:
            return found
        if found.is_false:  # further pages than those the base names may be its own
            found = withdrawn(found, "it may have other pages")
        return self._links.judge_link(cell.raw, subject, found)

    def _unless_of_licence(
        self, found: Judgement, cell: TableCell, subject: TableSubject | None
    ) -> Judgement:
        """A `no` below `Open?` is left open where the licence does not allow all use."""
        if subject is None or flag(cell.text) is not False:
            return found
        each = (subject._replace(models=(model,)) for model in subject.models)
        allowed = [judge_commercial(self._base, "yes", one).verdict for one in each]
        if all(verdict == "agrees" for verdict in allowed):
            return found
        return withdrawn(found, "its licence does not allow every use, which `open` may mean")


_OF_WEIGHTS = late(r"weights|checkpoint|权重|веса", re.I)
"""Headers that ask for the weights alone, whatever their licence: `Open weights`."""


def _leads_elsewhere(cell: TableCell) -> bool:
    """Whether a cell has only words of a link, `here`, with the link behind them."""
    from llmnotes.factcheck.cells.link_words import only_leads_elsewhere

    return only_leads_elsewhere(cell.text, cell.raw)


def _says_nothing(text: str) -> bool:
    from llmnotes.factcheck.cells.link_words import says_nothing

    return says_nothing(text)


def asked_of(cell: TableCell, header: Header) -> str:
    """The text of a cell that is judged: with its links, below a header that asks for the paper."""
    return cell.raw if header.term == PAPER else cell.text
