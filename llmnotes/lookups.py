"""The lookups of the Python API: models, families, lines, entities and sources by name."""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import TYPE_CHECKING, Self

from llmnotes.answers import EntityAnswer, FamilyAnswer, LineAnswer, ModelRecord, SourceAnswer
from llmnotes.errors import InputError

if TYPE_CHECKING:
    from llmnotes.knowledge.entities import Entity


class Lookups:
    """Lookups by name on an open base; `llmnotes.KnowledgeBase` adds the other questions."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        """The base itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the base, whether or not an exception was raised."""
        self.close()

    def close(self) -> None:
        """Close the stores; afterwards every method fails."""
        self._connection.close()

    def model(self, name: str) -> ModelRecord:
        """The record of the model called `name`, its values as attributes.

        `kb.model("llama-2-70b").context_length` is 4096; an unknown or withheld value is None, and `status`
        tells which. Numbers are whole and in the unit of their attribute: parameters, tokens, layers;
        learning rates and the like are floats; dates are ISO texts, `2023-07` where the day is not known.
        The name of a family with a single model also finds that model.
        """
        from llmnotes.knowledge.members import members
        from llmnotes.knowledge.records import add_claims, read_records
        from llmnotes.knowledge.stand_ins import look_up

        subject = look_up(self._connection, name, ("model", "family"))
        key = subject.id
        if subject.kind == "family":
            models = members(self._connection, key)
            if len(models) != 1:
                raise InputError(f"{name!r} is a family of {', '.join(models)}; name one of them")
            key = models[0]
        records = read_records(self._connection, [key])
        add_claims(self._connection, records)
        return ModelRecord.model_validate(records[0])

    def family(self, name: str) -> FamilyAnswer:
        """The family called `name` with its own claims and the records of its members, smallest first.

        Values are in the units that `model` names.
        """
        from llmnotes.knowledge.names import find
        from llmnotes.knowledge.show import show

        found = find(self._connection, name, ("family",))
        return FamilyAnswer.model_validate(show(self._connection, found).record)

    def show(
        self, name: str, kind: str | None = None
    ) -> ModelRecord | FamilyAnswer | LineAnswer | EntityAnswer:
        """The entry that `name` refers to, as `llmnotes show` finds it; `kb[name]` is the same.

        `kind` selects between entries of the same name: `model`, `family`, `line`, `dataset` … Raises
        `InputError` where several entities have the name.
        """
        from llmnotes.knowledge.subjects import shown

        found = shown(self._connection, name, kind)
        if found.subject is not None:
            of_model = found.subject.kind == "model"
            return (self.model if of_model else self.family)(found.subject.id)
        if found.line is not None:
            return self.line(found.line)
        if len(found.entities) > 1:
            kinds = " or ".join(item.kind for item in found.entities)
            raise InputError(f"{name!r} is several things; say which with kind: {kinds}")
        return self._portrait(found.entities[0])

    __getitem__ = show

    def _portrait(self, item: Entity) -> EntityAnswer:
        from llmnotes.knowledge.entity_uses import portrait

        return EntityAnswer.model_validate(portrait(self._connection, item).as_json())

    def entities(self, kind: str) -> list[EntityAnswer]:
        """Every entity of a kind with the models that name it, by id.

        Kinds are `organization`, `dataset`, `benchmark`, `license`, `tokenizer` and `hardware`, or
        their plurals.
        """
        from llmnotes.attributes.entities import PLURALS
        from llmnotes.errors import unknown
        from llmnotes.knowledge.entities import entities

        singular = next((one for one, many in PLURALS.items() if kind in (one, many)), None)
        if singular is None:
            raise unknown("kind of entity", kind, PLURALS)
        return [self._portrait(item) for item in entities(self._connection, singular).values()]

    def line(self, name: str) -> LineAnswer:
        """The generations of a line, first to last."""
        from llmnotes.knowledge.lines import generations
        from llmnotes.knowledge.subjects import shown

        key = str(shown(self._connection, name, "line").line)
        found = {"id": key, "generations": generations(self._connection, key)}
        return LineAnswer.model_validate(found)

    def families(self) -> list[FamilyAnswer]:
        """Every family with its own claims and the records of its members, the oldest first."""
        rows = self._connection.execute(
            "SELECT id FROM families f ORDER BY "
            "(SELECT min(release_date_min) FROM models m WHERE m.family = f.id) NULLS LAST, id"
        ).fetchall()
        return [self.family(key) for (key,) in rows]

    def sources(self) -> list[SourceAnswer]:
        """Every source cited by a claim, by id."""
        from llmnotes.knowledge.sources import all_sources

        return [SourceAnswer.model_validate(item) for item in all_sources(self._connection)]
