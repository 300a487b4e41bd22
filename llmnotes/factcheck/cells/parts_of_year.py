"""Dates that name a part of a year: `Q1 2025`, `late 2024`, `2024年上半年`."""

from __future__ import annotations

from llmnotes.factcheck.cells.reading import Item

_QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))
_HALVES = ((1, 6), (7, 12))
_START, _EARLY, _MIDDLE, _LATE, _END = (1, 4), (1, 5), (4, 9), (8, 12), (10, 12)
"""What people mean by these words reaches into each other's months."""
_BEFORE = {
    **{f"q{number}": months for number, months in enumerate(_QUARTERS, start=1)},
    **{f"{number}q": months for number, months in enumerate(_QUARTERS, start=1)},
    **{f"h{number}": months for number, months in enumerate(_HALVES, start=1)},
    **{f"{number}h": months for number, months in enumerate(_HALVES, start=1)},
    **dict.fromkeys(("beginning of", "start of", "début", "anfang", "principios de", "início de",
                     "в начале", "начало", "inizio", "początek", "awal", "begin", "đầu năm", "đầu", "مطلع",
                     "بداية", "začátek", "začátkem", "початок", "на початку"), _START),
    **dict.fromkeys(("early", "أوائل", "początkiem"), _EARLY),
    **dict.fromkeys(("mid", "middle of", "mi", "mitte", "mediados de", "meados de", "середина", "metà",
                     "połowa", "w połowie", "pertengahan", "medio", "giữa năm", "giữa", "منتصف", "polovina",
                     "v polovině"), _MIDDLE),
    **dict.fromkeys(("late", "أواخر"), _LATE),
    **dict.fromkeys(("end of", "fin", "ende", "finales de", "final de", "конец", "fine", "koniec",
                     "pod koniec", "akhir", "eind", "cuối năm", "cuối", "نهاية", "konec", "koncem",
                     "кінець", "наприкінці"), _END),
}  # fmt: skip
_BEHIND = {
    **{f"第{number}季度": months for number, months in zip("一二三四", _QUARTERS, strict=True)},
    **{f"第{number}四半期": months for number, months in enumerate(_QUARTERS, start=1)},
    **{f"{number}분기": months for number, months in enumerate(_QUARTERS, start=1)},
    **dict.fromkeys(("上半年", "前半", "상반기"), _HALVES[0]),
    **dict.fromkeys(("下半年", "後半", "하반기"), _HALVES[1]),
    **dict.fromkeys(("初头", "初頭", "初", "초"), _START),
    **dict.fromkeys(("年中", "中旬", "中"), _MIDDLE),
    **dict.fromkeys(("底", "末", "말"), _END),
}
_FIGURES = "|".join(word for word in _BEFORE if word[0].isdigit() or word[1].isdigit())
_WORDS, _SIGNS = ("|".join(sorted(one, key=len, reverse=True)) for one in (_BEFORE, _BEHIND))
_YEAR = r"(?P<year>20[0-4]\d)"

PATTERNS = (
    rf"(?<!\w)(?P<part>{_WORDS})[\s,./-]{{0,2}}{_YEAR}(?!\d)",
    rf"(?<!\w)(?P<part>{_FIGURES})\s?['’](?P<short>1[5-9]|2\d)(?!\d)",
    rf"(?<!\d){_YEAR}[\s,./-]{{0,2}}(?P<part>{_FIGURES})(?!\w)",
    rf"(?<!\d){_YEAR}\s?[年년]\s?(?P<part>{_SIGNS})(?![\u4e00-\u9fff])",
)
"""The notations, with the groups `part` and `year` or `short`."""


def part_of_year(text: str, year: str, part: str) -> Item:
    """The months of a part of a year, any of which may be meant."""
    words = part.lower()
    first, last = _BEFORE.get(words) or _BEHIND[words]
    months = [f"{year}-{month:02d}" for month in range(first, last + 1)]
    return Item(months[0], text, others=tuple(Item(month, text) for month in months[1:]))
