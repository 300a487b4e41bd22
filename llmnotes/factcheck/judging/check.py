"""Checks a whole table: cells, rows, columns, and the assumptions about its subject."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.counts import is_bare
from llmnotes.factcheck.cells.flags import is_yes_or_no
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.asked import ASKED, Asked, asked_of
from llmnotes.factcheck.judging.causes import Around, Causes
from llmnotes.factcheck.judging.columns import MISHEADED, ColumnFinding, speaking_as_one
from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.guesses import (
    fix_loose_names,
    leave_doubtful,
    leave_other_generations,
    leave_other_runs,
    settle,
)
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import PASSED_OVER, Judgement, gravest, passed_over
from llmnotes.factcheck.judging.linked_dates import leave_dates_of_papers
from llmnotes.factcheck.judging.neighbours import Neighbours
from llmnotes.factcheck.judging.notation import decimal_commas, keep_as_written, with_swapped
from llmnotes.factcheck.judging.own_runs import leave_other_models, leave_own_runs
from llmnotes.factcheck.judging.scores import Scores
from llmnotes.factcheck.judging.several_readings import counted_otherwise, without_echoes
from llmnotes.factcheck.judging.slipped_rows import RowFinding, align
from llmnotes.factcheck.judging.verdicts import VERDICTS
from llmnotes.factcheck.judging.without_value import unless_of_another
from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.orientation import Layout, Line, Spot, Unit, lay_out
from llmnotes.factcheck.layout.subjects import Names, TableSubject
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables.model import Table
from llmnotes.vocabulary import fold


@dataclass(slots=True)
class CheckedTable:
    """A table with its judged cells and the findings on whole rows and columns."""

    layout: Layout
    judged_cells: list[JudgedCell]
    findings: list[RowFinding] = field(default_factory=list)
    columns: list[ColumnFinding] = field(default_factory=list)
    decimal_comma: bool = False

    @property
    def table(self) -> Table:
        """The table as in the file."""
        return self.layout.table

    @property
    def summary(self) -> dict[str, int]:
        """The number of cells by verdict, in the order of the verdicts."""
        counted = Counter(judged.judgement.verdict for judged in self.judged_cells)
        return {name: counted[name] for name in VERDICTS if counted[name]}

    @property
    def speaks(self) -> bool:
        """Whether there is anything to report: a known model, or a contradiction."""
        return self.names_models or any(judged.judgement.is_false for judged in self.judged_cells)

    @property
    def names_models(self) -> bool:
        """Whether any of its models is known."""
        return any(judged.subject for judged in self.judged_cells)


class Checker:
    """Checks tables against an open base, with a cache of lookups."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.base = BaseClaims(connection)
        self.names = Names(connection, self.base)
        self.judge = Judge(self.base, self.names)
        self.causes = Causes(self.base, self.names, self.judge.comparer)
        self.scores = Scores(self.base, self.names)
        self.asked = Asked(self.base, self.names, self.judge)
        self.reader = CellReader()
        self._judged_before: dict[tuple[str, Header, TableSubject | None], Judgement] = {}
        self._effort = Effort()

    def check_all(self, tables: Iterable[Table]) -> list[CheckedTable]:
        """The checked tables of one file that concern models, within one effort limit."""
        effort = Effort()
        return [found for table in tables if (found := self.check(table, effort)) is not None]

    def check(self, table: Table, effort: Effort | None = None) -> CheckedTable | None:
        """The checked table; None where it does not concern models."""
        self._effort = effort or Effort()
        found = self._checked(table)
        places = decimal_commas(found.judged_cells, self.judgement) if found is not None else set()
        other = self._checked(with_swapped(table, places)) if places else None
        if other is not None:
            keep_as_written(table, other.judged_cells)
            other.decimal_comma = True
            found = other
        if found is not None:
            leave_doubtful(found.layout, found.judged_cells)
            leave_other_runs(found.layout, found.judged_cells)
            leave_other_generations(self.base, found.layout, found.judged_cells)
            leave_own_runs(found.layout, found.judged_cells)
            leave_dates_of_papers(found.layout, found.judged_cells)
            leave_other_models(found.layout, found.judged_cells, self.names)
        return found

    def _checked(self, table: Table) -> CheckedTable | None:
        layout = lay_out(table, self.names)
        if not any(spot.headers for line in layout.lines for spot in line.spots):
            return None
        if layout.orientation.startswith("sizes"):
            from llmnotes.factcheck.layout.fingerprint import recognized

            recognized(layout, self.names, self.reader)
        settle(layout, self.names, self.base, self.judgement, self._effort)
        fix_loose_names(layout, self.names)
        narrowed = self._narrowed(layout)
        neighbours = Neighbours(layout)
        judged_cells = [
            judged for line in layout.lines for judged in self._line(line, narrowed, neighbours)
        ]
        columns = speaking_as_one(layout, judged_cells, self.judgement, self._effort)
        checked = CheckedTable(layout, judged_cells, columns=columns)
        self._rows(checked)
        return checked

    def _line(
        self, line: Line, narrowed: dict[Unit, TableSubject], neighbours: Neighbours
    ) -> Iterator[JudgedCell]:
        for position, (cell, spot) in enumerate(zip(line.cells, line.spots, strict=False)):
            if cell is None or not spot.headers or cell is line.head:
                continue
            yield self.judged(line, position, spot, narrowed, neighbours)

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
        subject = spot.subject
        close = narrowed.get(neighbours.unit(line, spot))
        found = self._judged(asked_of(cell, spot.headers[0]), spot, subject, close)
        found = self.asked.by_links(found, cell, spot.headers[0], subject)
        lost = found.verdict == "unreadable" and not spot.headers[0].benchmark
        if subject is not None and lost and self._effort.may_ask(len(neighbours.attributes)):
            found = self._beside(found, cell.text, spot, subject)
            if found.verdict == "unreadable" and not is_yes_or_no(cell.text):
                found = self._elsewhere(found, cell.text, subject, neighbours.attributes)
        if subject is not None and found.is_false and found.cause is None:
            found = self._explained(found, cell.text, spot, subject, neighbours.around(line, spot))
        return JudgedCell(line.number, spot.column, cell, spot, subject, found)

    def _judged(
        self, text: str, spot: Spot, subject: TableSubject | None, close: TableSubject | None
    ) -> Judgement:
        """The judgement, with a family narrowed to the size given in its row."""
        if close is None or subject is None or spot.headers[0].attribute in SIZES:
            return self.judgement(text, spot, subject)
        narrow = self.judgement(text, spot, close)
        if not narrow.is_false:
            return narrow
        wide = self.judgement(text, spot, subject)
        several = any(len(r.items) > 1 for r in self.reader.readings(text, spot.headers[0]))
        return wide if several and not wide.is_false else narrow

    def judgement(self, text: str, spot: Spot, subject: TableSubject | None) -> Judgement:
        """The judgement of a cell that may have several attributes: the most severe that counts."""
        key = (text, spot.headers[0], subject)
        if key not in self._judged_before:
            if not self._effort.may_read(text):
                return passed_over(str(spot.headers[0].attribute))
            if len(self._judged_before) >= _MOST_KEPT:
                self._judged_before.clear()
            found = self._judged_before[key] = self._judge_anew(text, spot.headers[0], subject)
            if found.verdict == "agrees":
                self._effort.give_back(text)
        return self._judged_before[key]

    def may_stand(self, text: str, spot: Spot, subject: TableSubject | None) -> bool:
        """Whether any value of a cell is true at a spot: a fast check before judging."""
        header = spot.headers[0]
        if subject is None or not self._effort.may_read(text):
            return False
        if header.term or header.benchmark:
            return True
        if is_bare(text) and not ATTRIBUTES[str(header.attribute)].is_numeric:
            return False
        return any(
            self.judge.agrees(item, model, reading.attribute)
            for reading in self.reader.readings(text, header)
            for item in reading.items
            for model in subject.models
        )

    def _judge_anew(self, text: str, header: Header, subject: TableSubject | None) -> Judgement:
        if header.benchmark:
            return unless_of_another(self.scores.judge(text, header, subject), subject)
        if header.term in ASKED:
            return self.asked.judge(text, header.term, subject)
        flag = self.reader.flag(text, header)
        if flag is not None:
            return self.judge.judge_flag(header, flag, subject)
        readings = self.reader.readings(text, header)
        found = without_echoes([(r, self.judge.judge(r, subject)) for r in readings])
        found = [counted_otherwise(one, header) for one in found]
        return gravest(found)

    def _explained(
        self, found: Judgement, text: str, spot: Spot, subject: TableSubject, around: Around
    ) -> Judgement:
        header = spot.headers[0]
        reading = next(
            (r for r in self.reader.readings(text, header) if r.attribute == found.attribute), None
        )
        if reading is None and not header.term:
            reading = self.reader.read(text, found.attribute, header.scale)
        if reading is None or not self._effort.may_ask(5 * len(found.false_items)):
            return found._replace(cause="unexplained")
        return self.causes.explain(found, reading, subject, around)

    def _beside(self, found: Judgement, text: str, spot: Spot, subject: TableSubject) -> Judgement:
        """Also try the further attributes of a loose header such as `Feed-forward`."""
        header = spot.headers[0]
        main = ATTRIBUTES[str(header.attribute)]
        if main.row is None or fold(main.label) in fold(header.text):
            return found
        false = None
        for attribute in ATTRIBUTES.values():
            if attribute.row != main.row or attribute.kind != "integer":
                continue
            reading = self.reader.read(text, attribute.id, header.scale)
            if not reading.items or reading.rest:
                continue
            judgement = self.judge.judge(reading, subject)
            if judgement.verdict == "partly-wrong":
                return judgement
            if judgement.verdict in {"agrees", "agrees-normalised"}:
                return judgement._replace(verdict="agrees-normalised")
            if judgement.is_false and is_bare(text):
                false = false or judgement
        return false or found

    def _elsewhere(
        self, found: Judgement, text: str, subject: TableSubject, attributes: frozenset[str]
    ) -> Judgement:
        """Also try the model's other attributes for a cell that is not a value of its own."""
        known = [self.base.known(model, found.attribute) for model in subject.models]
        link = found.attribute == "repository"  # the words of a link are no evidence of its target
        if link or len(text) > _LONGEST_VALUE or not any(item.claims for item in known):
            return found
        for attribute in sorted(attributes - {found.attribute}):
            if ATTRIBUTES[attribute].kind in _FREE:
                continue
            reading = self.reader.read(text, attribute)
            if not reading.items or reading.rest or reading.shape == "absent":
                continue
            if self.judge.judge(reading, subject).verdict in {
                "agrees",
                "agrees-normalised",
                "misspelt",
            }:
                expected = self.judge.expected([k for k in known if k.claims])
                return found._replace(
                    verdict="misplaced", cause="other-attribute", expected=expected,
                    reason=f"{text.strip()[:60]} is the {attribute} of {subject.id}",
                    claims=tuple(k.claims[0] for k in known if k.claims), models=subject.models,
                )  # fmt: skip
        return found

    def _narrowed(self, layout: Layout) -> dict[Unit, TableSubject]:
        """The member for each row or column of a family whose size is given."""
        found: dict[Unit, TableSubject] = {}
        neighbours = Neighbours(layout)
        for line in layout.lines:
            for cell, spot in zip(line.cells, line.spots, strict=False):
                subject = spot.subject
                if cell is None or subject is None or not spot.headers or not subject.family_wide:
                    continue
                header = spot.headers[0]
                if header.attribute not in SIZES or not self._effort.may_read(cell.text):
                    continue
                member = self._member(self.reader.readings(cell.text, header)[0], subject)
                if member is not None:
                    found[neighbours.unit(line, spot)] = member
        return found

    def _member(self, reading: CellReading, subject: TableSubject) -> TableSubject | None:
        items = reading.items
        if len(items) != 1:
            return None
        judgement = self.judge.judge(reading, subject)
        if judgement.verdict not in {"agrees", "agrees-normalised"}:
            return None
        models = [
            model
            for model in subject.models
            if self.judge.agrees(items[0], model, judgement.attribute)
        ]
        if len(models) != 1:
            return None
        return subject._replace(kind="model", id=models[0], models=(models[0],), loose=False)

    def _rows(self, checked: CheckedTable) -> None:
        by_row: dict[int, list[JudgedCell]] = {}
        for judged in checked.judged_cells:
            if judged.judgement.cause != PASSED_OVER:
                by_row.setdefault(judged.row, []).append(judged)
        for line in checked.layout.lines:
            judged_cells = by_row.get(line.number, [])
            if _told_of_columns(judged_cells):
                continue
            finding = align(line, judged_cells, self.judgement, self.may_stand, self._effort)
            if finding is not None:
                checked.findings.append(finding)
        if _HELD_AGAINST & {judged.spot.headers[0].attribute for judged in checked.judged_cells}:
            from llmnotes.factcheck.judging.arithmetic import contradictions

            checked.findings += contradictions(checked.layout, by_row, self.reader)


def _told_of_columns(cells: list[JudgedCell]) -> bool:
    """Whether all wrong cells of a row are explained by their columns, so that the row is not shifted."""
    false = [cell for cell in cells if cell.judgement.is_false]
    of_columns = sum(cell.judgement.cause == MISHEADED for cell in false)
    return 2 * of_columns > len(false)


_HELD_AGAINST = frozenset({"d_model", "release_date"})
"""Attributes of which a row needs at least one to be checked for contradictions."""


_FREE = frozenset({"text", "texts", "datasets", "results", "models", "organizations", "flag"})
"""Kinds with free text values, which are no evidence for the column they belong to."""

_LONGEST_VALUE = 100
"""Length limit of a cell that may be another attribute's value; longer ones are sentences."""

_MOST_KEPT = 50_000
"""Size limit of the cache of judgements."""
