"""Entity resolution of model and family names by ids and aliases, ignoring case and punctuation."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from llmnotes.errors import InputError, quoted
from llmnotes.knowledge import addresses, releases
from llmnotes.pattern import late
from llmnotes.schema import VARIANTS
from llmnotes.spelling import nearest
from llmnotes.vocabulary import fold


class Subject(NamedTuple):
    """A resolved name: a model, or a family with its members."""

    kind: str
    id: str
    name: str


_IN_ORDER = ("family", "model")


def find(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...] = _IN_ORDER) -> Subject:
    """The family or model called `name`: an exact id first, then family names, then model names.

    The words of a name may stand in another order. Raises `InputError` with the nearest names where nothing
    matches, and with all candidates where the name is ambiguous.
    """
    found = meant(connection, name, kinds)
    if found is not None:
        return found
    from llmnotes.knowledge.word_order import in_other_order

    if same := in_other_order(connection, name, kinds):
        return _subject(connection, *same)
    raise _unknown(connection, name, kinds)


def meant(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...] = _IN_ORDER
) -> Subject | None:
    """The family or model called `name`; None where nothing matches.

    The name may be prefixed with its publisher, and followed by words without meaning or by the day of
    release (`claude-sonnet-4-5-20250929`); a size may be written out (`7 billion parameters`). It may stand
    in the address of its page or in a path. Any other additional word makes it a different name. Raises
    `InputError` where the name is ambiguous.
    """
    found = _called(connection, name, kinds)
    if found is None:
        found = (
            _of_publisher(connection, name, kinds)
            or _without_filler(connection, name, kinds)
            or _of_release_day(connection, name, kinds)
            or _written_out(connection, name, kinds)
            or _at_address(connection, name, kinds)
            or _of_cloud(connection, name, kinds)
        )
    if found is not None and _TAGGED.fullmatch(name):
        _refuse_tag(connection, name, found)
    return found


def _called(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]) -> Subject | None:
    found = _named(connection, name)
    for is_meant in (_is_id, _is_address, _is_called):
        for kind in kinds:
            targets = {
                row["target"] for row in found if row["kind"] == kind and is_meant(row, name)
            }
            if len(targets) == 1:
                return _subject(connection, kind, targets.pop())
            if targets:
                raise _several(name, sorted(targets))
    return None


def _is_id(row: dict[str, str], name: str) -> bool:
    return bool(row["is_id"]) and row["text"] == name


def _is_address(row: dict[str, str], name: str) -> bool:
    """Whether the name is a repository address of the row's model, even if it also names a family."""
    return "/" in name and row["text"].lower() == name.lower()


def _is_called(row: dict[str, str], name: str) -> bool:
    return True


def _several(name: str, targets: Iterable[str]) -> InputError:
    return InputError(f"{quoted(name)} can mean {', '.join(targets)}; choose one of them")


_PART = late(r"\s*[/:]\s*|\s+")
_FILLER = late(r"[\s_-]+(?P<word>hf|base|models?|family|series)\s*$", re.IGNORECASE)
_TAGGED = late(r"[^\s/:]+:[^\s/:]+")
"""A model and a tag, in Ollama's notation."""


def _of_publisher(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The model or family called by the words after a publisher's name, if it is of that publisher."""
    for part in list(_PART.finditer(name))[:4]:
        rows = connection.execute(
            "SELECT target FROM names WHERE kind = 'organization' AND key = ?",
            (fold(name[: part.start()]),),
        )
        if called := {row[0] for row in rows}:
            found = _called(connection, name[part.end() :], kinds)
            if found is not None and called & _publishers(connection, found):
                return found
    return None


def _at_address(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The name resolved without the address or the path that it stands in, and without a cloud's revision."""
    short = addresses.without_revision(addresses.without_address(name))
    return meant(connection, short, kinds) if short != name else None


def _of_cloud(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]) -> Subject | None:
    """The name resolved without the publisher that a point parts from it: `meta.llama3-8b-instruct`."""
    parts = addresses.of_provider(name)
    return _of_publisher(connection, "/".join(parts), kinds) if parts else None


_ARTICLE = late(r"^\s*the\s+", re.IGNORECASE)
_BILLION = late(
    r"(?<=\d)[\s-]?(?P<scale>[bm])(?:illions?)?\b(?:[\s-]param(?:eter)?s?\b)?", re.IGNORECASE
)
_POINT = late(r"(?<=\d)p(?=\d)", re.IGNORECASE)


def _written_out(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The name resolved without its article, and with its size in the publishers' notation."""
    short = _ARTICLE.sub("", name)
    short = _POINT.sub(".", _BILLION.sub(lambda size: size["scale"], short))
    return meant(connection, short, kinds) if short != name else None


def _publishers(connection: sqlite3.Connection, subject: Subject) -> set[str]:
    column = "family" if subject.kind == "family" else "id"
    rows = connection.execute(
        f"SELECT DISTINCT value FROM model_values WHERE attribute = 'organization' AND model IN "
        f"(SELECT id FROM models WHERE {column} = ?)",
        (subject.id,),
    )
    return {row[0] for row in rows}


def _without_filler(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The name resolved without a last word that only says what it is: a model, a base model."""
    filler = _FILLER.search(name)
    if filler is None:
        return None
    found = meant(connection, name[: filler.start()], kinds)
    if found is None or filler["word"].lower() != "base":
        return found
    return found if _has_base(connection, found) else None


def _of_release_day(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...]
) -> Subject | None:
    """The model whose name ends in the day of its release; a later day is a different version."""
    parts = releases.dated(name)
    found = meant(connection, parts[0], ("model",)) if parts and "model" in kinds else None
    if parts is None or found is None:
        return None
    return found if releases.released_then(connection, found.id, parts[1]) else None


def _has_base(connection: sqlite3.Connection, subject: Subject) -> bool:
    column = "family" if subject.kind == "family" else "id"
    row = connection.execute(
        f"SELECT 1 FROM models WHERE {column} = ? AND variant = 'base' LIMIT 1", (subject.id,)
    ).fetchone()
    return row is not None


def _refuse_tag(connection: sqlite3.Connection, name: str, found: Subject) -> None:
    """Refuse `llama3.1:8b` where a chat model of that size is known, which the tag refers to."""
    if found.kind == "model":
        rows = connection.execute(
            "SELECT v.model FROM model_values v JOIN models m ON m.id = v.model WHERE "
            "v.attribute = 'based_on' AND v.value = ?1 AND m.family = "
            "(SELECT family FROM models WHERE id = ?1) ORDER BY v.model",
            (found.id,),
        )
        others = [row[0] for row in rows]
        if others:
            raise _several(name, sorted([found.id, *others]))
    elif len(known := members(connection, found.id, "all")) > 1:
        raise _several(name, sorted(known))


def _named(connection: sqlite3.Connection, name: str) -> list[dict[str, str]]:
    for key in _spellings(fold(name)):
        rows = connection.execute(
            "SELECT kind, target, text, is_id FROM names "
            "WHERE key IN (?, ?) AND kind IN ('family', 'model')",
            (key, _unparted(key)),
        ).fetchall()
        # A store that is not upgraded yet has keys without the separators between numbers.
        found = [row for row in rows if fold(row[2]) == key]
        if found:
            return [
                dict(zip(("kind", "target", "text", "is_id"), row, strict=True)) for row in found
            ]
    return []


def _unparted(key: str) -> str:
    return key.replace("-", "").replace(".", "").replace("plus", "")


def _spellings(key: str) -> list[str]:
    """The key, and its spellings with a decimal point: `claude-3-5` is Claude 3.5, but a size after a number
    is separate: `llama-2-7b` is not Llama 2.7B. Where there is no EXAONE 4, it is EXAONE 4.0."""
    return [key, _VERSION.sub(".", key, count=1), _WHOLE.sub(r"\g<0>.0", key, count=1)]


_VERSION = late(r"(?<=\d)-(?=\d+(?![\d.]*[bmkt]))")
_WHOLE = late(r"(?<=[a-z])\d+(?![\d.])(?![bmkt](?:$|[-\d]))")


def _subject(connection: sqlite3.Connection, kind: str, target: str) -> Subject:
    table = "families" if kind == "family" else "models"
    row = connection.execute(f"SELECT name FROM {table} WHERE id = ?", (target,)).fetchone()
    return Subject(kind, target, row[0])


def _unknown(connection: sqlite3.Connection, name: str, kinds: Iterable[str]) -> InputError:
    from llmnotes.knowledge.nearest_names import nearest_names
    from llmnotes.knowledge.word_order import with_more_words

    own = addresses.without_address(name)
    if other := _something_else(connection, own):
        return InputError(f"{quoted(name)} is {other}")
    several = with_more_words(connection, own, tuple(kinds))
    if other := _an_entity(connection, own):
        also = f". Models so called: {', '.join(several)}" if several else ""
        return InputError(f"{quoted(name)} is {other}{also}")
    if len(several) > 1:
        return _several(name, several)
    close = nearest_names(connection, own, tuple(kinds))
    what = " or ".join("model" if kind == "model" else kind for kind in reversed(tuple(kinds)))
    hint = f"Nearest: {', '.join(close)}." if close else "`llmnotes list models` shows all."
    return InputError(f"unknown {what} {quoted(name)}. {hint}")


def _meant_model(connection: sqlite3.Connection, name: str) -> str:
    """The id of the only model that a name matches; empty otherwise."""
    try:
        found = meant(connection, name, ("model",))
    except InputError:
        return ""
    return found.id if found else ""


def packed_model(connection: sqlite3.Connection, name: str) -> str:
    """The id of the model whose weights, by its name, a repository holds in another form; or empty."""
    core = releases.without_packing(name)
    if not core:
        return ""
    return _meant_model(connection, core) or copied_model(connection, core)


def copied_model(connection: sqlite3.Connection, name: str) -> str:
    """The id of the model that `publisher/NAME` is called after, though by another publisher; or empty."""
    publisher, _, own = name.rpartition("/")
    if not publisher or "/" in publisher:
        return ""
    return _meant_model(connection, own)


def _something_else(connection: sqlite3.Connection, name: str) -> str:
    """A sentence on what the name refers to if it is neither a model nor a family, and what to do with it."""
    from llmnotes.knowledge.lines import line_called, lines

    if same := packed_model(connection, name):
        return f"by its name repackaged weights of {same}; ask for {same}"
    if same := copied_model(connection, name):
        return f"by its name another publisher's copy of {same}; ask for {same}"
    if (parts := releases.dated(name)) and (same := _meant_model(connection, parts[0])):
        return f"by its name {same} as of {parts[1]}, a version that is not known; ask for {same}"
    if (version := addresses.snapshot(name)) and (same := _meant_model(connection, version[0])):
        return f"by its name version {version[1]} of {same}, which is not known; ask for {same}"
    if (line := line_called(connection, name)) is not None:
        families = lines(connection)[line]
        if len(families) == 1:
            return f"the line of {families[0]} alone; ask for {families[0]}"
        return f"a line of {', '.join(families)}; choose one of them"
    return ""


def _an_entity(connection: sqlite3.Connection, name: str) -> str:
    """A sentence on the datasets, licences, publishers … that the name refers to."""
    from llmnotes.knowledge.entities import called

    found = called(connection, name)
    if not found:
        return ""
    what = " and ".join(f"the {item.kind} {item.name}" for item in found)
    return f"{what}; `llmnotes show {found[0].id}` tells of it"


def organization(connection: sqlite3.Connection, name: str) -> str:
    """The id of the organization called `name`; raises `InputError` when there is none."""
    rows = connection.execute(
        "SELECT target FROM names WHERE kind = 'organization' AND key = ?", (fold(name),)
    ).fetchall()
    if rows:
        return str(rows[0][0])
    known = [row[0] for row in connection.execute("SELECT id FROM organizations ORDER BY id")]
    close = nearest(name, known)
    hint = f"Nearest: {', '.join(close)}." if close else f"Known: {', '.join(known[:20])}."
    raise InputError(f"unknown organization {quoted(name)}. {hint}")


def models_called(connection: sqlite3.Connection, names: Iterable[str]) -> set[str]:
    """Ids of the models called by the names; a family gives all its members, a line those of its families.

    Raises `InputError` as `find` does.
    """
    found: set[str] = set()
    for name in names:
        try:
            subject = find(connection, name)
        except InputError:
            families = families_called(connection, name)
        else:
            families = [subject.id] if subject.kind == "family" else []
            found |= set() if families else {subject.id}
        for family in families:
            found |= set(members(connection, family, "all"))
    return found


def families_called(connection: sqlite3.Connection, name: str) -> list[str]:
    """The id of the family called `name`, else those of the line called so, oldest first.

    Raises `InputError` as `find` does.
    """
    try:
        return [find(connection, name, ("family",)).id]
    except InputError:
        from llmnotes.knowledge.lines import line_called, lines

        line = line_called(connection, name)
        if line is None:
            raise
        return lines(connection)[line]


def check_variants(variants: str) -> str:
    """`variants` itself; raises `InputError` with the allowed words for any other."""
    if variants not in _VARIANTS:
        allowed = f"{', '.join(_VARIANTS[:-1])} or {_VARIANTS[-1]}"
        raise InputError(f"unknown variant {quoted(variants)}. Write {allowed}.")
    return variants


_VARIANTS = (*VARIANTS, "all")


def members(connection: sqlite3.Connection, family: str, variants: str = "base") -> list[str]:
    """Ids of a family's models, smallest first; `variants` is `base`, `post-trained` or `all`.

    A family published without base models is represented by all its members.
    """
    check_variants(variants)
    rows = connection.execute(
        "SELECT id, variant FROM models WHERE family = ? ORDER BY position, id", (family,)
    ).fetchall()
    chosen = [row[0] for row in rows if variants in {"all", row[1]}]
    return chosen or ([row[0] for row in rows] if variants == "base" else [])
