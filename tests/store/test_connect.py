"""Read-only connections: both layers merged, nothing written, concurrent readers."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import llmnotes
from llmnotes.errors import StoreError
from llmnotes.store.connect import connect
from llmnotes.store.migrate import migrate


def add_claim(path, subject, attribute, value, layer="user", kind="model"):
    """Insert a claim into a user's store as plain rows."""
    if not path.exists():
        migrate(path)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "INSERT INTO claim (subject_kind, subject, attribute, value, status, layer, preferred) "
            "VALUES (?, ?, ?, ?, 'reported', ?, 0)",
            (kind, subject, attribute, json.dumps(value), layer),
        )
    connection.close()


def test_reading_creates_no_store(user_store):
    with llmnotes.open() as kb:
        assert kb.model("gpt-1").n_layers == 12

    assert not user_store.exists()


def test_a_users_claim_wins_and_is_marked_as_theirs(user_store):
    add_claim(user_store, "llama-2-7b", "n_layers", 33)

    with llmnotes.open() as kb:
        model = kb.model("llama-2-7b")
        assert model.n_layers == 33
        assert [claim.layer for claim in model.claims["n_layers"]] == ["user", "curated"]
        assert [found.id for found in kb.filter(n_layers=33, organization="meta")] == ["llama-2-7b"]
        assert kb.sql("SELECT n_layers FROM models WHERE id = 'llama-2-7b'") == [{"n_layers": 33}]


def test_a_users_claim_on_a_base_reaches_the_variant_made_from_it(user_store):
    add_claim(user_store, "llama-2-70b", "n_layers", 81)

    with llmnotes.open() as kb:
        assert kb.model("llama-2-70b-chat").n_layers == 81


def test_a_users_claim_on_a_family_reaches_its_members(user_store):
    add_claim(user_store, "gpt-4", "hardware", ["abacus"], kind="family")

    with llmnotes.open() as kb:
        assert kb.model("gpt-4").claims["hardware"]


def test_an_imported_claim_hides_no_curated_one(user_store):
    add_claim(user_store, "llama-2-7b", "context_length", 1, layer="imported")

    with llmnotes.open() as kb:
        assert kb.model("llama-2-7b").context_length == 4096


def test_every_model_is_listed_once_with_an_overlay(user_store, connection):
    add_claim(user_store, "llama-2-7b", "n_layers", 33)
    before = connection.execute("SELECT id FROM models ORDER BY id").fetchall()

    merged = connect(user_store)

    assert merged.execute("SELECT id FROM models ORDER BY id").fetchall() == before
    merged.close()


def test_a_read_only_home_is_no_obstacle(user_store, run):
    add_claim(user_store, "llama-2-7b", "n_layers", 33)
    user_store.chmod(stat.S_IRUSR)
    user_store.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        found = run("filter", "--n-layers", "33", "--organization", "meta", "-f", "json").json
    finally:
        user_store.parent.chmod(stat.S_IRWXU)

    assert [item["id"] for item in found] == ["llama-2-7b"]


def test_reading_changes_neither_file(user_store, run):
    add_claim(user_store, "llama-2-7b", "n_layers", 33)
    before = user_store.read_bytes(), os.listdir(user_store.parent)

    run("compare", "llama", "llama2")
    run("show", "llama-2-7b", "--claims")

    assert (user_store.read_bytes(), os.listdir(user_store.parent)) == before


def test_several_processes_read_at_once(user_store, run):
    add_claim(user_store, "llama-2-7b", "n_layers", 33)

    with ThreadPoolExecutor(4) as pool:
        results = list(
            pool.map(
                lambda _: (
                    run("filter", "--n-layers", "33", "--organization", "meta", "-f", "json").code
                ),
                range(8),
            )
        )

    assert results == [0] * 8


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"this is not a database at all", "is not an llmnotes store"),
        (b"", "is not an llmnotes store"),
        (b"SQLite format 3\x00" + b"\xff" * 4096, "cannot be read"),
    ],
)
def test_a_file_that_is_no_store_ends_with_3_and_a_way_out(user_store, run, content, complaint):
    user_store.write_bytes(content)

    result = run("compare", "llama", "llama2")

    assert result.code == 3
    assert complaint in result.err
    assert "--db PATH" in result.err
    assert user_store.read_bytes() == content


def test_a_foreign_database_is_refused(user_store):
    with sqlite3.connect(user_store) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()

    with pytest.raises(StoreError, match="not an llmnotes store"):
        connect(user_store)


def test_a_store_of_a_newer_version_asks_for_an_upgrade(user_store):
    migrate(user_store)
    with sqlite3.connect(user_store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    with pytest.raises(StoreError, match="newer llmnotes"):
        connect(user_store)


def test_a_missing_curated_store_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="reinstall llmnotes"):
        connect(curated=tmp_path / "nothing.sqlite")


def test_the_option_wins_over_the_environment(tmp_path, user_store, run):
    other = tmp_path / "other.sqlite"
    add_claim(other, "llama-2-7b", "n_layers", 35)

    assert run("db", "path").out.strip() == str(user_store)
    assert run("--db", str(other), "db", "path").out.strip() == str(other)
    (found,) = run(
        "--db", str(other), "filter", "--n-layers", "35", "--family", "llama-2", "-f", "json"
    ).json
    assert found["id"] == "llama-2-7b"


def test_a_sound_pair_of_stores_passes_the_check(user_store, run):
    assert run("db", "check").code == 0
    add_claim(user_store, "llama-2-7b", "n_layers", 33)
    assert run("db", "check").code == 0


def test_threads_may_each_have_a_base(connection):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: _count(), range(8)))

    assert len(set(found)) == 1


def _count():
    with llmnotes.open() as kb:
        return len(kb.filter(attention="MQA"))


def test_python_minus_m_equals_the_command(run):
    done = subprocess.run(
        [sys.executable, "-c", "from llmnotes.cli import main; main()", "list", "-f", "json"],
        capture_output=True,
        text=True,
        cwd=os.getcwd(),
    )

    assert json.loads(done.stdout) == run("list", "-f", "json").json


@pytest.mark.parametrize("command", [["list"], ["undo"], ["db", "backup"], ["db", "upgrade"]])
def test_a_store_that_cannot_be_reached_ends_with_3_and_a_way_out(run, tmp_path, command):
    beyond = tmp_path / ("a" * 300) / "notes.sqlite"  # longer than any file system lets a name be

    result = run("--db", str(beyond), *command)

    assert result.code == 3
    assert "cannot be reached" in result.err
    assert "LLMNOTES_DB" in result.err
