"""Sizes in brackets behind a name that no model of the name has: `Phi-2 (1.5B)`, `LLaMA 2 (7B/13B/65B)`."""

from __future__ import annotations

import re
from typing import NamedTuple

from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.tables.model import Place, TableCell

SIZES_TOLD = Header("", "attribute", ("params_total",), certainty=0.9)
"""What is asked of the sizes behind a name."""
_SIZED = late(
    r"\s{0,9}(?P<name>[^()（）]{2,60}?)\s?[(（](?P<sizes>\d[^()（）]{0,60}[bBmM])[)）]\s{0,9}"
)
_ONLY_SIZES = late(
    r"\d{1,4}(?:\.\d{1,2})?\s?[BM](?:\s?[,/、&+]\s?\d{1,4}(?:\.\d{1,2})?\s?[BM])*", re.I
)


class ToldSizes(NamedTuple):
    """The sizes behind a name, and the models that it names without them."""

    subject: TableSubject
    text: str


def sizes_of_none(text: str, names: Names) -> ToldSizes | None:
    """The sizes behind a name of which one is of no model so named; None where all are."""
    match = _SIZED.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or not _ONLY_SIZES.fullmatch(match["sizes"]):
        return None
    subject = names.find(match["name"])
    if subject is None or subject.kind not in {"model", "family"} or subject.loose:
        return None
    models = (*subject.models, *names.beside(subject.models))
    told = [size.text for size in find_sizes(match["sizes"])]
    if all(names.of_size(models, one) or names.of_active(subject.models, one) for one in told):
        return None
    return ToldSizes(subject, match["sizes"])


_LONGEST = 120


def cell_of(cell: TableCell, sizes: str) -> TableCell:
    """The part of a cell of a name that has its sizes."""
    inside = cell.raw.rfind(sizes)
    if inside < 0 or "\n" in cell.raw[:inside]:
        return cell._replace(text=sizes)
    start = cell.place.start + inside
    place = Place(cell.place.line, cell.place.column + inside, start, start + len(sizes))
    return cell._replace(text=sizes, raw=sizes, place=place, marks=())
