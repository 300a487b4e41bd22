"""Values that only the note of a claim mentions: as an alternative, as a warning, or by another name."""

from __future__ import annotations

import re
from functools import lru_cache

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging import words
from llmnotes.factcheck.judging.conventions import Agreement
from llmnotes.pattern import late
from llmnotes.resolve import Statement

_WHOLE = frozenset({"params_total", "params_reported"})
MISPRINT = late(r"\bmisprint|contradicts its own\b", re.I)
_EFFECTIVE = late(r"eff?e(?:ct|kt|tt?i)|эффективн|ефективн|有效|実効|유효|hiệu dụng|فعّ?ال", re.I)
"""The word for the parameters that are in use, per-layer embeddings left out, in the languages of tables."""
_TUNING = late(r"fine-?tun", re.I)


def noted(item: Item, known: Known) -> Agreement | None:
    """Agreement with a value only mentioned in the note of a claim, as an alternative or as a warning."""
    dated = known.attribute.kind == "date"
    counted = known.attribute.id in _WHOLE and item.low is not None
    for claim in known.claims:
        if not claim.note:
            continue
        if counted and (
            _is_effective(item, claim) or any(map(item.covers, words.counts_in(claim.note)))
        ):
            return Agreement(claim, claim.note)
        if (
            known.attribute.id == "context_length" == claim.attribute
            and not MISPRINT.search(claim.note)
            and _in_note(item, claim)
        ):
            return Agreement(claim, claim.note)
        if item.value is False and known.attribute.kind == "quantity":
            return Agreement(claim, kind="disputed")
        if not (dated or warns(claim.note)) or not _in_note(item, claim):
            continue
        if MISPRINT.search(claim.note):
            return Agreement(claim, kind="source-misprint")
        if _TUNING.search(claim.note):
            return Agreement(claim, kind="fine-tuning-value")
        if dated:
            return Agreement(claim, claim.note)
    return _named(item, known)


def _is_effective(item: Item, claim: Statement) -> bool:
    """Whether a cell gives what counts as effective, by its own words and those of the note."""
    effective = "effective" in (claim.note or "") and _EFFECTIVE.search(item.qualifier)
    return bool(effective) and _in_note(item._replace(value=float(item.value) / 1e9), claim)


def _named(item: Item, known: Known) -> Agreement | None:
    """Agreement with a term used by the source itself or by the note of a claim.

    Claude 2's card prints `RLHF`, and the claim is `RL` since no algorithm is named.
    """
    if known.attribute.kind not in {"term", "terms"} or len(item.text) < 3:
        return None
    word = re.compile(rf"(?<!\w){re.escape(item.text.strip())}(?!\w)")
    for claim in known.claims:
        note = claim.note or ""
        if known.attribute.kind == "terms" and any(map(word.search, claim.printed)):
            return Agreement(claim, "so printed")
        if known.attribute.id == "post_training" and item.value == "SFT" and _TUNING.search(note):
            return Agreement(claim, note, "in-part")
        if re.search(rf"\bcall(?:s|ed)\b[^.;]*\b{re.escape(str(item.value))}\b", note, re.I):
            return Agreement(claim, note)
    return None


@lru_cache(maxsize=10_000)
def warns(note: str) -> bool:
    """Whether a note mentions a misprint or fine-tuning."""
    return bool(MISPRINT.search(note) or _TUNING.search(note))


def _in_note(item: Item, claim: Statement) -> bool:
    if isinstance(item.value, str):
        return any(words.same_date(item.value, date) for date in words.dates_in(claim.note))
    if isinstance(item.value, bool) or item.low is None:
        return False
    return words.mentioned(f"{float(item.value):g}", claim.note)
