"""Column headers by language, from the files of `llmnotes/data/headers/`.

Imported only by modules that read other people's tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from llmnotes.data_files import TWINS, keep, kept, load, mark
from llmnotes.errors import InputError
from llmnotes.schema import ATTRIBUTES

FOLDER = Path(__file__).parents[1] / "data" / "headers"
_KEPT = TWINS / "headers.json"


ASKED = ("commercial", "paper", "country", "family", "multimodal", "remarks")
"""Columns with a question of their own that is answered from what the base has."""


class HeaderNames(NamedTuple):
    """The header names of one language, or of all.

    - `attributes`: the names of each attribute;
    - `second`: the attribute that a name means where its first meaning already has a column;
    - `models`: the names of the column of model names;
    - `other`: the names of columns that the base has no attribute for;
    - `number_of`: the words before a counted thing;
    - `otherwise`: the words that change the meaning of a name next to them;
    - `alone`: the names that mean their attribute only as the whole header;
    - `asked`: the names of columns that ask for one of `ASKED`;
    - `run`: the names of columns that belong to somebody's own tuning or measurement of a model;
    - `tuning`: the words of headings and captions that tell of a tuning;
    - `yes`, `no`, `absence`: the words of cells, the last by what kind of absence they state.
    """

    attributes: Mapping[str, tuple[str, ...]]
    second: Mapping[str, str]
    models: tuple[str, ...]
    other: tuple[str, ...]
    number_of: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    run: tuple[str, ...] = ()
    tuning: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    absence: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    asked: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@cache
def by_language(folder: Path = FOLDER) -> dict[str, HeaderNames]:
    """The header names of every language, English first; raises `InputError` for an invalid file."""
    paths = sorted(folder.glob("*.toml"), key=lambda path: (path.stem != "english", path.stem))
    return {path.stem: _read(path) for path in paths}


@cache
def header_names(folder: Path = FOLDER) -> HeaderNames:
    """The names of all languages together."""
    found = kept(_KEPT, state()) if folder == FOLDER else None
    return _together(folder) if found is None else HeaderNames(*map(_frozen, found))


@cache
def state() -> int:
    """A checksum of the files of headers and of what reads them, for what is kept of them."""
    return mark((Path(__file__), *sorted(FOLDER.glob("*.toml"))), " ".join(ATTRIBUTES))


def keep_header_names() -> None:
    """Keep the names of all languages together; a change of a file or of the attributes discards them."""
    keep(_KEPT, state(), [_plain(part) for part in _together(FOLDER)])


def _plain(part: Any) -> Any:
    return dict(part) if isinstance(part, Mapping) else part


def _frozen(part: Any) -> Any:
    """The tuples and mappings of `HeaderNames` from the lists and objects of JSON."""
    if isinstance(part, list):
        return tuple(part)
    return {k: tuple(v) if isinstance(v, list) else v for k, v in part.items()}


def _together(folder: Path) -> HeaderNames:
    languages = by_language(folder).values()
    return HeaderNames(
        {name: tuple(word for language in languages for word in language.attributes.get(name, ()))
         for name in ATTRIBUTES},
        {word: name for language in languages for word, name in language.second.items()},
        tuple(word for language in languages for word in language.models),
        tuple(word for language in languages for word in language.other),
        tuple(word for language in languages for word in language.number_of),
        tuple(word for language in languages for word in language.otherwise),
        tuple(word for language in languages for word in language.alone),
        tuple(word for language in languages for word in language.run),
        tuple(word for language in languages for word in language.tuning),
        tuple(word for language in languages for word in language.yes),
        tuple(word for language in languages for word in language.no),
        {why: tuple(word for language in languages for word in language.absence.get(why, ()))
         for why in dict.fromkeys(why for language in languages for why in language.absence)},
        {what: tuple(word for language in languages for word in language.asked.get(what, ()))
         for what in ASKED},
    )  # fmt: skip


def _read(path: Path) -> HeaderNames:
    try:
        found = load(path)
        columns = found["columns"]
        names = HeaderNames(
            {name: tuple(words) for name, words in found["names"].items()},
            found.get("second", {}),
            tuple(columns["names"]),
            tuple(word for group in columns.get("other", []) for word in group["names"]),
            tuple(found.get("number_of", [])),
            tuple(found.get("otherwise", [])),
            tuple(found.get("alone", [])),
            tuple(columns.get("run", [])),
            tuple(found.get("tuning", [])),
            tuple(found.get("yes", [])),
            tuple(found.get("no", [])),
            {why: tuple(words) for why, words in found.get("absence", {}).items()},
            {what: tuple(columns.get(what, [])) for what in ASKED},
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path}: {error}; [columns] names and [names] stand in every file of headers"
        ) from error
    for name in (*names.attributes, *names.second.values()):
        if name not in ATTRIBUTES:
            raise InputError(f"{path}: {name} is no attribute")
    return names
