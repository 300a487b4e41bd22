"""Scales of numbers: letters, and words by language."""

from __future__ import annotations

from decimal import Decimal

_LETTERS = {
    "k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "g": 10**9, "t": 10**12,
    "tn": 10**12, "p": 10**15, "ki": 2**10, "mi": 2**20, "gi": 2**30, "ti": 2**40,
}  # fmt: skip
BINARY = {"k": 2**10, "m": 2**20, "g": 2**30, "b": 2**30, "t": 2**40}
"""Scales that may mean a power of two in a length or a batch."""

POINT_WORDS: dict[str, dict[str, int]] = {
    "English": {
        "thousand": 10**3, "thousands": 10**3, "mil": 10**6, "million": 10**6, "millions": 10**6,
        "billion": 10**9, "billions": 10**9, "trillion": 10**12, "trillions": 10**12,
    },
}  # fmt: skip
"""Scale words of languages with a decimal point: 1.5 and 12,288."""

COMMA_WORDS: dict[str, dict[str, int]] = {
    "Spanish": {
        "mil millones": 10**9, "millón": 10**6, "millon": 10**6, "millones": 10**6,
        "millardo": 10**9, "millardos": 10**9, "billón": 10**12, "billones": 10**12,
    },
    "Portuguese": {
        "mil milhões": 10**9, "milhão": 10**6, "milhões": 10**6, "milhoes": 10**6,
        "bilhão": 10**9, "bilhões": 10**9, "bilhoes": 10**9, "bilião": 10**12, "biliões": 10**12,
        "trilhão": 10**12, "trilhões": 10**12,
    },
    "French": {
        "mille": 10**3, "milliard": 10**9, "milliards": 10**9, "mille milliards": 10**12,
    },
    "German": {
        "tausend": 10**3, "tsd.": 10**3, "tsd": 10**3, "mio.": 10**6, "mio": 10**6,
        "millionen": 10**6, "mrd.": 10**9, "mrd": 10**9, "milliarde": 10**9, "milliarden": 10**9,
        "bio.": 10**12, "bio": 10**12, "billionen": 10**12,
    },
    "Russian": {
        "тыс.": 10**3, "тыс": 10**3, "тысяча": 10**3, "тысячи": 10**3, "тысяч": 10**3,
        "млн": 10**6, "млн.": 10**6, "миллион": 10**6, "миллиона": 10**6, "миллионов": 10**6,
        "млрд": 10**9, "млрд.": 10**9, "миллиард": 10**9, "миллиарда": 10**9, "миллиардов": 10**9,
        "тыс. млрд": 10**12, "тысяч миллиардов": 10**12, "трлн": 10**12, "трлн.": 10**12,
        "триллион": 10**12, "триллиона": 10**12, "триллионов": 10**12,
    },
}  # fmt: skip
"""Scale words of languages with a decimal comma: 1,5 and 12.288."""

_TENS = {"": 1, "十": 10, "百": 100, "千": 1000, "십": 10, "백": 100, "천": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "만": 10**4, "亿": 10**8, "億": 10**8, "억": 10**8,
            "兆": 10**12, "조": 10**12, "万亿": 10**12, "萬億": 10**12}  # fmt: skip
MYRIADS: dict[str, int] = {"千": 10**3, "천": 10**3} | {
    ten + word: count * factor for word, factor in _MYRIADS.items() for ten, count in _TENS.items()
}
"""Scales of Chinese, Japanese and Korean, several of which may be combined: 1조 5천억."""

ROUND_ZEROS = {"亿": 1, "億": 1, "억": 1, "万": 2, "萬": 2, "만": 2}
"""Trailing zeros that these scales force: 7B is written 70亿, 1M is written 100万."""

AMBIGUOUS: dict[str, tuple[int, ...]] = {"mil": (10**6, 10**3), "兆": (10**12, 10**6)}
"""Words with different meanings by language, the more likely meaning first."""

SCALES: dict[str, int] = _LETTERS | MYRIADS | {
    word: factor
    for language in (*POINT_WORDS.values(), *COMMA_WORDS.values())
    for word, factor in language.items()
}  # fmt: skip


def factors(scale: str, binary: bool) -> tuple[Decimal, ...]:
    """The factors a scale may stand for, the more likely first: `k` of a context length is 1,024."""
    if scale == "%":
        return (Decimal("0.01"),)
    key = " ".join(scale.lower().split())
    if key in AMBIGUOUS:
        return tuple(map(Decimal, AMBIGUOUS[key]))
    decimal = Decimal(SCALES.get(key, 1))
    if key not in {"k", "m"} and not (binary and key in BINARY):
        return (decimal,)
    both = Decimal(BINARY[key]), decimal
    return both if binary else both[::-1]
