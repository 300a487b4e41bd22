"""The input of the rules: models with all claims that hold for them, families, sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from llmnotes import sizing
from llmnotes.checks.exceptions import Exemption
from llmnotes.errors import InputError
from llmnotes.resolve import Statement, Statements
from llmnotes.schema import TENTATIVE_STATUSES
from llmnotes.sizing.parameters import ParameterCount
from llmnotes.values import kinds_of


@dataclass(frozen=True)
class CheckedModel:
    """A model with every claim that holds for it, the resolving claim first."""

    id: str
    name: str
    family: str | None
    size: str | None
    variant: str
    position: int
    claims: Statements

    def claim(self, attribute: str) -> Statement | None:
        """The claim that resolves an attribute; None where it is unknown or only tentative."""
        return self._certain.get(attribute)

    @cached_property
    def _certain(self) -> Mapping[str, Statement]:
        """By attribute the claims that give a value and are no guesses."""
        return {
            attribute: first
            for attribute, (first, *_) in self.claims.items()
            if first.value is not None and first.status not in TENTATIVE_STATUSES
        }

    def value(self, attribute: str) -> Any:
        """The resolved value of an attribute; None where it is unknown or only tentative."""
        found = self.claim(attribute)
        return None if found is None else found.value

    def number(self, attribute: str) -> int | None:
        """The value of an attribute that is one integer for all layers, else None."""
        value = self.value(attribute)
        return value if type(value) is int else None

    def numbers(self, attribute: str) -> list[int]:
        """The integers of an attribute: one, a set's members or one for each kind of layer."""
        value = self.value(attribute)
        found = value if isinstance(value, list) else kinds_of(value)
        return [item for item in found if type(item) is int]

    def said(self, *attributes: str) -> tuple[Statement, ...]:
        """The resolving claims of these attributes, without attributes that have none."""
        found = (self.claim(name) for name in attributes)
        return tuple(claim for claim in found if claim is not None)

    def answers_for(self, *attributes: str) -> bool:
        """Whether a rule on these attributes applies to this model.

        Values that a post-trained variant inherits are checked once, where they are claimed.
        """
        if self.variant != "post-trained":
            return True
        return any(claim.inherited_from is None for claim in self.said(*attributes))

    @property
    def recount(self) -> ParameterCount | None:
        """Parameters counted from the shape; None where the shape is incomplete or contradictory."""
        return self._count if isinstance(self._count, ParameterCount) else None

    @property
    def uncounted(self) -> str:
        """Why the parameters could not be counted; empty where they could."""
        return self._count if isinstance(self._count, str) else ""

    @cached_property
    def _count(self) -> ParameterCount | str:
        shape = {name: claim.value for name, claim in self._certain.items()}
        try:
            return sizing.count_parameters(sizing.from_attributes(shape))
        except InputError as error:
            return str(error)


@dataclass(frozen=True)
class CheckedFamily:
    """A family with its own claims and its members, smallest first."""

    id: str
    name: str
    line: str | None
    claims: Statements
    members: tuple[CheckedModel, ...]

    @cached_property
    def base_members(self) -> tuple[CheckedModel, ...]:
        """The base models of the family."""
        return tuple(model for model in self.members if model.variant == "base")


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """A source, how much of it was read, and whether a claim uses it or a text mentions it."""

    id: str
    kind: str
    title: str
    year: int | None
    arxiv: str | None
    checked: str | None
    layer: str
    used: bool
    read: str | None = None


@dataclass(frozen=True, slots=True)
class Generation:
    """A family as a generation of a line: `llama-2` is number 2 of llama."""

    family: str
    line: str
    first: str
    last: str


@dataclass(frozen=True)
class CheckedBase:
    """Data across families: sources, lines, release dates of all models."""

    sources: Mapping[str, CheckedSource] = field(default_factory=dict)
    released: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """The first and the last possible release day by model."""
    generations: tuple[Generation, ...] = ()
    shipped: tuple[str, ...] = ()
    """Models in both the user's store and the curated layer."""
    idle_exceptions: tuple[Exemption, ...] = ()
    """Exceptions that did not apply to any finding."""
    is_listed: Callable[[str, str], bool] = lambda kind, text: True
    """Whether an element of a value names a known entity of a kind."""
