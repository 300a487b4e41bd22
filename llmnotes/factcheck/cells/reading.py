"""The parsed content of a cell: values, their notation, and the unparsed rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, NamedTuple

Shape = Literal["absent", "one", "several", "range", "ramp", "sum", "unreadable"]
Absence = Literal["blank", "dash", "unknown", "not-applicable", "undisclosed", "planned", "none"]


class Item(NamedTuple):
    """One value in a cell.

    `value` is a number, a date, a term of the attribute's vocabulary, a name or a flag. A number covers the
    exact values from `low` to `high`, by the precision it is written with: `7B` covers 6.5 to 7.5 billion.
    `others` are further readings of the same text (128k: 131,072 or 128,000), each with its own interval.
    `bound` is the sign of an inequality, `unit` a term of the attribute's unit vocabulary, `spelled` the
    misspelling of a term, `qualifier` the words that restrict it (`70B only`, `Activated`).
    """

    value: Any
    text: str
    low: Decimal | None = None
    high: Decimal | None = None
    digits: int = 0
    scale: str = ""
    unit: str = ""
    bound: str = ""
    approximate: bool = False
    qualifier: str = ""
    spelled: str = ""
    others: tuple[Item, ...] = ()

    def covers(self, exact: float | int | Decimal) -> bool:
        """Whether an exact number is within the interval of a reading."""
        if self.low is not None and self.high is not None:
            if isinstance(exact, float):
                if float(self.low) <= exact <= float(self.high):
                    return True
            elif self.low <= exact <= self.high:
                return True
        return any(other.covers(exact) for other in self.others) if self.others else False


class CellReading(NamedTuple):
    """The parsed content of a cell as a value of one attribute.

    `shape` is the relation of the items: several sizes, the ends of a range, the stages of a ramp, the
    sides of a sum (`12+12`). `rest` is the unparsed text; a cell may still have items.
    """

    attribute: str
    text: str
    shape: Shape
    items: tuple[Item, ...] = ()
    absence: Absence | None = None
    uncertain: bool = False
    rest: str = ""
    qualifiers: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[Any, ...]:
        """The values of the items."""
        return tuple(item.value for item in self.items)

    @property
    def value(self) -> Any:
        """The single value; None where there is none or several."""
        return self.items[0].value if len(self.items) == 1 else None
