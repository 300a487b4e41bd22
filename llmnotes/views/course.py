"""The course as an outline, a part of it in detail, and a path through techniques."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.export.answer import Answer, simple_table
from llmnotes.export.page import Block, Items, Page, PageItem, Paragraph

_COLUMNS = ("section", "item", "kind", "id", "name", "read")


def course_answer(sections: list[dict[str, Any]], *, detailed: bool = False) -> Answer:
    """The sections with their items; `detailed` adds the summary of each technique."""
    rows = [
        (section["name"], item["name"], *(target[key] for key in _COLUMNS[2:]))
        for section in sections
        for item in section["items"]
        for target in item["targets"]
    ]
    blocks: list[Block] = []
    for section in sections:
        blocks += _detailed(section) if detailed else [_outline(section)]
    if not detailed:
        blocks.append(Paragraph(_progress(sections)))
    page = Page("The course" if not detailed else _title(sections), blocks)
    data = {"sections": sections}
    return Answer([simple_table(_COLUMNS, rows)], data, records="sections", pages=[page])


def _title(sections: list[dict[str, Any]]) -> str:
    return " · ".join(f"{section['number']}. {section['name']}" for section in sections)


def _outline(section: dict[str, Any]) -> Items:
    items = [
        PageItem(f"{_mark(item)} {item['name']}", ", ".join(map(_target, item["targets"])))
        for item in section["items"]
    ]
    return Items(items, f"{section['number']}. {section['name']}", below=True)


def _mark(item: dict[str, Any]) -> str:
    """`[x]` read, `[-]` partly, `[ ]` not at all."""
    if item["read"]:
        return "[x]"
    return "[-]" if any(target["read"] for target in item["targets"]) else "[ ]"


def _target(target: dict[str, Any]) -> str:
    model = " (models)" if target["kind"] == "family" else ""
    return f"{target['id']}{model}{' ✓' if target['read'] else ''}"


def _progress(sections: list[dict[str, Any]]) -> str:
    read = sum(section["read"] for section in sections)
    items = sum(len(section["items"]) for section in sections)
    return (
        f"{read} of {items} items read. `llmnotes explain NAME` opens what an item leads to, "
        "`llmnotes topics --read NAME` marks it as read."
    )


def _detailed(section: dict[str, Any]) -> Iterator[Block]:
    for item in section["items"]:
        found = [
            PageItem(
                f"{'[x]' if target['read'] else '[ ]'} {target['id']}",
                target.get("definition") or f"{target['name']}: `llmnotes show {target['id']}`",
            )
            for target in item["targets"]
        ]
        yield Items(found, item["name"])
        if item["note"]:
            yield Paragraph(item["note"])


def path_answer(found: dict[str, Any]) -> Answer:
    """The steps of a path, each with its reason."""
    steps = found["steps"]
    rows = [
        (number, step["id"], step["name"], step["definition"], ", ".join(step["needed_for"]))
        for number, step in enumerate(steps, start=1)
    ]
    items = [_step(number, step) for number, step in enumerate(steps, start=1)]
    blocks: list[Block] = [Items(items, below=True)]
    if not steps:
        blocks = [Paragraph("Everything on the way is read.")]
    page = Page(f"The path to {found['name']}", blocks, f"{len(steps)} steps")
    table = simple_table(("step", "id", "name", "definition", "needed_for"), rows)
    return Answer([table], found, records="steps", pages=[page])


def _step(number: int, step: dict[str, Any]) -> PageItem:
    why = f"Needed for {', '.join(step['needed_for'])}." if step["needed_for"] else "The goal."
    read = " ✓" if step["read"] else ""
    return PageItem(f"{number}. {step['name']} ({step['id']}){read}", f"{step['definition']} {why}")
