"""Names of models with something around them: links of a wiki, forms of the weights, days of a version."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_WIKI_LINK = late(r"\[\[(?:[^\[\]|]{0,120}\\?\|)?([^\[\]|]{1,120})\]\]")
_PATTERN = late(r"(?<=\w)[-_]?\{\d[\d\s/,.|xXbBmM]{0,60}\}")
_FORM = late(
    r"(?:(?<![\s_-])[\s_-]+)?[(（]?(?<![^\W_])(?:gguf|awq|gptq|mlx|exl2|bnb|nf4|nvfp4|mxfp[48]|fp16|bf16|fp8|fp4|w\d{1,2}a\d{1,2}"
    r"|int-?[48]|i?q\d(?:_\w{1,4}){0,2}|[48]-?bits?|hf|preview|latest|exp(?:erimental)?|beta"
    r"|(?:non[\s-]?|no[\s-]|w/o\s|without\s)?(?:thinking|reasoning)|\d{1,3}k|[1-9]m|00[1-9]|intermediate-step-[\w.-]{1,40}"
    r"|qat|(?<=\d[\s_-])(?:x-?)?high|(?<=\d[\s_-])low|(?<=mini[\s_-])(?:high|low))(?![^\W_])[)）]?",
    re.IGNORECASE,
)
"""Forms and modes of a model: container and precision of its weights, its thinking and the effort of it
(`o3-high`), a longer context."""
_BESIDES = late(
    r"(?:(?<!\s)\s+)?[(（](?:vl|vlm|vision|coder?|math|audio|omni|[^()（）/]{0,80}/[^()（）]{0,80}"
    r"|[^()（）]{0,80}\b(?:thinking|reasoning)\b[^()（）]{0,80})[)）]",
    re.IGNORECASE,
)
"""Brackets that add other models or modes to a name: `LFM 2.5 (VL)`."""
_SUFFIX = late(r"\.(?:gguf|safetensors|bin)$", re.IGNORECASE)
_DAY = late(
    r"[\s_-](?:(?:0[1-9]|1[0-2])-(?:20\d\d|[0-3]\d)|20\d\d-\d{1,2}-\d{1,2}|20\d\d-?(?:0[1-9]|1[0-2])(?:-?[0-3]\d)?"
    r"|(?:2[0-9])?(?:0[1-9]|1[0-2])(?:[0-3]\d)?)(?!\w)"
)
"""The day or month of a version behind a name: `GPT-4o-0513`, `command-r-03-2024`, `Qwen3-2507`."""


def unlinked(text: str) -> str:
    """A name without the brackets of a wiki's link: `[[models/qwen3-32b|Qwen3-32B]]`."""
    return _WIKI_LINK.sub(r"\1", text)


def without_pattern(text: str) -> str:
    """A name without the sizes that a pattern lists in braces: `WizardLM-{7/13/15/30}`."""
    return _PATTERN.sub("", text) if "{" in text else text


def without_form(text: str) -> str:
    """A name without its forms and modes and the day of its version; empty where it has none."""
    plain = _BESIDES.sub("", _SUFFIX.sub("", text))
    plain = _DAY.sub("", _FORM.sub("", plain)).strip(" -_.")
    return plain if plain != text.strip() else ""


def is_preview(text: str) -> bool:
    """Whether a name says only that the model is a preview of itself: `gemini-2.5-pro-exp`."""
    return _PREVIEW.sub("", text).strip(" -_.") == without_form(text)


def is_of_stage(text: str) -> bool:
    """Whether a name says in brackets that it means an earlier stage or a service: `Qwen (Beta)`."""
    return "(" in text and _STAGE.search(text) is not None


_STAGE = late(
    r"\(\s?(?:(?:public|private|closed|open|early)\s)?(?:alpha|beta|preview|api|access|app)\s?\)",
    re.IGNORECASE,
)
_PREVIEW = late(
    r"(?<=[\s_-])[(（]?(?:preview|latest|exp(?:erimental)?)(?![^\W_])[)）]?", re.IGNORECASE
)


def adds_models(text: str) -> bool:
    """Whether brackets in a name add other models or generations to it."""
    return _BESIDES.search(text) is not None or _GENERATIONS.search(text) is not None


_GENERATIONS = late(r"[(（]v?\d(?:\.\d)?\s?[-–/]\s?v?\d(?:\.\d)?[)）]")
"""Generations in brackets: `Qwen (1-2.5)`."""


_RANGE = late(
    r"(?P<name>[^\W\d_][\w .-]{1,30}?)[\s-]?v?(?P<first>\d(?:\.\d)?)\s?[-–/]\s?v?(?P<last>\d(?:\.\d)?)"
)


def range_of(text: str) -> tuple[str, str, str] | None:
    """The name, the first and the last of several generations: `Llama 3-3.3`, `DeepSeek 2.5/3`."""
    match = _RANGE.fullmatch(text.strip())
    return (match["name"].strip(), match["first"], match["last"]) if match else None


_HUB_ID = late(r"[A-Za-z][\w.-]*/[\w.-]+")


def is_hub_id(text: str) -> bool:
    """Whether a text has the form of a hub's `owner/name`."""
    return _HUB_ID.fullmatch(text.strip()) is not None


_REST = late(
    r"(?:\d{1,4}(?:\.\d{1,2})?[bm])?(?:a\d{1,3}(?:\.\d)?b)?(?:v\d(?:\.\d)?)?(?:it|instruct|chat|base)?"
)


def goes_on_with_size(rest: str) -> bool:
    """Whether the rest of a folded name is a size, a version or a variant: that of `nemotron3nano30ba3b`."""
    return rest != "" and _REST.fullmatch(rest) is not None


_SIZE = late(r"\d{1,4}(?:\.\d{1,2})?[bm]\d?")


def is_size(folded: str) -> bool:
    """Whether a part of a folded name is a size: `7b1`, `0.5b`."""
    return _SIZE.fullmatch(folded) is not None


_TURNED_BACK = late(r"([^\W\d_]{3,20})[\s-]([^\W\d_]{3,20})[\s-](\d(?:\.\d)?)")
_TURNED = late(r"([^\W\d_]{3,20})[\s-](\d(?:\.\d)?)[\s-]([^\W\d_]{3,20})")


def turned(text: str) -> str:
    """A name with its last two words exchanged where one is a version; empty for any other.

    `Mistral Large 3` for `Mistral 3 Large`, `Gemini 1.5 Pro` for `Gemini Pro 1.5`.
    """
    match = _TURNED.fullmatch(text.strip()) or _TURNED_BACK.fullmatch(text.strip())
    return f"{match[1]} {match[3]} {match[2]}" if match else ""


_WITHOUT_V = late(r"(?<=[^\W\d_])[\s-]?(?=\d(?:\.\d)?(?![\w.]))")
_WITH_V = late(r"(?<=[^\W\d_])([\s-])v(?=\d)", re.IGNORECASE)


def versioned(text: str) -> tuple[str, str]:
    """A name with a `V` before its version, and without one; empty where nothing changes."""
    added, dropped = _WITHOUT_V.sub("-V", text, count=1), _WITH_V.sub(r"\1", text, count=1)
    return (added if added != text else "", dropped if dropped != text else "")
