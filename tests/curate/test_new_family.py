"""A family is drafted from folders, files and a real hub on loopback; the catalog takes the draft."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from llmnotes import catalog
from tests.curate.drafts import CARD, COUNT, TOKENIZER, claim, drafted, loaded, put
from tests.ingest.formats.test_hub import COMMIT, CONFIG, FILES, hub

__all__ = ["hub"]


@pytest.mark.thorough
def test_a_repository_of_the_hub_names_commit_and_file(
    tmp_path: Path, hub: Any, monkeypatch: Any
) -> None:
    files = {
        "config.json": json.dumps(CONFIG), "README.md": CARD, "tokenizer.json": json.dumps(TOKENIZER),
        "tokenizer_config.json": json.dumps({"model_max_length": 4096, "tokenizer_class": "Toy"}),
        "generation_config.json": json.dumps({"temperature": 0.6}),
        "other.bin": "never fetched",
    }  # fmt: skip
    monkeypatch.setitem(
        FILES, "google/toy-9b", {name: text.encode() for name, text in files.items()}
    )

    for source in ("hf:google/toy-9b", "google/toy-9b"):
        _, text = drafted(source)

    family = loaded(text, tmp_path)
    source = family.sources["toy-9b-config"]
    assert source.copy_read == f"huggingface.co/google/toy-9b@{COMMIT}:config.json"
    assert (source.read, source.sha256) == ("whole", None)
    assert claim(family, "organization").value == ["google"]
    assert claim(family, "tokenizer").source == "toy-9b-tokenizer"
    assert "model_max_length 4,096, config.json max_position_embeddings 512" in text
    assert "# generation_config.json: temperature 0.6" in text
    assert family.models[0].aliases == ["google/toy-9b"]


def test_the_weights_headers_of_a_repository_are_a_source(hub: Any) -> None:
    family, text = drafted("hf:acme/tiny-7b-chat")

    counted, found = family.claims["params_total"]
    assert (counted.value, found.value, found.source) == (COUNT, 12_800, "tiny-7b-chat-weights")
    assert family.sources["tiny-7b-chat-weights"].kind == "checkpoint"
    assert "fewer than the configuration counts" in text


def test_a_file_is_written_once_with_a_way_to_the_schema(run: Any, tmp_path: Path) -> None:
    put(tmp_path / "toy")

    done = run("new-family", "toy", "-o", "my-toy.toml")

    assert (done.code, done.out) == (0, "")
    text = (tmp_path / "my-toy.toml").read_text()
    assert text.startswith("#:schema ")
    assert tomllib.loads(text)["id"] == "my-toy"
    schema = (tmp_path / text.splitlines()[0].removeprefix("#:schema ")).resolve()
    assert schema == (catalog.DATA / "family.schema.json").resolve()
    refused = run("new-family", "toy", "-o", "my-toy.toml")
    assert (refused.code, (tmp_path / "my-toy.toml").read_text()) == (2, text)
    assert "there already" in refused.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["absent"], "there is no such file"),
        (["toy", "-o", "absent/toy.toml"], "no folder"),
        (["toy", "--id", "My Toy"], "'my-toy' is one"),
        (["torn"], "torn/config.json"),
        (["blank"], "nothing can be said"),
        (["unlike"], "give --id and --name"),
        (["hf:a/b/c"], "hf:organization/name"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_one_sentence(
    run: Any, tmp_path: Path, arguments: list[str], says: str
) -> None:
    put(tmp_path / "toy")
    put(tmp_path / "torn", config_json='{"model_type": ')
    put(tmp_path / "blank", {"model_type": "zyx9"})
    put(tmp_path / "unlike" / "one-1b")
    put(tmp_path / "unlike" / "other-2b", {**CONFIG, "num_hidden_layers": 3})

    refused = run("new-family", *arguments)

    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err
    assert len(refused.err.strip().splitlines()) == 1
