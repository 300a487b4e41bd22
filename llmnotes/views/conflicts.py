"""Conflicts as a table: the value shown, then each contradicting one, with why it ranks lower."""

from __future__ import annotations

from typing import Any

from llmnotes.display import status_text, value_text
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.conflicts import Conflict
from llmnotes.knowledge.sources import short_reference
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES


def conflicts_answer(
    found: list[Conflict], sources: list[dict[str, Any]], *, flat: bool = False
) -> Answer:
    """All conflicts under a heading for each subject, with the sources as footnotes.

    `flat` has a column for the subject instead, and repeats it and the attribute in every row.
    """
    numbers = {source["id"]: number for number, source in enumerate(sources, start=1)}
    notes = [
        Footnote(numbers[item["id"]], short_reference(item), item["url"], item["id"])
        for item in sources
    ]
    rows: list[Row] = []
    last = ""
    for conflict in found:
        heading = conflict.subject if conflict.subject != last else None
        last = conflict.subject
        for number, cells in enumerate(_rows(conflict, numbers)):
            if flat:
                label = (Cell(conflict.subject), Cell(conflict.attribute))
                rows.append(Row((*label, *cells[1:])))
            else:
                rows.append(Row(cells, None if number else heading))
    columns = ("Attribute", "Value", "Where", "Why the first is shown")
    tables = [AnswerTable(("Subject", *columns) if flat else columns, rows, footnotes=notes)]
    data = {"conflicts": [item.as_json() for item in found], "sources": sources}
    return Answer(tables if rows or flat else [], data, "conflicts")


def _rows(conflict: Conflict, numbers: dict[str, int]) -> list[tuple[Cell, ...]]:
    label = ATTRIBUTES[conflict.attribute].label
    others = conflict.others
    part = others[0].resolved_part if len(others) == 1 else conflict.resolved.value
    reasons = list(dict.fromkeys(item.why for item in others))
    one = len(reasons) == 1
    why = reasons[0] if one else ""
    return [
        _cells(label, conflict.resolved, part, why, numbers),
        *(_cells("", item.claim, item.part, "" if one else item.why, numbers) for item in others),
    ]


def _cells(
    label: str, claim: Statement, part: Any, why: str, numbers: dict[str, int]
) -> tuple[Cell, ...]:
    attribute = ATTRIBUTES[claim.attribute]
    text = status_text(claim.status) if part is None else value_text(attribute, part, short=False)
    cited = (numbers[claim.source],) if claim.source in numbers else ()
    where = "; ".join(
        word
        for word in (
            claim.locator or "",
            claim.status if claim.status != "reported" else "",
            claim.layer if claim.layer != "curated" else "",
        )
        if word
    )
    return (
        Cell(label, claim.attribute),
        Cell(text, claim.value, cited),
        Cell(where, claim.locator),
        Cell(why, why),
    )
