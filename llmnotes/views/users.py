"""The answer of `who-uses`: a row per model, sources as footnotes."""

from __future__ import annotations

from typing import Any

from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.sources import short_reference


def users_answer(found: dict[str, Any]) -> Answer:
    """A table of models with the value that makes them users, and its source."""
    numbers = {source["id"]: n for n, source in enumerate(found["sources"], start=1)}
    notes = [
        Footnote(numbers[source["id"]], short_reference(source), source["url"], source["id"])
        for source in found["sources"]
    ]
    rows = []
    for use in found["used_by"]:
        cited = (numbers[use["source"]],) if use["source"] in numbers else ()
        status = "" if use["status"] == "reported" else f"{use['status']}: "
        where = f"{status}{use['locator'] or ''}"
        value = f"{use['attribute']} = {use.get('value', use['term'])}"
        rows.append(
            Row(
                (
                    Cell(use["model"], use["model"]),
                    Cell(use["name"], use["name"]),
                    Cell(value, value, cited),
                    Cell(where, where),
                )
            )
        )
    caption = f"{found['name']}: {len(rows)} model{'' if len(rows) == 1 else 's'}"
    table = AnswerTable(
        ("id", "name", "value", "where"), rows, footnotes=notes, caption=caption,
        dispensable=("name",),
    )  # fmt: skip
    return Answer([table], found, records="used_by")
