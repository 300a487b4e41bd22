"""Resolves a label to a model, or to a size of the family named in the context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from llmnotes.factcheck.layout.grid import text_of
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import ByScript, late
from llmnotes.quantities.sizes import size
from llmnotes.tables.model import Table, TableCell

ONLY_SIZE = ByScript(
    lambda keep: (
        rf"\W{{0,9}}(?:e?{size(keep)}(?:-A\d{{1,3}}(?:\.\d)?B)?|tiny|mini|small|base|medium|large|xl|xxl)\W{{0,9}}"
    ),
    re.I,
)


_IN_BRACKETS = late(r"\([^()]{1,200}\)")


def is_name(text: str, names: Names) -> bool:
    """Whether a text names a model, or is a size."""
    return bool(text.strip()) and (names.find(text) is not None or bool(ONLY_SIZE.fullmatch(text)))


def context(table: Table, names: Names, extra: Sequence[str] = ()) -> TableSubject | None:
    """The family named in the context of a table: in it, above it, in its caption."""
    return next(mentioned(table, names, extra), None)


def mentioned(table: Table, names: Names, extra: Sequence[str] = ()) -> Iterator[TableSubject]:
    """All subjects named in the context of a table, the nearest first.

    A size after a name that no such model has makes it another model's: `StableLM Zephyr 3B`. What stands
    in brackets comes last: it often compares, `(up from 32,000 in Llama 2)`.
    """
    texts = (*extra, table.caption, *reversed(table.headings))
    told = set()
    for text in texts:
        for found in _mentioned(_IN_BRACKETS.sub(" ", text), names):
            told.add(found.id)
            yield found._replace(taken=text.strip()[:80])
    for text in texts if any("(" in text for text in texts) else ():
        for found in _mentioned(text, names):
            if found.id not in told:
                yield found._replace(taken=text.strip()[:80])


def _mentioned(text: str, names: Names) -> Iterator[TableSubject]:
    """The models and families named in a text, the longest names first."""
    words = text.replace("/", " ").split()[:40]
    for length in range(min(5, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length]).strip(":,.;")
            found = names.find(name)
            behind = " ".join(words[start + length : start + length + 1]).strip(":,.;`*")
            if found is not None and ONLY_SIZE.fullmatch(behind):
                found = names.find(f"{name} {behind}")
            if found is not None and found.kind in {"model", "family"}:
                yield found


class FamilyAround:
    """The family named in the context of a table, or else beside the bare sizes among its `labels`.

    It is searched when it is first asked for.
    """

    def __init__(
        self, table: Table, names: Names, extra: Sequence[str], labels: Sequence[str] = ()
    ) -> None:
        self._place = table, names, extra
        self._labels = labels

    @cached_property
    def family(self) -> TableSubject | None:
        """The family; a heading inside the table may name another."""
        return context(*self._place) or _beside_sizes(self._labels, self._place[1])


def _beside_sizes(labels: Sequence[str], names: Names) -> TableSubject | None:
    """The only family named among labels that are sizes of it otherwise: `44M`, `7.1B`, `Gopher 280B`."""
    sizes = {label for label in labels if ONLY_SIZE.fullmatch(label)}
    others = {label for label in labels if label.strip()} - sizes
    if len(sizes) < _FEWEST_SIZES or len(others) > _MOST_NAMES:
        return None
    families = {names.family_of(label) for label in others}
    family = families.pop() if len(families) == 1 else None
    if family is None or not all(of_size(size, names, family) for size in sizes):
        return None
    return family._replace(taken=f"the sizes beside {min(others)}")


_FEWEST_SIZES = 2
_MOST_NAMES = 20


def named_subject(text: str, names: Names, around: FamilyAround) -> TableSubject | None:
    """The model called `text`; a size alone is resolved within the family of the context."""
    found = names.find(text)
    if found is None and ONLY_SIZE.fullmatch(text) and around.family is not None:
        return of_size(text, names, around.family)
    return found


def of_size(text: str, names: Names, family: TableSubject) -> TableSubject | None:
    """The member of a family that has the size written as `text`."""
    models = names.of_size(family.models, text)
    if not models:
        return None
    return family._replace(kind="model", id=models[0], models=(models[0],), loose=False)


def series_of(row: Sequence[TableCell | None], model: int, names: Names) -> str:
    """The name to the left that a row continues: `LLaMA 2 | 7B`, `DeepSeek | V3`; else empty."""
    before = [text for i in range(model) if (text := text_of(row, i)).strip()]
    own = text_of(row, model)
    return next((t for t in before if names.find(t) or names.find(f"{t} {own}")), "")


def in_series(text: str, series: str, names: Names) -> TableSubject | None:
    """The subject of a name within a series: a member, or the series itself for a dash."""
    if not series:
        return None
    whole = names.find(series)
    if not any(map(str.isalnum, text)):
        return whole
    if ONLY_SIZE.fullmatch(text):
        sized = of_size(text, names, whole) if whole is not None else None
        return sized or names.find(f"{series} {text}")
    return names.find(text) or names.find(f"{series} {text}")
