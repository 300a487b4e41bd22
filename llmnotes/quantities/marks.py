"""Qualifiers before a number: approximation (about) and bounds (at least, below)."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_ABOUT_WORDS = (
    r"[~≈≃]|大?约|大?約|약|около|примерно"
    r"|\b(?:about|around|approx(?:\.|imately)?|roughly|circa|nearly|almost|ca\.?"
    r"|aproximadamente|cerca de|unos|unas|environ|etwa|ungefähr|około|ok\.|yaklaşık|sekitar"
    r"|kira-kira|ongeveer|khoảng|xấp xỉ|حوالي|نحو|تقريبا|přibližně|zhruba|asi|cca\.?|близько|приблизно"
    r"|περίπου|körülbelül|aproximativ|ungefär)"
)
_BOUND_WORDS = (
    ("<=", r"<=|≤|\bup to|\bat most|\bmax\.?|最多|不超过|高达|最大|최대"
           r"|\bhasta|\baté|\bjusqu['’]à|\bbis zu|до(?=\s)|\bfino a|\bmaks\.?"
           r"|\bhingga|\bsampai|\btot wel|\bmaximaal|\blên đến|\blên tới|\btối đa"
           r"|حتى|يصل إلى|\baž(?: do)?|\bupp till|\bpână la|έως|μέχρι"),
    (">=", r">=|≥|\bat least|\bmin\.?|至少|不少于|최소"
           r"|\bal menos|\bpelo menos|\bau moins|\bmindestens|\balmeno|\bco najmniej|\ben az|\bminimaal"
           r"|\bít nhất|\btối thiểu|على الأقل|\bnejméně|щонайменше|\bminst"),
    ("<", r"<|\bless than|\bunder|\bbelow|不到|小于|少于"
          r"|\bmenos de|\bmoins de|\bweniger als|менее|\bmeno di|\bmniej niż|\bkurang dari|\bminder dan"
          r"|\bdưới|أقل من|\bméně než|менше(?: ніж)?"),
    (">", r">|\bmore than|\bover|\bgreater than|超过|大于|多于"
          r"|\bmás de|\bmais de|\bplus de|\bmehr als|более|\bpiù di|\boltre|\bponad|\bwięcej niż"
          r"|\blebih dari|\bmeer dan|\btrên|\bhơn|أكثر من|\bvíce než|\bpřes|понад|більше(?: ніж)?"),
)  # fmt: skip
_ABOUT = late(rf"(?:{_ABOUT_WORDS})\s*$", re.IGNORECASE)
_BOUNDS = [(sign, late(rf"(?:{words})\s*[~≈]?\s*$", re.IGNORECASE)) for sign, words in _BOUND_WORDS]


def is_about(before: str) -> bool:
    """Whether the words before a number mark it as approximate."""
    return bool(before) and _ABOUT.search(before[-_NEAR:]) is not None


def bound(before: str) -> str:
    """`<=`, `>=`, `<` or `>` where the words before a number make it a bound; else empty."""
    if not before:
        return ""
    return next((sign for sign, pattern in _BOUNDS if pattern.search(before[-_NEAR:])), "")


def without_marks(before: str) -> str:
    """The words before a number without such qualifiers."""
    kept = _ABOUT.sub("", before[-_NEAR:])
    for _, pattern in _BOUNDS:
        kept = pattern.sub("", kept)
    return before[:-_NEAR] + kept


_NEAR = 60
"""Characters before a number that are searched for a qualifier."""
