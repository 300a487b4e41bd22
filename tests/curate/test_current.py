"""Comparison of a catalog with the base: every entry is classified once, and nothing is written."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from llmnotes.curate.current import main, proposal
from llmnotes.ingest.survey import survey
from llmnotes.knowledge.releases import is_repacked


def row(name: str, downloads: int, **fields: Any) -> dict[str, Any]:
    return {
        "name": name, "parameters_raw": 1_000_000_000, "context_length": 8192, "min_ram_gb": 1,
        "hf_downloads": downloads, **fields,
    }  # fmt: skip


ROWS = [
    row("meta-llama/Llama-2-7b-hf", 9, parameters_raw=6_738_415_616, context_length=4096),
    row("mistralai/Mistral-7B-v0.1", 8, parameters_raw=7_241_732_096, context_length=65_536),
    row("acme/New-1B", 7, num_hidden_layers=12),
    row("acme/Newer-1B", 70),
    row("acme/New-1B-AWQ", 6),
    row("someone/Llama-2-13b-hf", 5, parameters_raw=13_015_864_320),
    row("acme/Llama 2 70B", 4, parameters_raw=68_976_648_192),
]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    path = tmp_path / "models.json"
    path.write_text(json.dumps(ROWS))
    return path


def test_each_entry_is_told_under_what_it_is(connection: Any, catalog: Path) -> None:
    found = survey(connection, str(catalog))

    assert [item["name"] for item in found.new] == ["acme/Newer-1B", "acme/New-1B"]
    assert found.new[1]["says"]["n_layers"] == 12
    assert found.repacked == 1
    assert [item["name"] for item in found.unclear] == [
        "someone/Llama-2-13b-hf",
        "acme/Llama 2 70B",
    ]
    assert found.unclear[0]["may_be"] == ["llama-2-13b"]
    [other] = [item for item in found.contradicted if item["model"] == "mistral-7b"]
    assert (other["attribute"], other["incoming"]) == ("context_length", 65_536)
    assert other["known"] == connection.execute(
        "SELECT context_length FROM models WHERE id = 'mistral-7b'"
    ).fetchone()[0]  # fmt: skip
    assert other["source"]
    assert not [item for item in found.contradicted if item["model"] == "llama-2-7b"]


def test_it_tells_how_many_of_those_asked_for_most_the_base_has(
    connection: Any, catalog: Path
) -> None:
    found = survey(connection, str(catalog))

    assert found.resolving(1) == (0, 1)
    assert found.resolving(3) == (2, 3)
    assert found.resolving(200) == (2, 4)


def test_the_proposal_is_toml_with_the_command_that_drafts_each_new_model(
    connection: Any, catalog: Path
) -> None:
    text = proposal(survey(connection, str(catalog)))
    found = tomllib.loads(text)

    assert [item["name"] for item in found["new"]] == ["acme/Newer-1B", "acme/New-1B"]
    assert "# llmnotes new-family hf:acme/New-1B -o FILE" in text
    assert found["contradicted"][0].keys() >= {"model", "attribute", "incoming", "known", "at"}
    assert "1 of packed weights left out" in text.splitlines()[0]


def test_values_that_the_base_lacks_are_listed_with_their_place(
    connection: Any, tmp_path: Path
) -> None:
    unknown, count = connection.execute(
        "SELECT id, params_total FROM models WHERE languages IS NULL AND params_total > 0 "
        "AND coalesce(json_extract(status, '$.languages'), '') = '' LIMIT 1"
    ).fetchone()
    path = tmp_path / "models.json"
    path.write_text(json.dumps([row(unknown, 1, languages=["en"], parameters_raw=count)]))

    said = survey(connection, str(path)).said
    [item] = [item for item in said if item["attribute"] == "languages"]

    assert (item["model"], item["value"]) == (unknown, ["English"])
    assert "languages" in item["at"]


def test_a_folder_of_configurations_is_held_beside_the_base(
    connection: Any, tmp_path: Path
) -> None:
    config = {"model_type": "llama", "hidden_size": 64, "intermediate_size": 172, "vocab_size": 100,
              "num_hidden_layers": 2, "num_attention_heads": 4}  # fmt: skip
    for name in ("toy-1b", "toy-2b"):
        (tmp_path / "configs" / name).mkdir(parents=True)
        (tmp_path / "configs" / name / "config.json").write_text(json.dumps(config))

    found = survey(connection, str(tmp_path / "configs"))

    assert [item["name"] for item in found.new] == ["toy-1b", "toy-2b"]


def test_the_file_is_written_once_and_the_base_is_as_it_was(
    catalog: Path, tmp_path: Path, user_store: Path, capsys: Any
) -> None:
    out = tmp_path / "proposal.toml"

    main([str(catalog), "-o", str(out)])

    assert "2 models new" in capsys.readouterr().out
    before = out.read_text()
    assert not user_store.exists()
    with pytest.raises(SystemExit, match="there already"):
        main([str(catalog), "-o", str(out)])
    assert out.read_text() == before


@pytest.mark.parametrize("source", ["absent.json", "broken.json"])
def test_what_cannot_be_read_is_refused_in_one_sentence(
    tmp_path: Path, monkeypatch: Any, source: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.json").write_text('[{"name": ')

    with pytest.raises(SystemExit) as refused:
        main([source])

    assert source in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "packed"),
    [("Qwen/Qwen3-14B-AWQ", True), ("a/b-FP8", True), ("a/b-MLX-4bit", True), ("a/b-GGUF", True),
     ("nvidia/x-NVFP4", True), ("Qwen/Qwen3-14B", False), ("mlx-community/plain", False),
     ("acme/bitter-lesson", False), ("acme/Point-7B", False)],
)  # fmt: skip
def test_packed_weights_are_told_by_words_of_the_name(name: str, packed: bool) -> None:
    assert is_repacked(name) is packed
