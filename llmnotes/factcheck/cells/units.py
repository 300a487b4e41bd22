"""Scales and units as people write them, in a header or behind a number."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from llmnotes.pattern import late

SCALES: dict[str, int] = {
    "k": 10**3, "thousand": 10**3, "thousands": 10**3, "千": 10**3,
    "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "億": 10**8,
    "萬": 10**4, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
    "m": 10**6, "mn": 10**6, "mil": 10**6, "million": 10**6, "millions": 10**6,
    "b": 10**9, "bn": 10**9, "billion": 10**9, "billions": 10**9, "g": 10**9,
    "p": 10**15, "t": 10**12, "tn": 10**12, "trillion": 10**12, "trillions": 10**12,
    "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40,
}  # fmt: skip
BINARY = {"k": 2**10, "m": 2**20}
"""Scales that of a length or a batch may mean a power of two."""

SCALE_WORDS = (
    r"(?:thousands?|millions?|billions?|trillions?|bn|mn|tn|mil(?!l)|[kmgt]i)(?![A-Za-z])"
    r"|[kmbgt](?![A-Za-z])|万亿|千亿|百亿|十亿|千万|百万|十万|亿|億|万|萬|千"
)

_UNITS: dict[str, str] = {
    "tokens": r"tokens?|toks?|词元|个\s*token|token\s*数量|token\s*数",
    "sequences": r"sequences?|seqs?|examples?|samples?|序列|样本|条",
    "steps": r"steps?|iterations?|iters?|updates?|步",
    "words": r"words?|词",
    "bytes": r"bytes?|[kmgtp]i?b(?![a-z])",
    "parameters": r"parameters?|params?|参数",
    "layers": r"(?:encoder\s+|decoder\s+)?(?:layers?|blocks?)|层|l(?![a-z])",
    "heads": r"(?:kv\s+|query\s+|attention\s+)?heads?|头",
    "dimensions": r"dims?|dimensions?|维|d(?![a-z])",
    "experts": r"experts?|专家|e(?![a-z])",
    "hours": r"(?:gpu|tpu|a100|h100)?[\s-]*hours?|小时",
    "days": r"days?|天",
    "FLOP": r"flops?|pf-days|petaflops?/?s?-days",
    "documents": r"documents?|pages?|books?",
}
UNIT_WORDS = "|".join(f"(?:{pattern})" for pattern in _UNITS.values())
_MATCHERS = {name: late(rf"\s*(?:{pattern})\s*", re.IGNORECASE) for name, pattern in _UNITS.items()}


def unit_of(text: str) -> str:
    """The name of the unit that a text is; empty where it is none."""
    for name, matcher in _MATCHERS.items():
        if text.strip() and matcher.fullmatch(text):
            return name
    return ""


class Scale(NamedTuple):
    """What a header says of every number below it: a factor, as it is written, and a unit.

    The `k` of a context length may be 1,024 or 1,000; whoever reads a cell decides.
    """

    factor: Decimal = Decimal(1)
    text: str = ""
    unit: str = ""


_POWER = late(
    r"(?:[x×*·]\s*)?(?:10\s*(?:\^|\*\*)?\s*[{(]?(?P<ten>[+-]?\d{1,2})[})]?|1?e(?P<e>[+-]?\d{1,2}))$",
    re.IGNORECASE,
)


def scale_of(text: str) -> Scale | None:
    """The scale or unit that stands in a header's brackets; None where the words are something else."""
    words = re.sub(
        r"^(?:in|单位)\s*[:：]?\s+|^(?:单位)[:：]?|^[#×x*]\s*(?=[a-z万亿千百十])",
        "",
        text.strip(),
        flags=re.I,
    )
    words = re.sub(r"\s*(?:of\s+)?(?:数量|个数|数)$", "", words)
    power = _POWER.match(words.replace(" ", ""))
    if power:
        return Scale(Decimal(10) ** int(power["ten"] or power["e"]), words)
    unit = unit_of(words)
    if unit:
        return Scale(unit=unit)
    match = re.fullmatch(
        rf"(?P<scale>{SCALE_WORDS})[\s.]*(?:of\s+)?(?P<unit>{UNIT_WORDS})?", words, re.I
    )
    if match:
        return Scale(
            Decimal(SCALES[match["scale"].lower()]), match["scale"], unit_of(match["unit"] or "")
        )
    return None
