"""The type of an attribute's declaration: `Attribute`, and the columns of the view `models` that hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from llmnotes.terms import VOCABULARIES

Kind = Literal[
    "integer", "number", "flag", "term", "terms", "text", "texts", "date",
    "batch", "quantity", "datasets", "results", "organizations", "models",
]  # fmt: skip
"""The type of an attribute's values, which decides how they are parsed, compared, stored and printed."""

FLAG_TERMS = ("yes", "no")
"""How the values of a flag are written."""

LIST_KINDS = frozenset({"terms", "texts", "datasets", "results", "organizations", "models"})
"""Kinds whose value is a list; the rest hold one value (a set or a pattern counts as one)."""


class Column(NamedTuple):
    """One column of the view `models`: its SQL type and the part of the value it holds."""

    name: str
    sql_type: Literal["INTEGER", "REAL", "TEXT"]
    part: Literal["value", "min", "max", "unit", "tokens", "pattern"]


@dataclass(
    frozen=True, eq=False
)  # declared once each, so compared by identity, which starts faster
class Attribute:
    """One property of a model: its names, the kind, unit and vocabulary of its values, and its meaning.

    - `many`: a number that may be a set of numbers;
    - `per_layer`: the value may change from layer to layer;
    - `inherited`: a post-trained variant takes it from the model it is `based_on`;
    - `binary`: `4k` means 4,096 rather than 4,000;
    - `fallback`: the attribute whose value is used where this one has no claim;
    - `row`: the row of the starting notes' table that it belongs to;
    - `also`: further names of its filter option;
    - `terms_of`: the attribute whose vocabulary is tried for a term that is not in its own;
    - `range_text`: a family whose members differ is shown with the range first, `1T–2T: …`;
    - `computed`: it follows from the other claims, cannot be claimed and is never counted as a difference.
    """

    id: str
    label: str
    group: str
    kind: Kind
    meaning: str
    unit: str | None = None
    vocabulary: str | None = None
    option: str = ""
    row: str | None = None
    many: bool = False
    per_layer: bool = False
    inherited: bool = False
    binary: bool = False
    fallback: str | None = None
    range_text: bool = False
    computed: bool = False
    also: tuple[str, ...] = ()
    terms_of: str | None = None

    @cached_property
    def option_name(self) -> str:
        """The lenient name used by `filter` options and by `--where`."""
        return self.option or self.id

    @cached_property
    def is_list(self) -> bool:
        """Whether a value holds several elements, of which `=` means contains."""
        return self.kind in LIST_KINDS

    @cached_property
    def plain(self) -> bool:
        """Whether one column holds the whole value."""
        return len(self.columns) == 1

    @cached_property
    def is_numeric(self) -> bool:
        """Whether the value is compared as a number."""
        return self.kind in {"integer", "number", "batch", "quantity"}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the view `models` that hold this attribute, the plain one first."""
        kind = self.kind
        if kind in {"number", "quantity"}:
            sql_type: Literal["INTEGER", "REAL", "TEXT"] = "REAL"
        else:
            sql_type = "INTEGER" if kind in {"integer", "flag", "batch"} else "TEXT"
        found = [Column(self.id, sql_type, "value")]
        if kind == "date":
            found += [
                Column(f"{self.id}_min", "TEXT", "min"),
                Column(f"{self.id}_max", "TEXT", "max"),
            ]
        if kind == "integer" and (self.many or self.per_layer):
            found += [
                Column(f"{self.id}_min", "INTEGER", "min"),
                Column(f"{self.id}_max", "INTEGER", "max"),
            ]
        if self.per_layer:
            found.append(Column(f"{self.id}_pattern", "TEXT", "pattern"))
        if kind in {"batch", "quantity"}:
            found.append(Column(f"{self.id}_unit", "TEXT", "unit"))
        if kind == "batch":
            found.append(Column(f"{self.id}_tokens", "INTEGER", "tokens"))
        return tuple(found)

    @property
    def terms(self) -> Mapping[str, tuple[str, ...]]:
        """The allowed terms with their synonyms; empty where any text is allowed."""
        return VOCABULARIES[self.vocabulary] if self.vocabulary else {}
