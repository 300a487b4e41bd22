"""Four hundred spellings as people write them: each means what it should, or is asked about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import llmnotes
from llmnotes.errors import InputError
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.names import find
from llmnotes.store.connect import connect


class Spelling(NamedTuple):
    """What people write, what may be done with it, and the ids that the file names for it."""

    text: str
    sign: str
    ids: frozenset[str]


def _read() -> Iterator[Spelling]:
    lines = (Path(__file__).parent / "spellings.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            text, _, wanted = line.partition(" | ")
            sign, _, ids = wanted.partition(" ") if wanted[0] in "?!" else ("=", " ", wanted)
            yield Spelling(text.strip(), sign, frozenset(ids.split()))


SPELLINGS = list(_read())
MEANT = [item for item in SPELLINGS if item.sign == "="]
ASKED = [item for item in SPELLINGS if item.sign == "?"]
OTHERS = [item for item in SPELLINGS if item.sign == "!"]


@pytest.fixture(scope="module")
def names() -> Names:
    """The names of a checked table."""
    base = connect()
    return Names(base, BaseClaims(base))


def is_(item: Spelling, kind: str, key: str) -> bool:
    return not item.ids.isdisjoint({key, f"{kind}:{key}"})


def families(connection: sqlite3.Connection, found: Subject | None) -> set[str]:
    """What a name was taken for, with its family."""
    if found is None:
        return set()
    row = connection.execute("SELECT family FROM models WHERE id = ?", (found.id,)).fetchone()
    return {found.id, *(row or ())}


def test_there_are_many_and_about_as_many_that_mean_something_else() -> None:
    assert len(MEANT) + len(ASKED) >= 200
    assert len(OTHERS) >= 150
    assert len({item.text for item in SPELLINGS}) == len(SPELLINGS)


def test_every_id_that_the_file_names_is_in_the_base(connection: sqlite3.Connection) -> None:
    known = {
        key for (key,) in connection.execute("SELECT id FROM families UNION SELECT id FROM models")
    }

    assert {key.rpartition(":")[2] for item in SPELLINGS for key in item.ids} <= known


def test_a_spelling_means_this_and_nothing_else(
    connection: sqlite3.Connection, names: Names
) -> None:
    for item in MEANT:
        found = find(connection, item.text)
        in_table = names.find(item.text)

        assert is_(item, found.kind, found.id), item
        assert in_table is not None, item
        assert is_(item, in_table.kind, in_table.id), item


@pytest.mark.parametrize("item", ASKED, ids=lambda item: item.text)
def test_what_may_mean_several_things_is_asked_about(
    connection: sqlite3.Connection, names: Names, item: Spelling
) -> None:
    with pytest.raises(InputError) as asked:
        find(connection, item.text)
    in_table = names.find(item.text)

    assert all(key in str(asked.value) for key in item.ids)
    # A row that bears the name of a line alone is held against all of the line; one with a form or a version
    # behind its name is true where it is true of any of them, and never called false.
    assert in_table is None or in_table.kind in {"line", "any", "form"} or in_table.id in item.ids


@pytest.mark.thorough
def test_another_model_is_never_taken_for_one_of_the_base(
    connection: sqlite3.Connection, names: Names
) -> None:
    for item in OTHERS:
        try:
            found = find(connection, item.text)
        except InputError:
            found = None
        in_table = names.find(item.text)
        # A loose name or form is true where any model of the line says so, and never called false.
        loose = in_table is None or in_table.kind in {"any", "form", "tune"}
        named = None if loose else in_table
        as_subject = None if named is None else Subject(named.kind, named.id, "")

        assert families(connection, found).isdisjoint(item.ids), item
        assert families(connection, as_subject).isdisjoint(item.ids), item


@pytest.mark.parametrize(
    "text", ["LLaMA2", "Qwen 2.5", "Meta Llama 2", "mistralai/Mistral-Nemo-Base-2407"]
)
def test_commands_and_python_agree_on_a_name(connection: sqlite3.Connection, run, text) -> None:
    found = find(connection, text)
    with llmnotes.open() as kb:
        assert kb[text].id == found.id
        assert kb.compare(text, "gpt-2").subjects[0].id == found.id
    if found.kind == "family":
        chosen = select(connection, Query(families=[text], variants="all"), ["id"])
        assert {record["family"] for record in chosen} == {found.id}
    assert run("show", text, "-f", "json").json["id"] == found.id
