"""Names written in other orders or with other words than the base's: `StableLM-Alpha-3B-v2`, `GPT-o1`."""

from __future__ import annotations

import re
from collections.abc import Callable

from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_SIZE = r"\d{1,3}(?:\.\d{1,2})?\s?[bm]"
_VERSIONED = late(
    rf"(?P<name>.{{3,40}}?)[\s_-](?P<size>{_SIZE})[\s_-](?P<version>v\d(?:\.\d)?)", re.I
)
"""A version behind the size: `StableLM-Alpha-3B-v2`."""
_UNITLESS = late(
    r"(?P<name>[^\W\d_].{2,40}?)[\s_-](?P<size>[1-9]\d{0,2})[\s_-](?P<tuned>instruct|chat|base|it|hf)",
    re.I,
)
"""A size without its unit before the word of a variant: `Qwen2-72-instruct`."""
_SIZES = late(
    rf"(?P<name>[^\W\d_].{{2,40}}?)[\s_-]\d{{1,3}}(?:\.\d{{1,2}})?\s?[bm]?\s?(?:[-–—~]|to)\s?{_SIZE}",
    re.I,
)
"""The smallest and the largest size behind a name: `StarCoder2 3-15B`."""
_OF_THE_SERVICE = late(r"(?:chat-?)?gpt[\s-]?(?=o\d)|chat-?gpt[\s-]?(?=\d)", re.I)
"""The beginning of a name that mixes a model's with its service's: `ChatGPT-4o`, `GPT-o1`."""
_BARE_SIZE = late(rf"(?P<name>[^\W\d_]{{5,20}})[\s_-](?P<size>{_SIZE})", re.I)
"""One word and a size: `DeepSeek 1.3B`."""
_BETWEEN = late(r"[a-z]{2,12}|v?\d(?:\.\d)?-")
"""What a longer name has between the two: `deepseek-coder-1.3b`, `ministral-3-14b`."""


def rewritten(text: str) -> list[str]:
    """Other orders and words of the same name, without those that it has already."""
    found = []
    if match := _VERSIONED.fullmatch(text):
        found += [f"{match['name']}-{match['version']}-{match['size']}", *_with_base(match)]
    if match := _UNITLESS.fullmatch(text):
        found.append(f"{match['name']}-{match['size']}B-{match['tuned']}")
    if match := _SIZES.fullmatch(text):
        found.append(match["name"])
    if match := _OF_THE_SERVICE.match(text):
        rest = text[match.end() :]
        found.append(rest if rest[:1].lower() == "o" else f"GPT-{rest}")
    return found


def _with_base(match: re.Match[str]) -> list[str]:
    """The name with the word `base` that publishers put before the last word: `stablelm-base-alpha-3b-v2`."""
    first, _, rest = match["name"].partition("-")
    return [f"{first}-base-{rest}-{match['size']}-{match['version']}"] if rest else []


def longer_names(text: str, keys_from: Callable[[str], list[tuple[str, str]]]) -> tuple[str, ...]:
    """The models whose names have one more word or number before the size of a name of one word.

    `keys_from` gives the folded names that begin with a folded word, with their models.
    """
    match = _BARE_SIZE.fullmatch(text.strip())
    if match is None:
        return ()
    start, size = fold(match["name"]), fold(match["size"])
    rests = ((key.removeprefix(start), model) for key, model in keys_from(start))
    parted = ((*rest.partition(size), model) for rest, model in rests)
    found = (m for between, has, _, m in parted if has and _BETWEEN.fullmatch(between))
    return tuple(dict.fromkeys(found))
