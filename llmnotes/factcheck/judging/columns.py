"""Columns whose values are all those of another attribute: their header is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from llmnotes.attributes.relations import RELATIONS
from llmnotes.factcheck.cells.flags import is_yes_or_no
from llmnotes.factcheck.judging.effort import Effort, sample
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Layout, Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.schema import ATTRIBUTES

Ask = Callable[[str, Spot, TableSubject | None], Judgement]

MISHEADED = "misheaded-column"
"""The cause of a cell that is true of the attribute of its whole column."""

_FEWEST = 3
"""Minimum number of cells; fewer may have separate causes."""
_OTHER, _OWN = 0.8, 0.25
"""Minimum share of cells that fit the other attribute, and maximum share that fit the header's."""
_SURE = 0.9
"""Certainty of a header below which it counts as misread rather than wrong."""
_NUMBERS = frozenset({"integer", "number", "batch"})
_TERMS = frozenset({"term", "terms"})


class ColumnFinding(NamedTuple):
    """A finding on a column (on a row, where the models are columns).

    `attribute` is the one of its cells; `misread` means that the header was only misinterpreted.
    """

    header: str
    attribute: str
    text: str
    misread: bool
    cells: tuple[JudgedCell, ...]


def speaking_as_one(
    layout: Layout, judged_cells: Sequence[JudgedCell], ask: Ask, effort: Effort
) -> list[ColumnFinding]:
    """The columns with another attribute than the header's; their cells are judged as that one."""
    findings = []
    for cells in in_columns(layout, judged_cells):
        decided = [cell for cell in cells if _is_decided(cell)]
        own = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in decided)
        texts = {cell.cell.text.strip() for cell in decided}
        if len(decided) < _FEWEST or len(texts) < 2 or own > _OWN * len(decided):
            continue
        best = _best_fitting(decided, ask, effort)
        if len(best) >= max(_FEWEST, _OTHER * len(decided)):
            findings.append(_finding(decided[0].spot.headers[0], decided, best))
    return findings


def _best_fitting(
    decided: Sequence[JudgedCell], ask: Ask, effort: Effort
) -> list[tuple[JudgedCell, Judgement]]:
    """The cells that are true as the best-fitting attribute, which is found on a sample."""
    header = decided[0].spot.headers[0]
    some = sample(decided)
    best: list[tuple[JudgedCell, Judgement]] = []
    for name in _others(header):
        if not effort.may_ask(1 + len(some) // 5):  # after so many misses an attribute is given up
            break
        best = max(best, _fitting(some, header, name, ask), key=len)
    if best and len(some) < len(decided):
        return _fitting(decided, header, best[0][1].attribute, ask)
    return best


def in_columns(layout: Layout, cells: Sequence[JudgedCell]) -> Iterator[list[JudgedCell]]:
    """The cells below each header; beside it, where the models are columns."""
    across = layout.orientation.endswith("columns")
    columns: dict[int, list[JudgedCell]] = {}
    for cell in cells:
        columns.setdefault(cell.row if across else cell.column, []).append(cell)
    return iter(columns.values()) if layout.orientation != "facts" else iter(())


def _is_decided(cell: JudgedCell) -> bool:
    verdict = cell.judgement.verdict
    telling = cell.filled and not is_yes_or_no(cell.cell.text)  # which are true of too much
    return telling and (verdict in TRUE_VERDICTS or cell.judgement.is_false)


def _others(header: Header) -> Iterator[str]:
    """Attributes of the same kind, the most often misplaced first."""
    if header.term:
        return
    own = ATTRIBUTES[str(header.attribute)]
    kinds = next((k for k in (_NUMBERS, _TERMS) if own.kind in k), frozenset({own.kind}))
    names = [name for name, about in ATTRIBUTES.items() if about.kind in kinds and name != own.id]
    yield from sorted(names, key=lambda name: RELATIONS[name].misplaced or len(ATTRIBUTES))


def _fitting(
    cells: Sequence[JudgedCell], header: Header, attribute: str, ask: Ask
) -> list[tuple[JudgedCell, Judgement]]:
    """The cells that are true as another attribute, with their judgements."""
    other = header._replace(attributes=(attribute,))
    found: list[tuple[JudgedCell, Judgement]] = []
    for missed, cell in enumerate(cells):
        if missed - len(found) > len(cells) - _OTHER * len(cells):
            break
        judgement = ask(cell.cell.text, cell.spot._replace(headers=(other,)), cell.subject)
        if judgement.verdict in TRUE_VERDICTS:
            found.append((cell, judgement))
    return found


def _finding(
    header: Header, decided: Sequence[JudgedCell], best: list[tuple[JudgedCell, Judgement]]
) -> ColumnFinding:
    attribute = best[0][1].attribute
    misread = header.certainty < _SURE
    shown = header.text.strip()
    text = (
        f"{len(best)} of its {len(decided)} values are the {attribute}, not the {header.attribute}"
    )
    for cell, judgement in best:
        if misread:
            cell.judgement = judgement._replace(
                verdict="agrees-normalised", reason=f"{shown!r} is read as {attribute}"
            )
        elif cell.judgement.is_false:
            cell.judgement = cell.judgement._replace(
                verdict="misplaced", cause=MISHEADED, true_as=attribute,
                true_of=cell.subject.models if cell.subject else (),
                reason=f"the whole column {shown!r} holds the {attribute}; {cell.judgement.reason}",
            )  # fmt: skip
    return ColumnFinding(shown, attribute, text, misread, tuple(cell for cell, _ in best))
