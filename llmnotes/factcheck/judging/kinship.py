"""Models that are named in the place of the one that another was made of."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import Item


def related(base: BaseClaims, item: Item, value: Iterable[str], known: Known) -> str | None:
    """How a named model agrees with a known base: as its base, or as one that sees with the same."""
    named, bases = base.named(str(item.value)), set(value)
    if any(base.bases(one) & named for one in bases):
        return "the base of its base"
    terms = base.known(known.model, "modalities").first
    sees = terms is not None and "image-input" in terms.value
    if sees and any(base.bases(model) & bases for model in named):
        return "built on the same language model"
    return None
