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
    "Arabic": {
        "ألف": 10**3, "آلاف": 10**3, "مليون": 10**6, "ملايين": 10**6, "مليونا": 10**6, "مليوناً": 10**6,
        "مليونًا": 10**6, "مليار": 10**9, "مليارات": 10**9, "مليارا": 10**9, "ملياراً": 10**9,
        "مليارًا": 10**9, "بليون": 10**9, "تريليون": 10**12, "تريليونات": 10**12, "تريليونا": 10**12,
        "تريليوناً": 10**12, "تريليونًا": 10**12,
    },
    "Persian": {
        "هزار": 10**3, "میلیون": 10**6, "میلیارد": 10**9, "تریلیون": 10**12,
    },
    "Hindi": {
        "हज़ार": 10**3, "हजार": 10**3, "लाख": 10**5, "मिलियन": 10**6, "करोड़": 10**7, "अरब": 10**9,
        "बिलियन": 10**9, "ट्रिलियन": 10**12,
    },
    "Thai": {
        "พัน": 10**3, "หมื่น": 10**4, "แสน": 10**5, "ล้าน": 10**6, "พันล้าน": 10**9, "หมื่นล้าน": 10**10,
        "แสนล้าน": 10**11, "ล้านล้าน": 10**12,
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
    "Italian": {
        "mila": 10**3, "mln": 10**6, "mln.": 10**6, "milione": 10**6, "milioni": 10**6, "mld": 10**9,
        "mld.": 10**9, "miliardo": 10**9, "miliardi": 10**9, "mila miliardi": 10**12,
        "mille miliardi": 10**12, "bilione": 10**12, "bilioni": 10**12, "trilioni": 10**12,
    },
    "Polish": {
        "tys.": 10**3, "tys": 10**3, "tysiąc": 10**3, "tysiące": 10**3, "tysięcy": 10**3, "mln": 10**6,
        "milion": 10**6, "miliony": 10**6, "milionów": 10**6, "miliona": 10**6, "mld": 10**9,
        "miliard": 10**9, "miliarda": 10**9, "miliardy": 10**9, "miliardów": 10**9,
        "miliardami": 10**9, "miliardach": 10**9, "bln": 10**12, "bilion": 10**12, "biliona": 10**12,
        "biliony": 10**12, "bilionów": 10**12, "bilionach": 10**12,
    },
    "Turkish": {
        "bin": 10**3, "milyon": 10**6, "milyar": 10**9, "trilyon": 10**12,
    },
    "Indonesian": {
        "ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12,
        "trilyun": 10**12,
    },
    "Dutch": {
        "duizend": 10**3, "mln": 10**6, "miljoen": 10**6, "mld": 10**9, "miljard": 10**9,
        "biljoen": 10**12,
    },
    "Vietnamese": {
        "nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9, "nghìn tỷ": 10**12,
        "nghìn tỉ": 10**12, "ngàn tỷ": 10**12, "ngàn tỉ": 10**12,
    },
    "Czech": {
        "tis.": 10**3, "tis": 10**3, "tisíc": 10**3, "tisíce": 10**3,
        "milion": 10**6, "milión": 10**6, "miliony": 10**6, "milionů": 10**6, "miliónů": 10**6,
        "mld": 10**9, "mld.": 10**9, "miliarda": 10**9, "miliardy": 10**9, "miliard": 10**9,
        "bilion": 10**12, "biliony": 10**12, "bilionů": 10**12,
    },
    "Ukrainian": {
        "тис.": 10**3, "тис": 10**3, "тисяча": 10**3, "тисячі": 10**3, "тисяч": 10**3, "млн": 10**6,
        "мільйон": 10**6, "мільйона": 10**6, "мільйони": 10**6, "мільйонів": 10**6, "млрд": 10**9,
        "мільярд": 10**9, "мільярда": 10**9, "мільярди": 10**9, "мільярдів": 10**9, "трлн": 10**12,
        "трильйон": 10**12, "трильйона": 10**12, "трильйони": 10**12, "трильйонів": 10**12,
    },
    "Greek": {
        "χιλ.": 10**3, "χιλιάδες": 10**3, "εκ.": 10**6, "εκατ.": 10**6, "εκατομμύριο": 10**6,
        "εκατομμύρια": 10**6, "δισ.": 10**9, "δισ": 10**9, "δισεκατομμύριο": 10**9,
        "δισεκατομμύρια": 10**9, "τρισ.": 10**12, "τρισεκατομμύρια": 10**12,
    },
    "Hungarian": {
        "ezer": 10**3, "millió": 10**6, "milliárd": 10**9, "billió": 10**12,
    },
    "Romanian": {
        "mii": 10**3, "milioane": 10**6, "mld.": 10**9, "miliard": 10**9, "miliarde": 10**9,
        "trilioane": 10**12,
    },
    "Swedish": {
        "tusen": 10**3, "miljon": 10**6, "miljoner": 10**6, "miljard": 10**9, "miljarder": 10**9,
        "biljon": 10**12, "biljoner": 10**12,
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

_PETAFLOP_DAY = 10**15 * 24 * 60 * 60
WORK = dict.fromkeys(
    (
        "pf-days", "pf-day", "pf days", "pflop-days", "pflops-days", "pflop/s-days", "pflops-day",
        "petaflop-days", "petaflops-days", "petaflop/s-days", "petaflop/s-day", "petaflop/s days",
    ),
    _PETAFLOP_DAY,
)  # fmt: skip
"""The work of a day at a petaflop a second, in which GPT-3's paper counts: 3,640 of them are 3.14e23."""

SCALES: dict[str, int] = _LETTERS | MYRIADS | WORK | {
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
