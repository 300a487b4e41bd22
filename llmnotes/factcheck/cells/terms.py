"""Terms of a vocabulary found in free text, broken spellings told from right ones."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES
from llmnotes.spelling import is_slip
from llmnotes.vocabulary import VOCABULARIES, fold, spellings

LOOSE: dict[str, dict[str, tuple[str, ...]]] = {
    "architecture": {
        "encoder-only": ("enc", "编码器", "仅编码器", "masked language model", "bidirectional"),
        "encoder-decoder": ("encoder decoder", "编码器-解码器", "编码解码", "encdec", "seq2seq LM"),
        "causal-decoder": (
            "dec",
            "dec-only",
            "decoder only",
            "autoregressive",
            "因果解码器",
            "仅解码器",
            "自回归解码器",
            "解码器",
        ),
        "prefix-decoder": ("prefix decoder", "前缀解码器", "prefix LM"),
    },
    "sparsity": {"moe": ("混合专家", "稀疏"), "dense": ("稠密",)},
    "objective": {
        "MLM": ("masked LM", "掩码语言模型"),
        "CLM": ("causal LM", "语言模型", "next token prediction", "自回归"),
        "prefix-LM": ("prefix LM",),
        "span-corruption": ("text-to-text", "Seq2Seq LM", "span denoising"),
    },
    "positional_encoding": {
        "learned-absolute": (
            "learned positional",
            "absolute",
            "learnable",
            "可学习",
            "绝对位置编码",
            "absolute positional encoding",
            "absolute position",
        ),
        "sinusoidal": ("sin", "正弦"),
        "RoPE": ("旋转位置编码", "rotary embedding", "rotary positional embedding", "2d rope"),
        "relative-bias": ("relative position", "相对位置编码", "T5 relative"),
    },
    "attention": {
        "MHA": ("多头注意力", "multihead", "full attention"),
        "MQA": ("多查询注意力", "multi-query attn"),
        "GQA": ("分组查询注意力", "group query", "grouped query", "grouped-query attn"),
        "MLA": ("多头潜在注意力",),
        "linear": ("线性注意力",),
    },
    "attention_mask": {
        "causal": ("causal attention", "因果"),
        "bidirectional": ("双向",),
        "prefix": ("prefix LM",),
    },
    "attention_span": {
        "sliding": ("滑动窗口", "滑动窗口注意力", "sliding windows", "window attention"),
        "sparse": ("稀疏注意力",),
    },
    "normalization": {
        # Where the norm stands, not which it is: read as a whole, so that LN is not found in it.
        "": ("pre-LN", "post-LN", "pre LN", "post LN"),
        "LayerNorm": ("pre layer norm", "post layer norm", "层归一化"),
        "RMSNorm": ("pre rms norm", "pre RMSNorm"),
    },
    "norm_placement": {
        "pre-norm": (
            "pre layer norm",
            "pre rms norm",
            "pre layernorm",
            "pre RMSNorm",
            "pre norm",
            "pre",
        ),
        "sandwich-norm": ("sandwich",),
        "post-norm": (
            "post layer norm",
            "post deep norm",
            "post layernorm",
            "post RMSNorm",
            "post",
        ),
    },
    "activation": {"SwiGLU": ("swi glu", "swish glu"), "GeGLU": ("ge glu",)},
    "lr_schedule": {
        "cosine": ("余弦", "余弦衰减", "cosine decay to 10%"),
        "linear-decay": ("线性", "线性衰减", "linear decay"),
        "inverse-square-root": ("平方根倒数", "inverse square root decay", "inverse square root"),
        "constant": ("常数", "恒定"),
    },
    "tokenizer": {
        "byte-level BPE": ("byte level bpe", "GPT-2 BPE"),
        "Unigram": ("unigram language model",),
    },
    "post_training": {
        "SFT": (
            "instruction-tuned",
            "instruct tuning",
            "finetune",
            "指令微调",
            "fine tuning",
            "fine-tuning",
        ),
        "RLHF-PPO": ("人类反馈强化学习",),
    },
    "availability": {
        "open-weights": (
            "open weights",
            "open source",
            "open-source",
            "yes",
            "是",
            "开源",
            "open weights (unrestricted)",
            "public",
        ),
        "gated-weights": ("on request", "limited"),
        "api-only": (
            "API access",
            "闭源",
            "no",
            "否",
            "hosted access",
            "closed source",
            "proprietary",
        ),
    },
    "modalities": {
        "text": ("文本", "multilingual text"),
        "image-input": ("图像", "image", "images"),
    },
    "bias": {"all": ("有",), "none": ("无",)},
}
"""Spellings that say what is meant in a table, though too loose for a curated value."""

BROKEN: dict[str, str] = {
    "casual": "causal", "gleu": "gelu", "swiglue": "swiglu", "distilation": "distillation",
    "langauge": "language", "autoregresive": "autoregressive", "postional": "positional",
}  # fmt: skip
"""Words of this field that are often written wrong, among them some that are words themselves."""

_WORD = late(r"[A-Za-z0-9]+|[^\W\d_A-Za-z]")
_MOST_WORDS = 400


class Term(NamedTuple):
    """A term where it stands; `spelled` is its writing where that is broken."""

    term: str
    start: int
    end: int
    spelled: str = ""


@cache
def spellings_of(attribute: str) -> dict[str, str]:
    """Every folded spelling that names a term of an attribute, the loose ones included."""
    vocabulary = ATTRIBUTES[attribute].vocabulary
    if vocabulary is None:
        return {}
    found = {
        fold(word): term for term, words in LOOSE.get(vocabulary, {}).items() for word in words
    }
    found.update(spellings(vocabulary))
    for spelling, term in list(found.items()):  # some are listed by their broken spelling alone
        for broken, right in BROKEN.items():
            if broken in spelling:
                found.setdefault(spelling.replace(broken, right), term)
    return found


@cache
def _every_spelling() -> frozenset[str]:
    return frozenset(folded for name in VOCABULARIES for folded in spellings(name))


def find_terms(attribute: str, text: str) -> list[Term]:
    """The terms of an attribute's vocabulary in a text, the longest spelling first at each place."""
    known = spellings_of(attribute)
    if not known:
        return []
    words = list(_WORD.finditer(text))[:_MOST_WORDS]
    longest = 14 if any(not word[0].isascii() for word in words) else 6
    found, position = list[Term](), 0
    while position < len(words):
        for count in range(min(longest, len(words) - position), 0, -1):
            span = words[position : position + count]
            term = _term(attribute, [word[0] for word in span], text, span)
            if term:
                found += [term] if term.term else []
                position += count
                break
        else:
            position += 1
    return _once(found)


def _term(attribute: str, words: list[str], text: str, span: list[re.Match[str]]) -> Term | None:
    """The term that some words in a row spell; one that is empty where they spell none of these."""
    known = spellings_of(attribute)
    folded = "".join(words).lower()
    start, end = span[0].start(), span[-1].end()
    mended = "".join(BROKEN.get(word.lower(), word.lower()) for word in words)
    term = known.get(mended, known.get(folded))
    if term is not None:
        return Term(term, start, end, text[start:end] if mended != folded else "")
    if folded.isascii() and len(words) <= 4:
        close = _nearest(folded, attribute)
        if close:
            return Term(known[close], start, end, text[start:end])
    return None


@lru_cache(maxsize=20_000)
def _nearest(folded: str, attribute: str) -> str | None:
    """The one spelling that a broken word comes close to.

    Short words count only with two letters exchanged (`GLEU`): real names differ by one letter
    (`PReLU`, `Adan`). A spelling of any other vocabulary is nobody's slip.
    """
    if len(folded) < 4 or folded in _every_spelling() or any(char.isdigit() for char in folded):
        return None
    known = spellings_of(attribute)
    close = {
        known[word]: word
        for word in known
        if len(word) >= 4 and word.isascii() and is_slip(folded, word)
    }
    return next(iter(close.values())) if len(close) == 1 else None


def _once(terms: list[Term]) -> list[Term]:
    seen: dict[str, Term] = {}
    for term in terms:
        if term.term not in seen or (seen[term.term].spelled and not term.spelled):
            seen[term.term] = term
    return sorted(seen.values(), key=lambda term: term.start)
