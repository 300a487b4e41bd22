"""Contexts in tables of what a provider offers: it may be less than the model can take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn
from llmnotes.factcheck.layout.orientation import Layout
from llmnotes.pattern import late

_OFFERED = late(
    r"\b(?:max(?:imum)?\.?\s?output|output\s(?:limit|tokens)|pric(?:e|es|ing)|cost|rate\slimits?|tpm|rpm|endpoint|api\sid)\b"
    r"|\$|价格|最大输出|料金|prix|preis|precio|preço",
    re.IGNORECASE,
)
"""Headers of a provider's offer."""


def leave_offered_contexts(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against shorter contexts beside prices or limits of output."""
    heads = [cell.text for row in layout.table.rows[:2] for cell in row]
    heads += [row[0].text for row in layout.table.rows if row]
    sign = next((text for text in heads if len(text) < _LONGEST and _OFFERED.search(text)), "")
    if not sign:
        return
    for cell in judged_cells:
        found = cell.judgement
        if found.is_false and found.attribute == "context_length" and _is_shorter(cell):
            why = f"{sign.strip()[:40]!r} tells of an offer, which may be less than the model can"
            cell.judgement = withdrawn(found, why)


_LONGEST = 60


def _is_shorter(cell: JudgedCell) -> bool:
    """Whether every false length is below the greatest that the base has."""
    found = cell.judgement
    known = [c.value for k in found.known for c in k.claims if isinstance(c.value, int)]
    return bool(known and found.false_items) and all(
        item.low is not None and item.value < max(known) for item in found.false_items
    )
