"""The deck is opened by Anki's own library: complete, without duplicates, keeping progress."""

from __future__ import annotations

import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.study.anki import write_deck
from tests.study.known import all_items

pytest.importorskip("genanki")
anki = pytest.importorskip("anki.collection", reason="Anki's library is not installed")


@pytest.fixture
def collection(tmp_path: Path) -> Any:
    """An empty collection of Anki's."""
    opened = anki.Collection(str(tmp_path / "collection.anki2"))
    yield opened
    opened.close()


def bring_in(collection: Any, path: Path) -> Any:
    return collection.import_anki_package(anki.ImportAnkiPackageRequest(package_path=str(path))).log


def rows(path: Path, query: str) -> list[Any]:
    with zipfile.ZipFile(path) as file:
        file.extract("collection.anki2", path.parent / "opened")
    with sqlite3.connect(path.parent / "opened" / "collection.anki2") as store:
        found = store.execute(query).fetchall()
    store.close()
    return found


def test_anki_reads_a_card_for_every_item_that_has_one(
    run: Any, tmp_path: Path, collection: Any, connection: sqlite3.Connection
) -> None:
    fronts = {item.id: item for item in all_items() if item.front}

    done = run("anki", "-o", "deck.apkg")
    log = bring_in(collection, tmp_path / "deck.apkg")

    assert done.err == f"wrote deck.apkg: {len(fronts)} cards\n"
    assert len(log.new) == collection.card_count() == collection.note_count() == len(fronts) > 500
    notes = [collection.get_note(key) for key in collection.find_notes("")]
    assert {note["Id"] for note in notes} == set(fronts)
    assert all(note["Answer"] or note["Formula"] for note in notes)
    assert all(note["Source"] for note in notes)


@pytest.mark.usefixtures("on_small_base")
def test_a_second_import_makes_no_doubles_and_keeps_what_was_learnt(
    run: Any, tmp_path: Path, collection: Any
) -> None:
    run("anki", "-o", "first.apkg", "--topic", "GQA")
    bring_in(collection, tmp_path / "first.apkg")
    count = collection.card_count()
    card = collection.get_card(collection.find_cards("")[0])
    card.start_timer()
    collection.sched.answerCard(card, 3)
    run("anki", "-o", "second.apkg", "--topic", "GQA")

    log = bring_in(collection, tmp_path / "second.apkg")

    assert not log.new
    assert collection.card_count() == count > 0
    assert collection.get_card(card.id).reps == 1


@pytest.mark.usefixtures("on_small_base")
def test_a_larger_deck_adds_only_what_is_new(run: Any, tmp_path: Path, collection: Any) -> None:
    run("anki", "-o", "some.apkg", "--topic", "GQA")
    run("anki", "-o", "more.apkg", "--topic", "attention")
    some = len(bring_in(collection, tmp_path / "some.apkg").new)

    new = len(bring_in(collection, tmp_path / "more.apkg").new)

    assert collection.card_count() == some + new
    assert new > 0


@pytest.mark.usefixtures("on_small_base")
def test_ids_are_the_same_in_every_export_and_different_from_one_another(
    run: Any, tmp_path: Path
) -> None:
    query = "SELECT notes.guid, notes.id, cards.id FROM notes JOIN cards ON nid = notes.id"
    run("anki", "-o", "first.apkg")
    run("anki", "-o", "some.apkg", "--topic", "attention")

    first = rows(tmp_path / "first.apkg", query)

    assert set(rows(tmp_path / "some.apkg", query)) < set(first)
    for column in zip(*first, strict=True):
        assert len(set(column)) == len(first)


def test_text_of_the_base_is_no_markup_on_a_card(
    run: Any, tmp_path: Path, collection: Any, connection: sqlite3.Connection
) -> None:
    risky = {item.id for item in all_items() if item.latex and "<" in item.latex}
    run("anki", "-o", "deck.apkg")
    bring_in(collection, tmp_path / "deck.apkg")

    notes = [collection.get_note(key) for key in collection.find_notes("")]

    assert risky
    for note in notes:
        assert "<" not in "".join(note.fields)
        assert note["Id"] not in risky or "&lt;" in note["Formula"]


@pytest.mark.usefixtures("on_small_base")
def test_bad_usage_is_one_sentence(run: Any) -> None:
    ending = run("anki", "-o", "deck.txt")
    topic = run("anki", "--topic", "atention")
    nowhere = run("anki", "-o", "no/such/folder/deck.apkg")

    assert (ending.code, topic.code, nowhere.code) == (2, 2, 2)
    assert ending.err == "llmnotes: a deck's file ends in .apkg; write `-o deck.apkg`\n"
    assert topic.err.startswith("llmnotes: unknown topic 'atention'. Nearest: attention")
    assert nowhere.err.startswith("llmnotes: cannot write no/such/folder/deck.apkg")


def test_without_genanki_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "genanki", None)  # as where the extra is not installed

    with pytest.raises(InputError) as refused:
        write_deck(tmp_path / "deck.apkg", [], {})

    assert str(refused.value) == (
        "writing Anki decks needs genanki; get it with `pip install 'llmnotes[anki]'`"
    )
