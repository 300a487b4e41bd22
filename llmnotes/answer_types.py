"""Answers that other answers contain: the base class of all, a claim and a source."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class FrozenAnswer(BaseModel):
    """Base of all answers: frozen, and open for fields that later versions add."""

    model_config = ConfigDict(frozen=True, extra="allow", use_attribute_docstrings=True)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from llmnotes import notebook

        return notebook.fields(self.model_dump())


class ClaimAnswer(FrozenAnswer):
    """One claim: a value with where it is said."""

    value: Any
    """In the unit of its attribute (`llmnotes schema attributes`); None where it is withheld."""
    status: str
    source: str | None
    """Id of the source."""
    locator: str | None
    """Where in the source."""
    layer: str
    note: str | None
    inherited_from: str | None
    """The family or base model that it is claimed of, where that is another."""


class SourceAnswer(FrozenAnswer):
    """A document that claims rest on."""

    id: str
    kind: str
    title: str
    authors: list[str]
    year: int | None
    url: str | None
    arxiv: str | None
    doi: str | None
