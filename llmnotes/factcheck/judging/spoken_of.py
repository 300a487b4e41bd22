"""The models and the attribute of each value in a cell with several."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from llmnotes.attributes.relations import RELATIONS, SIZES
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

Agrees = Callable[[Item, str, str], bool]
"""A predicate: whether a value is true of a model, as an attribute."""

_SIZE_WORDS = late(
    r"(?<![\d.])\d{1,6}(?:\.\d{1,4})?(?:x\d{1,4})?\s?[bmk]\b|\b(?:small|base|medium|large|xl)\b",
    re.I,
)


_OTHERWISE = (
    (
        late(r"activ|actif|aktiv|\bativ|активн|激活|活跃|活性|アクティブ|활성", re.I),
        {"params_total"},
        "params_active",
    ),
    (
        late(r"shared|partag|geteilt|compart|общ|共享|共有|공유", re.I),
        {"n_experts", "n_experts_active"},
        "n_shared_experts",
    ),
)
"""Words after a number that make it one of another attribute."""


def is_beside(agrees: Agrees, reading: CellReading, position: int, asked: list[Known]) -> bool:
    """Whether one of two numbers is that of the companion attribute: `39B/141B`, `14 / 2`.

    Both are to be of one model: `120B / 3.6B` has the total of one size and the active ones of another.
    """
    others = RELATIONS[asked[0].attribute.id].beside
    if not others or len(reading.items) != 2 or reading.shape not in {"several", "sum"}:
        return False
    item, main = reading.items[position], reading.items[1 - position]
    of_both = [k for k in asked if agrees(main, k.model, k.attribute.id)] or asked
    return any(agrees(item, k.model, other) for k in of_both for other in others)


def namesakes(
    base: BaseClaims, reading: CellReading, subject: TableSubject, stated: list[Known],
    right: Sequence[str],
) -> list[Known]:  # fmt: skip
    """Members that a family's name means, where the one size of a cell is only that of others.

    `right` are the members that have the size. A row of StarCoder does not include StarCoderBase-7B.
    """
    if subject.kind != "family" or reading.attribute not in SIZES or len(reading.items) != 1:
        return []
    others = base.called_otherwise(subject.id)
    if not right or not others.issuperset(right):
        return []
    return [k for k in stated if k.model not in others]


def asked_of(base: BaseClaims, names: Names, item: Item, stated: list[Known]) -> list[Known]:
    """The models of an item, where words beside it name sizes: `GQA (70B only)`."""
    if not item.qualifier:
        return stated
    for words, attributes, other in _OTHERWISE:
        if words.search(item.qualifier) and stated[0].attribute.id in attributes:
            return [base.known(k.model, other) for k in stated]
    if named := _by_label(base, item.qualifier, stated):
        return named
    models = tuple(k.model for k in stated)
    wanted = {
        model
        for size in _SIZE_WORDS.findall(item.qualifier)
        for model in names.of_size(models, size)
    }
    return [k for k in stated if k.model in wanted] if wanted else stated


def _by_label(base: BaseClaims, qualifier: str, stated: list[Known]) -> list[Known]:
    """The models of the labels in a qualifier, as `compare` prints them; empty where a part is no label."""
    found: set[str] = set()
    for part in qualifier.split(","):
        label = part.strip().removesuffix(" post-trained")
        named = [k.model for k in stated if base.name(k.model) == label]
        models = named or [k.model for k in stated if base.size(k.model) == label]
        if not models:
            return []
        found.update(models)
    return [k for k in stated if k.model in found]
