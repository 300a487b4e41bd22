"""Contexts in tables of what a provider offers: it may be less than the model can take."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import is_slip_of_length, withdrawn
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout
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
    contexts = [cell for cell in judged_cells if cell.judgement.attribute == "context_length"]
    false = [cell for cell in contexts if cell.judgement.is_false]
    true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in contexts)
    if true >= _OWN * len(false):
        return  # the lengths are the models' own, and these are errors
    for cell in false:
        found = cell.judgement
        if _is_shorter(cell) and not is_slip_of_length(found):
            why = f"{sign.strip()[:40]!r} tells of an offer, which may be less than the model can"
            cell.judgement = withdrawn(found, why)


_LONGEST = 60
_OWN = 4
"""True lengths for each false one from which the table gives what the models can."""


def _is_shorter(cell: JudgedCell) -> bool:
    """Whether every false length is below the greatest that the base has, and long enough to be offered."""
    found = cell.judgement
    known = [c.value for k in found.known for c in k.claims if isinstance(c.value, int)]
    return bool(known and found.false_items) and all(
        item.low is not None and _SHORTEST <= item.value < max(known) for item in found.false_items
    )


_SHORTEST = 4000
"""Tokens below which no provider cuts a longer context."""
