"""Tables on a user's own run of a model (tuning, measurement), or on a model derived from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from llmnotes.attributes.headers import header_names
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import is_slip_of_length, withdrawn
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.header_parts import parts_of
from llmnotes.factcheck.layout.headers import of_a_run
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES

_OF_A_RUN = frozenset({"data", "context", "batch", "optimizer", "compute"})
"""Groups of attributes whose values are chosen for each run."""


def leave_own_runs(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against settings of a run where the table is on a user's own.

    The signs are epochs, a rank of LoRA or a latency in the table, or a heading on tuning; they do not
    count where most of the settings are the publisher's.
    """
    sign = _sign(layout)
    cells = [c for c in judged_cells if ATTRIBUTES[c.judgement.attribute].group in _OF_A_RUN]
    false = [cell for cell in cells if cell.judgement.is_false]
    true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in cells)
    if sign and (true <= len(false) or _is_headed(layout, sign)):
        _withdraw(false, f"{sign!r} tells of somebody's own run")


def leave_other_models(layout: Layout, judged_cells: Sequence[JudgedCell], names: Names) -> None:
    """Withdraw judgements on a table's only model where the context names a model derived from it.

    `Llama 2` in the card of `Llama-2-Ko`, which the base does not know, may be either.
    """
    subjects = {cell.spot.name.strip() for cell in judged_cells if cell.subject is not None}
    false = [cell for cell in judged_cells if cell.judgement.is_false]
    if len(subjects) != 1 or not false:
        return
    (name,) = subjects
    around = (layout.table.caption, *layout.table.headings)
    if made := next((one for one in _made_of(name, around) if names.find(one) is None), None):
        _withdraw(false, f"the words around the table name {made}, which the base does not know")


def _is_headed(layout: Layout, sign: str) -> bool:
    """Whether the heading tells of tuning beside a header of a run: both leave no doubt."""
    around = " ".join([layout.table.caption, *layout.table.headings[-1:]]).lower()
    return sign.lower() not in around and any(word in around for word in header_names().tuning)


def _sign(layout: Layout) -> str:
    """The header, heading or caption that indicates a user's own run; empty without one."""
    for header in (*layout.unread, *layout.formulas):
        if of_a_run(parts_of(header)[0]):
            return header
    around = [layout.table.caption, *layout.table.headings[-1:]]
    telling = (text for text in around if any(w in text.lower() for w in header_names().tuning))
    return " ".join(next(telling, "").split())[:_SHOWN]


_SHOWN = 60


def _made_of(name: str, texts: Iterable[str]) -> Iterable[str]:
    """Names that begin with a model's name, perhaps with a size, and continue after a hyphen."""
    words = re.findall(r"[^\W_]+", name)
    if not words:
        return []
    begins = re.compile(
        r"(?<![\w/.-])" + r"[\s_-]{0,2}".join(map(re.escape, words))
        + r"[-_](?:\d{1,4}(?:\.\d)?[bm][-_])?(?P<more>[^\W\d_]{2}[\w.-]{0,40})", re.IGNORECASE,
    )  # fmt: skip
    found = (match for text in texts for match in begins.finditer(text))
    return (match[0].rstrip(".-_") for match in found if not _FORM.match(match["more"]))


_FORM = late(
    r"(?:base|chat|instruct|it|hf|small|medium|large|xl|xxl|tiny|mini|based|style|like|family|series"
    r"|models?|architecture|code)(?![^\W_])",
    re.IGNORECASE,
)
"""Suffixes of a name that do not make it another model."""


def _withdraw(cells: Iterable[JudgedCell], why: str) -> None:
    for cell in cells:
        if not is_slip_of_length(cell.judgement):
            cell.judgement = withdrawn(cell.judgement, why)
