"""Scores that stand alone against the base in a row that is otherwise copied from one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.scores import OTHER_RUN, ScoreSources
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout, Unit

Ask = Callable[[JudgedCell], ScoreSources | None]
"""The sources of a score and of the others of its benchmark."""

_FEWEST = 3
"""True scores of one source that make a copy of it."""
_SHARE = 3
"""Deviating scores may be at most one in so many of the true ones."""
_POINTS = 4
"""Least distance; a nearer score may be of another version of the prompt."""


def flag_slips(layout: Layout, judged_cells: Sequence[JudgedCell], ask: Ask) -> None:
    """Judge a deviating score wrong where the others of its row are those of a source that has it too.

    Another run would differ in all of them.
    """
    rows: dict[Unit, list[JudgedCell]] = {}
    for cell in judged_cells:
        if cell.filled and cell.spot.headers[0].benchmark:
            rows.setdefault(layout.unit(cell.row, cell.column), []).append(cell)
    for row in rows.values():
        deviating = [cell for cell in row if _deviates(cell)]
        true = [cell for cell in row if cell.judgement.verdict in TRUE_VERDICTS]
        if not deviating or len(true) < max(_FEWEST, _SHARE * len(deviating)):
            continue
        copied = Counter(
            source for cell in true if (said := ask(cell)) is not None for source in said.having
        )
        for cell in deviating:
            said = ask(cell)
            if said is None or said.apart < _POINTS:
                continue
            source = next((one for one in said.others if copied[one] >= _FEWEST), None)
            if source is not None:
                reason = cell.judgement.reason.removesuffix(f"; {OTHER_RUN}")
                reason = f"{reason}; {copied[source]} other scores of its row are those of {source}"
                cell.judgement = cell.judgement._replace(
                    verdict="wrong", cause="unexplained", reason=reason
                )


def _deviates(cell: JudgedCell) -> bool:
    found = cell.judgement
    return found.is_false or (found.verdict == "unsupported" and found.reason.endswith(OTHER_RUN))
