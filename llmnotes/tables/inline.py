"""Inline Markdown or HTML as displayed text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from llmnotes.pattern import late
from llmnotes.tables.plain import MOST_MARKS, Allowance, squeeze, superscript

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKUP = late(r"[\\`*_\[\]<>&!$^\n]")
_NAMED = late(r":\w+:")
_WIDE = late(r"\s\s")
_INLINE = late(r"[\\`*_<>&]|!\[")
"""Characters that may be markup in a line without brackets."""
_MARKS = "\\`*_<>&[]!~$"
_LINK = late(r"!?\[(?P<text>[^\[\]]{0,500})\]\([^()]{0,500}\)")
_NOTE_LINK = late(r"(?<=[\w\"”)])\s?\[\^?(\d{1,2})\]\(#[^()\s]{0,60}\)")
"""A number behind words that leads to a note of the same page: `Unclear [1](#1)`."""
_UNDERSCORES = late(r"(?<!\w)__?|__?(?!\w)")
_BREAK = late(r"(?<!\\)<br\s*/?\s*>", re.IGNORECASE)
_TAG = late(r"(?<!\\)(?:<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>)", re.DOTALL)
_RAISED = late(r"<sup>\s*(?P<text>[^<>]{1,12}?|\d[\d,;\s]{1,300}?)\s*</sup>", re.IGNORECASE)
_REFERENCE = late(r"!?\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]\[[^\[\]]*\]")
_MATH = late(r"(?<!\\)(\$\$?)(?P<text>[^$\n]+?)\1")
_EMOJI = late(r":(?P<name>[a-z][a-z0-9_+-]*):")
_FLAGS = {
    "white_check_mark": "✅", "heavy_check_mark": "✔", "check_mark": "✔", "x": "❌",
    "heavy_multiplication_x": "✖", "negative_squared_cross_mark": "❎", "question": "?",
}  # fmt: skip


def plain(raw: str, allowance: Allowance | None = None) -> str:
    """The text of a Markdown cell or line, without markup; `<br>` becomes a line break."""
    if not _is_marked_up(raw):
        return raw.strip()
    marks = sum(map(raw.count, _MARKS))
    return _plain(raw, marks <= MOST_MARKS if allowance is None else allowance.covers(marks))


def _is_marked_up(raw: str) -> bool:
    """Whether a text may hold markup or blanks too many; each is looked for by what is found fastest."""
    if _MARKUP.search(raw) or "~~" in raw:
        return True
    return (":" in raw and _NAMED.search(raw) is not None) or _WIDE.search(raw) is not None


@lru_cache(maxsize=20_000)
def _plain(raw: str, wholly: bool) -> str:
    text = raw[:20_000]
    text = without_math(text) if wholly else text.replace("$", "")
    if "][" in text:
        text = _REFERENCE.sub(lambda match: match["text"], text)
    if "](#" in text:
        text = _NOTE_LINK.sub(r" [\1]", text)
    if "<" in text:
        text = _BREAK.sub("\n\n", _RAISED.sub(_raised, text))
    read = _inline if wholly else _without_marks
    text = "\n".join(read(line) for line in text.split("\n\n"))
    if ":" in text:
        text = _EMOJI.sub(lambda match: _FLAGS.get(match["name"], match[0]), text)
        text = re.sub(r" ?:fire:| ?:star:", "", text)
    return squeeze(text)


def _raised(match: re.Match[str]) -> str:
    return superscript(match.string[max(0, match.start() - 12) : match.start()], match["text"])


def without_math(text: str) -> str:
    """A text with its LaTeX mathematics, between dollars, as displayed."""
    return _MATH.sub(lambda match: _math(match["text"]), text) if "$" in text else text


def _math(tex: str) -> str:
    from llmnotes.tables.tex import words

    return words(tex, math=True)


def _inline(raw: str) -> str:
    linked = "[" in raw and ("](" in raw or "~~" in raw)
    if not linked and not _INLINE.search(raw):
        return " ".join(raw.split()) if "[" in raw else raw
    tokens = _parser().parseInline(" ".join(_TAG.sub("", raw).split()))
    parts = []
    for token in tokens[0].children or []:
        if token.type in {"text", "code_inline"} or token.type == "image":
            parts.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n" if token.type == "hardbreak" else " ")
    return "".join(parts)


def _without_marks(raw: str) -> str:
    """A text without links, tags and the marks of emphasis and code, found one by one."""
    text = _TAG.sub("", raw) if "<" in raw else raw
    if "](" in text:
        text = _LINK.sub(lambda match: match["text"], text)
    if "_" in text:
        text = _UNDERSCORES.sub("", text)
    for sign in ("~~", "*", "`"):
        text = text.replace(sign, "")
    return " ".join(text.split())


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable("strikethrough")
