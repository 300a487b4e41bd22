"""Numbers larger than the base's that may be meant: a whole with its encoder, a context that is extended."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.judgement import is_no_length
from llmnotes.pattern import late


def beyond(
    base: BaseClaims, reading: CellReading, items: Sequence[Item], stated: Sequence[Known]
) -> str:
    """Why larger numbers are not held to be false: sizes with an encoder, lengths that are extended."""
    values = [claim.value for known in stated for claim in known.claims]
    numbers = [value for value in values if isinstance(value, int | float)]
    if stated[0].attribute.id == "context_length" and _WINDOWS.search(reading.text):
        return "it tells how far the windows of its attention reach"
    if stated[0].attribute.id == "context_length" and _ANSWER.search(reading.text):
        return "it tells how much the model writes"
    if not numbers or any(item.low is None for item in items):
        return ""
    name = stated[0].attribute.id
    if name in {"params_total", "params_active"}:
        parts = [min(claim.value for claim in known.claims) for known in stated]
        each = all(any(_is_with_encoder(item.value, part) for part in parts) for item in items)
        if each and _sees(base, stated):
            return "the base counts the language part, without the encoder"
    if not all(item.value > max(numbers) for item in items):
        return ""
    if name == "context_length" and _EXTENDED.search(reading.text):
        return "it tells of a context beyond the one that the base states"
    trained = name == "context_length" and all(
        c.attribute != name for k in stated for c in k.claims
    )
    near = trained and all(
        item.value <= _EXTENDED_BY * max(numbers) and not is_no_length(item) for item in items
    )
    if near and not all(_is_bounded(base, known.model) for known in stated):
        return "the base knows only the length in training"
    return ""


_EXTENDED_BY = 64
"""How many times the length in training a model is used at."""


def _is_bounded(base: BaseClaims, model: str) -> bool:
    """Whether a model has an embedding for each position that it was trained on, and none beyond."""
    known = base.known(model, "positional_encoding").first
    return known is not None and known.value == "learned-absolute"


def _sees(base: BaseClaims, stated: Sequence[Known]) -> bool:
    """Whether one of the models takes in more than text, or is made of one that does."""
    models = {one for known in stated for one in (known.model, *base.bases(known.model))}
    return any(
        str(term) != "text"
        for model in models
        for claim in base.known(model, "modalities").claims[:1]
        for term in claim.value
    )


def _is_with_encoder(whole: float, language_part: float) -> bool:
    """Whether a whole is a language part with an encoder of a usual size."""
    encoder = whole - language_part
    usual = max(_USUAL_ENCODER, _SHARE * language_part)
    return 0 < encoder <= min(usual, _LARGEST_ENCODER)


_LARGEST_ENCODER = 6.5e9
"""Parameters of the largest encoder of pictures in use, InternViT-6B, and of what joins it to the model."""
_USUAL_ENCODER = 1e9
"""The same of those that small models have too."""
_SHARE = 0.35
"""Largest encoder beside a larger language part, as a share of that."""
_EXTENDED = late(r"alibi|extrapolat|infinit|∞|yarn|scaling|extend|extensib|扩展|外推", re.I)
_WINDOWS = late(r"\bSWA\b|sliding[\s-]window|滑动窗口|窗口\s?\d", re.I)
_ANSWER = late(r"\boutput\b|输出", re.I)
