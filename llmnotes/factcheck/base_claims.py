"""The base's claims, prepared for comparison with cells."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from functools import cached_property
from typing import Literal, NamedTuple

from llmnotes.attributes.relations import RELATIONS
from llmnotes.knowledge.members import members
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES, Attribute
from llmnotes.store.claims import Claims
from llmnotes.vocabulary import fold


class Known(NamedTuple):
    """All claims on one attribute of one model.

    `claims` are statements with a value that resolve or could resolve it, the resolving one first;
    `tentative` are estimates and rumours; `withheld` is the statement that it is undisclosed.
    """

    model: str
    attribute: Attribute
    claims: tuple[Statement, ...]
    tentative: tuple[Statement, ...]
    withheld: Statement | None

    @property
    def unknown(self) -> bool:
        """Whether there is no statement."""
        return not self.claims and not self.tentative and self.withheld is None

    @property
    def first(self) -> Statement | None:
        """The resolving statement."""
        return self.claims[0] if self.claims else None


class BaseClaims:
    """Reads claims by family with a cache, as a table queries the same models many times."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._claims: dict[str, Claims] = {}
        self._known: dict[tuple[str, str], Known] = {}
        self._members: dict[str, list[str]] = {}
        self._standing: dict[str, list[str]] = {}
        self._family: dict[str, str | None] = {}
        self._variant: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._sizes: dict[str, str] = {}
        self._called_otherwise: dict[str, frozenset[str]] = {}
        self._elements: dict[str, tuple[str, ...]] = {}

    def members(self, family: str, variant: Literal["base"] | None = "base") -> list[str]:
        """Ids of a family's models, smallest first: those that stand for it; every one with None."""
        if family not in self._members:
            rows = self.connection.execute(
                "SELECT id, variant, name, size FROM models WHERE family = ? ORDER BY position, id",
                (family,),
            ).fetchall()
            self._members[family] = [row[0] for row in rows]
            self._variant.update({row[0]: row[1] for row in rows})
            self._names.update({row[0]: row[2] for row in rows})
            self._sizes.update({row[0]: row[3] or row[2] for row in rows})
            self._family.update({row[0]: family for row in rows})
        every = self._members[family]
        if variant is None:
            return every
        if family not in self._standing:
            mixed = len({self._variant[model] for model in every}) > 1
            self._standing[family] = members(self.connection, family) if mixed else every
        return self._standing[family]

    def name(self, model: str) -> str:
        """The model's name in its publisher's spelling."""
        self.family(model)
        return self._names[model]

    def variant(self, model: str) -> str:
        """The model's variant, base or post-trained."""
        self.family(model)
        return self._variant[model]

    def family(self, model: str) -> str | None:
        """The family of a model."""
        if model not in self._names:
            row = self.connection.execute(
                "SELECT family, variant, name, size FROM models WHERE id = ?", (model,)
            ).fetchone()
            if row[0] is not None:
                self.members(row[0])
            self._family[model], self._variant[model], self._names[model], size = row
            self._sizes[model] = size or row[2]
        return self._family[model]

    def siblings(self, model: str) -> list[str]:
        """The other base models of the same family."""
        family = self.family(model)
        if family is None:
            return []
        return [item for item in self.members(family) if item != model]

    def called_otherwise(self, family: str) -> frozenset[str]:
        """Members whose name extends the family's by letters: `StarCoderBase` of StarCoder."""
        if family not in self._called_otherwise:
            rows = self.connection.execute("SELECT name FROM families WHERE id = ?", (family,))
            runs_on = re.compile(rf"{re.escape(rows.fetchone()[0])}[^\W\d_]{{2}}", re.IGNORECASE)
            members = self.members(family, None)
            self._called_otherwise[family] = frozenset(
                model for model in members if runs_on.match(self.name(model))
            )
        return self._called_otherwise[family]

    def variants(self, models: Iterable[str], only: str = "") -> list[str]:
        """Models of the same size in the same families: post-trained ones of base ones and the reverse,
        longer contexts; those of one variant where `only` names it."""
        found: dict[str, None] = {}
        for model in models:
            family = self.family(model)
            for other in self.members(family, None) if family else ():
                asked = other != model and only in {"", self.variant(other)}
                if asked and self._same_size(other, model):
                    found[other] = None
        return list(found)

    def of_other_sizes(self, models: Iterable[str]) -> list[str]:
        """Members of the same families in sizes that none of `models` has: tunes without a base."""
        models = tuple(models)
        families = dict.fromkeys(family for one in models if (family := self.family(one)))
        sizes = {self.size(one).split()[0] for one in models}
        every = (other for family in families for other in self.members(family, None))
        return [other for other in every if self.size(other).split()[0] not in sizes]

    def _same_size(self, first: str, second: str) -> bool:
        """Whether two models have the same size, `3.8B (4K)` and `3.8B (128K)`."""
        one, other = self.size(first), self.size(second)
        if not any(map(str.isdigit, one.split()[0])):  # `Qwen 14B` beside `Qwen 32B`
            return one == other
        return one.split()[0] == other.split()[0]

    def size(self, model: str) -> str:
        """The model's size within its family, `70B`; its name where it has none."""
        self.family(model)
        return self._sizes[model]

    def bases(self, model: str) -> frozenset[str]:
        """The models that a model was made of."""
        said = self.statements(model, "based_on")
        return frozenset(base for one in said if isinstance(one.value, list) for base in one.value)

    def statements(self, model: str, attribute: str) -> list[Statement]:
        """All statements of one attribute that hold for a model, the resolving one first."""
        if model not in self._claims:
            family = self.family(model)
            together = self.members(family, None) if family else [model]
            self._claims.update(dict.fromkeys(together, Claims(self.connection, together)))
        return self._claims[model].of_attribute(model, attribute)

    def known(self, model: str, attribute: str) -> Known:
        """The claims on one attribute of one model, including related attributes."""
        key = (model, attribute)
        if key not in self._known:
            self._known[key] = self._read(model, ATTRIBUTES[attribute])
        return self._known[key]

    def named(self, text: str) -> set[str]:
        """The ids of the models with a name; a family's name gives its members."""
        rows = self.connection.execute(
            "SELECT kind, target FROM names WHERE key = ? AND kind IN ('model', 'family')",
            (fold(text),),
        )
        return {
            model
            for kind, target in rows.fetchall()
            for model in (self.members(target) if kind == "family" else [target])
        }

    def of_line(self, text: str) -> set[str]:
        """The ids of the models of all generations of the line with a name."""
        if not fold(text):
            return set()
        rows = self.connection.execute("SELECT id FROM families WHERE line = ?", (fold(text),))
        return {model for (family,) in rows.fetchall() for model in self.members(family, None)}

    @cached_property
    def organizations(self) -> dict[str, str]:
        """The id of each publisher by its folded names."""
        rows = self.connection.execute("SELECT key, target FROM names WHERE kind = 'organization'")
        return {row[0]: row[1] for row in rows}

    @cached_property
    def countries(self) -> dict[str, str]:
        """The ISO 3166 code of the country of each publisher with one."""
        rows = self.connection.execute(
            "SELECT id, country FROM organizations WHERE country IS NOT NULL"
        )
        return {row[0]: row[1] for row in rows}

    @cached_property
    def licences(self) -> dict[str, str]:
        """The id of each licence by normalized name."""
        rows = self.connection.execute("SELECT key, target FROM names WHERE kind = 'license'")
        return {row[0]: row[1] for row in rows}

    @cached_property
    def remarks(self) -> dict[str, str]:
        """The name and the remark of each publisher with one: `MosaicML: bought by …`."""
        rows = self.connection.execute(
            "SELECT id, name, about FROM organizations WHERE about IS NOT NULL"
        )
        return {row[0]: f"{row[1]}: {row[2]}" for row in rows}

    def elements(self, attribute: str) -> tuple[str, ...]:
        """The values of a text, or the elements of a list, over all models of the base."""
        if attribute not in self._elements:
            rows = (
                self.connection.execute(f"SELECT DISTINCT {attribute} FROM models")
                if ATTRIBUTES[attribute].kind == "text"
                else self.connection.execute(
                    "SELECT DISTINCT value FROM model_values WHERE attribute = ?", (attribute,)
                )
            )
            self._elements[attribute] = tuple(str(row[0]) for row in rows)
        return self._elements[attribute]

    def _read(self, model: str, attribute: Attribute) -> Known:
        found = self._of_any(model, _names(attribute.id))
        if attribute.id == "params_active" and self._is_dense(model):
            found += self._of_any(model, _names("params_total"))
        own = self.statements(model, attribute.id) or found
        return Known(
            model,
            attribute,
            tuple(c for c in found if c.value is not None and c.status not in TENTATIVE_STATUSES),
            tuple(c for c in found if c.value is not None and c.status in TENTATIVE_STATUSES),
            next((c for c in own if c.status in {"undisclosed", "not-applicable"}), None),
        )

    def _of_any(self, model: str, attributes: Iterable[str]) -> list[Statement]:
        return [claim for name in attributes for claim in self.statements(model, name)]

    def _is_dense(self, model: str) -> bool:
        """Whether all parameters of a model are active."""
        return any(claim.value == "dense" for claim in self.statements(model, "sparsity")[:1])


def _names(attribute: str) -> tuple[str, ...]:
    """The attribute and those whose values are given under its name."""
    return (attribute, *RELATIONS[attribute].one_name)
