"""An undone write leaves no trace and can be redone; shared rows are kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from llmnotes.edits.claims import Provenance, set_claims, unset
from llmnotes.edits.notes import add_note, delete_note, set_tags
from llmnotes.edits.subjects import add, alias
from llmnotes.errors import InputError
from llmnotes.ingest.run import import_source
from llmnotes.store.connect import connect
from llmnotes.store.log import entries
from llmnotes.store.undo import undo
from llmnotes.store.write import writing

TABLES = ("organization", "source", "family", "model", "name", "claim", "note", "tag",
          "model_record", "model_value", "text_index")  # fmt: skip
Edit = Callable[[Path], Any]


def content(store: Path, *, numbered: bool = False) -> dict[str, list[Any]]:
    """Every row of the user's store except its log; with `numbered` including the log's numbers."""
    found = {}
    with closing(sqlite3.connect(store)) as connection:
        for table in TABLES:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            left_out = {"created"} if numbered else {"created", "write"}
            left_out |= {"id"} if table in {"claim", "note"} else set()
            columns = ", ".join(name for name in names if name not in left_out)
            rows = connection.execute(f"SELECT {columns} FROM {table}").fetchall()
            found[table] = sorted(rows, key=repr)
    return found


def take_back(store: Path, number: int | None = None) -> int:
    with writing(store) as connection:
        return int(undo(connection, number)["id"])


def last(store: Path) -> int:
    with connect(store) as connection:
        return int(entries(connection)[0]["id"])


def said(store: Path, subject: str = "llama-2-7b") -> list[tuple[str, Any, str]]:
    """The user's claims of a subject: attribute, value, title of the source."""
    with connect(store) as connection:
        rows = connection.execute(
            "SELECT c.attribute, c.value, s.title FROM claims c JOIN sources s ON s.id = c.source "
            "WHERE c.subject = ? AND c.layer = 'user' ORDER BY 1, 2", (subject,)
        )  # fmt: skip
        return [(name, json.loads(value), title) for name, value, title in rows]


def setting(assignment: str, source: str = "wiki", name: str = "llama-2-7b") -> Edit:
    return lambda store: set_claims(store, name, [assignment], Provenance(source))


@pytest.fixture
def store(user_store: Path) -> Path:
    """A store with some rows of every kind, from writes 1 to 5."""
    set_tags(user_store, "gpt-2", ["first"])
    set_claims(user_store, "llama-2-13b", ["context_length=8192"], Provenance("wiki"))
    add_note(user_store, "gqa", "worth reading")
    add(user_store, "Kept 7B", ["n_layers=32"], Provenance())
    alias(user_store, "grey cat", "llama-2-13b")
    return user_store


EDITS: dict[str, Edit] = {
    "set": setting("context_length=8192"),
    "set-replacing": setting("context_length=1024", name="llama-2-13b"),
    "set-of-family": setting("organization=google", name="llama-2"),
    "unset": lambda store: unset(store, "llama-2-13b", ["context_length"]),
    "add-model": lambda store: add(
        store, "Mine 7B", ["params_total=7B", "attention=GQA", "based_on=llama-2-7b"], Provenance()
    ),
    "add-family": lambda store: add(store, "Mine", [], Provenance(), kind="family"),
    "add-organization": lambda store: add(store, "Acme", [], Provenance(), kind="organization"),
    "note": lambda store: add_note(store, "llama-2-7b", "look again"),
    "delete-note": lambda store: delete_note(store, 1),
    "tag": lambda store: set_tags(store, "kept-7b", ["favourite"]),
    "untag": lambda store: set_tags(store, "gpt-2", ["first"], take_away=True),
    "alias": lambda store: alias(store, "grey llama", "llama-2-7b"),
    "unalias": lambda store: alias(store, "grey cat", "llama-2-13b", take_away=True),
    "alias-of-own": lambda store: alias(store, "big cat", "kept-7b"),
    "join": lambda store: alias(store, "kept 7b", "llama-2-7b"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_undo_leaves_the_store_as_it_was_and_undoing_that_brings_it_again(
    store: Path, edit: Edit
) -> None:
    before, plain = content(store, numbered=True), content(store)
    edit(store)
    number, after = last(store), content(store)
    assert after != plain

    assert take_back(store) == number
    assert content(store, numbered=True) == before
    assert take_back(store, last(store)) == number + 1
    assert content(store) == after
    assert take_back(store) == number
    assert content(store, numbered=True) == before


def test_an_import_is_taken_back_whole(store: Path, tmp_path: Path) -> None:
    rows = [{"name": f"acme/m{n}-7b", "parameters_raw": 7 * 10**9, "context_length": 8192,
             "min_ram_gb": 1} for n in range(3)]  # fmt: skip
    (tmp_path / "list.json").write_text(json.dumps(rows))
    before = content(store, numbered=True)
    import_source(store, str(tmp_path / "list.json"))
    after = content(store)

    take_back(store)
    assert content(store, numbered=True) == before
    take_back(store, last(store))
    assert content(store) == after


def test_a_source_that_another_claim_uses_stays(user_store: Path) -> None:
    setting("context_length=1024")(user_store)
    setting("n_layers=3")(user_store)

    take_back(user_store, 1)
    assert said(user_store) == [("n_layers", 3, "wiki")]
    take_back(user_store, 2)
    assert not content(user_store)["source"]


def test_a_shared_source_comes_back_with_whichever_claim_does(user_store: Path) -> None:
    """It went with the second write, but the first one used it too."""
    setting("context_length=1024")(user_store)
    setting("n_layers=3")(user_store)
    take_back(user_store, 1)
    take_back(user_store, 2)

    take_back(user_store, 3)
    assert said(user_store) == [("context_length", 1024, "wiki")]
    take_back(user_store, 4)
    assert said(user_store) == [("context_length", 1024, "wiki"), ("n_layers", 3, "wiki")]


@pytest.mark.parametrize("again", [3, 4])
def test_a_publisher_that_two_models_share_stays_and_comes_back(
    user_store: Path, tmp_path: Path, again: int
) -> None:
    """Three lists of one publisher's models, each imported by itself."""
    for number in (1, 2):
        rows = [{"name": f"acme/m{number}-7b", "parameters_raw": 7 * 10**9, "context_length": 8192,
                 "min_ram_gb": 1}]  # fmt: skip
        (tmp_path / "list.json").write_text(json.dumps(rows))
        import_source(user_store, str(tmp_path / "list.json"))

    def publishers() -> list[Any]:
        found = content(user_store)
        return [row[0] for row in found["organization"]] + [
            row for row in found["name"] if row[0] == "organization"
        ]

    shared = publishers()
    assert shared[0] == "acme"
    assert len(shared) > 1
    take_back(user_store, 1)
    assert publishers() == shared
    take_back(user_store, 2)
    assert publishers() == []
    take_back(user_store, again)
    assert publishers() == shared


def test_a_claim_that_was_replaced_comes_back(user_store: Path) -> None:
    setting("n_layers=120")(user_store)
    setting("n_layers=96")(user_store)

    take_back(user_store)
    assert said(user_store) == [("n_layers", 120, "wiki")]
    take_back(user_store)
    assert said(user_store) == []


def test_what_was_replaced_is_not_taken_back_alone(user_store: Path) -> None:
    """Else undoing the second write would bring back what the first said, though that is undone."""
    setting("n_layers=120")(user_store)
    setting("n_layers=96")(user_store)

    with pytest.raises(InputError, match="undo 2 first"):
        take_back(user_store, 1)


def test_what_comes_back_takes_nobodys_place(user_store: Path) -> None:
    """Rows are numbered, and the number of a row that is gone is given again."""
    setting("n_layers=120")(user_store)
    take_back(user_store)
    setting("context_length=1024")(user_store)

    take_back(user_store, 2)
    both = [("context_length", 1024, "wiki"), ("n_layers", 120, "wiki")]
    assert said(user_store) == both
    take_back(user_store, last(user_store))
    assert said(user_store) == both[:1]
    add_note(user_store, "gqa", "one")
    number = last(user_store)
    take_back(user_store)
    add_note(user_store, "gqa", "two")
    take_back(user_store, number + 1)
    assert sorted(row[2] for row in content(user_store)["note"]) == ["one", "two"]


def test_every_write_that_stands_in_the_way_is_named_the_latest_first(user_store: Path) -> None:
    add(user_store, "Mine 7B", [], Provenance())
    add_note(user_store, "mine-7b", "look")
    set_tags(user_store, "mine-7b", ["x"])

    with pytest.raises(InputError, match="undo 3, 2 first"):
        take_back(user_store, 1)


def test_what_is_shared_passes_to_the_first_write_that_uses_it(user_store: Path) -> None:
    for assignment in ("context_length=1024", "n_layers=3", "n_heads=5"):
        setting(assignment)(user_store)

    take_back(user_store, 1)
    with connect(user_store) as connection:
        assert connection.execute("SELECT write FROM user.source").fetchall() == [(2,)]


@pytest.mark.parametrize("meanwhile", [1, 2, 3, 4, 5])
def test_all_that_comes_back_finds_numbers_of_its_own(user_store: Path, meanwhile: int) -> None:
    """However many of the numbers were given again, all rows stand beside each other."""
    shape = ["n_layers=1", "n_heads=2", "d_model=3", "d_ff=4"]
    others = ["n_kv_heads=5", "head_dim=6", "vocab_size=7", "context_length=8", "n_experts=9"]
    set_claims(user_store, "llama-2-7b", shape, Provenance("wiki"))
    take_back(user_store)
    set_claims(user_store, "llama-2-7b", others[:meanwhile], Provenance("wiki"))

    take_back(user_store, 2)
    assert [value for _, value, _ in sorted(said(user_store), key=lambda row: row[1])] == [
        1, 2, 3, 4, *range(5, 5 + meanwhile),
    ]  # fmt: skip


def test_an_undo_whose_rows_went_again_is_not_taken_back_alone(user_store: Path) -> None:
    setting("n_layers=120")(user_store)
    take_back(user_store)  # 2
    take_back(user_store, 2)  # 3
    take_back(user_store, 1)  # 4

    with pytest.raises(InputError, match="undo 4 first"):
        take_back(user_store, 3)


@pytest.mark.parametrize(
    ("built_on", "edit"),
    [
        (2, lambda store: set_claims(store, "mine-7b", ["n_layers=32"], Provenance())),
        (2, lambda store: add_note(store, "mine-7b", "look")),
        (2, lambda store: set_tags(store, "mine-7b", ["x"])),
        (2, lambda store: alias(store, "grey cat", "mine-7b")),
        (1, lambda store: set_claims(store, "mine", ["n_layers=32"], Provenance())),
        (1, lambda store: add_note(store, "mine", "look")),
        (1, lambda store: add(store, "Mine 13B", [], Provenance(), family="mine")),
    ],
    ids=["claim", "note", "tag", "name", "claim-of-family", "note-of-family", "member"],
)
def test_a_write_that_others_build_on_is_not_taken_back_alone(
    user_store: Path, built_on: int, edit: Edit
) -> None:
    add(user_store, "Mine", [], Provenance(), kind="family")
    add(user_store, "Mine 7B", [], Provenance())
    edit(user_store)
    before = content(user_store, numbered=True)

    with pytest.raises(InputError, match="undo 3 first"):
        take_back(user_store, built_on)
    assert content(user_store, numbered=True) == before
    take_back(user_store, 3)
    assert take_back(user_store, built_on) == built_on


def test_what_is_said_of_a_model_that_ships_stays_though_an_import_named_it(
    user_store: Path,
) -> None:
    """Both writes speak of a curated model: neither brought it in."""
    setting("n_layers=120")(user_store)
    add_note(user_store, "llama-2-7b", "look")

    take_back(user_store, 1)
    assert said(user_store) == []
    assert content(user_store)["note"]


def test_the_latest_write_that_stands_is_taken_back(user_store: Path) -> None:
    for text in ("one", "two", "three"):
        add_note(user_store, "gqa", text)

    assert [take_back(user_store) for _ in range(3)] == [3, 2, 1]
    with pytest.raises(InputError, match="no write to undo"):
        take_back(user_store)


def test_what_is_taken_back_already_says_how_it_comes_again(user_store: Path) -> None:
    add_note(user_store, "gqa", "one")
    take_back(user_store, 1)

    with pytest.raises(InputError, match="by write 2; `llmnotes undo 2` brings it again"):
        take_back(user_store, 1)
    with pytest.raises(InputError, match="there is no write 9"):
        take_back(user_store, 9)
    take_back(user_store, 2)
    with pytest.raises(InputError, match="by write 3"):
        take_back(user_store, 2)
    assert take_back(user_store) == 1


def test_the_log_says_what_was_taken_back(user_store: Path) -> None:
    add_note(user_store, "gqa", "one")
    take_back(user_store)
    with connect(user_store) as connection:
        latest, first = entries(connection)
        assert entries(connection, 1) == [latest]
    assert (latest["command"], latest["undoes"], latest["undone_by"]) == ("undo", 1, None)
    assert latest["summary"] == "took back 1: noted gqa"
    assert (first["id"], first["command"], first["undone_by"]) == (1, "note", 2)
