"""Scores held against the tables and sentences of a copy: whose they are, and with how many examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from llmnotes.catalog import folded_names
from llmnotes.evidence.agreement import figures_of, spellings
from llmnotes.evidence.columns import (
    BenchmarkNames,
    ModelNames,
    SoughtFigure,
    SoughtModel,
    concerns,
    elsewhere,
)
from llmnotes.evidence.copies import Copy
from llmnotes.evidence.grids import SHOTS, HeadedCell, ReadTables, lined, marked_up, shots_in
from llmnotes.evidence.places import FILE, CopyPart
from llmnotes.evidence.rows import OwnRow
from llmnotes.evidence.texts import plain
from llmnotes.records import EntityRecord, Model
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold

_BEFORE = 120
"""Characters before `5-shot` in which the benchmark is searched."""
_CITED = re.compile(r"\([^()]{0,80}\d{4}[a-z]?\)\s*$")
_OF_LIST = re.compile(r"shots?\)?\s*:")
_JOINT = re.compile(r"[\s(\[:]*$")


@dataclass(frozen=True)
class TableReader:
    """The tables of the copies, read once, and the names by which they are understood."""

    names: ModelNames
    benchmarks: BenchmarkNames
    _read: dict[tuple[Path, str], ReadTables] = field(default_factory=dict)
    _stated: dict[str, Mapping[str, frozenset[int]]] = field(default_factory=dict)
    _lines: dict[str, list[tuple[frozenset[int], frozenset[str]]]] = field(default_factory=dict)

    def of(self, copy: Copy, locator: str, parts: Sequence[CopyPart]) -> list[ReadTables]:
        """The tables at a place of a copy: those of the files it names, or of the whole text.

        Of text converted from a PDF, those of the named parts.
        """
        if copy.is_of_pdf:
            return [self._lined(copy.path, locator, parts)]
        if not copy.is_tree:
            return [self._marked_up(copy.path)]
        named = dict.fromkeys(found[0] for found in FILE.finditer(locator))
        return [
            self._marked_up(copy.path / name) for name in named if copy.member(name) is not None
        ]

    def _lined(self, path: Path, locator: str, parts: Sequence[CopyPart]) -> ReadTables:
        key = (path, locator)
        if key not in self._read:
            text = "\n".join(part.text or "" for part in parts)
            self._read[key] = lined(text, self.names.is_name)
        return self._read[key]

    def _marked_up(self, path: Path) -> ReadTables:
        key = (path, "")
        if key not in self._read:
            self._read[key] = marked_up(path.read_bytes().decode("utf-8", "replace"), path.name)
        return self._read[key]

    def stated(self, text: str) -> Mapping[str, frozenset[int]]:
        """The numbers of examples that stand right after the name of a benchmark: `MMLU (5-shot)`."""
        if text not in self._stated:
            found: dict[str, frozenset[int]] = {}
            for match in SHOTS.finditer(text.lower()):
                before = _JOINT.sub("", text[max(0, match.start() - _BEFORE) : match.start()])
                name = self.benchmarks.at_end(_CITED.sub("", before).rstrip())
                if name:
                    found[name] = found.get(name, frozenset()) | shots_in(match[0])
            self._stated[text] = found
        return self._stated[text]

    def shots_at(self, place: str, benchmark: str) -> frozenset[int]:
        """The numbers of examples in the lines of a place that do not speak of other benchmarks alone.

        `0-shot: HellaSwag, PIQA, …` is said of every benchmark of a list, and of those that a line break cuts
        off.
        """
        if place not in self._lines:
            self._lines[place] = [
                (shots_in(line), frozenset() if _OF_LIST.search(line) else self.benchmarks.of(line))
                for line in place.split("\n")
                if "shot" in line.casefold()
            ]
        return frozenset[int]().union(
            *(shots for shots, named in self._lines[place] if not named or benchmark in named)
        )


def tables_for(models: Iterable[str], benchmarks: Mapping[str, EntityRecord]) -> TableReader:
    """The reader of tables that knows the folded names of all models, and the benchmarks."""
    names = {
        fold(name): item.id
        for item in benchmarks.values()
        for name in (item.id, item.name, *item.aliases)
    }
    return TableReader(ModelNames(models, names), BenchmarkNames(names))


def names_of(models: Iterable[Model]) -> Iterable[str]:
    """The folded names of models."""
    return (name for model in models for name in folded_names(model))


class ClaimSubject(NamedTuple):
    """The model whose claims are looked up: its rows and columns; `row` is None for a family."""

    tables: TableReader
    row: OwnRow | None = None


def problem(
    subject: ClaimSubject,
    value: Sequence[Mapping[str, Any]],
    copy: Copy,
    locator: str,
    parts: Sequence[CopyPart],
) -> tuple[str, str] | None:
    """A score that stands in another model's cells, or with another number of examples; and the repair."""
    if not value:
        return None
    tables, row = subject.tables, subject.row
    grids = tables.of(copy, locator, parts)
    named = SoughtModel(row.own, row.labels, tables.names) if row else None
    scored = [item for item in value if "score" in item]
    for item, number in zip(scored, figures_of(ATTRIBUTES["evaluation"], scored), strict=True):
        benchmark = tables.benchmarks.named(item["benchmark"])
        sought = SoughtFigure(frozenset(spellings(number)), benchmark)
        others = (
            [elsewhere(named, sought, grid, tables.benchmarks) for grid in grids] if named else []
        )
        if named and others and all(others):
            return (
                f"the score {number:f} of {item['benchmark']} stands at {others[0]!r}, not at {named.own}",
                "take it from the model's own row or column",
            )
        if found := _other_shots(tables, named, item, sought, grids, copy, parts):
            return found
    return None


def _other_shots(
    tables: TableReader,
    named: SoughtModel | None,
    item: Mapping[str, Any],
    sought: SoughtFigure,
    grids: Sequence[ReadTables],
    copy: Copy,
    parts: Sequence[CopyPart],
) -> tuple[str, str] | None:
    """How the shots of a setting differ from those at the score, or at the benchmark if that has none."""
    said = shots_in(plain(item.get("setting") or ""))
    if not said:
        return None
    cells = [
        cell
        for grid in grids
        for table in grid.tables
        for cell in table.cells
        if sought.forms & cell.figures
        and concerns(cell, sought, tables.benchmarks)
        and _may_be(named, cell)
    ]
    there: frozenset[int] = frozenset()
    if cells and all(cell.shots for cell in cells):
        there = frozenset[int]().union(*(cell.shots for cell in cells))
    elif sought.benchmark:
        place = "\n".join(part.text or "" for part in parts)
        if not said & tables.shots_at(place, sought.benchmark):
            there = tables.stated(place if copy.is_tree else copy.text).get(sought.benchmark, there)
    if not there or said & there:
        return None
    shots = " or ".join(f"{number}-shot" for number in sorted(there))
    return (
        f"the setting of {item['benchmark']} is {item['setting']!r}, the copy says {shots}",
        "write the shots as the table has them",
    )


def _may_be(named: SoughtModel | None, cell: HeadedCell) -> bool:
    return named is None or "other" not in (named.owner(cell.head), named.owner(cell.label))
