"""Values as typed on the command line, or in the cells of a table to import."""

from __future__ import annotations

import json
from typing import Any

from llmnotes.errors import InputError
from llmnotes.schema import Attribute
from llmnotes.vocabulary import spellings


def raw_value(item: Attribute, text: str) -> Any:
    """The raw value of a typed text: JSON, or a comma-separated list where a list is expected."""
    if "\0" in text:
        raise InputError(f"{item.id}: the value holds a NUL character")
    if text[:1] in "[{" and (item.is_list or item.many):
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{item.id}: {text[:60]!r} is not JSON ({error})") from error
    parts = [part.strip() for part in text.split(",") if part.strip()]
    whole = item.vocabulary is not None and text.lower() in spellings(item.vocabulary)
    if item.kind in {"terms", "texts", "organizations", "models", "datasets", "results"}:
        return text if whole else parts
    if (item.many or item.kind == "batch") and len(parts) > 1 and not _is_grouped(text):
        return parts
    return text


def _is_grouped(text: str) -> bool:
    """Whether commas are thousands separators: 8,192 is one number."""
    head, *rest = text.split(",")
    return (
        head.isdigit()
        and len(head) <= 3
        and all(len(part) == 3 and part.isdigit() for part in rest)
    )
