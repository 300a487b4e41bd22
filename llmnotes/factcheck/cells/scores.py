"""Parses scores in a benchmark's column: `45.3`, `0.453`, `45.3 (5-shot)`, `45.3 ± 0.4`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from llmnotes.pattern import late
from llmnotes.quantities.lenient import find_numbers
from llmnotes.quantities.notation import normalized

_SPREAD = late(r"(?:±|\+/-|\\pm)\s?[\d.]{1,8}")
_SHOTS = late(r"(?P<count>\d{1,3}|zero|one|few|multi)[-\s]?shots?\b", re.IGNORECASE)
_COMMA = late(
    r"(?<=(?<![\d.,])\d),(?=\d{1,2}(?![\d.,]))|(?<=(?<![\d.,])\d\d),(?=\d{1,2}(?![\d.,]))"
)
"""A comma in one or two digits before and after: no list of scores is written so closely."""
_APPROXIMATE = late(r"\W{0,3}[~≈∼～≃]")
_ABOUT = Decimal(1)
"""Points by which a score that calls itself approximate may deviate, at most: `~70`."""
_COUNTS = {"zero": 0, "one": 1, "few": None, "multi": None}


class WrittenScore(NamedTuple):
    """A score as written, with half of the weight of its last digit, and the words beside it."""

    value: Decimal
    half: Decimal
    setting: str = ""

    def is_written_of(self, exact: float) -> bool:
        """Whether the score may be a rounding of `exact`, or the reverse.

        Fractions are also percentages: 0.453 is 45.3.
        """
        other = Decimal(repr(exact))
        half = max(self.half, Decimal(1).scaleb(int(other.as_tuple().exponent)) / 2)
        if abs(self.value - other) <= half:
            return True
        return self.value <= 1 < other and abs(self.value - other / 100) <= max(
            self.half, half / 100
        )


def read_score(text: str) -> WrittenScore | None:
    """The only score of a cell; None where there is none or several."""
    plain = _COMMA.sub(".", _SPREAD.sub("", normalized(text)))
    setting = ", ".join(match[0] for match in _SHOTS.finditer(plain))
    bare = re.sub(r"\([^()]{0,60}\)", " ", _SHOTS.sub(" ", plain)).replace("@", " ")
    numbers = find_numbers(bare)
    if len(numbers) != 1 or re.search(r"[^\W\d_]{3}", bare) or numbers[0].scale not in ("", "%"):
        return None
    value = numbers[0].mantissa
    half = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0)) / 2
    if _APPROXIMATE.match(bare):
        half = max(half, _ABOUT if value > 1 else _ABOUT / 100)
    return WrittenScore(value, half, setting)


def shots(setting: str) -> set[int | None]:
    """The numbers of shots named in a setting; None stands for `few`. Empty where it names none."""
    found = (match["count"].lower() for match in _SHOTS.finditer(setting))
    return {_COUNTS[word] if word in _COUNTS else int(word) for word in found}


def same_setting(asked: str, given: str) -> bool:
    """Whether two results may have the same setting: equal shots, or at least one does not say."""
    wanted, had = shots(asked), shots(given)
    if not wanted or not had or wanted & had:
        return True
    return (None in wanted and any(count is None or count > 1 for count in had)) or (
        None in had and any(count is None or count > 1 for count in wanted)
    )
