"""Names, notes and values from outside reach no page as anything but text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from llmnotes.site.build import write_site
from llmnotes.store.connect import connect

HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "'><svg/onload=alert(4)>",
    "javascript:alert(5)",
    "data:text/html,<script>alert(6)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "\x1b[31mred\x1b[0m",
    "a\u202egnp.exe",
    "zero\u200bwidth\u2066",
    "]]><!--",
    "&lt;already&gt;",
    "<!--#exec cmd='id'-->",
    "=cmd|' /C calc'!A0",
    "\\input{/etc/passwd}",
    "../../../etc/passwd",
    "a" * 3_000,
    "</textarea><script>alert(8)</script>",
    "</title><script>alert(9)</script>",
    "<a href=javascript:alert(10)>x</a>",
]


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site over a store whose texts all mean harm."""
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    from tests.site.hostile_store import hostile_store

    folder = tmp_path_factory.mktemp("hostile")
    store = hostile_store(folder / "notes.sqlite", HOSTILE)
    connection = connect(store)
    write_site(connection, folder / "out")
    connection.close()
    return folder / "out"


OURS = {
    "script", "style", "img", "iframe", "object", "embed", "link", "meta", "base", "form", "svg", "a",
}  # fmt: skip


class _Elements(HTMLParser):
    """Elements that could act, with their attributes; all text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.acting: list[tuple[str, dict[str, str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert not [name for name in given if name.startswith("on") or name == "style"], given
        if tag in OURS:
            self.acting.append((tag, given))

    def handle_data(self, data: str) -> None:
        self.text += data


def _is_ours(tag: str, given: dict[str, str]) -> bool:
    """Whether the element is one that the templates write."""
    address = given.get("href", given.get("src", given.get("action", "")))
    if tag == "script":
        return given.get("type") == "application/ld+json" or address.split("/")[-2:-1] == ["assets"]
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.I)
    allowed = scheme is None or scheme[1].lower() in {"http", "https"}
    return tag in {"link", "meta", "form", "svg", "a"} and allowed


def test_no_hostile_text_becomes_markup(hostile_site: Path) -> None:
    seen = ""
    for path in [*hostile_site.rglob("*.html"), *hostile_site.rglob("*.svg")]:
        text = path.read_text(encoding="utf-8")
        found = _Elements()
        found.feed(text)
        found.close()
        assert [item for item in found.acting if not _is_ours(*item)] == [], path
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b]", text), path
        seen += found.text
    for text in ("<script>alert(1)</script>", "{{ 7 * 7 }}", "javascript:alert(5)"):
        assert text in seen, "the hostile texts stand on the pages, as text"


def test_the_data_of_the_scripts_cannot_end_a_script(hostile_site: Path) -> None:
    text = (hostile_site / "assets" / "data.js").read_text()
    assert "alert(" in text
    assert "</" not in text
    assert "<!--" not in text


def test_every_file_stays_in_the_folder(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*"):
        assert path.resolve().is_relative_to(hostile_site.resolve())
