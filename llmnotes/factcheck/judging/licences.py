"""What licences allow, and the words that tell only of what kind one is: `proprietary`, `non-commercial`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from llmnotes.data_files import DATA, load
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.permission import Permission, permission
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

CLOSED = "proprietary"
"""The licence that people write of a model that was never released, or of one under its publisher's terms."""
_NOT_FREE: dict[str, tuple[frozenset[Permission | None], str]] = {
    CLOSED: (
        frozenset({"no", "conditions", None}),
        "under terms of its own, which are not open source",
    ),
    "non-commercial": (frozenset({"no"}), "it allows no commercial use"),
}
"""Kinds of licences: what those of the kind may say of commercial use, and how such a word is true."""


def allowed(base: BaseClaims, licence: object) -> Permission | None:
    """What a licence says of commercial use; None where that is not known."""
    return _by_licence().get(base.licences.get(fold(str(licence)), ""))


def of_kind(base: BaseClaims, kind: str, licence: str) -> str | None:
    """How a licence is of a kind, given by its id; None where it is not, or the kind is a licence itself."""
    permissions, how = _NOT_FREE.get(kind, (frozenset(), ""))
    known = fold(licence) in base.licences and not (kind == CLOSED and _OPEN.search(licence))
    return how if known and allowed(base, licence) in permissions else None


def is_kind_of(base: BaseClaims, told: str, licence: str) -> bool:
    """Whether what the base tells of a licence is its kind alone, and another is of that kind."""
    kind = base.licences.get(fold(told))
    return kind == "non-commercial" and allowed(base, licence) == "no"


_OPEN = late(r"\b(?:mit|apache|bsd|a?l?gpl)\b", re.IGNORECASE)
"""Open licences, of which the modified ones are not closed either."""
_MOST_WORDS = 8


def begins_with(base: BaseClaims, text: str) -> str | None:
    """The id of the licence whose name a longer text begins with; None without one."""
    words = text.split()[:_MOST_WORDS]
    tries = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((found for one in tries if (found := base.licences.get(fold(one)))), None)


def without_remark(base: BaseClaims, text: str, licence: object) -> str | None:
    """The name of a licence without what is true beside it: its publisher, or what it says of commerce.

    `Proprietary (OpenAI)`, `Gemma License (commercial OK)`. None where `licence` belies the remark.
    """
    found = _REMARK.match(text)
    if found is None:
        return text
    if fold(found["remark"]) in base.organizations:
        return found["name"]
    said = permission(found["remark"]) if _COMMERCE.search(found["remark"]) else None
    what = allowed(base, licence)
    if said is None or what is None:
        return text
    if (said == "no") != (what == "no"):
        return None
    return text if said == "no" else found["name"]


_COMMERCE = late(r"commerc|商用|商业", re.IGNORECASE)
_REMARK = late(
    r"(?P<name>[^(（]{2,80}?)\s*(?:[(（]|[,;，；]\s)(?P<remark>[^()（）]{2,60})[)）]?\s*$"
)


def denies_commerce(base: BaseClaims, text: str, licences: Sequence[object]) -> bool:
    """Whether a text says that a model is not for commercial use, and each of its licences allows that."""
    if _NOT_FOR_SALE.search(text) is None:
        return False
    return all(allowed(base, licence) in {"yes", "conditions"} for licence in licences)


_NOT_FOR_SALE = late(
    r"\bnon[-\s]?commercial|\bresearch[-\s]only\b|非商用|非商业|不可商用", re.IGNORECASE
)


@cache
def _by_licence() -> dict[str, Permission]:
    licences = load(DATA / "entities" / "licenses.toml")
    return {key: item["commercial"] for key, item in licences.items() if "commercial" in item}
