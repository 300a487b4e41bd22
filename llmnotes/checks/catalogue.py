"""All rules in the order in which findings are shown; importing this module registers them."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.checks import (  # isort: skip
    parameters, coarse, shape, experts, training, chronology, eras, families, evidence, conventions, idle,
)  # fmt: skip
from llmnotes.checks.rules import RULES, Rule
from llmnotes.errors import unknown

THEMES = {
    "parameters": "Parameters",
    "coarse": "Parameters",
    "shape": "Shape",
    "experts": "Experts",
    "training": "Training",
    "chronology": "Dates",
    "eras": "Range of the time",
    "families": "Families",
    "evidence": "Claims and sources",
    "conventions": "Conventions",
    "idle": "Exceptions",
}
"""The modules of rules with the headings of their findings."""

_MODULES = (
    parameters, coarse, shape, experts, training, chronology, eras, families, evidence, conventions, idle,
)  # fmt: skip


def all_rules() -> list[Rule]:
    """Every rule, theme by theme."""
    order = [module.__name__.rpartition(".")[2] for module in _MODULES]
    return sorted(RULES.values(), key=lambda rule: order.index(rule.theme))


def rule(name: str) -> Rule:
    """The rule called `name`; raises `InputError` with the nearest names when there is none."""
    found = RULES.get(name.strip().lower().replace("_", "-").replace(" ", "-"))
    if found is None:
        raise unknown("rule", name, RULES)
    return found


def chosen(names: Iterable[str]) -> list[Rule]:
    """The rules with these names, or all where no name is given."""
    wanted = {rule(name).name for name in names}
    return [item for item in all_rules() if not wanted or item.name in wanted]
