"""Tolerances: whether a written number is the base's, under the conventions of rounding."""

from __future__ import annotations

from decimal import Decimal
from math import isclose
from typing import Any

from llmnotes.attributes.printed import PRINTED
from llmnotes.factcheck.cells.reading import Item
from llmnotes.schema import ATTRIBUTES, Attribute

SAME = "same"
"""The remark of a value that needs no remark."""


_FLOAT_DIGITS = 15
"""Decimal digits that a 64-bit float keeps; further ones come from its conversion: 2.3599999999999997e+23."""


def covers(item: Item, exact: float) -> bool:
    """Whether an exact number is within the precision and bound of `item`."""
    if item.low is None or item.high is None or isinstance(item.value, bool):
        return False
    if item.digits > _FLOAT_DIGITS and isclose(item.value, exact, rel_tol=10.0**-_FLOAT_DIGITS):
        return True
    if item.bound in {"<", "<="}:
        return float(item.value) / _FAR_BELOW <= exact <= item.high
    if item.bound in {">", ">="}:
        return exact >= item.low and exact <= item.high * 2
    return item.covers(exact)


_UP_TO = frozenset({"params_total", "params_reported", "context_length", "training_tokens"})
"""Attributes of which `up to` tells the largest of a family or the longest that a model takes."""
_FAR_BELOW = 8
"""A number below a bound by more than this factor is not told by it: `up to 1280K` of 128K."""


def rounded(item: Item, exact: float) -> bool:
    """Whether `item` is `exact` rounded to trailing zeros: 7,000,000,000 for 6.74B."""
    if item.scale or item.low is None or not isinstance(item.value, int | float | Decimal):
        return False
    number = int(item.value)
    if number != item.value or number < 10_000 or number % 100:
        return False
    unit = 1
    while number % (unit * 10) == 0:
        unit *= 10
    if number // unit >= _TELLING and 0 <= exact - number < unit:
        return True
    return abs(number - exact) * 2 <= unit and abs(number - exact) <= 0.1 * exact


def truncated(item: Item, exact: float) -> bool:
    """Whether `item` is `exact` truncated: 65k for 65,536, 12B for 12.9 billion.

    A single digit would cover too much.
    """
    if item.bound or item.digits < 2 or not item.scale or item.scale.endswith("?"):
        return False
    return any(
        one.low is not None and float(one.value) <= exact < 2 * float(one.high) - float(one.value)
        for one in (item, *item.others)
        if one.high is not None
    )


_TELLING = 100
"""Least of the leading digits after which a number may be cut off rather than rounded: 7,610,000,000 for
7,615,616,512."""
_COARSEST = 3
"""Digits of a number whose further ones may be zeros; at least two are significant."""


def _finer(item: Item, value: float) -> bool:
    """Whether `item` gives more digits of a number that the base has rounded: 14.8T for 15T."""
    digits = f"{value:.6e}".split("e")[0].replace(".", "").rstrip("0")
    if len(digits) > _COARSEST or item.digits <= max(len(digits), 2):
        return False
    unit = 10.0 ** (len(str(int(value))) - max(len(digits), 2))
    apart = float(item.value) - value
    return abs(apart) * 2 <= unit or (len(digits) == _COARSEST and 0 <= apart < unit)


def _close(item: Item, value: float) -> bool:
    """Whether two counts of three digits are next to each other: 124M for a printed 125M."""
    digits = f"{value:.6e}".split("e")[0].replace(".", "").rstrip("0")
    if len(digits) > _COARSEST or item.digits != _COARSEST or item.bound:
        return False
    return abs(float(item.value) - value) <= _NEIGHBOURS * value


def _next_to(item: Item, value: float) -> bool:
    """Whether a count of two digits or of four is a hundredth from the base's: 67M for 66.4 million."""
    if item.digits in {1, _COARSEST} or not item.scale or item.bound:
        return False
    return abs(float(item.value) - value) <= _NEIGHBOURS * value


def _rounded_to_tens(item: Item, value: float) -> bool:
    """Whether a count of two digits and a zero is the base's, rounded once or twice.

    360M for 354.8 million, by way of 355M.
    """
    count = float(item.value)
    figures = f"{count:.0f}".rstrip("0")
    if item.bound or not item.scale or item.digits != _COARSEST or len(figures) >= _COARSEST:
        return False
    half = count / int(f"{count:.0f}"[:_COARSEST]) * 5
    return any(count - half <= one < count + half for one in (value, float(f"{value:.3g}")))


def _rounded_to_hundreds(item: Item, value: float) -> bool:
    """Whether some hundreds of millions are the base's rounded: 600M for 567 million."""
    count = float(item.value)
    hundreds = item.scale == "M" and 1e8 < count < 1e9 and not count % 1e8
    return hundreds and abs(count - value) <= min(5e7, 0.1 * value)


_NEIGHBOURS = 0.01
_ABOUT = 0.05
"""Share by which a number that calls itself approximate may deviate: `~30M` for 28.8 million."""
_LARGE = 1_000
_NEAR = 0.01
"""Share by which an exact number may that calls itself approximate: `~5,461` for a width of 5,504."""
_ESTIMATE = 0.1
"""Share by which two estimates of the compute of one training may differ."""
_FARTHEST = 1.3
"""Maximum factor between two counts under any precision, rounding or binary scale."""


def reach(item: Item) -> list[tuple[float, float]] | None:
    """The intervals in which a count must lie to be written as `item`; None for any."""
    if item.bound or item.low is None or item.high is None:
        return None
    return [
        (float(one.low) / _FARTHEST, float(one.high) * _FARTHEST)
        for one in (item, *item.others)
        if one.low is not None and one.high is not None
    ]


def same_count(attribute: Attribute, item: Item, value: Any) -> str | None:
    """How a count agrees with the base's: `same`, a remark on the convention, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if item.bound == "<=" and attribute.id in _UP_TO:
        item = item._replace(bound="")
    if covers(item, value) and not _too_coarse(attribute, item, value):
        return "approximate" if item.approximate else SAME
    printed = PRINTED[attribute.id]
    if item.approximate and value >= _LARGE and abs(float(item.value) - value) <= _NEAR * value:
        return "approximate"
    if printed.exact or item.low is None:
        return None
    if item.approximate and abs(float(item.value) - value) <= _ABOUT * value:
        return "approximate"
    if attribute.id == "training_compute" and abs(float(item.value) - value) <= _ESTIMATE * value:
        return "estimated otherwise"
    if printed.zeros and rounded(item, value):
        return "rounded"
    if truncated(item, value):
        return "rounded down"
    if printed.closely and _finer(item, value):
        return "more precise than the base"
    if attribute.unit == "parameters" and any(
        near(item, value) for near in (_close, _next_to, _rounded_to_tens, _rounded_to_hundreds)
    ):
        return "counted a little otherwise"
    if attribute.id == "vocab_size" and _rounded_to_tens(item, value):
        return "rounded"
    if attribute.id == "context_length" and _is_cut(item, value):
        return "rounded"
    if attribute.id == "context_length" and _is_counted_otherwise(item, value):
        return "counted a little otherwise"
    if attribute.binary and _binary_or_decimal(item, value):
        return "counted in thousands where the base counts in 1,024s, or the reverse"
    if printed.padding and _padded(item, value, printed.padding):
        return "with or without the rows that pad the vocabulary"
    if printed.padding and _without_added(item, value):
        return "without the added tokens"
    return None


def _too_coarse(attribute: Attribute, item: Item, value: float) -> bool:
    """Whether the interval of a single digit is too wide to be informative: `2e-4` for a rate of 1.5e-4."""
    if item.bound or item.digits > 1 or not value:
        return False
    if attribute.unit == "parameters" and abs(float(item.value) - value) > _FIRST * abs(value):
        return True
    if item.approximate:
        return False
    widest = PRINTED[attribute.id].widest
    if widest is None:
        return False
    figures = [item, *item.others]
    return all(abs(float(one.value) - value) > widest * abs(value) for one in figures)


_FIRST = 0.4
"""Share by which a count of one digit may differ from what it stands for: `~1T` is no 671 billion."""


def _binary_or_decimal(item: Item, value: float) -> bool:
    for binary, decimal in ((1024, 1000), (1024**2, 10**6)):
        if value % binary == 0 and covers(item, value / binary * decimal):
            return True
        if value % decimal == 0 and covers(item, value / decimal * binary):
            return True
    return False


def _padded(item: Item, value: float, share: float) -> bool:
    """Whether one of two vocabularies is the other with rows that pad it to a multiple of 64."""
    smaller, larger = sorted((float(item.value), float(value)))
    padded = larger % _ROWS == 0 and (larger == value or smaller % _ROWS != 0)
    return padded and larger - smaller <= share * larger


_ROWS = 64


def _without_added(item: Item, value: float) -> bool:
    """Whether a vocabulary is the base's without some dozens of added tokens, and no slip of a digit."""
    count = float(item.value)
    if not 0 < value - count <= _ADDED * value:
        return False
    digits = zip(f"{count:.0f}", f"{value:.0f}", strict=False)
    return sum(one != other for one, other in digits) > 1


_ADDED = 0.001


def _is_cut(item: Item, value: float) -> bool:
    """Whether a round number of thousands stands for a length that is none: 200K for 202,752."""
    if not item.scale or item.bound or value % 1024:
        return False
    return any(
        int(one.value) % 100_000 == 0 and abs(float(one.value) - value) <= _CUT * value
        for one in (item, *item.others)
    )


_CUT = 0.02


def _is_counted_otherwise(item: Item, value: float) -> bool:
    """Whether a service counts a context by a few tokens otherwise: 8,191 for 8,192, 32,760 for 32,768."""
    if item.bound or value <= _SHORT:
        return False
    thousands = (float(item.value) * ratio for ratio in (1, 1.024, 1.024**2))
    return abs(item.value - value) <= _MARKS or any(
        value > _LONG and abs(one - value) <= _FEW * value for one in thousands
    )


_SHORT = 2_000
_MARKS = 8
_LONG = 500_000
_FEW = 0.001
"""Share of a long context that a service keeps for itself: 1,047,576 of a million in thousands of 1,024."""


def with_or_without_embeddings(item: Item, total: float, embedding: float, tied: bool) -> bool:
    """Whether a parameter count omits the embedding, or counts a tied one twice."""
    if tied and item.digits < _COARSEST:  # with the embeddings twice, 150M is near to many
        return covers(item, total - embedding)
    other = total + embedding if tied else total - 2 * embedding
    return covers(item, total - embedding) or covers(item, other)


def covers_or_cut(item: Item, exact: float) -> bool:
    """Whether a number is exact as it is written, or was cut off: 805M for 805,736,448."""
    return covers(item, exact) or truncated(item, exact)


def same_quantity(item: Item, value: dict[str, Any]) -> str | None:
    """How a length with a unit agrees; the unit may be omitted."""
    if item.unit and item.unit != value["unit"]:
        return None
    return SAME if covers(item, value["value"]) else None


def same_batch(item: Item, value: dict[str, Any], lengths: list[int]) -> str | None:
    """How one batch size agrees with a stage of the base's, in sequences or in tokens.

    `lengths` are the sequence lengths for conversion between the units.
    """
    stages, unit = value["stages"], value["unit"]
    if item.unit in {"", unit} and any(_is_batch(item, stage) for stage in stages):
        return SAME
    for stage in stages:
        for other in _in_other_unit(stage, unit, lengths):
            if item.unit != unit and (_is_batch(item, other) or _about(item, other)):
                return "counted in tokens where the base counts sequences, or the reverse"
    if item.unit in {"", unit} and any(_about(item, stage) for stage in stages):
        return "counted in binary millions, or the reverse"
    return None


def _about(item: Item, number: float) -> bool:
    """Whether the difference between binary and decimal thousands or millions explains the deviation."""
    factors = (1000 / 1024, 1024 / 1000, 1e6 / 2**20, 2**20 / 1e6)
    return any(_is_batch(item, number * factor) for factor in factors)


def _is_batch(item: Item, number: float) -> bool:
    return covers(item, number) and not _too_coarse(ATTRIBUTES["batch_size"], item, number)


def _in_other_unit(stage: int, unit: str, lengths: list[int]) -> list[float]:
    if unit == "sequences":
        return [stage * length for length in lengths]
    return [stage / length for length in lengths if length]
