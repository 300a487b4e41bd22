"""After an upgrade of the curated layer the user's store is read with the new edition's values."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from llmnotes.catalog import DATA
from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.edits.subjects import add
from llmnotes.store.build import build
from llmnotes.store.connect import connect
from tests.running import FIRST, keep_families


@pytest.fixture(scope="module")
def fewer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with the first families alone."""
    data = tmp_path_factory.mktemp("fewer") / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("*.sqlite"))
    keep_families(data, FIRST)
    return build(data.parent / "fewer.sqlite", data)


def test_a_model_that_an_edition_has_no_more_is_gone_and_the_rest_is_read(
    user_store: Path, fewer: Path
) -> None:
    """Models of other families are based on Llama 2 7B: the write left values of them too."""
    set_claims(user_store, "llama-2-7b", ["n_layers=99"], Provenance())
    add(user_store, "Mine 1B", ["n_layers=3"], Provenance())
    with closing(connect(user_store)) as before:
        based = before.execute("SELECT model FROM model_values WHERE value = 'llama-2-7b'")
        assert {"code-llama-7b", "llama-2-7b-chat"} <= {row[0] for row in based}

    with closing(connect(user_store, fewer)) as after, closing(connect(None, fewer)) as alone:
        shown = {row[0] for row in after.execute("SELECT id FROM models")}
        curated = {row[0] for row in alone.execute("SELECT id FROM models")}
        assert shown == curated | {"mine-1b"}
        assert "code-llama-7b" not in curated
        values = {row[0] for row in after.execute("SELECT model FROM model_values")}
        assert values <= shown
        layers = after.execute("SELECT n_layers FROM models WHERE id LIKE 'llama-2-7b%'")
        assert layers.fetchall() == [(99,), (99,)], "its chat model takes the value over"
