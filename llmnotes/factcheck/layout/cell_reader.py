"""Cells read as the attributes that their header may mean."""

from __future__ import annotations

from functools import lru_cache

from llmnotes.factcheck.cells.flags import flag
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.cells.units import Scale
from llmnotes.factcheck.layout.headers import Header
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES

_TERMS = frozenset({"term", "terms"})
_MORE = late(r"[^\W\d_]{2}|A\d|\bof\b")
"""What a cell has that says more than a number, a scale or a mark."""


def read_all(text: str, header: Header) -> list[CellReading]:
    """What a cell says of its header's attributes: the first one always, the others where they are."""
    if not header.attributes:
        return []
    first = read_cell(text, header.attributes[0], header.scale, term=header.term)
    if first.shape == "absent" or header.term:
        return [first]
    if not _MORE.search(text):
        return [first]
    others = [
        read_cell(text, attribute, header.scale, strict=True) for attribute in header.attributes[1:]
    ]
    found = [reading for reading in others if reading.items]
    if not found and not first.items:  # `full` under Attention is no sharing, but says something
        loosely = [read_cell(text, name, header.scale) for name in _worded(header.attributes[1:])]
        found = [reading for reading in loosely if reading.items]
    return [first, *found] if first.items or not found else found


def _worded(attributes: tuple[str, ...]) -> list[str]:
    return [name for name in attributes if ATTRIBUTES[name].kind in _TERMS and name != "sparsity"]


@lru_cache(maxsize=65_536)
def _read(text: str, attribute: str, scale: Scale | None) -> CellReading:
    return read_cell(text, attribute, scale)


@lru_cache(maxsize=65_536)
def _read_all(text: str, header: Header) -> tuple[CellReading, ...]:
    return tuple(read_all(text, header))


class CellReader:
    """Reads cells as the attributes that their header may mean; the same text is read once."""

    def read(self, text: str, attribute: str, scale: Scale | None = None) -> CellReading:
        """A cell as one attribute."""
        return _read(text, attribute, scale)

    def readings(self, text: str, header: Header) -> tuple[CellReading, ...]:
        """A cell as the header's attribute, and as those that people put into the same cell."""
        return _read_all(text, header)

    def flag(self, text: str, header: Header) -> bool | None:
        """Yes or no below a header that is itself a term (`GQA`); None for anything else."""
        return flag(text) if header.term else None
