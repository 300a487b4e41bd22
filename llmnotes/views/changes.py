"""Changes between editions as a table: the old value, the new one, and the reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from llmnotes.display import status_text, value_text
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.schema import ATTRIBUTES

COLUMNS = ("Of", "Attribute", "Change", "Before", "Now", "Why")

_MOST_NAMED = 2
"""The number of models that a line names; for more it names the family."""


def changes_answer(found: dict[str, Any], *, flat: bool = False) -> Answer:
    """The changes under a heading for each edition, with the sources of both values as footnotes.

    `flat` has columns for the edition and the locators instead.
    """
    if flat:
        columns = ("edition", "change", "family", "models", "attribute", "before", "before_source",
                   "before_locator", "now", "now_source", "now_locator", "reason")  # fmt: skip
        return Answer(
            [AnswerTable(columns, [_flat(item) for item in found["changes"]])], found, "changes"
        )
    numbers: dict[str, int] = {}
    titles: dict[str, str] = {}
    rows, last = [], None
    for (edition, *_), items in groupby(found["changes"], key=_whole):
        heading: str | None = _heading(found, edition) if edition != last else None
        last = edition
        run = list(items)
        if len(run) > _MOST_FAMILIES and run[0]["attribute"] is None:
            rows.append(Row(_together(run), heading))
            continue
        for item in run:
            rows.append(Row(_cells(item, numbers, titles), heading))
            heading = None
    notes = [Footnote(number, titles[key], None, key) for key, number in numbers.items()]
    tables = [AnswerTable(COLUMNS, rows, footnotes=notes)] if rows else []
    return Answer(tables, found, "changes")


_MOST_FAMILIES = 24
"""The number of families that came or went at once, each with a line of its own; more share one."""


def _whole(item: dict[str, Any]) -> tuple[str, bool, str]:
    """What changes told together have in common: whole families that came, or that went."""
    return (
        item["edition"],
        item["attribute"] is None,
        item["change"] if item["attribute"] is None else "",
    )


def _together(items: Sequence[dict[str, Any]]) -> tuple[Cell, ...]:
    """Many whole families in one line."""
    models, values = (
        sum(len(item["models"]) for item in items),
        sum(item["values"] for item in items),
    )
    families = len({item["family"] for item in items})
    told = Cell(f"{values:,} values of {models:,} models")
    sides = (Cell(""), told) if items[0]["change"] == "added" else (told, Cell(""))
    why = Cell("`llmnotes changes NAME` tells of one, -f csv of each")
    return Cell(f"{families:,} families"), Cell("models"), Cell(items[0]["change"]), *sides, why


def _heading(found: dict[str, Any], name: str) -> str:
    edition = next(item for item in found["editions"] if item["name"] == name)
    return (
        f"{name} ({edition['released']}): {edition['families']:,} families, "
        f"{edition['models']:,} models, {edition['values']:,} values"
    )


def _cells(
    item: dict[str, Any], numbers: dict[str, int], titles: dict[str, str]
) -> tuple[Cell, ...]:
    name = item["attribute"]
    label = ATTRIBUTES[name].label if name in ATTRIBUTES else name or "models"
    before, after = item["before"], item["after"]
    if name is None:
        told = Cell(f"{item['values']:,} values of {len(item['models'])} models")
        sides: tuple[Cell, ...] = (
            (Cell(""), told) if item["change"] == "added" else (told, Cell(""))
        )
    else:
        sides = tuple(
            Cell(said_text(name, said), None, _cited(said, numbers, titles))
            for said in (before, after)
        )
    return (
        Cell(_of(item)), Cell(label, name), Cell(item["change"]), *sides, Cell(item["reason"] or ""),
    )  # fmt: skip


def _of(item: dict[str, Any]) -> str:
    """The family where whole models came or went, else the models that the change applies to."""
    if item["attribute"] is None:
        return str(item["family"])
    if len(item["models"]) > _MOST_NAMED:
        return f"{item['family']} ({len(item['models'])} models)"
    return ", ".join(item["models"])


def _cited(
    said: dict[str, Any] | None, numbers: dict[str, int], titles: dict[str, str]
) -> tuple[int, ...]:
    if said is None or not said["source"]:
        return ()
    titles.setdefault(said["source"], said["title"] or said["source"])
    return (numbers.setdefault(said["source"], len(numbers) + 1),)


def said_text(name: str, said: dict[str, Any] | None) -> str:
    """A value as text; empty where there was none, or no changed element."""
    if said is None:
        return ""
    if said["value"] is None:
        return status_text(said["status"])
    try:
        return value_text(ATTRIBUTES[name], said["value"], said["parameters"], short=False)
    except (KeyError, TypeError, ValueError):  # of an attribute or a form that no longer exists
        return json.dumps(said["value"], ensure_ascii=False)


def _flat(item: dict[str, Any]) -> Row:
    name = item["attribute"]
    told = [item["edition"], item["change"], item["family"], ", ".join(item["models"]), name or ""]
    for said in (item["before"], item["after"]):
        places = [(said or {}).get(key) or "" for key in ("source", "locator")]
        told += [said_text(name, said) if name else "", *places]
    return Row(tuple(Cell(text) for text in [*told, item["reason"] or ""]))
