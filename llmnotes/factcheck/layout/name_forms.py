"""Names of models with something around them: links of a wiki, forms of the weights, days of a version."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_WIKI_LINK = late(r"\[\[(?:[^\[\]|]{0,120}\\?\|)?([^\[\]|]{1,120})\]\]")
_FORM = late(
    r"[\s_-]*[(（]?(?<![^\W_])(?:gguf|awq|gptq|mlx|exl2|bnb|nf4|nvfp4|mxfp4|fp16|bf16|fp8|fp4|w\d{1,2}a\d{1,2}"
    r"|int-?[48]|i?q\d(?:_\w{1,4}){0,2}|[48]-?bits?|hf|preview|latest|exp(?:erimental)?|beta"
    r"|(?:non[\s-]?|no[\s-]|w/o\s|without\s)?(?:thinking|reasoning)|\d{1,3}k|[1-9]m|00[1-9])(?![^\W_])[)）]?",
    re.IGNORECASE,
)
"""Forms and modes of a model: container and precision of its weights, its thinking, a longer context."""
_BESIDES = late(r"\s*[(（](?:vl|vlm|vision|coder?|math|audio|omni|[^()（）]*/[^()（）]*)[)）]", re.IGNORECASE)
"""Brackets that add other models to a name: `LFM 2.5 (VL)`."""
_SUFFIX = late(r"\.(?:gguf|safetensors|bin)$", re.IGNORECASE)
_DAY = late(
    r"[\s_-](?:(?:0[1-9]|1[0-2])-(?:20\d\d|[0-3]\d)|20\d\d-?(?:0[1-9]|1[0-2])(?:-?[0-3]\d)?"
    r"|(?:2[0-9])?(?:0[1-9]|1[0-2])(?:[0-3]\d)?)(?!\w)"
)
"""The day or month of a version behind a name: `GPT-4o-0513`, `command-r-03-2024`, `Qwen3-2507`."""


def unlinked(text: str) -> str:
    """A name without the brackets of a wiki's link: `[[models/qwen3-32b|Qwen3-32B]]`."""
    return _WIKI_LINK.sub(r"\1", text)


def without_form(text: str) -> str:
    """A name without its forms and modes and the day of its version; empty where it has none."""
    plain = _BESIDES.sub("", _SUFFIX.sub("", text))
    plain = _DAY.sub("", _FORM.sub("", plain)).strip(" -_.")
    return plain if plain != text.strip() else ""


def adds_models(text: str) -> bool:
    """Whether brackets in a name add other models or generations to it."""
    return _BESIDES.search(text) is not None or _GENERATIONS.search(text) is not None


_GENERATIONS = late(r"[(（]v?\d(?:\.\d)?\s?[-–/]\s?v?\d(?:\.\d)?[)）]")
"""Generations in brackets: `Qwen (1-2.5)`."""
