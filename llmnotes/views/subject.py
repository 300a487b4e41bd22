"""One model or family as a page: values with their sources, or every claim."""

from __future__ import annotations

from itertools import groupby

from llmnotes.display import status_text, value_text
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.compare import Value
from llmnotes.knowledge.show import Portrait
from llmnotes.knowledge.sources import short_reference
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES, GROUPS, POSITIONS


def subject_answer(found: Portrait, *, every_claim: bool = False) -> Answer:
    """The page of a subject; `every_claim` lists all claims instead of the resolved values."""
    numbers = {source["id"]: number for number, source in enumerate(found.sources, start=1)}
    notes = [
        Footnote(numbers[source["id"]], short_reference(source), source["url"], source["id"])
        for source in found.sources
    ]
    subject = found.values.subjects[0]
    caption = f"{subject.name} ({subject.id})"
    if subject.kind == "family" and len(subject.sizes) > 1:
        caption += f": {subject.listed(', ')}"
    if every_claim:
        table = _claims(found, numbers, notes, caption)
    else:
        table = _values(found, numbers, notes, caption)
    return Answer([table], found.record)


def _values(
    found: Portrait, numbers: dict[str, int], notes: list[Footnote], caption: str
) -> AnswerTable:
    rows = []
    group = None
    for row in found.values.rows:
        heading = GROUPS[row.attribute.group] if row.attribute.group != group else None
        group = row.attribute.group
        cell = row.cells[0]
        cited = tuple(sorted(numbers[key] for key in cell.sources))
        cells = (
            Cell(row.attribute.label, row.attribute.id),
            Cell(cell.text, cell.text, cited),
            Cell("; ".join(dict.fromkeys(_where(value) for value in cell.values if value.status))),
        )
        rows.append(Row(cells, heading))
    return AnswerTable(("Attribute", "Value", "Where"), rows, footnotes=notes, caption=caption)


def _where(value: Value) -> str:
    status = "" if value.status == "reported" else f"{value.status}: "
    more = len(value.also)
    also = f" (+{more} other claim{'' if more == 1 else 's'})" if more else ""
    return f"{status}{value.locator or ''}{also}"


def _claims(
    found: Portrait, numbers: dict[str, int], notes: list[Footnote], caption: str
) -> AnswerTable:
    rows = []
    shown = found.record["id"]
    ordered = sorted(found.claims, key=lambda item: POSITIONS[item[1].attribute])
    for group, items in groupby(ordered, key=lambda item: ATTRIBUTES[item[1].attribute].group):
        heading: str | None = GROUPS[group]
        for subject, claim in items:
            of = claim.inherited_from or subject
            label = ATTRIBUTES[claim.attribute].label + (f" of {of}" if of != shown else "")
            said = Cell(_said(claim), claim.locator)
            rows.append(Row((Cell(label, claim.attribute), _claim(claim, numbers), said), heading))
            heading = None
    return AnswerTable(("Attribute", "Claim", "Where"), rows, footnotes=notes, caption=caption)


def _claim(claim: Statement, numbers: dict[str, int]) -> Cell:
    """The value, with its status unless that is `reported`."""
    if claim.value is None:
        text = status_text(claim.status)
    else:
        text = value_text(ATTRIBUTES[claim.attribute], claim.value, claim.parameters, short=False)
    remarks = [claim.status] if claim.value is not None and claim.status != "reported" else []
    remarks += ["preferred"] if claim.preferred else []
    remarks += [f"{claim.layer} layer"] if claim.layer != "curated" else []
    cited = (numbers[claim.source],) if claim.source in numbers else ()
    return Cell(f"{text} ({', '.join(remarks)})" if remarks else text, claim.value, cited)


def _said(claim: Statement) -> str:
    second_hand = f"second-hand, via {claim.via}" if claim.via else None
    parts = (claim.locator, second_hand, claim.note, claim.reason)
    return ". ".join(part.rstrip(".") for part in parts if part)
