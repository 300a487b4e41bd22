"""The page of an entity, and that of a line: its description, then its models or generations."""

from __future__ import annotations

from typing import Any

from llmnotes.attributes.entities import SAYS
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row, simple_table
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.entity_uses import EntityPortrait
from llmnotes.knowledge.sources import short_reference


def entity_answer(found: list[EntityPortrait]) -> Answer:
    """Every entity with the name: a dataset may also be a benchmark."""
    tables = [table for item in found for table in (_facts(item), users_table(item))]
    data = [item.as_json() for item in found]
    return Answer(tables, data[0] if len(data) == 1 else {"entities": data})


def _facts(found: EntityPortrait) -> AnswerTable:
    item = found.entity
    facts = [
        ("Kind", item.kind if item.named else f"{item.kind}: a kind of data, without a name"),
        ("Also called", "; ".join(item.aliases)),
        ("What it is", item.about or ""),
        ("Link", item.url or ""),
        ("Country", item.country or ""),
        ("Became part of", item.became or ""),
        ("Part of", item.part_of or ""),
        ("Parts", ", ".join(found.parts)),
    ]
    rows = [fact for fact in facts if fact[1]]
    return simple_table(("About", "Said"), rows, f"{item.name} ({item.id})")


def users_table(found: EntityPortrait) -> AnswerTable:
    """A row per model that names the entity, with its value and the source."""
    numbers = {source["id"]: n for n, source in enumerate(found.sources, start=1)}
    notes = [
        Footnote(numbers[source["id"]], short_reference(source), source["url"], source["id"])
        for source in found.sources
    ]
    rows = []
    for use in found.used_by:
        cited = (numbers[use.source],) if use.source in numbers else ()
        status = "" if use.status == "reported" else f"{use.status}: "
        where = f"{status}{use.locator or ''}"
        cells = (
            Cell(use.model, use.model),
            Cell(use.name, use.name),
            Cell(use.value, use.value, cited),
            Cell(where, where),
        )
        rows.append(Row(cells))
    count = f"{len(rows)} model{'' if len(rows) == 1 else 's'}"
    caption = f"{found.entity.name}: {count} {SAYS[found.entity.kind]}"
    return AnswerTable(("id", "name", "value", "where"), rows, footnotes=notes, caption=caption)


def line_answer(line: str, generations: list[dict[str, Any]]) -> Answer:
    """The generations of a line in order, with the date and the sizes of each."""
    rows = [
        (
            item["id"],
            item["name"],
            item["release_date"],
            ", ".join(item["sizes"]) or _models(len(item["models"])),
            ", ".join(item["organization"]),
        )
        for item in generations
    ]
    table = simple_table(
        ("family", "name", "released", "sizes", "organization"),
        rows,
        f"{line}: a line of {len(rows)} generation{'' if len(rows) == 1 else 's'}",
    )
    return Answer([table], {"kind": "line", "id": line, "generations": generations}, "generations")


def _models(count: int) -> str:
    return f"{count} model{'' if count == 1 else 's'}"


def with_line(answer: Answer, line: str, generations: list[dict[str, Any]]) -> Answer:
    """A family's page with the generations of the line of the same name added."""
    below = line_answer(line, generations)
    tables = [*answer.tables, *(table._replace(aside=True) for table in below.tables)]
    return answer._replace(tables=tables, data={**answer.data, "line": below.data})
