"""Checks a whole table: cells, rows, columns, and the assumptions about its subject."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.cell_judge import CellJudge
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.columns import MISHEADED, speaking_as_one
from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.guesses import (
    fix_loose_names,
    leave_doubtful,
    leave_embeddings,
    leave_lone_crosses,
    leave_other_generations,
    leave_other_runs,
)
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import PASSED_OVER
from llmnotes.factcheck.judging.narrowing import narrowed
from llmnotes.factcheck.judging.neighbours import Neighbours
from llmnotes.factcheck.judging.notation import decimal_commas, keep_as_written, with_swapped
from llmnotes.factcheck.judging.own_runs import leave_other_models, leave_own_runs
from llmnotes.factcheck.judging.papers import OF_PAPER
from llmnotes.factcheck.judging.rows_of_others import (
    hold_those_of_own_rows,
    leave_rows_of_namesakes,
    leave_rows_of_others,
)
from llmnotes.factcheck.judging.scores import ScoreSources
from llmnotes.factcheck.judging.settling import settle
from llmnotes.factcheck.judging.several_readings import hold_tokens
from llmnotes.factcheck.judging.slipped_rows import align
from llmnotes.factcheck.judging.spot_judge import SpotJudge
from llmnotes.factcheck.layout.headers import REMARKS
from llmnotes.factcheck.layout.lines import Line, Unit
from llmnotes.factcheck.layout.orientation import lay_out
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Table


class Checker:
    """Checks tables against an open base, with a cache of lookups."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.base = BaseClaims(connection)
        self.names = Names(connection, self.base)
        self.spots = SpotJudge(self.base, self.names)
        self._cells = CellJudge(self.base, self.names, self.spots)

    def check_all(self, tables: Iterable[Table]) -> list[CheckedTable]:
        """The checked tables of one file that concern models, within one effort limit."""
        effort = Effort()
        return [found for table in tables if (found := self.check(table, effort)) is not None]

    def check(self, table: Table, effort: Effort | None = None) -> CheckedTable | None:
        """The checked table; None where it does not concern models."""
        self.spots.effort = effort or Effort()
        found = self._checked(table)
        ask = self.spots.judgement
        places = decimal_commas(found.judged_cells, ask) if found is not None else set()
        other = self._checked(with_swapped(table, places)) if places else None
        if other is not None:
            keep_as_written(table, other.judged_cells)
            other.decimal_comma = True
            found = other
        if found is not None:
            self._reconsider(found)
        return found

    def _reconsider(self, found: CheckedTable) -> None:
        """Withdraw judgements that the whole table puts in doubt, and add those that it bears out."""
        layout, cells = found.layout, found.judged_cells
        hold_tokens(layout, cells)
        leave_lone_crosses(layout, cells)
        leave_doubtful(layout, cells)
        leave_embeddings(self.base, cells)
        leave_other_runs(layout, cells)
        leave_other_generations(self.base, layout, cells)
        leave_rows_of_others(self.base, layout, cells)
        hold_those_of_own_rows(self.base, cells)
        leave_rows_of_namesakes(layout, cells)
        leave_own_runs(layout, cells)
        false = {cell.judgement.attribute for cell in cells if cell.judgement.is_false}
        if "context_length" in false:
            from llmnotes.factcheck.judging.provider_limits import leave_offered_contexts

            leave_offered_contexts(layout, cells)
        if false & {"params_total", "params_active"}:
            from llmnotes.factcheck.judging.one_scale import leave_one_scale
            from llmnotes.factcheck.judging.own_counts import leave_own_counts

            leave_one_scale(cells)
            leave_own_counts(cells)
        if "release_date" in false:
            from llmnotes.factcheck.judging.first_days import read_as_months
            from llmnotes.factcheck.judging.linked_dates import (
                leave_dates_of_papers,
                leave_months_of_venues,
                take_years_of_venues,
            )
            from llmnotes.factcheck.judging.version_dates import (
                leave_dates_before_versions,
                leave_dates_of_service,
                leave_dates_of_versions,
            )

            read_as_months(layout, cells, self.spots.judgement)
            leave_dates_of_service(layout, cells)
            leave_dates_of_versions(cells)
            leave_dates_before_versions(self.base, cells)
            papers = self.spots.judge.comparer.papers
            leave_dates_of_papers(layout, cells, papers)
            take_years_of_venues(cells, papers)
            leave_months_of_venues(cells, papers)
        if any(cell.judgement.reason == OF_PAPER for cell in cells):
            from llmnotes.factcheck.judging.linked_dates import tell_of_papers

            tell_of_papers(cells, self.spots.judge.comparer.papers)
        if any(cell.spot.headers[0].benchmark for cell in cells):
            from llmnotes.factcheck.judging.score_slips import flag_slips

            flag_slips(layout, cells, self._score_sources)
        leave_other_models(layout, cells, self.names)

    def _score_sources(self, cell: JudgedCell) -> ScoreSources | None:
        return self.spots.scores.sources(cell.cell.text, cell.spot.headers[0], cell.subject)

    def _checked(self, table: Table) -> CheckedTable | None:
        layout = lay_out(table, self.names)
        if not any(spot.headers for line in layout.lines for spot in line.spots):
            return None
        if layout.orientation.startswith("sizes"):
            from llmnotes.factcheck.layout.fingerprint import recognized

            recognized(layout, self.names, self.spots.reader)
        ask, effort = self.spots.judgement, self.spots.effort
        settle(layout, self.names, self.base, ask, effort)
        fix_loose_names(layout, self.names)
        members = narrowed(layout, self.spots)
        neighbours = Neighbours(layout)
        judged_cells = [
            judged for line in layout.lines for judged in self._line(line, members, neighbours)
        ]
        if any(
            one.judgement.is_false and one.judgement.attribute in _COUNTED for one in judged_cells
        ):
            from llmnotes.factcheck.judging.thousands import read_in_thousands

            read_in_thousands(layout, judged_cells, ask)
        columns = speaking_as_one(layout, judged_cells, ask, effort)
        checked = CheckedTable(layout, judged_cells, columns=columns)
        if layout.orientation != "crossed":  # whose rows have several models
            self._rows(checked)
        return checked

    def _line(
        self, line: Line, members: dict[Unit, TableSubject], neighbours: Neighbours
    ) -> Iterator[JudgedCell]:
        for position, (cell, spot) in enumerate(zip(line.cells, line.spots, strict=False)):
            if cell is None or not spot.headers or cell is line.head:
                continue
            judged = self._cells.judged(line, position, spot, members, neighbours)
            remark = spot.headers[0].term == REMARKS
            if not (
                remark and judged.judgement.verdict == "blank"
            ):  # which says nothing of the model
                yield judged

    def _rows(self, checked: CheckedTable) -> None:
        by_row: dict[int, list[JudgedCell]] = {}
        for judged in checked.judged_cells:
            if judged.judgement.cause != PASSED_OVER:
                by_row.setdefault(judged.row, []).append(judged)
        spots = self.spots
        for line in checked.layout.lines:
            judged_cells = by_row.get(line.number, [])
            if _told_of_columns(judged_cells):
                continue
            finding = align(line, judged_cells, spots.judgement, spots.may_stand, spots.effort)
            if finding is not None:
                checked.findings.append(finding)
        if any(_is_held(judged) for judged in checked.judged_cells):
            from llmnotes.factcheck.judging.arithmetic import contradictions

            checked.findings += contradictions(checked.layout, by_row, spots.reader)


def _told_of_columns(cells: list[JudgedCell]) -> bool:
    """Whether all wrong cells of a row are explained by their columns, so that the row is not shifted."""
    false = [cell for cell in cells if cell.judgement.is_false]
    of_columns = sum(cell.judgement.cause == MISHEADED for cell in false)
    return 2 * of_columns > len(false)


_COUNTED = frozenset({"vocab_size", "context_length"})
"""Attributes that a column may give in thousands without a unit."""
_HELD_AGAINST = frozenset({"d_model", "release_date"})


def _is_held(judged: JudgedCell) -> bool:
    """Whether a cell may contradict others of its row, or the name of an unknown model."""
    attribute = judged.spot.headers[0].attribute
    return attribute in _HELD_AGAINST or (attribute == "params_total" and judged.subject is None)
