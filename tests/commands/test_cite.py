"""`cite`: the documents, and links to the web only."""

import json

import bibtexparser

from llmnotes.export import render
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.bibliography import bibtex, csl_json
from llmnotes.export.footnote import Footnote
from llmnotes.export.page import Page, Paragraph


def test_attributes_narrow_the_sources(run):
    every = {item["id"] for item in run("cite", "llama", "-f", "json").json}
    some = {
        item["id"] for item in run("cite", "llama", "--attributes", "license", "-f", "json").json
    }

    assert some
    assert some < every
    assert run("cite", "llama", "--attributes", "licence").code == 2


def test_formulas_of_our_own_are_remarks_and_no_entries(run):
    text = run("cite", "llama", "-f", "bibtex").out

    assert "% computed by llmnotes: product: " in text
    entries = bibtexparser.parse_string(text).entries
    assert "product" not in {entry.key for entry in entries}
    assert "touvron-2023-llama" in {entry.key for entry in entries}
    assert "product" not in {
        item["id"] for item in json.loads(run("cite", "llama", "-f", "csl-json").out)
    }


SOURCE = {
    "id": "a b}{,x", "kind": "paper", "title": "T}, note={x", "authors": ["A and B", "C {D}"],
    "year": 2020, "url": "javascript:alert(1)", "arxiv": "1}{2", "doi": "10.1/}{x", "venue": "V@}{",
    "checked": "2026-01-01", "copy_read": None,
}  # fmt: skip


def test_a_hostile_source_stays_one_entry_without_a_link():
    for url in ("javascript:alert(1)", "data:text/html,<b>", "https://a.b/}{\\x"):
        (entry,) = bibtexparser.parse_string(bibtex([{**SOURCE, "url": url}])).entries

        assert entry.key == "a-b-x"
        assert [field.key for field in entry.fields].count("note") == 0
        assert entry.get("url") is None or entry["url"].startswith("https://a.b/%7D%7B")
        (item,) = json.loads(csl_json([{**SOURCE, "url": url}]))
        assert item.get("URL", "https://").startswith("https://")


def test_no_format_makes_a_link_of_another_scheme():
    for url in ("javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:alert(1)"):
        note = Footnote(1, "A source", url, "key")
        table = AnswerTable(("a", "b"), [Row((Cell("x"), Cell(url, url, (1,))))], footnotes=[note])
        page = Page("Title", [Paragraph(url)], footnotes=[note])
        for answer in (Answer([table], []), Answer([], [], pages=[page])):
            markup = render(answer, "html")
            assert f'href="{url}' not in markup
            assert f"<{url}>" not in render(answer, "markdown")
            assert r"\url" not in render(answer, "latex")
            assert r"\href" not in render(answer, "latex")
