"""Columns and rows of tables that are named after a model, to tell another model's figure from its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal, NamedTuple

from llmnotes.evidence.grids import HeadedCell, ReadTables
from llmnotes.vocabulary import fold

Owner = Literal["own", "other"]

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SIZE = re.compile(r"(?<![\d.])((?:\d+x)?\d+(?:\.\d+)?[bm])(?![a-z])(?!\s*tokens?)", re.IGNORECASE)
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
_FIRST = re.compile(r"[a-z]{3,}")
_CHECKPOINT = re.compile(r"step|checkpoint|intermediate")
"""What follows the name of a model where a stage of its training is meant."""
_FIRST_WORD = re.compile(r"[\s_-]")
_WORD = re.compile(r"[\w.+]+")
_MOST_WORDS = 6
"""Words of a benchmark's name."""
_KINSHIP = 3
"""Letters with which the ids of a benchmark and its parts and editions begin alike."""
_ROUNDED = 1.35
"""Names round sizes: 2.6 billion parameters are called 2B."""
_VARIANTS = re.compile(
    r"(?:base|instruct|instruction|chat|it|pt|thinking|nonthinking|pretrained|ours|hf|final)+"
)


class ModelNames:
    """The names of all models of the base, the same without words that tell a variant, and their first words.

    A first word with which the name of a benchmark begins as well tells nothing.
    """

    def __init__(self, names: Iterable[str], benchmarks: Iterable[str] = ()) -> None:
        self.keys = frozenset(names)
        self.cores = frozenset(map(_core, self.keys))
        known = tuple(benchmarks)
        self.brands = frozenset(
            brand for brand in map(_brand, self.keys)
            if brand and not any(name.startswith(brand) for name in known)
        )  # fmt: skip

    def is_name(self, text: str) -> bool:
        """Whether a heading is the name of a model, or a size."""
        key = _key(text)
        return bool(key) and (
            key in self.keys or _core(key) in self.cores or bool(_SIZE.fullmatch(text.strip()))
        )


class BenchmarkNames:
    """The benchmarks that labels and headings name, by their folded names."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.of = cache(self._of)

    def named(self, text: str) -> str | None:
        """The benchmark that a text is a name of."""
        return self._names.get(fold(text))

    def at_end(self, text: str) -> str | None:
        """The benchmark with the longest name that a text ends in."""
        words = list(_WORD.finditer(text))[-_MOST_WORDS:]
        if not words or words[-1].end() != len(text):
            return None
        return next(
            (
                self._names[key]
                for word in words
                if (key := fold(text[word.start() :])) in self._names
            ),
            None,
        )

    def _of(self, text: str) -> frozenset[str]:
        """The benchmarks with the longest names in a text; empty where it names none."""
        words = list(_WORD.finditer(text))
        longest, found = 0, set[str]()
        for number, first in enumerate(words):
            for last in words[number : number + _MOST_WORDS]:
                key = fold(text[first.start() : last.end()])
                if key in self._names and len(key) >= longest:
                    found = found if len(key) == longest else set()
                    found.add(self._names[key])
                    longest = len(key)
        return frozenset(found)


@dataclass(frozen=True)
class SoughtModel:
    """Whose figures are wanted: the model, and the names of its family's models by model."""

    own: str
    labels: Mapping[str, Sequence[str]]
    names: ModelNames

    def owner(self, texts: tuple[str, ...]) -> Owner | None:
        """Whether headings name the model itself or certainly another; None where it may be either."""
        if texts not in self._owners:
            forms = [*texts, *(" ".join(texts[:end]) for end in range(2, len(texts) + 1))]
            said = [self._owner(form) for form in forms]
            if "own" in said:
                self._owners[texts] = "own"
            else:
                kin = self.is_kin((*forms,))
                self._owners[texts] = "other" if "other" in said and not kin else None
        return self._owners[texts]

    def is_kin(self, texts: tuple[str, ...]) -> bool:
        """Whether a heading names the model or a variant of it."""
        keys = [_key(text) for text in texts]
        return any(
            _core(key) in self._cores
            or (_CHECKPOINT.search(key) and any(key.startswith(own) for own in self._own))
            for key in keys
        )

    def _owner(self, text: str) -> Owner | None:
        key = _key(text)
        if not key:
            return None
        if key in self._own:
            return "own"
        brand = _brand(fold(_FIRST_WORD.split(text.strip())[0]))
        if len(key) > len(brand) and brand in self.names.brands and brand not in self._brands:
            return "other"
        sizes = _sizes(text)
        if sizes and self._sizes and all(map(self._is_other_size, sizes)):
            return "other"
        if key in self.names.keys and _core(key) not in self._cores:
            return "other"
        return None

    def is_variant(self, texts: tuple[str, ...]) -> bool:
        """Whether a heading is the name of another model, which may be a variant of this one."""
        return self.owner(texts) != "own" and any(_key(text) in self.names.keys for text in texts)

    def _is_other_size(self, size: str) -> bool:
        if size in self._sizes:
            return False
        return size in self._sizes_of_siblings or all(
            max(_number(size), _number(own)) > _ROUNDED * min(_number(size), _number(own))
            for own in self._sizes
        )

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(map(fold, self.labels[self.own]))

    @cached_property
    def _brands(self) -> frozenset[str]:
        words = (_FIRST_WORD.split(name)[0] for name in self.labels[self.own])
        return frozenset(map(_brand, (*self._own, *map(fold, words))))

    @cached_property
    def _owners(self) -> dict[tuple[str, ...], Owner | None]:
        return {}

    @cached_property
    def _cores(self) -> frozenset[str]:
        return frozenset(map(_core, self._own))

    @cached_property
    def _sizes(self) -> frozenset[str]:
        return frozenset(size for name in self.labels[self.own] for size in _sizes(name))

    @cached_property
    def _sizes_of_siblings(self) -> frozenset[str]:
        return frozenset(
            size for names in self.labels.values() for name in names for size in _sizes(name)
        )


def _key(text: str) -> str:
    text = text.strip()
    if _REPOSITORY.fullmatch(text):
        text = text.partition("/")[2]
    return fold(_ASIDE.sub(" ", text).strip(" \t*†‡⋄∗#"))


def _brand(key: str) -> str:
    """The first word of a folded name: `llama` of `llama-3.1-8b`."""
    found = _FIRST.match(key)
    return found[0] if found else ""


def _sizes(text: str) -> set[str]:
    return {found.lower() for found in _SIZE.findall(text)}


def _number(size: str) -> float:
    factor, _, number = size[:-1].rpartition("x")
    return float(number) * float(factor or 1) * (1 if size[-1] == "b" else 1e-3) or 1e-9


def _core(key: str) -> str:
    """A folded name without the words that tell a variant."""
    return _VARIANTS.sub("", key)


class SoughtFigure(NamedTuple):
    """A figure in all its forms, and what it is of where that is a benchmark."""

    forms: frozenset[str]
    benchmark: str | None = None


def elsewhere(
    named: SoughtModel, sought: SoughtFigure, grids: ReadTables, benchmarks: BenchmarkNames
) -> str | None:
    """The heading of the other model in whose cells alone a figure stands; None where it may be its own.

    The table must have a row or column of the model too. Rows and columns of other benchmarks do not count.
    The figure must stand nowhere beside tables, unless the model has another one where the two cross.
    """
    found: list[str] = []
    certain = crossed = False
    for table in grids.tables:
        cells = [cell for cell in table.cells if concerns(cell, sought, benchmarks)]
        standing = [cell for cell in cells if sought.forms & cell.figures]
        if not standing:
            continue
        own = [
            cell
            for cell in cells
            if named.owner(cell.head) == "own" or named.owner(cell.label) == "own"
        ]
        kin = own or [cell for cell in cells if named.is_kin(cell.head) or named.is_kin(cell.label)]
        certain = certain or bool(kin)
        crossed = crossed or any(cell.figures and _names(cell, sought, benchmarks) for cell in kin)
        for cell in standing:
            other = _other(named, cell, has_own=bool(own))
            if other is None:
                return None
            found.append(other)
    beside = [line for form in sought.forms for line in grids.beside.get(form, ())]
    if crossed:
        beside = [line for line in beside if sought.benchmark in benchmarks.of(line)]
    return found[0] if found and certain and not beside else None


def concerns(cell: HeadedCell, sought: SoughtFigure, benchmarks: BenchmarkNames) -> bool:
    """Whether a cell may be of the benchmark: it is in no row or column of another one."""
    if sought.benchmark is None:
        return True
    named = benchmarks.of(" ".join(cell.label)) | benchmarks.of(" ".join(cell.head))
    kin = sought.benchmark[:_KINSHIP]
    return not named or any(name.startswith(kin) for name in named)


def _names(cell: HeadedCell, sought: SoughtFigure, benchmarks: BenchmarkNames) -> bool:
    return sought.benchmark is not None and sought.benchmark in (
        benchmarks.of(" ".join(cell.label)) | benchmarks.of(" ".join(cell.head))
    )


def _other(named: SoughtModel, cell: HeadedCell, *, has_own: bool) -> str | None:
    """The heading by which a cell is certainly another model's."""
    owners = [named.owner(texts) for texts in (cell.head, cell.label)]
    if "own" in owners:
        return None
    for texts, owner in zip((cell.head, cell.label), owners, strict=True):
        if owner == "other" or (has_own and named.is_variant(texts)):
            return " ".join(texts)
    return None
