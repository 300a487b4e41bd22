"""Configurations of any program are found, recognised and read in one place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.model_files.config_file import (
    MOST_BYTES,
    config_of,
    config_paths,
    read_config_file,
    recognises,
)
from llmnotes.sizing import count_parameters

LLAMA = {
    "model_type": "llama",
    "hidden_size": 8,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 16,
    "vocab_size": 32,
}
FORMATS: dict[str, dict[str, Any]] = {
    "huggingface": LLAMA,
    "litgpt": {
        "n_embd": 8, "n_layer": 2, "n_head": 2, "padded_vocab_size": 32, "bias": False,
        "intermediate_size": 16, "norm_class_name": "RMSNorm", "mlp_class_name": "LLaMAMLP",
    },
    "maxtext": {
        "decoder_block": "llama2", "base_emb_dim": 8, "base_num_query_heads": 2, "head_dim": 4,
        "base_num_kv_heads": 2, "base_num_decoder_layers": 2, "base_mlp_dim": 16, "vocab_size": 32,
    },
    "megatron": {
        "num_layers": 2, "hidden_size": 8, "num_attention_heads": 2, "ffn_hidden_size": 16,
        "padded_vocab_size": 32, "swiglu": True, "add_bias_linear": False,
        "normalization": "RMSNorm", "position_embedding_type": "rope",
        "untie_embeddings_and_output_weights": True,
    },
    "params": {"dim": 8, "n_layers": 2, "n_heads": 2, "hidden_dim": 16, "vocab_size": 32},
}  # fmt: skip
"""One tiny model in the formats of five programs."""

TOTAL = 2 * 32 * 8 + 2 * (4 * 8 * 8 + 3 * 8 * 16 + 2 * 8) + 8
"""Table and head, two layers of four square matrices, a gated network and two norms, a last norm."""


def put(path: Path, config: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(config))
    return path


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_recognised_and_counts_the_same(tmp_path: Path, name: str) -> None:
    """JSON or YAML, whatever the file is called."""
    file = read_config_file(put(tmp_path / "some.yaml", FORMATS[name]))

    assert file.format == name
    assert count_parameters(file.architecture()).total == TOTAL
    assert recognises(tmp_path / "some.yaml")


def test_a_class_alone_names_the_architecture(tmp_path: Path) -> None:
    """A file without `model_type` whose class is named is a configuration."""
    config = {key: value for key, value in LLAMA.items() if key != "model_type"}
    path = put(tmp_path / "x.json", {**config, "architectures": ["LlamaForCausalLM"]})

    assert recognises(path)
    assert read_config_file(path).architecture().model_type == "llama"
    assert not recognises(put(tmp_path / "y.json", config))


def test_one_model_or_many(tmp_path: Path) -> None:
    """A model's folder is one; others hold configurations beside each other or one folder down."""
    own = put(tmp_path / "own" / "config.json", LLAMA)
    put(tmp_path / "own" / "other.json", LLAMA)
    many = tmp_path / "many"
    put(many / "a--b.json", LLAMA)
    put(many / "tokenizer_config.json", {"tokenizer_class": "X"})
    put(many / "org" / "model" / "config.json", LLAMA)
    put(many / "alone" / "params.json", FORMATS["params"])
    put(many / ".hidden" / "config.json", LLAMA)
    put(many / "too" / "deep" / "down" / "config.json", LLAMA)

    assert config_paths(own) == [own]
    assert config_paths(own.parent) == [own.parent]
    assert config_paths(many) == [many / "a--b.json", many / "alone", many / "org" / "model"]


REFUSED = [
    (b"\xff{", "not UTF-8 at byte 0"),
    (b" \n", "empty"),
    (b"[1]", "must be a mapping"),
    (b"{", "1:2: not JSON: the text breaks off here"),
    (b"0" * (MOST_BYTES + 1), "larger than 16 MiB"),
]


@pytest.mark.parametrize(("data", "sentence"), REFUSED, ids=[each[1] for each in REFUSED])
def test_what_is_no_configuration(data: bytes, sentence: str) -> None:
    """One sentence that begins with the place."""
    with pytest.raises(InputError, match=rf"^here:.*{sentence}"):
        config_of(data, "here")


def test_the_largest_file_is_read_whole() -> None:
    """Just inside the limit of bytes the text itself is judged."""
    with pytest.raises(InputError, match="longer than 4,000,000 characters"):
        config_of(b"0" * MOST_BYTES, "here")


def test_what_is_not_there(tmp_path: Path) -> None:
    """Nothing, an empty folder, and a name that no file can have."""
    for read in (read_config_file, config_paths):
        with pytest.raises(InputError, match="there is no such file or directory"):
            read(tmp_path / "no.json")
        with pytest.raises(InputError, match=r"holds none of config\.json"):
            read(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_config_file(Path("a\0b"))


def test_an_unknown_architecture_is_said_with_its_place(tmp_path: Path) -> None:
    """The sentence that `import` and `estimate` share."""
    path = put(tmp_path / "config.json", {**LLAMA, "model_type": "lama9"})

    with pytest.raises(InputError, match=r"config\.json: the architecture 'lama9' is not known"):
        read_config_file(path).architecture()
