"""What each format gives, on small made-up files and on real ones where they are."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from llmnotes.ingest.formats import read
from llmnotes.ingest.matching import exact_key
from llmnotes.ingest.provider_offers import offered_model
from llmnotes.ingest.raw import RawContents


def facts(path: Path) -> dict[str, dict[str, list[tuple[Any, str]]]]:
    """Model -> attribute -> values with their statuses."""
    contents = read(str(path))
    assert isinstance(contents, RawContents)
    found: dict[str, dict[str, list[tuple[Any, str]]]] = {}
    for entry in contents.models:
        for item in entry.claims:
            values = found.setdefault(entry.name, {}).setdefault(item.attribute, [])
            values.append((item.value, item.status))
    return found


def test_llmfits_defaults_are_no_facts(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    rows = [
        {"name": "a/b", "parameters_raw": 2, "context_length": 4096, "min_ram_gb": 1,
         "release_date": "2022-03-02"},
        {"name": "a/c", "parameters_raw": 10**9, "context_length": 8192, "min_ram_gb": 1,
         "format": "gptq", "num_attention_heads": 8, "num_key_value_heads": 1},
    ]  # fmt: skip
    path.write_text(json.dumps(rows))

    found = facts(path)
    assert found["a/b"] == {"context_length": [(4096, "estimated")]}
    assert found["a/c"]["params_total"] == [(10**9, "estimated")]
    assert found["a/c"]["context_length"] == [(8192, "reported")]
    assert found["a/c"]["attention"] == [("MQA", "derived")]


def test_offers_of_one_model_become_its_claims(tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    offers = {
        "sample_spec": {"litellm_provider": "one of", "max_input_tokens": "prose"},
        "azure/gpt-x": {"litellm_provider": "azure", "mode": "chat", "max_input_tokens": 8192.0},
        "gpt-x": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 8192},
        "cheap/gpt-x": {"litellm_provider": "cheap", "mode": "chat", "max_input_tokens": 4000},
        "paint": {"litellm_provider": "openai", "mode": "image_generation"},
    }
    path.write_text(json.dumps(offers))

    assert facts(path) == {
        "gpt-x": {"context_length": [(8192, "reported"), (4000, "reported")]}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ("bedrock/us-gov-east-1/anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku-20240307"),
        ("eu.anthropic.claude-x-v1:0", "claude-x"),
        ("together_ai/meta-llama/Llama-3-8b", "meta-llama/Llama-3-8b"),
        ("azure_ai/gpt-4o", "gpt-4o"),
        ("gpt-3.5-turbo", "gpt-3.5-turbo"),
    ],
)
def test_an_offers_key_names_its_model(key: str, model: str) -> None:
    assert offered_model(key) == model


def test_names_agree_only_where_version_and_size_do() -> None:
    assert exact_key("LLaMA 2 7B") == exact_key("llama-2-7b") == exact_key("Llama2_7B")
    for one, other in (
        ("Qwen1.5-7B", "Qwen-15-7B"), ("llama-2-70b", "llama-270b"), ("gpt-3.5", "gpt-35"),
        ("phi-1.5", "phi-1-5"), ("x-1b", "x-1.0b"),
    ):  # fmt: skip
        assert exact_key(one) != exact_key(other)


def test_packed_weights_give_no_parameter_count(tmp_path: Path) -> None:
    tensors = {"a.qweight": {"dtype": "I32", "shape": [8, 8], "data_offsets": [0, 256]}}
    header = json.dumps(tensors).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(256))

    contents = read(str(path))
    assert isinstance(contents, RawContents)
    assert [entry.claims for entry in contents.models] == [[]]
    assert any("packed" in reason for reason in contents.remarks.reasons)


def test_a_table_becomes_claims_with_file_line_and_cell(run: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(
        "| Model | Params | Context | Licence |\n|---|---|---|---|\n"
        "| Mine 3B | 3B | 8k | undisclosed |\n| llama-2-7b | 6.7B | - | MIT |\n"
    )
    assert run("import", "notes.md").code == 0

    record = run("show", "mine-3b", "-f", "json").json
    assert (record["params_total"], record["context_length"]) == (3 * 10**9, 8192)
    assert record["status"]["license"] == "undisclosed"
    claim = record["claims"]["context_length"][0]
    assert (claim["layer"], claim["locator"]) == ("user", "notes.md:3:3")
    assert run("show", "llama-2-7b", "-f", "json").json["params_total"] == 6_738_415_616


def test_a_modelfile_names_what_it_is_made_from(tmp_path: Path) -> None:
    folder = tmp_path / "helper"
    folder.mkdir()
    path = folder / "Modelfile"
    path.write_text('# mine\nfrom llama-2-7b\nPARAMETER num_ctx 4096\nSYSTEM """a\nb"""\n')

    assert facts(path) == {"helper": {"based_on": [(["llama-2-7b"], "reported")]}}


REAL = [
    ("litellm/model_prices_and_context_window_backup-1.109.1.json.gz", "litellm", 1000),
    ("openrouter/models-2026-08-05.json.gz", "openrouter", 300),
    ("prices/genai-prices-data-47df840.json.gz", "genai-prices", 200),
    ("models.dev/api-2026-05.json.gz", "models-dev", 1000),
    ("epoch/all_ai_models-2025-04.csv.gz", "epoch", 900),
    ("epoch/notable-ai-models-2026-01-26.csv.gz", "epoch", 300),
    ("llmfit/hf_models-top400.json", "llmfit", 390),
    ("huggingface/granite-3.1-1b-a400m-instruct", "huggingface", 1),
    ("gguf/tiny-made-with-tensors.gguf", "gguf", 1),
    ("safetensors/silero_vad_16k.safetensors", "safetensors", 1),
    ("ollama/phi3-mini.manifest.json", "ollama", 1),
]


@pytest.mark.parametrize(("name", "form", "least"), REAL)
def test_real_files_are_recognised_and_read(
    reference: Path, name: str, form: str, least: int
) -> None:
    contents = read(str(reference / "samples" / name))
    assert isinstance(contents, RawContents)

    assert contents.format == form
    assert len(list(contents.models)) >= least


def test_real_counts_are_exact(reference: Path) -> None:
    samples = reference / "samples"
    silero = facts(samples / "safetensors" / "silero_vad_16k.safetensors")
    assert next(iter(silero.values()))["params_total"] == [(309_633, "reported")]
    devstral = facts(samples / "huggingface" / "Devstral-Small-2507")
    assert (23_572_403_200, "reported") in next(iter(devstral.values()))["params_total"]
