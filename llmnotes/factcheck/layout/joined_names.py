"""Cells with several names: `DeepSeek V2/V3`, `o3 / o4-mini`, `Llama-3-8B, Llama-3-70B`."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_JOINT = late(
    r"(?<!\s)\s*[/,;、，；&]\s*|(?<!\s)\s+(?:and|und|et|y|и|和|与)\s+|(?<=[A-Za-z0-9])[和与](?=[A-Za-z])",
    re.I,
)
_WORD = late(r"[\s\-_]*[^\s\-_]+$")
_NUMBER = late(r"\d(?:\.\d)?\D{0,20}")
"""A later generation told by its number alone: `LLaMA/2`."""
_LONGEST_BEGINNING = 3
"""Words of the first name that a later one may omit: `Claude Opus 4 / Sonnet 4` omits one."""
_MOST = 8
"""Maximum number of names in one cell."""


def joined_names(text: str) -> list[list[str]]:
    """The candidates for each of several names: as a continuation of the first, or by itself.

    Empty where the text has a single name, or more than `_MOST`.
    """
    parts = [part for part in _JOINT.split(text) if part.strip()]
    if not 1 < len(parts) <= _MOST:
        return []
    first, *later = parts
    beginnings = _beginnings(first)
    numbered = [f"{first} {part}" if _NUMBER.fullmatch(part) else "" for part in later]
    return [
        [first],
        *(
            [*(start + part for start in beginnings), *filter(None, [whole]), part]
            for part, whole in zip(later, numbered, strict=True)
        ),
    ]


def _beginnings(name: str) -> list[str]:
    """The name without its last word, its last two words …; `GPT-2` begins with `GPT-`."""
    found = []
    rest = name.rstrip()
    for _ in range(_LONGEST_BEGINNING):
        last = _WORD.search(rest)
        if last is None or last.start() == 0:
            break
        gap = re.match(r"[\s\-_]*", last[0])
        assert gap is not None
        rest = rest[: last.start()]
        found.append(rest + gap[0])
    return found
