"""Notes and tags of models, families and techniques."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from llmnotes.edits.notes import LONGEST_NOTE, add_note, delete_note, notes, set_tags, tags
from llmnotes.errors import InputError
from llmnotes.store.connect import connect
from llmnotes.store.log import entries
from tests.stores import ids_found


def read(store: Path, what: Any, name: str | None = None) -> list[dict[str, Any]]:
    with connect(store) as connection:
        found: list[dict[str, Any]] = what(connection, name)
        return found


def test_notes_come_from_arguments_pipes_and_the_editor(run: Any, tmp_path: Path) -> None:
    run("note", "llama-2-7b", "one", "line")
    run("note", "llama-2-7b", "-", input="from a pipe\nwith two lines\n")
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho zanzibar > "$1"\n')
    editor.chmod(0o755)
    run("note", "llama-2-7b", "--edit", EDITOR=str(editor), VISUAL="")

    texts = [item["text"] for item in run("note", "llama-2-7b", "-f", "json").json]
    assert texts == ["one line", "from a pipe\nwith two lines", "zanzibar"]
    assert run("search", "zanzibar", "-f", "json").json[0]["id"] == "llama-2-7b"


def test_notes_are_listed_of_one_subject_or_of_all_and_deleted_by_number(user_store: Path) -> None:
    for name, text in (("gqa", "one"), ("llama-2", "two"), ("gqa", "a\x1b[31mred")):
        add_note(user_store, name, text)

    assert [item["text"] for item in read(user_store, notes)] == ["one", "two", "a[31mred"]
    first, third = read(user_store, notes, "GQA")
    assert (first["subject_kind"], first["subject"]) == ("technique", "gqa")
    delete_note(user_store, first["id"])
    assert [item["id"] for item in read(user_store, notes, "gqa")] == [third["id"]]
    with pytest.raises(InputError, match=f"there is no note {first['id']}"):
        delete_note(user_store, first["id"])


def test_a_note_as_long_as_allowed_is_kept(user_store: Path) -> None:
    add_note(user_store, "gqa", "x" * LONGEST_NOTE)
    with pytest.raises(InputError, match=r"100,001 characters; 100,000 are allowed"):
        add_note(user_store, "gqa", "x" * (LONGEST_NOTE + 1))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [("gqa", " ", "empty"), ("gqa", "\x00", "empty"), ("gqqqa", "x", "no technique is called so")],
)
def test_what_is_no_note_is_refused(user_store: Path, name: str, text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        add_note(user_store, name, text)
    assert not user_store.exists()


def test_tags_are_given_once_and_taken_away(user_store: Path) -> None:
    first = set_tags(user_store, "llama-2-7b", ["to-read", "paper:2023"])
    assert [item["change"] for item in first.done] == ["tagged", "tagged"]
    again = set_tags(user_store, "llama-2-7b", ["to-read"])
    assert (again.write, again.done[0]["remark"]) == (None, "it has this tag already")

    set_tags(user_store, "llama-2-7b", ["to-read"], take_away=True)
    assert [item["tag"] for item in read(user_store, tags)] == ["paper:2023"]
    assert read(user_store, tags, "gpt-2") == []
    gone = set_tags(user_store, "llama-2-7b", ["to-read"], take_away=True)
    assert gone.done[0]["remark"] == "it does not have this tag"


@pytest.mark.parametrize("word", ["a b", "", "-x", "x" * 65])
def test_what_is_no_tag_is_refused(user_store: Path, word: str) -> None:
    with pytest.raises(InputError, match="is not a tag"):
        set_tags(user_store, "gqa", ["good", word])
    assert not user_store.exists()


def test_a_tag_as_long_as_allowed_is_kept(user_store: Path) -> None:
    set_tags(user_store, "gqa", ["x" * 64])
    assert read(user_store, tags, "gqa")[0]["tag"] == "x" * 64


def test_a_note_keeps_its_lines_and_loses_what_acts(user_store: Path) -> None:
    add_note(user_store, "gqa", "\n one\n\ttwo\x1b[31m \r\n")

    assert [item["text"] for item in read(user_store, notes)] == ["one\n\ttwo[31m"]


@pytest.mark.parametrize("name", ["llama-2-7b", "llama-2", "gqa"])
def test_a_note_is_found_while_it_stands(user_store: Path, name: str) -> None:
    """Of a model, a family and a technique."""

    add_note(user_store, name, "to zanzibar")
    assert ids_found(user_store, "zanzibar") == [name]
    delete_note(user_store, 1)
    assert ids_found(user_store, "zanzibar") == []


def test_what_a_write_did_is_told_and_logged(user_store: Path) -> None:
    done = [
        add_note(user_store, "gqa", "one"),
        delete_note(user_store, 1),
        set_tags(user_store, "gqa", ["x"]),
        set_tags(user_store, "gqa", ["x"], take_away=True),
    ]

    assert [item.write for item in done] == [1, 2, 3, 4]
    assert [(item.done[0]["change"], item.done[0]["subject"]) for item in done] == [
        ("noted", "gqa"), ("deleted note of", "gqa"), ("tagged", "gqa"), ("untagged", "gqa"),
    ]  # fmt: skip
    assert [item.done[0]["value"] for item in done] == ["one", None, "x", "x"]
    with connect(user_store) as connection:
        commands = [entry["command"] for entry in entries(connection)]
    assert commands == ["tag", "tag", "note", "note"]
