"""Parses evaluation settings: `zero-one-few shot`, `5-shot`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from llmnotes.pattern import late

_COUNT = r"(?:zero|one|few|multi|\d{1,3})"
_SHOTS = late(
    rf"(?<!\w)(?P<list>{_COUNT}(?:(?:\s?[-/,&]\s?(?:(?:and|or)\s)?|\s(?:and|or)\s|\s){_COUNT}){{0,5}})"
    r"[-\s]?shots?\b",
    re.IGNORECASE,
)
_KIND = late(_COUNT, re.IGNORECASE)


def eval_settings(text: str) -> frozenset[str]:
    """The settings named in a text: `zero`, `one`, `few`; empty where there are none."""
    found: set[str] = set()
    for match in _SHOTS.finditer(text):
        found.update(_kind(word) for word in _KIND.findall(match["list"]))
    return frozenset(found)


def _kind(word: str) -> str:
    word = word.lower()
    if word.isdigit():
        return {0: "zero", 1: "one"}.get(int(word), "few")
    return "few" if word == "multi" else word


def only_settings(text: str) -> frozenset[str]:
    """The settings of a text that names nothing else."""
    return (
        eval_settings(text)
        if not re.sub(r"\W+|\b(and|or|settings?|learning)\b", "", _SHOTS.sub("", text))
        else frozenset()
    )


def all_settings(results: Iterable[dict[str, object]]) -> frozenset[str]:
    """The settings of a list of results."""
    return frozenset().union(*(eval_settings(str(item.get("setting", ""))) for item in results))
