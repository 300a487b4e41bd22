"""The type of the entries of each section of a bundle."""

from __future__ import annotations

from typing import Any

from llmnotes.files import cleaned
from llmnotes.ingest.fields import ANY, NUMBER, WHOLE, Kind, TypedFields, one_of, text
from llmnotes.schema import LAYERS, STATUSES

LONGEST_KEY, LONGEST_TEXT = 300, 100_000
_MOST_ITEMS = 10_000


def _clean_text(most: int) -> Kind:
    kind = text(most)
    return Kind(kind.name, lambda value: cleaned(kind.take(value)))


def _list_of(kind: Kind) -> Kind:
    def take(value: Any) -> list[Any]:
        if not isinstance(value, list) or len(value) > _MOST_ITEMS:
            raise ValueError
        return [kind.take(item) for item in value]

    return Kind(f"a list of texts of at most {_MOST_ITEMS:,}", take)


def _parameters(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError
    return {
        _KEY.take(key): item
        if isinstance(item, bool)
        else _TEXT.take(item)
        if isinstance(item, str)
        else NUMBER.take(item)
        for key, item in value.items()
    }


_KEY = _clean_text(LONGEST_KEY)
_TEXT = _clean_text(LONGEST_TEXT)
_LAYER = one_of(*LAYERS)
_SUBJECT = one_of("family", "model", "technique")

SHAPES = {
    "families": TypedFields("id", "name", id=_KEY, name=_KEY, line=_KEY, summary=_TEXT, layer=_LAYER),
    "models": TypedFields(
        "id", "name", id=_KEY, family=_KEY, name=_KEY, size=_KEY, layer=_LAYER, position=WHOLE,
        variant=one_of("base", "post-trained"),
    ),
    "names": TypedFields(
        "kind", "target", "text", kind=one_of("family", "model", "organization"), target=_KEY,
        text=_KEY, is_id=WHOLE,
    ),
    "organizations": TypedFields(
        "id", "name", id=_KEY, name=_KEY, aliases=_list_of(_KEY), country=_KEY, url=_KEY
    ),
    "claims": TypedFields(
        "subject_kind", "subject", "attribute", "status", "layer",
        subject_kind=one_of("family", "model"), subject=_KEY, attribute=_KEY, value=ANY,
        status=one_of(*STATUSES), source=_KEY, locator=_TEXT, layer=_LAYER, note=_TEXT,
        parameters=Kind("an object of plain values", _parameters), preferred=WHOLE, reason=_TEXT,
        printed=_list_of(_TEXT),
    ),
    "sources": TypedFields(
        "id", "kind", "title", id=_KEY, kind=_KEY, title=_TEXT, authors=_list_of(_TEXT), year=WHOLE,
        url=_TEXT, arxiv=_KEY, doi=_KEY, venue=_TEXT, copy_read=_TEXT, checked=_KEY,
        is_primary=WHOLE, read=_KEY, via=_KEY, sha256=_KEY, length=WHOLE,
    ),
    "notes": TypedFields(
        "subject_kind", "subject", "text", "created", subject_kind=_SUBJECT, subject=_KEY,
        text=_TEXT, created=_KEY,
    ),
    "tags": TypedFields(
        "subject_kind", "subject", "tag", subject_kind=_SUBJECT, subject=_KEY, tag=_KEY
    ),
}  # fmt: skip
"""The fields of an entry, by section."""
