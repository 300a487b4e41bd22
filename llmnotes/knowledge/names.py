"""Finds what a name stands for, or says what is near to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from llmnotes.errors import InputError, quoted
from llmnotes.knowledge import addresses, releases
from llmnotes.knowledge.members import members
from llmnotes.knowledge.name_meaning import IN_ORDER, Subject, ambiguous, meant, subject_of
from llmnotes.spelling import nearest
from llmnotes.vocabulary import fold


def find(connection: sqlite3.Connection, name: str, kinds: tuple[str, ...] = IN_ORDER) -> Subject:
    """The family or model called `name`: an exact id first, then family names, then model names.

    The words of a name may stand in another order. Raises `InputError` with the nearest names where nothing
    matches, and with all candidates where the name is ambiguous.
    """
    found = meant(connection, name, kinds)
    if found is not None:
        return found
    from llmnotes.knowledge.word_order import in_other_order

    if same := in_other_order(connection, name, kinds):
        return subject_of(connection, *same)
    raise _unknown(connection, name, kinds)


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
        return ambiguous(name, several)
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
            families = _of_line(connection, name)
            if not families:
                raise  # with the nearest of models and families
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
        families = _of_line(connection, name)
        if not families:
            raise
        return families


def _of_line(connection: sqlite3.Connection, name: str) -> list[str]:
    """The families of the line called `name`; empty without one."""
    from llmnotes.knowledge.lines import line_called, lines

    line = line_called(connection, name)
    return [] if line is None else lines(connection)[line]
