"""Total and active parameters in one cell, and sizes that are part of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from llmnotes.factcheck.cells.reading import Item
from llmnotes.pattern import ByScript, either, late
from llmnotes.quantities.grammar import plain_number
from llmnotes.quantities.lenient import find_numbers
from llmnotes.quantities.scales import factors

SIZES = frozenset({"params_total", "params_active", "params_reported"})

_OF_ACTIVE = (
    "activ", "actif", "actie[fv]", "geactiv", "akti[vf]", "aktí[vf]", "aktyw", "ativ", "attiv",
    "teraktiv", "etkin", "актив", "激活", "啟動", "活性", "启动", "활성", "アクティブ", "kích hoạt",
    "hoạt động", "نشط", "مفع", "فعال", "ενεργ", "सक्रिय", "ที่ใช้งาน",
)  # fmt: skip
_ACTIVE_WITHIN = ("激活", "活性", "啟動", "启动", "활성", "アクティブ")
ACTIVE = ByScript(
    lambda keep: rf"\b{either(_OF_ACTIVE, keep)}|{either(_ACTIVE_WITHIN, keep)}|\bper token",
    re.IGNORECASE,
)
"""The word for active parameters, in the languages of the headers."""
_OF_TOTAL = (
    "total", "totaal", "gesamt", "łącznie", "toplam", "tổng", "إجمالي", "celkem", "celkov", "загал",
    "всего", "össz", "συνολικ",
)  # fmt: skip
_TOTAL_WITHIN = ("总", "總", "合計", "총")
TOTAL = ByScript(
    lambda keep: rf"\b{either(_OF_TOTAL, keep)}|{either(_TOTAL_WITHIN, keep)}", re.IGNORECASE
)
"""The word for the total beside them."""
LABELLED = ByScript(
    lambda keep: (
        rf"\(((?=[^()]*\d)[^()]*{either((*_OF_ACTIVE, *_OF_TOTAL, '总', '總'), keep)}[^()]*)\)"
    ),
    re.IGNORECASE,
)
EXPERTS = late(r"(?<!\w)(\d{1,3})\s*[x×]\s*(\d{1,4}(?:\.\d+)?)\s*([BM])(?!\w)", re.I)
_ACTIVE_CODE = late(r"(?<![A-Za-z])A(\d{1,4}(?:\.\d+)?)([BM])(?!\w)")

_LISTED = late(
    r"\d\s?[BM]\s*[/,、]\s*\d{1,3}\s*[x×]\s*\d|\d\s*[x×]\s*\d{1,4}\s?[BM]\s*[/,、]\s*\d", re.I
)
"""A list with the sizes of mixtures in it: `7B/8x7B`."""
_SIZE = r"(?:v\d-)?(?<![\d.])\d{1,4}(?:\.\d{1,2})?[BM]"
OF_SIZES = late(
    rf"(?<![^\W_]){_SIZE}(?:\s{{0,3}}[,/&+]\s{{0,3}}{_SIZE}){{0,9}}\s{{0,3}}:\s{{0,3}}(?=\S)", re.I
)
"""Sizes as the label of another attribute's value: `100m, 200m: 3,072`."""
TAG = late(r"(?<=\d[bm])-2\d(?:0[1-9]|1[0-2])(?![\w.])", re.I)
"""The month of a version behind a size: `8b-2410`."""

_IN_BRACKETS = late(r"([^()]{1,24})\(([^()]{1,20})\)")
_FEWER = Decimal("0.7")
BRACKETED = "in brackets"
"""The qualifier of a size in brackets, which may be the active one of a sparse model."""


def chosen_sizes(
    attribute: str, plain: str, items: list[Item], links: Sequence[str], strict: bool
) -> list[Item]:
    """The total or the active parameters of a cell that may give both."""
    active = [bool(ACTIVE.search(item.qualifier)) for item in items]
    for position, link in enumerate(links):
        if link == "of":
            active[position - 1], active[position] = True, False
    if active == [True, False] and items[0].value > items[1].value and links[1] == "words":
        # `132B Active 36B`: the word is before the smaller one
        active = [False, True]
        items = [item._replace(qualifier="") for item in items]
    wanted = attribute == "params_active"
    coded = [_coded(match) for match in _ACTIVE_CODE.finditer(plain)] if wanted else []
    labelled = any(active) or any(TOTAL.search(item.qualifier) for item in items)
    if wanted and (labelled or coded):
        return coded + [item for item, is_active in zip(items, active, strict=True) if is_active]
    if strict and not labelled:
        return _bracketed(plain) if wanted else []
    chosen = [
        item for item, is_active in zip(items, active, strict=True) if wanted or not is_active
    ]
    if not wanted and (not chosen or _LISTED.search(plain)):
        chosen += [_mixture(match) for match in EXPERTS.finditer(plain)]
    large = [item for item in chosen if item.scale.lower() not in {"k", "千"}]
    return large if len(large) > 1 else chosen  # `6B/6B-32K`: the second number is a context


def _coded(match: re.Match[str]) -> Item:
    """`A14B` in `57B-A14B`."""
    number = find_numbers(match[1] + match[2])[0]
    value, low, high = number.scaled(factors(match[2], False)[0])
    return Item(plain_number(value), match[0], low, high, number.digits, match[2])


def _bracketed(plain: str) -> list[Item]:
    """`16B(2.4B)`: a much smaller size in brackets is the number of active parameters."""
    match = _IN_BRACKETS.fullmatch(plain.strip())
    numbers = [find_numbers(text) for text in match.groups()] if match else []
    if not numbers or not all(len(found) == 1 and found[0].scale for found in numbers):
        return []
    (total,), (active,) = numbers
    value, low, high = active.scaled(factors(active.scale, False)[0])
    if value > _FEWER * total.scaled(factors(total.scale, False)[0])[0]:
        return []
    return [
        Item(
            plain_number(value), active.text, low, high, active.digits, active.scale,
            qualifier=BRACKETED,
        )
    ]  # fmt: skip


def _mixture(match: re.Match[str]) -> Item:
    """`8x7B` of a mixture: less than the product, since experts share all but the feed-forward layers.

    Phi-3.5-MoE, 16x3.8B by its card, has 0.689 of it.
    """
    value = Decimal(match[1]) * Decimal(match[2]) * factors(match[3], False)[0]
    low, high = value * Decimal("0.68"), value * Decimal("1.02")
    return Item(
        plain_number(value), match[0], low, high, 2, match[3], approximate=True, qualifier="name"
    )
