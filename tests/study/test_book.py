"""The book is one Markdown text without broken links."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from llmnotes import catalog
from llmnotes.study.book import Book, Note
from llmnotes.views.book import book_text


def links_and_anchors(text: str) -> tuple[set[str], set[str]]:
    """Targets of internal links, and the anchors, as a Markdown parser finds them."""
    links: set[str] = set()
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', text))
    tokens = MarkdownIt("commonmark", {"html": True}).parse(text)
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            title = tokens[position + 1].content.lower()
            anchors.add(re.sub(r"[^\w\- ]", "", title).replace(" ", "-"))
        for child in token.children or []:
            if child.type == "link_open" and str(child.attrs["href"]).startswith("#"):
                links.add(str(child.attrs["href"])[1:])
    return links, anchors


@pytest.mark.thorough
@pytest.mark.whole_base
def test_the_whole_book_has_every_technique_and_family_and_no_dangling_link(run: Any) -> None:
    text = run("book").out

    links, anchors = links_and_anchors(text)
    assert links <= anchors
    found = catalog.load()
    assert set(found.techniques) <= anchors
    for family in found.families:
        assert family.name in text.partition("\n## Models\n")[2]


def test_a_part_of_the_course_is_a_smaller_book_with_its_tables(run: Any) -> None:
    text = run("book", "--topic", "Llama 2", "--title", "Reading *group*").out

    assert text.startswith("# Reading \\*group\\*\n")
    links, anchors = links_and_anchors(text)
    assert links <= anchors
    assert {"rope", "rmsnorm", "swiglu", "gqa"} <= anchors
    assert "flashattention" not in anchors
    assert "### Llama 2" in text


@pytest.mark.usefixtures("on_small_base")
def test_only_what_was_read_goes_in_when_asked(run: Any) -> None:
    run("topics", "--read", "gqa")
    text = run("book", "--read").out

    assert re.findall(r'<a id="([^"]+)">', text) == ["gqa"]


def test_own_notes_come_first_and_cannot_act(run: Any, user_store: Path) -> None:
    run("topics", "--read", "gqa")
    with sqlite3.connect(user_store) as connection:
        connection.executemany(
            "INSERT INTO note (subject_kind, subject, text, created) VALUES (?, ?, ?, ?)",
            [
                ("technique", "gqa", "# Mine\nSee *Table 1* <script>x</script>", "2026-01-02"),
                ("family", "llama-2", "34B was \x1b[31mnever released", "2026-01-03"),
            ],
        )

    text = run("book", "--topic", "Llama 2").out
    notes = text.partition("## My notes")[2].partition("\n## LLM pretraining")[0]

    assert "### Llama 2" in notes
    assert "### Grouped-query attention" in notes
    assert "#### Mine" in notes
    assert "*Table 1*" in notes
    assert "<script>" not in text
    assert "\x1b" not in text
    assert "Your notes" in run("explain", "gqa").out


def test_the_book_is_written_to_a_file_and_is_the_same_each_time(run: Any, tmp_path: Path) -> None:
    for name in ("one.md", "two.md"):
        assert run("book", "--topic", "2", "-o", name).code == 0

    assert (tmp_path / "one.md").read_bytes() == (tmp_path / "two.md").read_bytes()


def test_an_unknown_topic_ends_with_2(run: Any) -> None:
    assert run("book", "--topic", "nonesuch").code == 2


@pytest.mark.parametrize(
    "note",
    [
        "[x](javascript:alert(1))", "![x](data:text/html,y)", "<javascript:alert(1)>",
        "[x](java&#115;cript:alert(1))", "see [x]\n\n[x]: javascript:alert(1)", "[x]: data:y",
        "> [x](<vbscript:y>)", "- a\n  [x](JaVaScRiPt:y)", "[x](//a.b)", "\\\\[x](javascript:y)",
    ],
)  # fmt: skip
def test_a_link_in_a_note_that_leaves_the_web_is_text(note: str) -> None:
    reader = MarkdownIt()
    reader.validateLink = lambda url: True  # type: ignore[method-assign]
    defined: dict[str, Any] = {}
    book = Book([Note("Llama", "2026-01-01", note)], [], [])

    tokens = reader.parse(book_text(book, "Title"), defined)

    inline = [child for token in tokens for child in token.children or ()]
    links = [child.attrs["href"] for child in inline if child.type == "link_open"]
    assert links == ["#my-notes"]
    assert "image" not in {child.type for child in inline}
    assert defined.get("references", {}) == {}


def test_a_link_in_a_note_to_the_web_stays_one() -> None:
    note = "See [it](https://a.b), <https://c.d> and [mail](mailto:a@b.c)."

    assert note in book_text(Book([Note("Llama", "2026-01-01", note)], [], []), "Title")
