"""What a user writes: shown before everything else, logged, and taken back without a trace."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

TABLES = ("organization", "source", "family", "model", "name", "claim", "note", "tag",
          "model_record", "model_value")  # fmt: skip


def content(store: Path) -> dict[str, list[Any]]:
    """Every row of the user's store but its log, without the numbers that the log gives."""
    found = {}
    with sqlite3.connect(store) as connection:
        for table in (*TABLES, "text_index"):
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = [name for name in columns if name not in {"write", "id", "created"}]
            kept += ["id"] if table in {"model", "family", "source", "model_record"} else []
            rows = connection.execute(f"SELECT {', '.join(kept)} FROM {table}").fetchall()
            found[table] = sorted(rows, key=repr)
    return found


def test_a_value_of_the_users_is_shown_first_and_marked(run: Any) -> None:
    assert run("set", "llama-2-7b", "context_length=8192", "--source", "our wiki").code == 0

    shown = run("compare", "llama-2-7b", "--attributes", "context_length").out
    assert "8,192 (yours)" in shown
    record = run("filter", "--family", "llama-2", "--context", "8192", "-f", "json").json[0]
    assert (record["id"], record["context_length"]) == ("llama-2-7b", 8192)
    assert record["layer"] == {"context_length": "user"}
    claims = run("show", "llama-2-7b", "-f", "json").json["claims"]["context_length"]
    assert [claim["layer"] for claim in claims] == ["user", "curated", "curated"]


@pytest.mark.parametrize(
    "command",
    [
        ("set", "llama-2-7b", "context_length=8192", "--source", "our wiki"),
        ("set", "llama-2", "organization=google", "--source", "https://example.org/x"),
        ("add", "Mine 7B", "params_total=7B", "attention=GQA", "based_on=llama-2-7b"),
        ("add", "Mine", "--kind", "family"),
        ("note", "gqa", "worth reading"),
        ("tag", "llama-2-7b", "favourite"),
        ("alias", "grey llama", "llama-2-7b"),
    ],
)
def test_undo_leaves_the_store_as_it_was(run: Any, user_store: Path, command: Any) -> None:
    run("tag", "gpt-2", "first")
    before = content(user_store)

    assert run(*command).code == 0
    after = content(user_store)
    assert after != before
    assert run("undo").code == 0
    assert content(user_store) == before
    number = run("log", "-f", "json").json[0]["id"]
    assert run("undo", str(number)).code == 0
    assert content(user_store) == after


def test_a_claim_from_the_same_source_is_replaced_and_comes_back(run: Any) -> None:
    run("set", "gpt-4", "n_layers=120", "--source", "a rumour mill", "--status", "rumoured")
    run("set", "gpt-4", "n_layers=96", "--source", "a rumour mill", "--status", "rumoured")

    mine = run("sql", "SELECT value FROM claims WHERE layer = 'user'", "-f", "json").json
    assert [row["value"] for row in mine] == ["96"]
    run("undo")
    mine = run("sql", "SELECT value FROM claims WHERE layer = 'user'", "-f", "json").json
    assert [row["value"] for row in mine] == ["120"]


def test_a_write_that_others_build_on_is_not_undone_alone(run: Any) -> None:
    run("add", "Mine 7B")
    run("set", "mine-7b", "n_layers=32")

    refused = run("undo", "1")
    assert refused.code == 2
    assert "undo 2 first" in refused.err
    assert run("undo", "2").code == 0
    assert run("undo", "1").code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("set", "lamma-2", "n_layers=3"), "Nearest: llama-2"),
        (("set", "llama-2-7b", "n_layers=3.5"), "not a whole number"),
        (("set", "llama-2-7b", "layerz=3"), "unknown attribute"),
        (("set", "llama-2-7b"), "needs attribute=value"),
        (("set", "llama-2-7b", "n_layers=3", "--status", "sure"), "unknown status"),
        (("set", "llama-2-7b", "organization=mta"), "unknown organization"),
        (("unset", "llama-2-7b", "n_layers"), "you have said nothing"),
        (("add", "LLaMA 2 7B"), "called"),
        (("note", "gqa", " "), "empty"),
        (("tag", "gqa", "a b"), "not a tag"),
        (("undo",), "nothing to undo"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    run: Any, user_store: Path, arguments: Any, sentence: str
) -> None:
    refused = run(*arguments)

    assert refused.code == 2
    assert sentence in refused.err
    assert not user_store.exists()


def test_a_withheld_value_is_claimed_without_one(run: Any) -> None:
    run("set", "llama-2-7b", "training_tokens", "--status", "undisclosed", "--source", "a letter")

    assert "undisclosed (yours)" in run("show", "llama-2-7b").out


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


def test_an_alias_joins_an_imported_model_to_the_known_one(run: Any, tmp_path: Path) -> None:
    rows = [{"name": "someone/Llama-2-7b", "parameters_raw": 6738415616, "context_length": 2048,
             "min_ram_gb": 1}]  # fmt: skip
    import json

    (tmp_path / "list.json").write_text(json.dumps(rows))
    report = run("import", "list.json", "-f", "json").json
    assert report["ambiguous"][0]["candidates"] == ["llama-2-7b"]

    joined = run("alias", "someone/Llama-2-7b", "llama-2-7b")
    assert joined.code == 0, joined.err
    claims = run("show", "llama-2-7b", "-f", "json").json["claims"]["context_length"]
    assert [(claim["layer"], claim["value"]) for claim in claims] == [
        ("curated", 4096),
        ("curated", 4096),
        ("imported", 2048),
    ]
    again = run("import", "list.json", "-f", "json").json
    assert (again["ambiguous"], again["counts"]["models_known"]) == ([], 1)
    run("undo")
    assert run("show", "someone/llama-2-7b").code == 0


def test_what_stayed_ambiguous_is_added_once(run: Any, tmp_path: Path) -> None:
    """A second import finds the model that the same rows brought in, among all that are called so."""
    import json

    rows = [{"name": "meta-llama/Llama-2-7b", "parameters_raw": 70 * 10**9, "context_length": 2048,
             "min_ram_gb": 1}]  # fmt: skip
    (tmp_path / "list.json").write_text(json.dumps(rows))
    first = run("import", "list.json", "-f", "json").json
    assert (first["ambiguous"][0]["candidates"], first["counts"]["models_added"]) == (
        ["llama-2-7b"], 1
    )  # fmt: skip

    again = run("import", "list.json", "-f", "json").json
    assert (again["write"], again["counts"]["models_added"]) == (None, 0)
    assert again["ambiguous"], "nobody has decided yet"
    rows[0]["context_length"] = 1024
    (tmp_path / "list.json").write_text(json.dumps(rows))
    changed = run("import", "list.json", "-f", "json").json
    assert (changed["counts"]["models_added"], changed["counts"]["claims_replaced"]) == (0, 1)
