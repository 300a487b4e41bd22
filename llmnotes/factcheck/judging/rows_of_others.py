"""Cells and rows that mean another model than their name, as the cell or several values of the row tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement, withdrawn
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout, Unit
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold

_OF_OTHERS = frozenset({"other-generation", "other-size", "other-column"})
_FEWEST = 2
_SIZE = late(r"(?:[\d.x-]+[kmbt]?)?(?:a[\d.]+[kmbt]?)?")
"""A size, which names no model by itself: `235ba22b`, `a22b`."""


def unless_named(base: BaseClaims, found: Judgement, reading: CellReading, name: str) -> Judgement:
    """The judgement, but that a cell is true which names the model that it is true of.

    `128K (Turbo)` beside GPT-4 is that of GPT-4 Turbo.
    """
    if found.attribute in SIZES and _is_active_one(base, found, name):
        reason = f"{found.reason}; so many are active, as the name says"
        return found._replace(verdict="partly-wrong", cause="other-attribute", reason=reason)
    words = [fold(item.qualifier) for item in reading.items]
    if found.cause not in _OF_OTHERS or any(len(w) <= 2 or _SIZE.fullmatch(w) for w in words):
        return found
    for model in found.true_of:
        called = fold(base.name(model))
        if all(word in called and word not in fold(name) for word in words):
            reason = f"true of {base.name(model)}, which the cell names"
            return found._replace(
                verdict="agrees-normalised", cause=None, reason=reason, false_items=()
            )
    return found


def _is_active_one(base: BaseClaims, found: Judgement, name: str) -> bool:
    """Whether a wrong size is the one in the name, which is that of the active parameters: `qwen2:14b`."""
    called = (name, *(base.size(known.model) for known in found.known))
    named = [fold(size.text) for one in called for size in find_sizes(one)]
    return (
        bool(found.false_items and found.is_false)
        and all(fold(item.text) in named for item in found.false_items)
        and all(
            item.covers(claim.value)
            for item in found.false_items
            for known in found.known
            for claim in base.known(known.model, "params_active").claims[:1]
        )
        and all(base.known(known.model, "params_active").claims for known in found.known)
    )


def leave_rows_of_others(
    base: BaseClaims, layout: Layout, judged_cells: Sequence[JudgedCell]
) -> None:
    """Withdraw wrong verdicts of a row whose name is the beginning of another model's that they are true of.

    `GLM` with 130 billion parameters in August 2022 is GLM-130B. One value may be a slip, several are none.
    """
    rows: dict[Unit, list[JudgedCell]] = {}
    for cell in judged_cells:
        if cell.judgement.is_false and cell.judgement.cause in _OF_OTHERS:
            rows.setdefault(layout.unit(cell.row, cell.column), []).append(cell)
    for cells in rows.values():
        if len(cells) < _FEWEST and not _is_bare(base, layout, cells[0], judged_cells):
            continue
        common = set.intersection(*(set(cell.judgement.true_of) for cell in cells))
        start = fold(cells[0].spot.name)
        meant = sorted(m for m in common if start and fold(base.name(m)).startswith(start))
        if meant:
            values = "a value" if len(cells) == 1 else f"{len(cells)} values"
            why = f"{values} of the row true of {base.name(meant[0])}, which the name may mean"
            for cell in cells:
                cell.judgement = withdrawn(cell.judgement, why)


def leave_rows_of_namesakes(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw wrong verdicts of a row whose publisher is another's, and of which nearly nothing is true.

    `GPT-3` by Alibaba, in Chinese, of April 2021, is another model of the same name.
    """
    rows: dict[Unit, list[JudgedCell]] = {}
    for cell in judged_cells:
        rows.setdefault(layout.unit(cell.row, cell.column), []).append(cell)
    for cells in rows.values():
        false = [cell for cell in cells if cell.judgement.is_false]
        true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in cells)
        slipped = sum(cell.judgement.cause in _SLIPPED for cell in false)
        if len(false) < _NAMESAKE or true * 2 > len(false) or slipped * 2 > len(false):
            continue
        if any(cell.judgement.attribute == "organization" for cell in false):
            for cell in false:
                cell.judgement = withdrawn(
                    cell.judgement, "its row tells of another publisher's model of that name"
                )


def hold_those_of_own_rows(base: BaseClaims, judged_cells: Sequence[JudgedCell]) -> None:
    """Call those misplaced that are true of a kin alone which has a row of its own.

    Below the row of QwQ-32B-Preview, `Nov 2024` beside QwQ-32B is no day of the preview.
    """
    told = [cell for cell in judged_cells if _may_be_of_kin(cell)]
    alone = {
        cell.subject.id
        for cell in (judged_cells if told else ())
        if cell.subject is not None and cell.subject.kind == "model"
    }
    for cell in told:
        of, otherwise = cell.judgement.true_of, cell.judgement.otherwise
        if otherwise is not None and set(of) <= alone:
            reason = f"true of {base.name(of[0])}, which has a row of its own; {otherwise.reason}"
            cell.judgement = otherwise._replace(
                verdict="misplaced", cause="other-column", reason=reason, true_of=of
            )


def _may_be_of_kin(cell: JudgedCell) -> bool:
    """Whether a cell names one model and is true of a kin of it, in what tells such kin apart."""
    otherwise = cell.judgement.otherwise
    return (
        otherwise is not None
        and otherwise.is_false
        and cell.subject is not None
        and cell.subject.kind == "model"
        and cell.judgement.attribute in {"release_date", "context_length"}
    )


_SLIPPED = frozenset({"other-column", "shifted-row", "misheaded-column"})
"""Causes of values that stand beside their places in the table."""
_NAMESAKE = 3
"""False values of a row, the publisher's among them, from which it is another model's."""


def _is_bare(
    base: BaseClaims, layout: Layout, cell: JudgedCell, judged_cells: Sequence[JudgedCell]
) -> bool:
    """Whether a name without a number may mean a numbered generation, of which no other row is.

    `ChatGLM` with the context of ChatGLM2. A number beside it that the later one has not is the first one's.
    """
    start = fold(cell.spot.name)
    if cell.judgement.cause != "other-generation" or not start.isalpha():
        return False
    numbered = re.compile(rf"{re.escape(start)}v?\d")
    later = [m for m in cell.judgement.true_of if numbered.match(fold(base.name(m)))]
    here = (spot.name for line in layout.lines for spot in line.spots)
    if not later or any(numbered.match(fold(name)) for name in here):
        return False
    unit = layout.unit(cell.row, cell.column)
    beside = (one for one in judged_cells if layout.unit(one.row, one.column) == unit)
    return not any(_is_of_first(base, one, later) for one in beside)


def _is_of_first(base: BaseClaims, cell: JudgedCell, later: Sequence[str]) -> bool:
    """Whether a cell has a number that none of the later models is known to have."""
    about = ATTRIBUTES.get(cell.judgement.attribute)
    if about is None or not about.is_numeric or cell.judgement.verdict not in TRUE_VERDICTS:
        return False
    own = [claim.value for claim in cell.judgement.claims]
    others = [c.value for model in later for c in base.known(model, about.id).claims]
    return bool(own) and all(value not in others for value in own)
