"""Hypotheses about the subject of a table, tested against its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.scores import shots
from llmnotes.factcheck.judging.columns import MISHEADED, Ask, in_columns
from llmnotes.factcheck.judging.effort import Effort, sample
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn
from llmnotes.factcheck.judging.scores import OTHER_RUN
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.naming import mentioned
from llmnotes.factcheck.layout.orientation import Layout, Line, Spot
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables.model import TableCell

_SURE = 0.7
"""Certainty of a header below which its attribute must be confirmed by its values."""
_ENOUGH = 3
"""Number of values which, if all are wrong, refute a certain header too."""
_CHANCE = 4
"""Of so many wrong values one may have an identified cause by chance."""
_OWN_RUN = 0.6
"""Minimum share of the comparable scores below a benchmark that must equal the publishers'."""
_TELLING = frozenset({MISHEADED, "unit-slip", "fused-number", "shifted-row", "stated-absence"})
"""Causes that identify what a wrong value was meant to be."""
_UNTELLING = frozenset(
    {"unexplained", "other-attribute", "other-size", "other-generation", "digit-slip"}
)
"""Causes that are no evidence of an error below a header that may mean something else."""


def settle(layout: Layout, names: Names, base: BaseClaims, ask: Ask, effort: Effort) -> None:
    """Keep a family inferred from the context where the table's values fit it.

    Where more values are wrong than true, the other families in the context and the other generations of
    the line are tried; where none fits, the table's subject is unknown.
    """
    guessed = [spot.subject for spot in _spots(layout) if spot.subject and spot.subject.taken]
    nameless = layout.orientation.startswith("sizes") and not any(s.subject for s in _spots(layout))
    if not guessed and not nameless:
        return
    around = guessed or list(mentioned(layout.table, names))
    family = next((base.family(subject.models[0]) for subject in around), None)
    if guessed and _fits(layout.lines, ask, effort):
        return
    others = [base.family(one.models[0]) for one in mentioned(layout.table, names)]
    generations = names.generations(family) if family else []
    for other in dict.fromkeys([*others, *generations]):
        if other is None or (guessed and other == family):
            continue
        lines = _lines_of(layout, other, names, base)
        true, false = _count(lines, ask, effort)
        if true > false:
            _take(layout, lines)
            return
    layout.taken = ""
    for line in layout.lines:
        line.spots[:] = [
            spot._replace(subject=None) if _is_guess(spot.subject) else spot for spot in line.spots
        ]
    if layout.orientation.startswith("sizes"):
        _by_values(layout, names, base, ask, effort)


def _by_values(layout: Layout, names: Names, base: BaseClaims, ask: Ask, effort: Effort) -> None:
    """Assign a table of sizes without a named subject the only family for which every value is true."""
    sizes = {spot.name for spot in _spots(layout) if spot.name.strip()}
    if len(sizes) < _FEWEST_SIZES:
        return
    fitting = []
    for family in names.families(_MOST_FAMILIES):
        members = tuple(base.members(family))
        if all(names.of_size(members, size) for size in sizes):
            lines = _lines_of(layout, family, names, base)
            true, false = _count(lines, ask, effort)
            if not false and true >= min(_ENOUGH * len(sizes), _CONVINCING):
                fitting.append((true, family, lines))
    fitting.sort(key=lambda one: -one[0])
    if fitting and (len(fitting) == 1 or fitting[0][0] > fitting[1][0]):
        layout.taken = f"the values of the table, which are those of {fitting[0][1]}"
        _take(layout, fitting[0][2])


_FEWEST_SIZES = 2
_CONVINCING = 12
"""Number of values which, if all are true, are no coincidence."""
_MOST_FAMILIES = 2_000


def _lines_of(layout: Layout, family: str, names: Names, base: BaseClaims) -> list[Line]:
    return [
        _with_spots(line, [_of_family(spot, family, names, base) for spot in line.spots])
        for line in layout.lines
    ]


def _take(layout: Layout, lines: Sequence[Line]) -> None:
    for line, better in zip(layout.lines, lines, strict=True):
        line.spots[:] = better.spots


def _is_guess(subject: TableSubject | None) -> bool:
    return subject is not None and subject.taken != ""


def _spots(layout: Layout) -> Iterator[Spot]:
    return (spot for line in layout.lines for spot in line.spots)


def _with_spots(line: Line, spots: list[Spot]) -> Line:
    return Line(line.number, line.label, line.cells, spots, line.head)


def _of_family(spot: Spot, family: str, names: Names, base: BaseClaims) -> Spot:
    """The spot as if the context named another family."""
    subject = spot.subject
    if subject is not None and not subject.taken:
        return spot
    members = tuple(base.members(family))
    chosen = tuple(names.of_size(members, spot.name)[:1])
    if chosen:
        return spot._replace(subject=TableSubject("model", chosen[0], chosen, taken="sizes"))
    if subject is not None and subject.family_wide:
        return spot._replace(subject=subject._replace(kind="family", id=family, models=members))
    return spot._replace(subject=None)


def _fits(lines: Sequence[Line], ask: Ask, effort: Effort) -> bool:
    """Whether more values of the rows with inferred names are true than wrong, sizes excluded."""
    true, false = _count(lines, ask, effort)
    return true > false or (true == false == 0)


def _count(lines: Sequence[Line], ask: Ask, effort: Effort) -> tuple[int, int]:
    """The numbers of true and wrong values of the rows with inferred names, or of a sample."""
    true = false = 0
    for cell, spot in sample(list(_guessed(lines))):
        if not effort.may_ask():
            break
        verdict = ask(cell.text, spot, spot.subject)
        true += verdict.verdict in TRUE_VERDICTS
        false += verdict.is_false
    return true, false


def _guessed(lines: Sequence[Line]) -> Iterator[tuple[TableCell, Spot]]:
    for line in lines:
        for cell, spot in zip(line.cells, line.spots, strict=False):
            if cell is None or not cell.text.strip() or not spot.headers or cell is line.head:
                continue
            if _is_guess(spot.subject) and spot.headers[0].attribute not in SIZES:
                yield cell, spot


def fix_loose_names(layout: Layout, names: Names) -> None:
    """Resolve the bare name of a line to its first generation where the table names a later one."""
    named = layout.families
    for line in layout.lines:
        for index, spot in enumerate(line.spots):
            subject = spot.subject
            if subject is not None and subject.loose:
                later = names.generations(subject.id)
                if any(
                    item == family or item.startswith(f"{family}-")
                    for item in named
                    for family in later
                ):
                    line.spots[index] = spot._replace(subject=subject._replace(loose=False))


def leave_other_runs(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against the scores of a benchmark that was run again.

    Scores are wrong only where most of the comparable ones equal the publishers'; a single score only where
    the table gives its setting and the cause is found.
    """
    for cells in in_columns(layout, judged_cells):
        scores = [cell for cell in cells if cell.filled and cell.spot.headers[0].benchmark]
        false = [cell for cell in scores if cell.judgement.is_false]
        true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in scores)
        comparable = true + len(false) + sum(map(_is_of_another_run, scores))
        for cell in false:
            if comparable > 1:
                another = true < _OWN_RUN * comparable
            else:
                setting = f"{cell.spot.headers[0].setting} {cell.cell.text}"
                another = cell.judgement.cause == "unexplained" or not shots(setting)
            if another:
                cell.judgement = withdrawn(cell.judgement, OTHER_RUN)


def _is_of_another_run(cell: JudgedCell) -> bool:
    return cell.judgement.verdict == "unsupported" and cell.judgement.reason.endswith(OTHER_RUN)


def leave_other_generations(
    base: BaseClaims, layout: Layout, judged_cells: Sequence[JudgedCell]
) -> None:
    """Withdraw wrong verdicts beside a date by which a bare name means a later generation.

    `LLaMA` of July 2023 is Llama 2, of which a cell may tell what the base does not know. Where a number
    beside the date is true of the named model and of no later one, the row is that model's and the date
    is wrong.
    """
    dated = {
        layout.unit(cell.row, cell.column): cell
        for cell in judged_cells
        if cell.judgement.attribute == "release_date"
        and (cell.judgement.verdict, cell.judgement.cause) == ("partly-wrong", "other-generation")
    }
    for cell in judged_cells:
        date = dated.get(layout.unit(cell.row, cell.column))
        if date is not None and _is_of_named_alone(base, cell, _later(date)):
            date.judgement = date.judgement._replace(verdict="wrong")
            del dated[layout.unit(cell.row, cell.column)]
    for cell in judged_cells:
        date = dated.get(layout.unit(cell.row, cell.column))
        if date is not None and cell.judgement.is_false:
            said = f"the date beside it is true of {_later(date)}"
            cell.judgement = withdrawn(cell.judgement, said)


def _later(date: JudgedCell) -> str:
    """The family that a date of another generation is true of."""
    return date.judgement.reason.removeprefix("true of ").partition(" only")[0]


def _is_of_named_alone(base: BaseClaims, cell: JudgedCell, later: str) -> bool:
    """Whether a cell has a number of the named model that no model of the later family is known to have."""
    attribute = ATTRIBUTES.get(cell.judgement.attribute or "")
    if cell.judgement.verdict not in TRUE_VERDICTS or attribute is None or not attribute.is_numeric:
        return False
    own, others = (
        [claim.value for model in models for claim in base.known(model, attribute.id).claims]
        for models in (cell.judgement.models, base.members(later))
    )
    return bool(own) and all(value not in others for value in own)


def leave_doubtful(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against columns whose values contradict the interpretation of their header.

    A header that only contains or resembles an attribute's name (`Special Tokens`) must have more true
    values than wrong ones; one that is an attribute's name is doubted where several values are all wrong,
    few of them with an identified cause.
    """
    for cells in in_columns(layout, judged_cells):
        filled = [cell for cell in cells if cell.filled and cell.spot.headers[0].benchmark == ""]
        false = [cell for cell in filled if cell.judgement.is_false]
        if not false or any(cell.judgement.cause in _TELLING for cell in false):
            continue
        true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in filled)
        header = false[0].spot.headers[0]
        loosely = header.certainty < _SURE and not header.term
        told = sum(cell.judgement.cause not in _UNTELLING for cell in false)
        meant = told * _CHANCE > len(false)
        if (loosely and true <= len(false)) or (not true and not meant and len(false) >= _ENOUGH):
            few = "few" if true else "none"
            why = f"{header.text.strip()!r} may mean something else: {few} of its values is the base's"
            for cell in false:
                cell.judgement = withdrawn(cell.judgement, why)
