"""What was read in a cell: values, how they were written, and what could not be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, NamedTuple

Shape = Literal["absent", "one", "several", "range", "ramp", "sum", "unreadable"]
Absence = Literal["blank", "dash", "unknown", "not-applicable", "undisclosed", "planned", "none"]


class Item(NamedTuple):
    """One value in a cell.

    `value` is a number, a date, a term of the attribute's vocabulary, a name or a flag. A number
    covers the exact values from `low` to `high`, by the precision it is written with: `7B` covers
    6.5 to 7.5 billion. `others` are further values the same writing may mean (128k: 131,072 or
    128,000), each with what it covers. `bound` is the sign of an inequality, `unit` a term of the
    attribute's unit vocabulary, `spelled` the broken spelling of a term, `qualifier` the words that
    say of what it holds (`70B only`, `Activated`).
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
        """Whether an exact number may be written so, one of the other meanings included."""
        if self.low is not None and self.high is not None:
            if isinstance(exact, float):
                if float(self.low) <= exact <= float(self.high):
                    return True
            elif self.low <= exact <= self.high:
                return True
        return any(other.covers(exact) for other in self.others) if self.others else False


class CellReading(NamedTuple):
    """What a cell says of one attribute.

    `shape` says how the items belong together: several sizes, the ends of a range, the stages of a
    ramp, the sides of a sum (`12+12`). `rest` is what could not be read; a cell may still have items.
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
        """The one value; None where there is none or several."""
        return self.items[0].value if len(self.items) == 1 else None
