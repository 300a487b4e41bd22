"""A user's write is atomic."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.edits.notes import add_note
from llmnotes.errors import InputError
from llmnotes.store.connect import connect
from llmnotes.store.log import entries, now
from llmnotes.store.session import outcome, session


def insert_note(store: Path, *, large: bool, fail: bool) -> int | None:
    with session(store, "note", large=large) as opened:
        opened.connection.execute(
            "INSERT INTO user.note (subject_kind, subject, text, created, write) "
            "VALUES ('technique', 'gqa', 'x', ?, ?)", (now(), opened.write)
        )  # fmt: skip
        opened.touch("technique", "gqa")
        opened.record("noted", "gqa")
        if fail:
            raise KeyboardInterrupt
    return outcome(opened).write


@pytest.mark.parametrize("large", [False, True])
def test_what_is_broken_off_leaves_the_store_as_it_was(user_store: Path, large: bool) -> None:
    add_note(user_store, "gqa", "first")
    before = user_store.read_bytes()

    with pytest.raises(KeyboardInterrupt):
        insert_note(user_store, large=large, fail=True)
    assert user_store.read_bytes() == before
    assert [path.name for path in user_store.parent.glob("*unfinished*")] == []
    assert insert_note(user_store, large=large, fail=False) == 2


@pytest.mark.parametrize("large", [False, True])
def test_what_is_broken_off_first_leaves_no_store(user_store: Path, large: bool) -> None:
    with pytest.raises(KeyboardInterrupt):
        insert_note(user_store, large=large, fail=True)
    assert not user_store.exists()


def test_one_bad_assignment_of_two_writes_neither(user_store: Path) -> None:
    add_note(user_store, "gqa", "first")
    before = user_store.read_bytes()

    with pytest.raises(InputError, match="n_layers"):
        set_claims(user_store, "llama-2-7b", ["context_length=8192", "n_layers=x"], Provenance())
    assert user_store.read_bytes() == before


def test_what_changes_nothing_is_not_logged(user_store: Path) -> None:
    first = set_claims(user_store, "llama-2-7b", ["n_layers=3"], Provenance("wiki"))
    again = set_claims(user_store, "llama-2-7b", ["n_layers=3"], Provenance("wiki"))

    assert (first.write, again.write) == (1, None)
    assert [item["change"] for item in again.done] == ["kept"]
    with connect(user_store) as connection:
        assert [entry["id"] for entry in entries(connection)] == [1]


def test_a_long_summary_is_cut(user_store: Path) -> None:
    with session(user_store, "tag") as opened:
        for number in range(100):
            opened.record("tagged", f"model-{number}")
    with connect(user_store) as connection:
        summary = entries(connection)[0]["summary"]
    assert len(summary) == 300
    assert summary.startswith("tagged model-0; tagged model-1; ")
    assert summary.endswith("...")
