"""A user's store of every schema version is read and upgraded without loss.

`samples/` has one store for each migration, written by the version that introduced it; a new migration
needs a new sample.
"""

import gzip
import sqlite3
from pathlib import Path

import pytest

import llmnotes
from llmnotes.store.migrate import revisions

SAMPLES = Path(__file__).parent / "samples"


def unpack(revision: str, target: Path) -> None:
    target.write_bytes(gzip.decompress((SAMPLES / f"{revision}.sqlite.gz").read_bytes()))


def own_claims(path: Path) -> list[tuple]:
    connection = sqlite3.connect(path)
    found = connection.execute(
        "SELECT subject, attribute, value, status, source, locator, layer, note FROM claim"
    ).fetchall()
    connection.close()
    return found


def test_every_schema_version_has_its_sample():
    assert sorted(path.name for path in SAMPLES.iterdir()) == [
        f"{revision}.sqlite.gz" for revision in revisions()
    ]


@pytest.mark.parametrize("revision", revisions())
def test_an_old_store_is_read_as_it_is(revision, user_store):
    unpack(revision, user_store)
    before = user_store.read_bytes()

    with llmnotes.open() as kb:
        model = kb.model("llama-2-7b")
        assert (model.n_layers, model.context_length) == (33, 4096)
        assert model.claims["n_layers"][0].note == f"kept since schema {revision}"
        assert kb.model("llama-2-13b").n_layers == 40

    assert user_store.read_bytes() == before


@pytest.mark.parametrize("revision", revisions())
@pytest.mark.parametrize("sort", ["n_layers", "coverage"])
def test_models_of_an_old_store_are_filtered_and_sorted(revision, sort, user_store, run):
    unpack(revision, user_store)
    before = user_store.read_bytes()

    asked = ["--n-layers", "33", "--organization", "meta", "--sort", sort, "--limit", "3"]
    found = run("filter", *asked, "-f", "json")

    assert [item["id"] for item in found.json] == ["llama-2-7b"]
    assert run("list", "models", "--variants", "base").code == 0
    assert user_store.read_bytes() == before


@pytest.mark.parametrize("revision", revisions())
def test_an_upgrade_keeps_what_the_user_said(revision, user_store, run):
    unpack(revision, user_store)
    before = own_claims(user_store)

    assert run("db", "upgrade").code == 0

    assert own_claims(user_store) == before
    assert run("db", "check").code == 0
    assert "33 (yours)" in run("compare", "llama-2-7b", "--attributes", "n_layers").out
    assert run("note", "llama-2-7b", "still writable").code == 0
