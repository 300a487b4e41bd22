"""The one grammar of numbers: `7B`, `1.4T tokens`, `70亿`, `2^15`, `1,5 mil millones`, and back.

`parse` is strict, for data files and the command line; `numbers.find_numbers` is lenient, for the
cells of other people's tables. Both read by `grammar`. Arithmetic is exact: a number is read as a
`Decimal` and never passes through a float.
"""

from llmnotes.quantities.printing import compact, exact
from llmnotes.quantities.strict import Quantity, parse, parse_integer

__all__ = ["Quantity", "compact", "exact", "parse", "parse_integer"]
