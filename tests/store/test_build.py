"""The curated store: built by the migrations, deterministic and complete."""

import json
import sqlite3
import subprocess
import sys

import pytest

from llmnotes.catalog import subjects
from llmnotes.store.build import build, digest
from llmnotes.store.paths import CURATED
from tests.curated import curated


def dump(path):
    connection = sqlite3.connect(path)
    text = "\n".join(connection.iterdump())
    connection.close()
    return text


def test_building_twice_gives_the_same_dump(tmp_path, small_base):
    again = build(tmp_path / "again.sqlite", small_base.parent / "data")

    assert dump(again) == dump(small_base)


def test_a_build_leaves_nothing_else_behind(tmp_path, small_base):
    build(tmp_path / "one.sqlite", small_base.parent / "data")

    assert [path.name for path in tmp_path.iterdir()] == ["one.sqlite"]


@pytest.mark.thorough
def test_every_curated_claim_is_in_the_store(connection):
    expected = sum(len(claims) for _, _, s in subjects(curated()) for claims in s.claims.values())

    assert connection.execute("SELECT count(*) FROM claims").fetchone()[0] == expected
    assert connection.execute("SELECT DISTINCT layer FROM claims").fetchall() == [("curated",)]


def test_every_model_has_its_resolved_values(connection):
    models = {row[0] for row in connection.execute("SELECT id FROM model")}

    assert {row[0] for row in connection.execute("SELECT id FROM models")} == models


def test_lists_are_canonical_json_and_batches_are_counted_in_tokens(connection):
    row = connection.execute(
        "SELECT objective, batch_size, batch_size_unit, batch_size_tokens FROM models WHERE id = 'bert-base'"
    ).fetchone()

    assert json.loads(row[0]) == ["MLM", "NSP"]
    assert row[1:3] == (256, "sequences")


def test_a_ramp_shows_its_final_value(connection):
    row = connection.execute(
        "SELECT batch_size, batch_size_unit FROM models WHERE id = 'palm-540b'"
    ).fetchone()

    assert row == (2048, "sequences")


def test_a_set_of_numbers_shows_its_smallest_and_largest(connection):
    row = connection.execute(
        "SELECT context_length, context_length_min, context_length_max FROM models WHERE id = 'gpt-4'"
    ).fetchone()

    assert row == (32768, 8192, 32768)


def test_the_store_knows_what_it_was_built_from(connection):
    facts = dict(connection.execute("SELECT key, value FROM fact"))

    assert facts["digest"] == digest()


def test_reading_imports_neither_sqlmodel_nor_pydantic():
    code = (
        "import sys, llmnotes.cli as c\n"
        "sys.argv = ['llmnotes', 'compare', 'llama', 'llama2']\n"
        "try: c.main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'alembic', 'rich.table'} & set(sys.modules)\n"
        "sys.exit(repr(heavy) if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_the_curated_store_is_not_under_version_control():
    from tests.running import REPOSITORY

    ignored = (REPOSITORY / ".gitignore").read_text().splitlines()

    assert str(CURATED.relative_to(REPOSITORY)) in ignored
