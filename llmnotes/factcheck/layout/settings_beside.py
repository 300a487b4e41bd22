"""Columns and rows of a table of scores that tell how the scores were taken: shots, metrics, categories."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.layout.headers import Header
from llmnotes.pattern import late

_HEADS = late(
    r"\W*(?:shots?|n[\s-]?shots?|metrics?|settings?|eval(?:uation)?\s(?:setting|method|protocol)|prompting|mode|few-?shot"
    r"|categor(?:y|ies)|domain|capabilit(?:y|ies)(?:\sdimension)?|task\stype|split|language|指标|类别|设置|评测方式|能力维度)\W*",
    re.IGNORECASE,
)
_SETTING = late(
    r"\W*(?:(?:\d{1,3}|zero|one|few)[\s-]?shots?(?:@\d{1,2})?|n\s?=\s?\d{1,2}|cot|pass@\d{1,3}|maj@\d{1,3}|acc(?:uracy)?|em|f1)\W*"
    r"(?:,?\s?(?:cot|pass@\d{1,3}|acc(?:uracy)?))?\W*",
    re.IGNORECASE,
)
_SHOTS = late(r"\d{1,2}")


def is_setting_head(text: str) -> bool:
    """Whether the header of a column names how scores were taken, and no model."""
    return text.strip() != "" and _HEADS.fullmatch(text) is not None


def are_settings(texts: Sequence[str]) -> bool:
    """Whether cells hold nothing but settings: `5-shot`, `0-shot, CoT`, and empty ones beside."""
    filled = [text for text in texts if any(map(str.isalnum, text))]
    return bool(filled) and all(_SETTING.fullmatch(text) for text in filled)


def in_setting(header: Header, beside: Sequence[tuple[str, str]]) -> Header:
    """A benchmark in the settings that other columns of its row tell.

    `beside` are the headers of such columns with the cells of the row: a number below `# Shots` is one of
    shots.
    """
    if not header.benchmark:
        return header
    told = [header.setting]
    for head, text in beside:
        if _SETTING.fullmatch(text):
            told.append(text.strip())
        elif "shot" in head.lower() and _SHOTS.fullmatch(text.strip()):
            told.append(f"{text.strip()}-shot")
    return header._replace(setting=", ".join(filter(None, told)))
