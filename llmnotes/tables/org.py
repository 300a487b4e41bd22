"""Converts Org headings to Markdown headings, keeping all offsets."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_HEADING = late(r"^(\*{1,6}) (?=\S)", re.MULTILINE)
_BLOCK = late(
    r"^[ \t]*#\+begin_(?P<kind>src|example|export|comment)\b.*?"
    r"(?:^[ \t]*#\+end_(?P=kind)\b[^\n]*|\Z)",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
_DRAWER = late(r"^[ \t]*:[A-Z_]+:[ \t]*\n.*?^[ \t]*:END:[^\n]*", re.DOTALL | re.MULTILINE)
_CAPTION = late(
    r"^(?P<key>[ \t]*#\+caption(?:\[[^\]\n]*\])?:[ \t]*)(?P<words>[^\n]*)",
    re.MULTILINE | re.IGNORECASE,
)
_KEYWORD = late(r"^[ \t]*#\+?(?!\+?caption)(?=[\w ])[^\n]*", re.MULTILINE | re.IGNORECASE)


def as_markdown(text: str) -> str:
    """The text for the Markdown reader, of the same length; source code and settings are blanked."""
    text = _BLOCK.sub(_blank, text)
    text = _DRAWER.sub(_blank, text)
    text = _CAPTION.sub(lambda match: match["words"] + " " * len(match["key"]), text)
    text = _KEYWORD.sub(
        lambda match: match[0] if "llmnotes-ignore" in match[0] else _blank(match), text
    )
    return _HEADING.sub(lambda match: "#" * len(match[1]) + " ", text)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\r\n]", " ", match[0])
