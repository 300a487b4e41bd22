"""Columns that ask for commercial use, the paper or the country; and links by their targets."""

from __future__ import annotations

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.absence import absence
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.commercial import judge_commercial
from llmnotes.factcheck.judging.countries import judge_country
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.links import Links
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.headers import COMMERCIAL, COUNTRY, FAMILY, PAPER, Header
from llmnotes.factcheck.layout.subjects import Names, TableSubject
from llmnotes.tables.model import TableCell

ASKED = frozenset({COMMERCIAL, PAPER, COUNTRY, FAMILY})
"""Terms of headers with a question of their own."""


class Asked:
    """Judges the cells below such headers."""

    def __init__(self, base: BaseClaims, names: Names, judge: Judge) -> None:
        self._base = base
        self._judge = judge
        self._links = Links(base, names)

    def judge(self, text: str, term: str, subject: TableSubject | None) -> Judgement:
        """The judgement below a header with such a term."""
        if term == PAPER:
            return self._links.judge_paper(text, subject)
        if term == FAMILY:
            return self._judge_family(text, subject)
        judge = judge_commercial if term == COMMERCIAL else judge_country
        return judge(self._base, text, subject)

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
        untold = found.verdict == "unreadable" or found.is_unknown
        if header.attribute != "repository" or header.term or not untold:
            return found
        return self._links.judge_link(cell.raw, subject, found)


def asked_of(cell: TableCell, header: Header) -> str:
    """The text of a cell that is judged: with its links, below a header that asks for the paper."""
    return cell.raw if header.term == PAPER else cell.text
