"""The guide is true: a family is drafted from the hub and completed by doing what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.contributing.guide import blocks, copied, succeed
from tests.ingest.formats.test_hub import FILES, hub

pytestmark = pytest.mark.thorough

__all__ = ["hub"]

MEGREZ = {
    "architectures": ["LlamaForCausalLM"], "attention_bias": False, "attention_dropout": 0.0,
    "eos_token_id": 120005, "hidden_act": "silu", "hidden_size": 2560, "initializer_range": 0.02,
    "intermediate_size": 7168, "max_position_embeddings": 32768, "max_sequence_length": 32768,
    "mlp_bias": False, "model_type": "llama", "num_attention_heads": 40, "num_hidden_layers": 32,
    "num_key_value_heads": 10, "pad_token_id": 120002, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
    "rope_scaling": None, "rope_theta": 5000000.0, "tie_word_embeddings": False,
    "torch_dtype": "bfloat16", "transformers_version": "4.43.4", "use_cache": True,
    "vocab_size": 122880,
}  # fmt: skip
"""The configuration of Megrez-3B-Instruct, for a model that the base has not."""


def test_a_family_is_added_as_the_guide_says(tmp_path: Path, hub: Any, monkeypatch: Any) -> None:
    command, claim = blocks("Add a model family")
    _, _, _, source, _, place = command.split()
    files = {"config.json": json.dumps(MEGREZ).encode()}
    monkeypatch.setitem(FILES, source.removeprefix("hf:"), files)
    copy = copied(tmp_path, families=None)
    file = copy / place

    succeed(copy, "-m", "llmnotes", "new-family", source, "-o", place)
    drafted = file.read_text("utf-8")
    attribute = claim.split()[0]
    [line] = [line for line in drafted.splitlines() if line.startswith(f"# {attribute} ")]
    file.write_text(drafted.replace(line, claim.strip()), "utf-8")

    succeed(copy, "-m", "llmnotes.catalog")
    succeed(copy, "-m", "llmnotes.store.build")
    shown = json.loads(succeed(copy, "-m", "llmnotes", "show", file.stem, "-f", "json"))
    [model] = shown["models"]
    assert model["n_layers"] == 32
    assert model["attention_mask"] == ["causal"]
    assert model["coverage"] == "architecture"
    assert drafted.splitlines()[0] == "#:schema ../family.schema.json"
