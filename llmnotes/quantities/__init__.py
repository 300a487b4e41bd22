"""The grammar of numbers: `7B`, `1.4T tokens`, `70亿`, `2^15`, `1,5 mil millones`, parsed and printed.

`parse` is strict, for data files and the command line; `lenient.find_numbers` is for the cells of other
people's tables. Both use `grammar`, which is imported at first use, as most commands only print. Arithmetic
is exact: numbers are `Decimal`, never floats.
"""

from typing import TYPE_CHECKING, Any

from llmnotes.quantities.printing import compact, exact

if TYPE_CHECKING:
    from llmnotes.quantities.strict import Quantity, parse, parse_integer

__all__ = ["Quantity", "compact", "exact", "parse", "parse_integer"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from llmnotes.quantities import strict

    return getattr(strict, name)
