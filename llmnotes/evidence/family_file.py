"""A family file while it is checked: what is written in it, and at which lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from llmnotes import catalog
from llmnotes.evidence.faults import Fault
from llmnotes.evidence.lines import Lines
from llmnotes.family_table import Keys, WrittenOut
from llmnotes.records import Source


class FamilyFile:
    """The raw content of a family file, the places of its faults, and what other files declare.

    Any part of the content may be of a wrong form. `sources` are those of the file, once they are checked.
    """

    def __init__(
        self, path: Path, written: WrittenOut, lines: Lines, others: catalog.Others
    ) -> None:
        self.stem = path.stem
        self.raw = written.family
        self.others = others
        self.sources: dict[str, Source] = {}
        self._places, self._lines = written.places, lines

    @property
    def members(self) -> list[Any]:
        """The models as they are written; none where they are no list."""
        return listed(self.raw.get("models"))

    def known_sources(self) -> dict[str, Source]:
        """The sources of all files by id, with those of this one that are checked."""
        return {**self.others.sources, **self.sources}

    def fault(self, keys: Keys, place: str, problem: str, repair: str) -> Fault:
        """A fault at the line of the keys; one of a model of a table is at its row."""
        inside = self._places.get(keys[:4], keys)
        return Fault(self._lines.of(inside), place, problem, repair)

    def validated(self, record: type[Any], raw: Any, keys: Keys, place: str) -> Any:
        """A generator of all faults of a record, which returns the record where there are none."""
        try:
            return record.model_validate(raw)
        except ValidationError as error:
            for item in error.errors():
                inner = tuple(item["loc"])
                problem, repair = catalog.told(record, item)
                name = ".".join([place, *map(str, inner)])
                yield self.fault((*keys, *inner), name, problem, repair)
        return None


def listed(raw: Any) -> list[Any]:
    """A raw value that should be a list; empty where it is none."""
    return raw if isinstance(raw, list) else []
