"""What the user says of the one model of a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmnotes.errors import InputError
from llmnotes.ingest.chosen import Chosen
from llmnotes.ingest.run import import_source
from tests.stores import query

CONFIG = {
    "model_type": "llama", "hidden_size": 64, "intermediate_size": 172, "num_hidden_layers": 2,
    "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 100, "hidden_act": "silu",
    "max_position_embeddings": 512, "rms_norm_eps": 1e-6, "tie_word_embeddings": False,
}  # fmt: skip


@pytest.fixture
def config(tmp_path: Path) -> str:
    path = tmp_path / "tiny.json"
    path.write_text(json.dumps(CONFIG))
    return str(path)


def test_a_new_model_bears_the_chosen_id_name_and_publisher(user_store: Path, config: str) -> None:
    import_source(user_store, config, chosen=Chosen("acme/t-1", "Tiny One", "Acme Labs"))

    assert query(user_store, "SELECT name, organization FROM models WHERE id = 'acme/t-1'") == [
        ("Tiny One", '["acme-labs"]')
    ]
    told = query(user_store, "SELECT target FROM names WHERE text = 'Tiny One'")
    assert told == [("acme/t-1",)]


def test_the_id_of_a_known_model_says_that_it_is_meant(user_store: Path, config: str) -> None:
    report = import_source(user_store, config, chosen=Chosen(id="llama-2-7b"))

    assert (report.models_added, report.models_known) == (0, 1)
    claims = query(
        user_store,
        "SELECT value FROM claims WHERE subject = 'llama-2-7b' AND attribute = 'n_layers' "
        "AND layer = 'imported'",
    )
    assert claims == [("2",)]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (Chosen(id="Acme Tiny"), "'Acme Tiny' is not an id; 'acme-tiny' is one"),
        (Chosen(name=" "), "--name is empty"),
        (Chosen(id="?!"), "no letter or digit"),
    ],
)
def test_what_cannot_be_chosen_is_refused(
    user_store: Path, config: str, chosen: Chosen, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence):
        import_source(user_store, config, chosen=chosen)
    assert not user_store.exists()


@pytest.mark.parametrize("chosen", [Chosen(id="x"), Chosen(name="x"), Chosen(organization="x")])
def test_a_source_of_several_models_takes_no_choice(
    tmp_path: Path, user_store: Path, chosen: Chosen
) -> None:
    table = tmp_path / "two.md"
    table.write_text("| Model | Params |\n|---|---|\n| A 1B | 1B |\n| B 1B | 1B |\n")
    bundle = tmp_path / "bundle.json"
    bundle.write_text(json.dumps({"llmnotes_bundle": 1, "models": [{"id": "a", "name": "A"}]}))

    for path, what in ((table, "holds several"), (bundle, "is a bundle")):
        with pytest.raises(InputError, match=what):
            import_source(user_store, str(path), chosen=chosen)


def test_a_format_of_files_is_no_format_of_the_hub(user_store: Path) -> None:
    with pytest.raises(InputError, match="--as litellm is for files"):
        import_source(user_store, "hf:acme/tiny", form="litellm")
