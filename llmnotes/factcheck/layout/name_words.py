"""The words of model names: what may stand around a name without changing it, and what changes it."""

from __future__ import annotations

import itertools
import re

from llmnotes.factcheck.layout.name_forms import adds_models
from llmnotes.pattern import late
from llmnotes.quantities.sizes import Size
from llmnotes.vocabulary import fold

TIMES = late(r"×|(?<=\d)\*(?=\d)")
_CITATION = late(
    r"\[[^\]]{0,40}\]|\((?:[^()]{0,80}\W)?(?:et al|(?:19|20)\d\d(?!\s?[亿億]))\b[^()]{0,80}\)|:[a-z_]{1,40}:"
    r"|(?<![*†‡§¶^])[*†‡§¶^]+$"
    r"|\set al\b[\s\S]*"
    r"|\s[-–—]\s(?:same|also|incl(?:uding|\.)?|see)\b[\s\S]*"
)
TWO_NAMES = late(
    r"[^\W\d_]{3,20}/[^\W\d_]{3,20}|[^\W\d_][^/]{0,20}\d(?:\.\d)?\s?/\s?\d(?:\.\d)?"
    r"|[^\W\d_]{3,20}(?:\s?/\s?\d(?:\.\d)?){1,3}"
)
"""Two names without numbers, no address of a hub: `Mistral/Mixtral`; or versions: `GPT-4/5`, `LLaMA/2`."""
BRACKETS = late(r"[(（]([^()（）]*)[)）]")
TUNED = late(r"(?:(?<![\s\-_])[\s\-_]+)?\b(chat|instruct|it|sft|rlhf)\b", re.I)
PARTS = late(r"(?<=[^\W_])[\s_-]+(?=[^\W\d_])")
"""Between two parts of a name, of which the second begins with a letter."""
NO_TUNE = late(
    r"(?<![^\W_])(?:against|vs|versus|with|without|w/o?|from|of|for|to|on|in|by|than|and|or|plus|the"
    r"|pruned|distil\w*|compressed|mini|tiny|small|sparse|slim|sheared|upscaled|merged?|draft|half)(?![^\W_])",
    re.I,
)
"""Words that make something else of the model named behind them than a tune of the same size."""
MIXTURE = late(r"(?P<name>.{2,40}?)[\s_-]+[(（]?MoE[)）]?", re.I)
"""A name with the word for models of experts behind it."""
ABBREVIATED = late(r"(?<![^\W_])inst?(?:\.|(?![^\W_]))", re.I)
_FILLERS = late(
    r"\b(LLMs?|base\s?[&/+]\s?chat(?:\s?[&/+]\s?\w{2,10})?|the|base|pre-?trained|models?|family|series"
    r"|text only|ours|baseline|original|paper|v1\.0)\b"
    r"|模型|系列",
    re.I,
)
BASE = late(r"(?<![^\W_])(?:base|pre-?trained)(?![^\W_])", re.I)
TAGGED = late(r"[^\s/:]+:[^\s/:]+")
SIZE_TAG = late(r"[^\s/:]+:(?:\d{1,3}x)?\d{1,4}(?:\.\d{1,2})?[bm]", re.I)
"""A name with its size alone for a tag, `qwen2.5:72b`: the base or the post-trained model of the size."""
EFFECTIVE = late(r"(?<=:)e\d{1,2}b(?![^\W_])", re.I)
"""An effective size in a tag, `gemma3n:e4b`."""
CHANGED = late(
    r"(?<![^\W_])(?:uncensored|abliterated|decentrali[sz]ed|older|newer|turbo|fast|thinking|reasoning"
    r"|gguf|awq|gptq|mlx|exl2|bnb|nvfp4|mxfp4|fp8|fp4|int[48]|i?q\d_\w+|\d-?bit|lora|qlora|distill\w*"
    r"|repro\w*|replicat\w*|re-?implement\w*|复现\w*|复刻\w*|[^\W_]+-oriented|fine-?tuned|merged?|dpo|(?:19|20)\d{6})(?![^\W_])",
    re.I,
)
"""Words beside a name that denote another model, another form of it or a different day's version."""
TWICE = late(r"\s{0,9}([^()（）]{3,60}?)\s?[(（]([^()（）]{3,60})[)）]\s{0,9}")
"""A name and in brackets perhaps the same: `GPT-4 Turbo (gpt-4-turbo)`."""
VERSION = late(r"[(（](?:version|ver\.?|v)\s?\d{1,2}(?:\.\d)?[)）]", re.I)
"""A version in brackets, of which there are others: `text-embedding-ada-002 (version 1)`."""
_SIZE_WORD = late(
    r"(?<![^\W_])(?:tiny|mini|small|base|medium|large|x{0,3}-?large|x{1,3}l)(?![^\W_])", re.I
)
DATED = late(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
"""A day after a name is that of a snapshot; a year alone is that of a citation."""
ZEROTH = late(r"(?<=\d)\.0(?![\w.])")
"""The rest of a version that is often written without it: `Llama 2.0`."""
LENGTH = late(r"(?<![\w.])\d{1,4}k(?!\w)|(?<![\w.])[1-9]m(?!\w)", re.I)
"""In a name: an extended context length, which denotes a different model."""


def size_words(text: str) -> frozenset[str]:
    """The sizes that a name gives in words: `large` in `LUKE large`, `xlarge` in `ALBERT X-Large`."""
    return frozenset(word[0].lower().replace("-", "") for word in _SIZE_WORD.finditer(text))


def without_citations(text: str) -> str:
    """A name without the citations and marks of footnotes behind it."""
    return " ".join(_CITATION.sub(" ", text).split())


_HUNDREDS_OF_MILLIONS = late(r"(?<![\d.])(\d{1,6}(?:\.\d{1,2})?)\s?[亿億]")


def in_billions(text: str) -> str:
    """A name with its sizes as names have them: `GLM (130B)` for `GLM (1300 亿)`."""
    if "亿" not in text and "億" not in text:
        return text
    return _HUNDREDS_OF_MILLIONS.sub(lambda match: f"{float(match[1]) / 10:g}B", text)


def without_fillers(text: str) -> str:
    """A name without the words that do not change it."""
    return " ".join(_FILLERS.sub(" ", text).split())


def spellings(text: str, outside: bool = True) -> list[str]:
    """The name as written, then without brackets and fillers.

    With `outside`, the content of brackets may be dropped, unless it denotes another model.
    """
    found = [text, BRACKETS.sub(r" \1 ", text)]
    changed = any(CHANGED.search(item[1]) for item in BRACKETS.finditer(text))
    if outside and not changed and not adds_models(text):
        found.append(BRACKETS.sub(" ", text))
    found += [_FILLERS.sub(" ", item) for item in found]
    found += [ZEROTH.sub("", item) for item in found]
    return list(dict.fromkeys(" ".join(item.split()) for item in found if item.strip()))


def versions(text: str) -> list[str]:
    """The folded names in brackets that run on from the one before them: `GPT-4 (gpt-4-1106-preview)`."""
    start = fold(BRACKETS.sub(" ", text))
    inside = map(fold, BRACKETS.findall(text))
    return [
        words for words in inside if len(start) > 2 and words.startswith(start) and words != start
    ]


_BETWEEN = late(r"[\s,;/&+|()·–—-]*(?:\b(?:and|or|to|bis|und)\b[\s]*)?", re.IGNORECASE)


def listed(text: str, sizes: list[Size]) -> bool:
    """Whether sizes are a list; in `7B-Instruct-1M` the second is not one of the model."""
    return all(
        _BETWEEN.fullmatch(text, before.end, after.start)
        for before, after in itertools.pairwise(sizes)
    )
