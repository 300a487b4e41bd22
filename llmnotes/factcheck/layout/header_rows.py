"""Interprets the headers of a table together, including headers of several rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from llmnotes.attributes.written import WRITTEN
from llmnotes.factcheck.cells.terms import spellings_of
from llmnotes.factcheck.cells.units import scale_of
from llmnotes.factcheck.layout.benchmarks import read_benchmark
from llmnotes.factcheck.layout.header_meaning import named
from llmnotes.factcheck.layout.header_parts import parts_of
from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.quantities.notation import normalized
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables.model import TableCell
from llmnotes.vocabulary import fold


def read_headers(texts: Iterable[str]) -> list[Header]:
    """The meaning of the headers of one table, interpreted together.

    Where two headers mean one attribute, the less certain one takes its second meaning: beside `Emb Dim`,
    `Hidden Dim` is the width of the feed-forward layer.
    """
    return told_apart([read_header(text) for text in texts])


def read_columns(columns: Iterable[Sequence[str]]) -> list[Header]:
    """As `read_headers`, for columns whose header has parts in several rows, from the top down.

    Columns headed alike, as those of tables side by side, mean the same.
    """
    headed = [tuple(parts) for parts in columns]
    distinct = list(dict.fromkeys(headed))
    told = dict(zip(distinct, told_apart([read_parts(one) for one in distinct]), strict=True))
    return [told[one] for one in headed]


def told_apart(found: list[Header]) -> list[Header]:
    """Headers without duplicate attributes: the less certain of two takes its second meaning."""
    taken = {header.attribute: 0 for header in found if header.attribute}
    for header in found:
        if header.attribute and not header.second:
            taken[header.attribute] += 1
    for position, header in enumerate(found):
        rival = header.second and taken.get(header.attribute or "", 0)
        if rival and header.second not in taken:
            together = (header.second, *WRITTEN[header.second].companions)
            found[position] = header._replace(attributes=together, second="")
        elif header.attribute and header.second:
            taken[header.attribute] += 1
    return found


def read_parts(parts: Sequence[str]) -> Header:
    """The meaning of the parts of a header, from the top down: `Ctx` over `tokens` is a context in tokens.

    Parts that form a known name together are that name; a unit or scale applies to the part above it; else
    the lowest part with a meaning counts, as those above may be headings of groups.
    """
    texts = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    for lowest in range(len(texts) - 1, 0, -1):
        for above in range(lowest - 1, -1, -1):
            if found := together_mean(texts[above], texts[lowest]):
                return found
    headers = [read_header(text) for text in reversed(texts)]
    telling = (header for header in headers if header.role != "unknown" and not header.given)
    return next(telling, headers[0] if headers else Header(""))


def continues(heads: Sequence[TableCell | None], row: Sequence[TableCell | None]) -> bool:
    """Whether a row continues the headers above it: below no name, and with only units, parts and names.

    Markdown has only one header row, so that a second one is written as an ordinary row.
    """
    texts = ["" if cell is None else cell.text.strip() for cell in row]
    above = spread(["" if cell is None else cell.text.strip() for cell in heads])
    if texts[0] and read_header(texts[0]).role != "name":
        return False
    filled = [pair for pair in zip(above[1:], texts[1:], strict=False) if pair[1]]
    if _are_values([below for _, below in filled]):
        return False
    telling = [
        together_mean(*pair) is not None or named(parts_of(pair[1])[0]) is not None
        for pair in filled
    ]
    others = [below for (_, below), tells in zip(filled, telling, strict=True) if not tells]
    return sum(telling) > len(others) and not any(re.search(r"\d", text) for text in others)


def _are_values(texts: Sequence[str]) -> bool:
    """Whether the first text names an attribute of which all others are terms: `Architecture`, `MoE`."""
    if len(texts) < 2:
        return False
    terms = {
        spelling for name in read_header(texts[0]).attributes for spelling in spellings_of(name)
    }
    return all(fold(text) in terms for text in texts[1:] if any(map(str.isalnum, text)))


def spread(texts: Sequence[str]) -> list[str]:
    """A header row with each empty cell filled from its left: Markdown has no merged cells."""
    found: list[str] = []
    for text in texts:
        found.append(text if text.strip() or len(found) < 2 else found[-1])
    return found


def together_mean(above: str, below: str) -> Header | None:
    """The meaning of a part and the one below it as one name; None where there is no such name."""
    for whole in (f"{above} {below}", f"{below} {above}"):
        if named(parts_of(whole)[0]) is not None or read_benchmark(whole) is not None:
            return read_header(whole)
    scale = scale_of(normalized(below).strip("()[] "))
    head = read_header(above)
    if scale is None or head.attribute is None or not ATTRIBUTES[head.attribute].is_numeric:
        return None
    if scale.unit and scale.unit not in WRITTEN[head.attribute].units:
        return None
    return head._replace(text=f"{above} {below}", scale=scale)
