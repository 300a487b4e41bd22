"""A user's own models, families and publishers, and additional names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmnotes.edits.claims import Provenance
from llmnotes.edits.notes import add_note, set_tags
from llmnotes.edits.subjects import add, alias
from llmnotes.errors import InputError
from llmnotes.ingest.run import import_source
from llmnotes.knowledge.names import find
from llmnotes.knowledge.search import search
from llmnotes.store.connect import connect
from llmnotes.store.log import entries
from llmnotes.store.write import writing
from llmnotes.vocabulary import fold
from tests.stores import ids_found, query


def named(store: Path, name: str) -> str:
    with connect(store) as connection:
        return find(connection, name).id


def test_a_model_of_ones_own_is_found_by_id_and_name(user_store: Path) -> None:
    done = add(
        user_store, "Mine 7B", ["n_layers=32"], Provenance("wiki"), family="llama-2", size="7B",
        variant="post-trained",
    )  # fmt: skip

    assert done.done[0]["subject"] == "mine-7b"
    assert named(user_store, "mine 7b") == named(user_store, "MINE-7B") == "mine-7b"
    assert query(
        user_store, "SELECT family, size, variant, n_layers FROM models WHERE id = 'mine-7b'"
    ) == [("llama-2", "7B", "post-trained", 32)]


def test_members_of_a_family_stand_in_the_order_they_came(user_store: Path) -> None:
    add(user_store, "Mine", [], Provenance(), kind="family")
    for name in ("Mine 7B", "Mine 3B"):
        add(user_store, name, [], Provenance(), family="mine")

    rows = query(user_store, "SELECT id FROM models WHERE family = 'mine' ORDER BY position")
    assert rows == [("mine-7b",), ("mine-3b",)]


def test_a_publisher_of_ones_own_can_be_claimed(user_store: Path) -> None:
    add(user_store, "Acme Labs", [], Provenance(), kind="organization")
    add(user_store, "Mine 7B", ["organization=acme labs"], Provenance())

    found = query(user_store, "SELECT organization FROM models WHERE id = 'mine-7b'")
    assert found == [('["acme-labs"]',)]


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("LLaMA 2 7B", {}, "called"),
        ("?!", {}, "no letter or digit"),
        (" ", {}, "is not a name of 1 to 300 characters"),
        ("x" * 301, {}, "is not a name of 1 to 300 characters"),
        ("Mine", {"kind": "paper"}, "unknown kind"),
        ("Mine", {"variant": "chat"}, "unknown variant"),
        ("Mine", {"family": "nobody's"}, "nobody"),
    ],
)
def test_what_cannot_be_added_is_refused(
    user_store: Path, name: str, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        add(user_store, name, [], Provenance(), **options)
    assert not user_store.exists()


def test_a_name_as_long_as_allowed_is_kept(user_store: Path) -> None:
    add(user_store, "x" * 300, [], Provenance())
    assert named(user_store, "x" * 300) == "x" * 300


def test_another_name_is_known_and_forgotten(user_store: Path) -> None:
    alias(user_store, "grey llama", "llama-2-7b")
    assert named(user_store, "Grey  Llama") == "llama-2-7b"
    again = alias(user_store, "Grey Llama", "llama-2-7b")
    assert (again.write, again.done[0]["remark"]) == (None, "it is called so already")

    alias(user_store, "grey llama", "llama-2-7b", take_away=True)
    with pytest.raises(InputError, match="grey llama"):
        named(user_store, "grey llama")
    with pytest.raises(InputError, match="no name that you gave"):
        alias(user_store, "grey llama", "llama-2-7b", take_away=True)


def test_a_name_of_another_shipped_model_is_not_joined(user_store: Path) -> None:
    with pytest.raises(InputError, match="not the same as"):
        alias(user_store, "llama-2-13b", "llama-2-7b")


def test_an_alias_joins_an_imported_model_to_the_known_one(
    user_store: Path, tmp_path: Path
) -> None:
    """Its claims, notes, tags and names are then of the known one."""
    rows = [{"name": "someone/Llama-2-7b", "parameters_raw": 6738415616, "context_length": 2048,
             "min_ram_gb": 1}]  # fmt: skip
    (tmp_path / "list.json").write_text(json.dumps(rows))
    report = import_source(user_store, str(tmp_path / "list.json"))
    assert report.ambiguous[0]["candidates"] == ["llama-2-7b"]
    add_note(user_store, "someone/llama-2-7b", "zanzibar")
    set_tags(user_store, "someone/llama-2-7b", ["odd"])
    alias(user_store, "the copy", "someone/llama-2-7b")

    done = alias(user_store, "someone/Llama-2-7b", "llama-2-7b")
    assert done.done[0]["change"] == "joined"
    for table in ("claims", "notes", "tags"):
        of = query(
            user_store,
            f"SELECT DISTINCT subject FROM {table} "
            "WHERE subject LIKE 'someone/%' OR subject = 'llama-2-7b'",
        )
        assert of == [("llama-2-7b",)], table
    assert named(user_store, "the copy") == "llama-2-7b"
    assert query(user_store, "SELECT id FROM models WHERE id LIKE 'someone/%'") == []
    with connect(user_store) as connection:
        assert [item["id"] for item in search(connection, "zanzibar")] == ["llama-2-7b"]
    assert ("imported", "2048") in query(
        user_store, "SELECT layer, value FROM claims WHERE subject = 'llama-2-7b' "
        "AND attribute = 'context_length'"
    )  # fmt: skip
    again = import_source(user_store, str(tmp_path / "list.json"))
    assert (again.ambiguous, again.models_known) == ([], 1)


def test_a_family_that_is_called_like_a_joined_model_keeps_what_is_said_of_it(
    user_store: Path,
) -> None:
    """Ids are of one kind: a model and a family may share theirs."""
    add(user_store, "Mine", ["license=MIT"], Provenance(), kind="family")
    add(user_store, "Mine", ["n_layers=3"], Provenance())
    add_note(user_store, "mine", "of the family")

    alias(user_store, "mine", "llama-2-7b")
    rows = query(
        user_store, "SELECT subject_kind, subject, attribute FROM claims WHERE layer = 'user' "
        "ORDER BY 1, 2, 3"
    )  # fmt: skip
    assert set(rows) == {("family", "mine", "license"), ("model", "llama-2-7b", "n_layers")}
    assert query(user_store, "SELECT subject_kind, subject FROM notes") == [("family", "mine")]
    assert query(user_store, "SELECT id FROM families WHERE layer = 'user'") == [("mine",)]


def test_a_word_of_another_name_finds_ones_own_model_while_it_stands(user_store: Path) -> None:
    add(user_store, "Mine 7B", [], Provenance())
    alias(user_store, "zanzibar cat", "mine-7b")
    assert ids_found(user_store, "zanzibar") == ["mine-7b"]
    alias(user_store, "zanzibar cat", "mine-7b", take_away=True)
    assert ids_found(user_store, "zanzibar") == []


def test_what_was_added_and_called_is_told_and_logged(user_store: Path) -> None:
    done = [
        add(user_store, "Mine", [], Provenance(), kind="family"),
        add(user_store, "Mine 7B", ["n_layers=3"], Provenance(), family="mine"),
        add(user_store, "Acme", [], Provenance(), kind="organization"),
        alias(user_store, "grey cat", "mine-7b"),
        alias(user_store, "grey cat", "mine-7b", take_away=True),
    ]

    assert [item.done[0]["change"] for item in done] == [
        "added", "added", "added", "aliased", "unaliased",
    ]  # fmt: skip
    assert [item.done[0]["subject"] for item in done] == [
        "mine", "mine-7b", "acme", "mine-7b", "mine-7b",
    ]  # fmt: skip
    assert [item.done[0]["remark"] for item in done[:3]] == [
        "a family of your own", "a model of your own", "an organization of your own",
    ]  # fmt: skip
    assert (done[1].done[1]["change"], done[1].done[1]["attribute"]) == ("set", "n_layers")
    assert [item.done[0]["value"] for item in done[3:]] == ["grey cat", "grey cat"]
    with connect(user_store) as connection:
        commands = [entry["command"] for entry in entries(connection)]
    assert commands == ["alias", "alias", "add", "add", "add"]


def test_a_model_of_ones_own_that_another_joins_keeps_its_id_and_shows_what_was_said(
    user_store: Path,
) -> None:
    """The joined one's id becomes a name, which can be taken away; its own cannot."""
    add(user_store, "Mine 7B", [], Provenance())
    add(user_store, "Other 7B", ["n_layers=32"], Provenance())

    done = alias(user_store, "other 7b", "mine-7b").done
    assert done[0]["remark"] == "1 claims of other-7b are now its"
    names = query(user_store, "SELECT text, is_id FROM names WHERE target = 'mine-7b' ORDER BY 1")
    assert names == [("mine-7b", 1), ("other-7b", 0)]
    assert query(user_store, "SELECT n_layers FROM models WHERE id = 'mine-7b'") == [(32,)]
    with pytest.raises(InputError, match="no name that you gave"):
        alias(user_store, "mine-7b", "mine-7b", take_away=True)
    alias(user_store, "other-7b", "mine-7b", take_away=True)


def test_a_family_is_not_joined_to_another(user_store: Path) -> None:
    """What is said of members would be said of others' members."""
    add(user_store, "Mine", [], Provenance(), kind="family")

    with pytest.raises(InputError, match="'Mine' is 'mine', which is not the same as 'llama-2'"):
        alias(user_store, "Mine", "llama-2")


def test_a_name_that_a_later_edition_brings_too_is_one(user_store: Path) -> None:
    alias(user_store, "grey llama", "llama-2-7b")
    with writing(user_store) as connection:  # as if the base had come to know it
        connection.execute("UPDATE user.name SET key = ?", (fold("LLaMA 2 7B"),))

    done = alias(user_store, "LLaMA 2 7B", "llama-2-7b").done
    assert [item["remark"] for item in done] == ["it is called so already"]
