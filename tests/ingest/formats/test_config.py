"""What `estimate` reads, `import` reads; what it refuses, `import` refuses in the same words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.ingest.formats import read
from llmnotes.ingest.raw import RawContents, RawModel
from llmnotes.model_files.config_file import read_config_file
from llmnotes.sizing import count_parameters

LLAMA = {
    "model_type": "llama", "hidden_size": 64, "intermediate_size": 172, "num_hidden_layers": 2,
    "num_attention_heads": 4, "num_key_value_heads": 2, "vocab_size": 100, "rms_norm_eps": 1e-6,
    "max_position_embeddings": 512, "tie_word_embeddings": False, "hidden_act": "silu",
}  # fmt: skip
LITGPT = {
    "name": "x", "block_size": 512, "n_layer": 2, "n_head": 4, "n_embd": 64, "vocab_size": 100,
    "padded_vocab_size": 128, "bias": True, "n_query_groups": 2, "mlp_class_name": "GptNeoxMLP",
    "intermediate_size": 96, "rotary_percentage": 0.25,
}  # fmt: skip
PARAMS = {"dim": 64, "n_layers": 2, "n_heads": 4, "vocab_size": 100, "multiple_of": 16,
          "norm_eps": 1e-5}  # fmt: skip
MAXTEXT = """
decoder_block: llama2
base_emb_dim: 64
base_num_query_heads: 4
base_num_kv_heads: 2
base_mlp_dim: 172
base_num_decoder_layers: 2
head_dim: 16
vocab_size: 100
mlp_activations: [silu, linear]
logits_via_embedding: false
enable_dropout: false
"""


def models(path: Path | str) -> list[RawModel]:
    found = read(str(path))
    assert isinstance(found, RawContents)
    return list(found.models)


def values(model: RawModel) -> dict[str, Any]:
    return {claim.attribute: claim.value for claim in model.claims}


@pytest.mark.parametrize(
    ("name", "text", "d_ff"),
    [
        ("config.json", json.dumps(LLAMA), 172),
        ("named.json", json.dumps({**LLAMA, "model_type": None, "architectures":
                                   ["LlamaForCausalLM"]}), 172),
        ("lit.json", json.dumps(LITGPT), 96),
        ("lit.yaml", json.dumps(LITGPT), 96),
        ("max.yml", MAXTEXT, 172),
    ],
)  # fmt: skip
def test_every_programs_configuration_gives_sizes_and_the_exact_count(
    tmp_path: Path, name: str, text: str, d_ff: int
) -> None:
    path = tmp_path / name
    path.write_text(text)
    counted = count_parameters(read_config_file(path).architecture())

    [model] = models(path)
    found = values(model)
    assert (found["n_layers"], found["d_model"], found["n_heads"]) == (2, 64, 4)
    assert (found["n_kv_heads"], found["attention"], found["d_ff"]) == (2, "GQA", d_ff)
    assert found["params_total"] == counted.total > 0


@pytest.mark.parametrize("name", ["config.json", "named.json", "named.yaml"])
@pytest.mark.parametrize(
    "config",
    [
        {**LLAMA, "model_type": "zyx9"},
        {**LLAMA, "num_attention_heads": [4]},
        {**LLAMA, "num_attention_heads": 10**30},
        {"model_type": "llama"},
        {**LITGPT, "n_head": 0},
        {"model_type": ["llama"]},
        {"hidden_size": 64},
        {"nothing": "known"},
    ],
)
def test_what_estimate_refuses_is_refused_in_the_same_words(
    tmp_path: Path, config: dict[str, Any], name: str
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(config))

    with pytest.raises(InputError) as estimating:
        count_parameters(read_config_file(path).architecture())
    with pytest.raises(InputError) as importing:
        models(path)
    assert str(importing.value) == str(estimating.value)


def test_of_a_folder_what_cannot_be_counted_is_named(tmp_path: Path) -> None:
    (tmp_path / "acme" / "one").mkdir(parents=True)
    (tmp_path / "acme" / "one" / "config.json").write_text(json.dumps(LLAMA))
    (tmp_path / "acme--two.json").write_text(json.dumps(LLAMA))
    (tmp_path / "lit.yaml").write_text(json.dumps(LITGPT))
    (tmp_path / "bad.json").write_text(json.dumps({**LLAMA, "model_type": "zyx9"}))
    (tmp_path / "readme.txt").write_text("nothing")

    found = read(str(tmp_path))
    assert isinstance(found, RawContents)
    assert sorted(model.name for model in found.models) == ["acme/one", "acme/two", "lit"]
    assert found.remarks.n_malformed == 1
    assert found.remarks.malformed_examples[0].startswith("bad.json: ")
    assert "zyx9" in found.remarks.malformed_examples[0]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("acme--tiny.json", "acme/tiny"),
        ("acme/tiny/config.json", "acme/tiny"),
        ("deep/acme/tiny/config.json", "acme/tiny"),
        ("tiny/config.json", "tiny"),
        ("acme--tiny/config.json", "acme/tiny"),
        ("models--acme--tiny/snapshots/0123/config.json", "acme/tiny"),
        ("tiny.json", "tiny"),
    ],
)
def test_a_path_that_shows_the_publisher_gives_the_hubs_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(json.dumps(LLAMA))

    [model] = models(path)
    assert model.name == name
    assert model.publisher == (name.partition("/")[0] if "/" in name else None)


def test_an_absolute_path_names_no_publisher(tmp_path: Path) -> None:
    """`/home/me/models/tiny` is not published by `models`."""
    folder = tmp_path / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(LLAMA))

    assert [(model.name, model.publisher) for model in models(folder)] == [("tiny", None)]
