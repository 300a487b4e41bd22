"""The pages of `explain`, or the choices where a term means several things."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.attributes.entities import PLURALS, SAYS
from llmnotes.export.answer import Answer, simple_table
from llmnotes.export.footnote import Footnote
from llmnotes.export.page import Block, Formula, Items, Page, PageItem, Paragraph
from llmnotes.knowledge.sources import short_reference
from llmnotes.quantities import exact
from llmnotes.study.explain import Explanation
from llmnotes.study.techniques import paper_reference

_SHOWN_FAMILIES = 12
"""The number of families that a page lists as users."""

_KIND = {"word": "word of llmnotes"}


def explanation_answer(found: Explanation) -> Answer:
    """The answer of `explain`: pages to read, a row per fact for scripts."""
    if found.choices:
        rows = [
            (item["kind"], item["id"], item["name"], item["definition"]) for item in found.choices
        ]
        table = simple_table(("kind", "id", "name", "meaning"), rows)
        return Answer([table], found.as_json(), records="choices", pages=[_choice(found)])
    facts = [(item["id"], key, value) for item in found.pages for key, value in item.items()]
    table = simple_table(("id", "fact", "value"), facts)
    pages = [explained_page(item) for item in found.pages]
    return Answer([table], found.as_json(), records="pages", pages=pages)


def _choice(found: Explanation) -> Page:
    items = [
        PageItem(
            item["id"],
            item["definition"]
            if item["kind"] in {"unit", "value", "word"}
            else f"{item['name']}. {item['definition']}",
        )
        for item in found.choices
    ]
    say = "`llmnotes explain` with one of the names on the left shows its page."
    title = f"{found.term}: {len(found.choices)} pages to choose from"
    return Page(title, [Items(items), Paragraph(say)])


def explained_page(item: dict[str, Any]) -> Page:
    """The page of one meaning."""
    notes = [
        Footnote(number, short_reference(source), source["url"], source["id"])
        for number, source in enumerate(item.get("sources", []), start=1)
    ]
    blocks: list[Block] = [Paragraph(item["definition"])]
    blocks += _BLOCKS.get(item["kind"], _nothing)(item)
    kind = item.get("category") or _KIND.get(item["kind"], item["kind"])
    detail = kind if item["id"] == item["name"] else f"{item['id']} · {kind}"
    return Page(item["name"], blocks, detail, notes)


def _nothing(_: dict[str, Any]) -> Iterator[Block]:
    return iter(())


def _technique(item: dict[str, Any]) -> Iterator[Block]:
    if item["explanation"]:
        yield Paragraph(item["explanation"])
    if item["formula"]:
        yield Formula(item["formula"], item["formula_text"])
    yield Items(list(_technique_items(item)))
    if item["notes"]:
        yield Items([PageItem("", text) for text in item["notes"]], "Your notes")


def _technique_items(item: dict[str, Any]) -> Iterator[PageItem]:
    if item["stands_for"]:
        pairs = [f"{pair['attribute']} = {pair['term']}" for pair in item["stands_for"]]
        yield PageItem("Value", ", ".join(pairs))
    yield from used_by_items(item)
    yield from _listed("Learn first", item["prerequisites"])
    yield from _listed("Leads to", item["leads_to"])
    yield from _listed("Came after", item["replaces"])
    yield from _listed("Followed by", item["replaced_by"])
    yield from _listed("Alternatives", item["alternatives"])
    for topic in item["topics"]:
        note = f". {topic['note']}" if topic["note"] else ""
        yield PageItem("Course", f"{topic['section']}: {topic['name']}{note}")
    if item["read"]:
        yield PageItem("Read", item["read"])
    paper = item["paper"]
    yield PageItem("Paper", paper_reference(paper) if paper else f"none: {item['no_paper']}")


def _listed(label: str, names: list[str]) -> Iterator[PageItem]:
    if names:
        yield PageItem(label, ", ".join(names), refs=tuple(names))


def used_by_items(item: dict[str, Any]) -> Iterator[PageItem]:
    """A line for each family with the members that use a technique, and the source."""
    numbers = {source["id"]: n for n, source in enumerate(item["sources"], start=1)}
    groups: dict[str, list[dict[str, Any]]] = {}
    for use in item["used_by"]:
        groups.setdefault(use["family"] or use["model"], []).append(use)
    label = "Used by"
    for family, uses in list(groups.items())[:_SHOWN_FAMILIES]:
        models = dict.fromkeys(use["model"] for use in uses)
        where = dict.fromkeys(use["locator"] for use in uses if use["locator"])
        cited = sorted({numbers[use["source"]] for use in uses if use["source"] in numbers})
        shown = f"{family}: {', '.join(models)}" if list(models) != [family] else family
        text = f"{shown} ({'; '.join(where)})" if where else shown
        yield PageItem(label, text, tuple(cited))
        label = ""
    if len(groups) > _SHOWN_FAMILIES or not item["used_by_complete"]:
        yield PageItem("", f"… and more: `llmnotes who-uses {item['id']}` lists all")


def _attribute(item: dict[str, Any]) -> Iterator[Block]:
    known = item["known_of"]
    facts = [
        PageItem("Kind", item["value_kind"] + (f", in {item['unit']}" if item["unit"] else ""))
    ]
    facts.append(PageItem("Option", f"llmnotes filter {item['option']}"))
    facts.append(PageItem("Known of", f"{known['known']} of {known['models']} models"))
    if known.get("smallest") is not None:
        facts.append(
            PageItem("Range", f"{_number(known['smallest'])} to {_number(known['largest'])}")
        )
    if item["row"]:
        facts.append(PageItem("Row of the notes", item["row"]))
    facts += _listed("Technique", item["techniques"])
    facts += _listed("Neighbours", item["neighbours"])
    yield Items(facts)
    if item["terms"]:
        yield Items([_term(term) for term in item["terms"]], "Values")


def _number(value: Any) -> str:
    return value if isinstance(value, str) else exact(value)


def _term(term: dict[str, Any]) -> PageItem:
    count = f"{term['models']} model{'' if term['models'] == 1 else 's'}"
    page = f"; explained by {term['technique']}" if term["technique"] else ""
    return PageItem(term["term"], count + page)


def _value(item: dict[str, Any]) -> Iterator[Block]:
    facts = [PageItem("Value", f"{item['attribute']} = {item['term']}")]
    facts += _listed("Also written", item["aliases"])
    facts += used_by_items(item)
    facts += _listed("Alternatives", item["alternatives"])
    yield Items(facts)


def _unit(item: dict[str, Any]) -> Iterator[Block]:
    facts = [*_listed("Also written", item["aliases"]), *_listed("Measures", item["measures"])]
    if facts:
        yield Items(facts)


def _subject(item: dict[str, Any]) -> Iterator[Block]:
    yield Items(
        [
            *_listed("Models", item["models"] if item["kind"] == "family" else []),
            PageItem("All values", f"llmnotes show {item['id']}"),
            PageItem("Where from", f"llmnotes lineage {item['id']}"),
        ]
    )
    words = [PageItem(word["id"], ", ".join(word["stands_for"])) for word in item["techniques"]]
    if words:
        yield Items(words, "What its values mean")


def _entity(item: dict[str, Any]) -> Iterator[Block]:
    facts = [
        *_listed("Also called", item["aliases"]),
        *_listed("Part of", [item["part_of"]] if item.get("part_of") else []),
        *_listed("Parts", item.get("parts", [])),
    ]
    if item.get("url"):
        facts.append(PageItem("Link", item["url"]))
    count = item["n_models"]
    says = f"{count} model{'' if count == 1 else 's'} {SAYS[item['kind']]}"
    facts.append(PageItem("Models", f"{says}: `llmnotes show {item['id']}`"))
    yield Items([*facts, *used_by_items(item)])


_BLOCKS = {
    **dict.fromkeys(PLURALS, _entity),
    "technique": _technique, "attribute": _attribute, "value": _value, "unit": _unit,
    "family": _subject, "model": _subject,
}  # fmt: skip
