"""A write is atomic, however it ends and whoever reads meanwhile."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import llmnotes
from llmnotes.ingest.run import import_source
from llmnotes.store.soundness import problems
from tests.running import REPOSITORY
from tests.store.killing import kill_points

MANY = 600


def start(*arguments: str, store: Path, **settings: Any) -> subprocess.Popen[str]:
    """`llmnotes` as a background process."""
    return subprocess.Popen(
        [sys.executable, "-m", "llmnotes", *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LLMNOTES_DB": str(store)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **settings,
    )


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A list of models in llmfit's format."""
    rows = [
        {
            "name": f"lab-{number % 20}/model-{number}", "parameters_raw": 10**9 + number,
            "context_length": 8192, "min_ram_gb": 1, "num_hidden_layers": 32,
            "num_attention_heads": 32, "num_key_value_heads": 8,
        }
        for number in range(MANY)
    ]  # fmt: skip
    path = tmp_path / "many.json"
    path.write_text(json.dumps(rows))
    return path


def dump(store: Path) -> list[str]:
    """The content of the store as SQL."""
    with sqlite3.connect(store) as connection:
        found = list(connection.iterdump())
    connection.close()
    return found


@pytest.mark.thorough
def test_killed_anywhere_an_import_leaves_the_store_as_before_or_as_after(
    run: Any, tmp_path: Path, many: Path
) -> None:
    folder = tmp_path / "stores"
    store = folder / "notes.sqlite"
    assert run("--db", str(store), "set", "llama-2-7b", "context_length=8192").code == 0
    before = dump(store)
    outcomes = set()

    for _, ended in kill_points(folder, lambda: import_source(store, str(many)), most=16):
        with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
            models = connection.execute("SELECT count(*) FROM model").fetchone()[0]
        outcomes.add(models)
        assert models in {0, MANY}
        assert models or not ended
        assert problems(store) == []
        if models == 0:
            assert dump(store) == before

    assert outcomes == {0, MANY}
    assert run("--db", str(store), "set", "gpt-2-xl", "n_layers=1").code == 0
    assert not list(folder.glob(".*.unfinished*"))


def test_an_import_killed_from_outside_leaves_the_store_as_before_or_as_after(
    user_store: Path, many: Path
) -> None:
    for seconds in (0.2, 0.6, 1.2):
        process = start("import", str(many), store=user_store)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if user_store.exists():
            assert problems(user_store) == []
            with closing(sqlite3.connect(user_store)) as connection:
                assert connection.execute("SELECT count(*) FROM model").fetchone()[0] in {0, MANY}


def test_two_imports_at_once_both_succeed_while_readers_see_none_of_it_or_all(
    run: Any, user_store: Path, many: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    rows = json.loads(many.read_text())
    other.write_text(json.dumps([{**row, "name": f"x-{row['name']}"} for row in rows]))
    run("tag", "gpt-2", "there")
    writers = [start("import", str(path), store=user_store) for path in (many, other)]
    counts = set()
    while any(writer.poll() is None for writer in writers):
        with llmnotes.open() as kb:
            counts.add(tuple(kb.sql(SEEN)[0].values()))
    for writer in writers:
        _, err = writer.communicate()
        assert writer.returncode == 0, err
    assert counts <= {(0, 0), (MANY, MANY), (2 * MANY, 2 * MANY)}
    assert (0, 0) in counts
    assert run("sql", SEEN, "-f", "json").json == [{"models": 2 * MANY, "claims": 2 * MANY}]
    assert problems(user_store) == []


SEEN = (
    "SELECT (SELECT count(*) FROM models WHERE id LIKE '%lab-%/model-%') AS models, "
    "(SELECT count(*) FROM claims WHERE attribute = 'n_layers' AND layer = 'imported') AS claims"
)


def test_a_full_disk_changes_nothing_and_says_what_to_do(
    run: Any, user_store: Path, many: Path
) -> None:
    run("set", "llama-2-7b", "context_length=8192")
    before = dump(user_store)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))

    process = start("import", str(many), store=user_store, preexec_fn=limit)
    _, err = process.communicate()
    assert process.returncode == 3, err
    assert "nothing was changed" in err
    assert "Traceback" not in err
    assert dump(user_store) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_read_and_refused(run: Any, user_store: Path) -> None:
    run("set", "llama-2-7b", "context_length=8192")
    user_store.parent.chmod(0o555)
    try:
        assert run("set", "llama-2-7b", "n_layers=3").code == 3
        assert run("show", "llama-2-7b").code == 0
    finally:
        user_store.parent.chmod(0o755)


def test_a_store_where_nothing_can_be_written_is_refused(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    refused = run("--db", str(tmp_path / "file" / "notes.sqlite"), "set", "gpt-2", "n_layers=3")

    assert refused.code == 3
    assert "cannot write" in refused.err


@pytest.mark.parametrize("command", [("show", "gpt-2"), ("set", "gpt-2", "n_layers=3")])
def test_what_is_no_usable_store_is_refused_and_left_alone(
    run: Any, user_store: Path, command: Any
) -> None:
    run("set", "llama-2-7b", "context_length=8192")
    whole = user_store.read_bytes()
    for broken in (
        b"", b"hello", whole[:100], whole[: len(whole) // 2],
        whole[:4096] + random.Random(1).randbytes(len(whole) - 4096),
    ):  # fmt: skip
        user_store.write_bytes(broken)
        refused = run(*command)
        assert refused.code == 3, (len(broken), refused.out)
        assert user_store.read_bytes() == broken
    user_store.write_bytes(whole)
    with sqlite3.connect(user_store) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    refused = run(*command)
    assert refused.code == 3
    assert "upgrade llmnotes" in refused.err


def test_a_backup_is_whole_and_can_be_restored(run: Any, user_store: Path) -> None:
    run("set", "llama-2-7b", "context_length=8192")
    before = dump(user_store)
    assert run("db", "backup", "mine.sqlite").code == 0
    run("set", "llama-2-7b", "n_layers=3")
    user_store.write_bytes(b"broken")

    restored = run("db", "restore", "mine.sqlite")
    assert restored.code == 0, restored.err
    assert dump(user_store) == before
    assert "kept as" in restored.err
    assert run("db", "restore", "many.sqlite").code == 2


def test_a_store_of_an_older_schema_is_read_as_it_is_and_upgraded_by_a_write(
    run: Any, user_store: Path
) -> None:
    from llmnotes.store.migrate import migrate

    migrate(user_store, "0001")
    with sqlite3.connect(user_store) as connection:
        connection.execute(
            "INSERT INTO claim (subject_kind, subject, attribute, value, status, layer, preferred) "
            "VALUES ('model', 'llama-2-7b', 'n_layers', '7', 'reported', 'user', 0)"
        )
    connection.close()
    before = user_store.read_bytes()

    assert "7 (yours)" in run("compare", "llama-2-7b", "--attributes", "n_layers").out
    assert user_store.read_bytes() == before
    upgraded = run("db", "upgrade")
    assert upgraded.code == 0, upgraded.err
    assert "was 0001" in upgraded.out
    assert "7 (yours)" in run("compare", "llama-2-7b", "--attributes", "n_layers").out


def test_after_an_upgrade_of_the_package_new_curated_values_show_without_a_write(
    run: Any, user_store: Path
) -> None:
    run("add", "Mine", "n_layers=3", "based_on=llama-2-7b", "--variant", "post-trained")
    run("set", "llama-2-7b", "context_length=8192")
    with sqlite3.connect(user_store) as connection:
        connection.execute("UPDATE fact SET value = 'another edition' WHERE key = 'resolved_with'")
        connection.execute("UPDATE model_record SET d_model = 1, context_length = 1")
    connection.close()
    before = user_store.read_bytes()

    found = {item["id"]: item for item in run("export", "mine", "llama-2-7b", "-f", "json").json}
    assert (found["mine"]["n_layers"], found["mine"]["d_model"]) == (3, 4096)
    assert (found["llama-2-7b"]["context_length"], found["llama-2-7b"]["d_model"]) == (8192, 4096)
    assert user_store.read_bytes() == before
