"""Sizes behind a name that no model of the name has: `Phi-2 (1.5B)`, `LLaMA 2 (7B/13B/65B)`, `Gemma4-27B`."""

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
    if match is None and len(text) <= _LONGEST:
        return _size_of_none(text, names)
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


def _size_of_none(text: str, names: Names) -> ToldSizes | None:
    """The size at the end of a family's name that neither it nor its kin has, of those with several sizes.

    Of a family with one or two the base may lack others.
    """
    match = _ENDING.fullmatch(text)
    family = names.find(match["name"]) if match else None
    if match is None or family is None or family.kind != "family" or family.loose:
        return None
    sizes = names.sizes(family.id)
    if names.find(text) is not None or len(sizes) < _SEVERAL:
        return None
    if any(one.split(".")[0] == match["sizes"][:-1] for one in sizes if "." in one):
        return None  # `1B` for 1.3B
    line = (family.id, *names.generations(family.id))
    kin = (one for one in line if one.startswith(family.id))
    if any(names.of_size(tuple(names.every_member(one)), match["sizes"]) for one in kin):
        return None
    return ToldSizes(family, match["sizes"])


_ENDING = late(
    r"\s{0,9}(?P<name>[^\W\d_][^()（）]{2,60}?)[\s_:-](?P<sizes>\d{1,4}(?:\.\d{1,2})?[bBmM])"
    r"(?:[\s_-](?:instruct|chat|base|it))?\s{0,9}",
    re.I,
)
_SEVERAL = 3
_LONGEST = 120


def cell_of(cell: TableCell, sizes: str) -> TableCell:
    """The part of a cell of a name that has its sizes."""
    inside = cell.raw.rfind(sizes)
    if inside < 0 or "\n" in cell.raw[:inside]:
        return cell._replace(text=sizes)
    start = cell.place.start + inside
    place = Place(cell.place.line, cell.place.column + inside, start, start + len(sizes))
    return cell._replace(text=sizes, raw=sizes, place=place, marks=())
