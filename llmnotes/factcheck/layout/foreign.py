"""Columns and lines whose cells are no values of what their headers seem to ask for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.cells.absence import absence
from llmnotes.factcheck.cells.days import find_dates
from llmnotes.factcheck.cells.flags import flag
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.scores import read_score
from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold

_READ = CellReader()
_TOLD_APART = frozenset({"integer", "number", "batch", "quantity", "term", "terms", "date", "flag"})
"""Kinds of attributes whose values are told from other words."""
_PARTS = ("attention", "positional_encoding", "activation", "normalization", "mixer")
"""Attributes whose values stand for the architecture that they are a part of."""
_OPAQUE = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{24,64}", re.IGNORECASE)
"""A key of a database, which says nothing to a reader."""
_FEWEST_CELLS = 3
"""Cells of a column; fewer may be slips of their own."""
_SHARE = 10
"""One in so many cells must be a value of an attribute that the header may not mean."""
_MOST_CELLS = 40
"""Cells of a column that are read."""
_LONGEST = 200
"""Characters of a cell that is read."""
_FEWEST_COLUMNS = 2
"""Cells of a line, for the same reason."""
_FEWEST_DATES = 2
_DATES_TOO = frozenset({"data"})
"""Headers of data in English, of dates in Italian, Polish and Portuguese."""
_DOWNLOADS = late(r"\W*(?:hf\s)?downloads?\W*", re.IGNORECASE)
_COUNT = late(r"\W{0,3}\d[\d.,]{0,14}\s?[kKMB]?\+?\W{0,3}")
"""How often something was downloaded, below a header of links."""
_LETTERS = late(r"[^\W\d_]{2}|\d")


def unless_foreign(header: Header | None, texts: Sequence[str]) -> Header | None:
    """The header of a column; None where no cell is a value of what it was taken for.

    `tools`, `vision` below `Category` are no architectures, and `Pretrained` below `Modality` is no modality.
    """
    if header is None or header.term or header.benchmark:
        return header
    filled = [text for text in texts if _tells(text)]
    if _DOWNLOADS.fullmatch(header.text) and any(map(_COUNT.fullmatch, filled)):
        return None
    if (
        fold(header.text) in _DATES_TOO
        and len(filled) >= _FEWEST_DATES
        and all(map(_is_date, filled))
    ):
        return read_header("Date")._replace(text=header.text)
    if len(filled) < _FEWEST_CELLS:
        return header
    if all(_OPAQUE.fullmatch(text.strip()) for text in filled):
        return None
    some = filled[:_MOST_CELLS]
    may_be = sum(_may_be(text, header) for text in some)
    return header if may_be and (may_be * _SHARE >= len(some) or header.certainty >= 1) else None


def unless_publishers(header: Header | None, texts: Sequence[str], names: Names) -> Header | None:
    """The header of a column; that of publishers where most of its cells are those: `OpenAI` below `Type`."""
    if header is None or header.attribute != "architecture":
        return header
    filled = [text for text in texts if _tells(text)][:_MOST_CELLS]
    named = sum(map(names.is_publisher, filled))
    if named < _FEWEST_CELLS or named * 2 <= len(filled):
        return header
    return read_header("Organization")._replace(text=header.text)


def is_foreign(headers: Sequence[Header | None], texts: Sequence[str]) -> bool:
    """Whether a line has nothing but other words below its headers: a heading, or the sources of scores."""
    filled = [
        (text, header)
        for text, header in zip(texts, headers, strict=False)
        if header is not None and _tells(text) and _is_told_apart(header)
    ]
    return len(filled) >= _FEWEST_COLUMNS and not any(_may_be(*one) for one in filled)


def _is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    rest, dates = text, find_dates(text)
    for start, end, _ in reversed(dates):
        rest = rest[:start] + rest[end:]
    return bool(dates) and _LETTERS.search(rest) is None


def _tells(text: str) -> bool:
    return absence(text) is None


def _is_told_apart(header: Header) -> bool:
    return bool(header.benchmark) or (
        not header.term and ATTRIBUTES[str(header.attribute)].kind in _TOLD_APART
    )


def _may_be(text: str, header: Header) -> bool:
    """Whether a text may be a value below a header; yes and no may be an answer to any."""
    if header.benchmark:
        return len(text) > _LONGEST or read_score(text) is not None
    if not _is_told_apart(header) or len(text) > _LONGEST or flag(text) is not None:
        return True
    if header.attribute == "architecture" and any(
        read_cell(text, name, strict=True).items for name in _PARTS
    ):
        return True  # `GQA` below `Arch` tells of a part of it
    return any(reading.items or reading.absence for reading in _READ.readings(text, header))
