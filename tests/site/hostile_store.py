"""A user's store with hostile names, values, sources and notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.edits.notes import add_note, set_tags
from llmnotes.edits.subjects import add, alias
from llmnotes.errors import LlmnotesError

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
    "<iframe src=javascript:alert(11)></iframe>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<style>*{display:none}</style>",
    "</style><script>alert(12)</script>",
    "<math><mtext></mtext><script>alert(13)</script></math>",
    "<svg><a xlink:href='javascript:alert(14)'><text>x</text></a></svg>",
    "<details open ontoggle=alert(15)>",
    "<input autofocus onfocus=alert(16)>",
    "<form action=https://evil.example><button>x</button></form>",
    "<object data=javascript:alert(17)></object>",
    "<embed src=data:text/html,x>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "JaVaScRiPt:alert(18)",
    " java\tscript:alert(19)",
    "vbscript:msgbox(20)",
    "//evil.example/x",
    'https://evil.example/"onmouseover=alert(21)',
    "`onclick=alert(22)`",
    "${alert(23)}",
    "%3Cscript%3Ealert(24)%3C/script%3E",
    "&#60;script&#62;alert(25)&#60;/script&#62;",
    "+ADw-script+AD4-alert(26)+ADw-/script+AD4-",
    "\u2028line\u2029paragraph",
    "\u061carabic mark \u0645\u0631\u062d\u0628\u0627",
    "\ufeffmark of order",
    "a\u0300\u0301\u0302\u0303" * 40,
    "\U000e0041\U000e0042 tags",
    "[x](javascript:alert(27))",
    "![x](https://evil.example/x.png)",
    "*/ alert(28) /*",
    "';alert(29);//",
    '";alert(30);//',
    "{% include '/etc/passwd' %}{{ config }}",
    "__proto__",
    "constructor",
]
"""Markup, active links, templates, control characters, direction marks, names special to programs."""


OURS = {
    "script", "style", "img", "iframe", "object", "embed", "link", "meta", "base", "form", "svg", "a",
}  # fmt: skip


class _Elements(HTMLParser):
    """Elements that could act, with their attributes, and all text of the page."""

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
    """Whether the element is written by the templates."""
    address = given.get("href", given.get("src", given.get("action", "")))
    if tag == "script":
        return given.get("type") == "application/ld+json" or address.split("/")[-2:-1] == ["assets"]
    scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", address, re.I)
    allowed = scheme is None or scheme[1].lower() in {"http", "https"}
    if tag == "img":
        return address.endswith("~small.svg") and "/" not in address
    return tag in {"link", "meta", "form", "svg", "a"} and allowed


def unsafe(text: str) -> tuple[list[object], str]:
    """The elements of a page that could act and are not ours, and its displayed text."""
    found = _Elements()
    found.feed(text)
    found.close()
    faults: list[object] = [item for item in found.acting if not _is_ours(*item)]
    return faults + _INVISIBLE.findall(text), found.text


_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u061c\u202a-\u202e\u2028\u2029\u2066-\u2069\u200b\ufeff]"
)


def hostile_store(store: Path, texts: list[str]) -> Path:
    """Write the texts everywhere a user may write one; what the edits refuse is skipped."""
    written = 0
    for number, text in enumerate(texts):
        said = Provenance(source=text[:300], locator=text[:300], note=text[:300])
        edits: list[Callable[[], Any]] = [
            lambda text=text, number=number, said=said: add(
                store, f"Model {number} {text[:200]}", ["params_total=7B", f"license={text[:300]}"], said
            ),
            lambda text=text, said=said: set_claims(store, "llama-2-7b", [f"hardware={text[:300]}"], said),
            lambda text=text: add_note(store, "llama-2-7b", text[:1000]),
            lambda text=text: add_note(store, "gqa", text[:1000]),
            lambda text=text: set_tags(store, "llama-2-7b", [text[:40]]),
            lambda text=text: alias(store, text[:80], "llama-2-7b"),
        ]  # fmt: skip
        for edit in edits:
            try:
                edit()
                written += 1
            except LlmnotesError:
                pass
    assert written > 2 * len(texts)
    return store
