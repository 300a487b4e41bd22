"""The schema of llmnotes: every attribute of a model, its groups, and the statuses, layers and variants.

Table columns, command options, table rows, exports, the JSON Schema and `docs/attributes.md` are
made from these declarations (`llmnotes.declarations`). Importing this module builds no pydantic class; the
record types (`Family`, `Model`, `Claim`, `Source`, `Organization`) are in `llmnotes.records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from llmnotes.attribute_types import FLAG_TERMS, LIST_KINDS, Attribute, Column, Kind
from llmnotes.declarations import declared
from llmnotes.errors import InputError, unknown
from llmnotes.vocabulary import fold

__all__ = [
    "ATTRIBUTES",
    "CLAIMABLE",
    "FLAG_TERMS",
    "GROUPS",
    "LAYERS",
    "LIST_KINDS",
    "POSITIONS",
    "STATUSES",
    "TENTATIVE_STATUSES",
    "VARIANTS",
    "Attribute",
    "Column",
    "Kind",
    "admitted",
    "attribute",
    "attributes_called",
    "attributes_in",
    "refuse_computed",
]  # fmt: skip

STATUSES: Mapping[str, str] = {
    "reported": "the source says so",
    "derived": "computed from other claims, or taken from a documented sibling of the same "
    "architecture; the source names the formula",
    "estimated": "a third party's estimate",
    "rumoured": "said by people who do not show where they know it from",
    "undisclosed": "the publisher refuses to say, or the documents searched are named and silent",
    "not-applicable": "the attribute has no meaning for this model",
}
"""The meaning of each status. No claim at all means unknown."""

TENTATIVE_STATUSES = frozenset({"estimated", "rumoured"})
"""Statuses that resolve a value only without other claims, and that filters skip by default."""


def admitted(*, rumours: bool, estimates: bool) -> frozenset[str]:
    """The tentative statuses that satisfy a condition where these are included."""
    asked = {"rumoured": rumours, "estimated": estimates}
    return frozenset(status for status, included in asked.items() if included)


LAYERS: Mapping[str, str] = {
    "user": "typed by the user",
    "curated": "ships with the package",
    "imported": "bulk data that a user brought in",
}
"""Origins of claims, strongest first."""

VARIANTS: Mapping[str, str] = {
    "base": "as pretraining left it",
    "post-trained": "a checkpoint trained further to follow instructions or to chat",
}

GROUPS: Mapping[str, str] = {
    "identity": "Identity",
    "architecture": "Architecture",
    "size": "Size",
    "objective": "Objective",
    "data": "Training data",
    "tokenizer": "Tokenizer",
    "position": "Positions",
    "attention": "Attention",
    "feed-forward": "Feed-forward and norms",
    "context": "Context",
    "layers": "Layers",
    "state-space": "State-space and linear layers",
    "batch": "Batch",
    "evaluation": "Evaluation",
    "post-training": "Post-training",
    "optimizer": "Optimizer",
    "compute": "Compute",
    "access": "Access",
}
"""Groups of attributes, in the order of the starting notes' rows, with their headings."""

ATTRIBUTES: Mapping[str, Attribute] = {item.id: item for item in declared()}
"""Every attribute by id, in the order of the groups."""

CLAIMABLE: Mapping[str, Attribute] = {
    name: item for name, item in ATTRIBUTES.items() if not item.computed
}
"""The attributes that can be claimed; the others are computed from the claims."""


POSITIONS: Mapping[str, int] = {name: number for number, name in enumerate(ATTRIBUTES)}
"""The position of each attribute in the order of the declarations."""


def refuse_computed(item: Attribute) -> None:
    """Raise `InputError` for a computed attribute, which cannot be claimed."""
    if item.computed:
        raise InputError(
            f"{item.id} is worked out from the other claims; nothing can be claimed of it"
        )


def attribute(name: str, place: str = "") -> Attribute:
    """The attribute called `name`: its id, option name or label, in any case and punctuation.

    Raises `InputError` with the nearest names when there is none.
    """
    found = ATTRIBUTES.get(name)
    if found:
        return found
    key = fold(name)
    for item in ATTRIBUTES.values():
        if key in map(fold, (item.id, item.option_name, item.label, *item.also)):
            return item
    raise unknown(
        "attribute",
        name,
        [*ATTRIBUTES, *(a.option for a in ATTRIBUTES.values() if a.option)],
        place,
        listed_by="llmnotes list attributes",
    )


def attributes_in(group: str) -> list[Attribute]:
    """The attributes of a group, named by its id or heading.

    Raises `InputError` with the nearest groups when there is none.
    """
    for key, heading in GROUPS.items():
        if fold(group) in (fold(key), fold(heading)):
            return [item for item in ATTRIBUTES.values() if item.group == key]
    raise unknown("group", group, GROUPS)


def attributes_called(names: Iterable[str]) -> list[str]:
    """The ids of the attributes called by `names`; the name of a group gives all its attributes.

    Raises `InputError` with the nearest attributes for any other name.
    """
    found: dict[str, None] = {}
    for name in names:
        try:
            found[attribute(name).id] = None
        except InputError:
            if fold(name) not in {fold(word) for group in GROUPS.items() for word in group}:
                raise
            found.update(dict.fromkeys(item.id for item in attributes_in(name)))
    return list(found)
