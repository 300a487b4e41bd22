"""Builds a table of one concern and finds its missing entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from llmnotes.schema import ATTRIBUTES

Entry = TypeVar("Entry")


def table(*groups: tuple[Entry, str]) -> dict[str, Entry]:
    """Entries by attribute; each group is an entry and a blank-separated list of attribute ids.

    Raises `ValueError` for an id that is listed twice.
    """
    found: dict[str, Entry] = {}
    for entry, names in groups:
        for name in names.split():
            if name in found:
                raise ValueError(f"{name} has two entries")
            found[name] = entry
    return found


def gaps(entries: Mapping[str, object], where: str) -> list[str]:
    """A sentence for each attribute without an entry, and for each entry without an attribute.

    `where` names the table: `PRINTED in llmnotes/attributes/printed.py`.
    """
    absent = [f"add an entry for {name} to {where}" for name in ATTRIBUTES if name not in entries]
    extra = [f"{where} has an entry for {name}, which is no attribute" for name in entries
             if name not in ATTRIBUTES]  # fmt: skip
    return absent + extra
