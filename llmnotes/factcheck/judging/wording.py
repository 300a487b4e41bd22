"""Texts of reports on the base's values."""

from __future__ import annotations

import json
from collections.abc import Sequence

from llmnotes.display import status_text, value_text
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.resolve import Statement


def expected_text(base: BaseClaims, known: Sequence[Known]) -> str:
    """The base's value as text, folded over the sizes where they differ."""
    texts: dict[str, list[str]] = {}
    for item in known:
        claim = item.first
        if claim is None:
            text = status_text(item.withheld.status) if item.withheld else ""
        else:
            text = value_text(item.attribute, claim.value)
        texts.setdefault(text, []).append(item.model)
    if len(texts) == 1:
        return next(iter(texts))
    return " · ".join(f"{text} ({sizes_text(base, models)})" for text, models in texts.items())


def sizes_text(base: BaseClaims, models: Sequence[str]) -> str:
    """The sizes of models, `7B, 13B`."""
    return ", ".join(dict.fromkeys(base.size(model) for model in models))


def items_text(items: Sequence[Item]) -> str:
    """The source texts of items, with the words that restrict them."""
    return ", ".join(
        f"{item.text} ({item.qualifier})"
        if item.qualifier and item.qualifier not in item.text
        else item.text
        for item in items
    )


def dispute_text(claim: Statement, first: Statement, expected: str) -> str:
    """The sources of the cell's value and of the `expected` one, which disagree."""
    if claim.source == first.source:
        of = f" ({claim.note.rstrip('.')})" if claim.note else ""
        return f"{claim.source} has it too{of}; the base takes {expected}"
    reason = f"{claim.source} says so; {first.source} has {expected}"
    return f"{reason} ({first.reason})" if first.reason else reason


def raw_list(text: str) -> list[object] | None:
    """The list of records in a cell of an export; None for any other cell."""
    if not text.startswith("[{"):
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, list) else None
