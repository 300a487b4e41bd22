"""Judges one cell of a table: by itself, in its row, and with the likeliest cause where it is wrong."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.flags import is_yes_or_no
from llmnotes.factcheck.judging.asked import asked_of
from llmnotes.factcheck.judging.causes import Around, Causes
from llmnotes.factcheck.judging.inherited import of_tune
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.neighbours import Neighbours
from llmnotes.factcheck.judging.other_attributes import of_model, of_same_row
from llmnotes.factcheck.judging.rows_of_others import unless_named
from llmnotes.factcheck.judging.spot_judge import SpotJudge
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Line, Spot, Unit
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject

if TYPE_CHECKING:
    from llmnotes.factcheck.judging.described import DescribedCells


class CellJudge:
    """Judges cells in their context."""

    def __init__(self, base: BaseClaims, names: Names, spots: SpotJudge) -> None:
        self._base = base
        self._spots = spots
        self._names = names
        self._causes = Causes(base, names, spots.judge.comparer)

    @cached_property
    def _described(self) -> DescribedCells:
        """Made where a cell is not read: most tables have none."""
        from llmnotes.factcheck.judging.described import DescribedCells

        return DescribedCells(self._base, self._names, self._spots.judge)

    def judged(
        self,
        line: Line,
        position: int,
        spot: Spot,
        narrowed: dict[Unit, TableSubject],
        neighbours: Neighbours,
    ) -> JudgedCell:
        """The judged cell at `position` of a line, as if it were at `spot`."""
        cell = line.cells[position]
        assert cell is not None
        header = spot.headers[0]
        spot = spot._replace(subject=of_tune(spot.subject, str(header.attribute)))
        subject = spot.subject
        judge, reader = self._spots.judge, self._spots.reader
        close = narrowed.get(neighbours.unit(line, spot))
        found = self._in_row(asked_of(cell, header), spot, subject, close)
        found = self._spots.asked.by_links(found, cell, header, subject)
        lost = found.verdict == "unreadable" and not header.benchmark
        if lost and "\n" in cell.text:  # a line broken within a name
            joined = self._in_row(" ".join(cell.text.split()), spot, subject, close)
            told = joined.verdict in TRUE_VERDICTS or joined.is_false
            found = joined if told else found
            lost = found.verdict == "unreadable"
        untold = lost or (found.attribute == "based_on" and found.is_unknown)
        if subject is not None and untold and not is_yes_or_no(cell.text):
            found = self._described.judge(found, cell.text, subject)
            lost = found.verdict == "unreadable"
        if subject is not None and lost and self._spots.effort.may_ask(len(neighbours.attributes)):
            found = of_same_row(judge, reader, found, cell.text, header, subject)
            if found.verdict == "unreadable" and not is_yes_or_no(cell.text):
                attributes = neighbours.attributes
                found = of_model(
                    self._base, judge, reader, found, cell.text, header, subject, attributes
                )
        if subject is not None and found.is_false and found.cause is None:
            found = self._explained(found, cell.text, spot, subject, neighbours.around(line, spot))
        if subject is not None and subject.kind == "tune" and found.claims:
            made_of = f"by {self._base.name(subject.id)}, which it is made of"
            found = found._replace(reason="; ".join(filter(None, (found.reason, made_of))))
        return JudgedCell(line.number, spot.column, cell, spot, subject, found)

    def _in_row(
        self, text: str, spot: Spot, subject: TableSubject | None, close: TableSubject | None
    ) -> Judgement:
        """The judgement, with a family narrowed to the size given in its row."""
        ask = self._spots.judgement
        if close is None or subject is None or spot.headers[0].attribute in SIZES:
            return ask(text, spot, subject)
        narrow = ask(text, spot, close)
        if not narrow.is_false:
            return narrow
        wide = ask(text, spot, subject)
        readings = self._spots.reader.readings(text, spot.headers[0])
        several = any(len(reading.items) > 1 for reading in readings)
        return wide if several and not wide.is_false else narrow

    def _explained(
        self, found: Judgement, text: str, spot: Spot, subject: TableSubject, around: Around
    ) -> Judgement:
        header, reader = spot.headers[0], self._spots.reader
        reading = next(
            (r for r in reader.readings(text, header) if r.attribute == found.attribute), None
        )
        if reading is None and not header.term:
            reading = reader.read(text, found.attribute, header.scale)
        if reading is None or not self._spots.effort.may_ask(5 * len(found.false_items)):
            return found._replace(cause="unexplained")
        found = self._causes.explain(found, reading, subject, around)
        return unless_named(self._base, found, reading, spot.name)
