"""Parses yes and no in a cell, in words, ticks and crosses."""

from __future__ import annotations

import re
from functools import cache

from llmnotes.attributes.headers import header_names
from llmnotes.pattern import late

_YES = frozenset(
    [
        "yes",
        "y",
        "true",
        "on",
        "1",
        "used",
        "tied",
        "shared",
        "ja",
        "oui",
        "v",
        "✓",
        "✔",
        "✅",
        "☑",
        "√",
        "●",
        "•",
        "有",
        "是",
        "对",
        "支持",
    ]
)
_NO = frozenset(
    [
        "no",
        "n",
        "false",
        "off",
        "0",
        "x",
        "unused",
        "untied",
        "nein",
        "non",
        "×",
        "✗",
        "✘",
        "❌",
        "✖",
        "❎",
        "✕",
        "⨯",
        "☐",
        "□",
        "⬜",
        "╳",
        "○",
        "无",
        "否",
        "错",
        "不支持",
        "不使用",
        "未使用",
        "不采用",
        "没有",
    ]
)


@cache
def _answers() -> dict[str, bool]:
    """Every word and mark of an answer, those of the other languages included."""
    return dict.fromkeys(_NO, False) | dict.fromkeys(_YES, True) | _elsewhere()


@cache
def _elsewhere() -> dict[str, bool]:
    """The words of an answer in the other languages."""
    said = header_names()
    return dict.fromkeys(said.no, False) | dict.fromkeys(said.yes, True)


_FIRST = late(r"([^\W\d_]{2,10}?)(?:[,;:]|\s\()")
"""The first word of a cell, before what explains it."""
_WORDS_OF = {
    "parallel_blocks": {
        "parallel": True, "serial": False, "sequential": False, "并行": True, "平行": True, "串行": False,
    },
    "gated_ffn": {
        "gated": True, "glu": True, "带gate的mlp": True, "gated形式": True, "门控": True, "门控形式": True,
        "not gated": False, "标准mlp": False, "传统方式": False, "传统": False, "standard": False,
        "vanilla": False, "plain": False,
    },
}  # fmt: skip
"""Words that answer a question of one attribute, by their names."""


def answer(text: str, attribute: str) -> bool | None:
    """Yes or no as `flag`, or by a word of the attribute's own: `serial` for blocks that are not parallel."""
    said = flag(text)
    return said if said is not None else _WORDS_OF.get(attribute, {}).get(text.strip().lower())


def is_yes_or_no(text: str) -> bool:
    """Whether a cell says yes or no in a word or a mark, rather than by a number."""
    return not text.strip().isdigit() and flag(text) is not None


def flag(text: str) -> bool | None:
    """Yes or no; None where the cell has other content."""
    words = text.replace("\ufe0f", "").strip(" .()!").lower()
    if (answer := _answers().get(words)) is not None:
        return answer
    if (
        first := re.match(
            r"(yes|no|✓|✔|✅|✗|✘|❌)[\s,;(:]|(?:是|否|有|无)(?=[（(，,；;：:])", words
        )
    ) is not None:
        return (first[1] or first[0]) in _YES
    said = _FIRST.match(words)  # `tak, na Apache 2.0`
    return None if said is None else _elsewhere().get(said[1])
