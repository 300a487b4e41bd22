"""What keys state is taken as the layers use it, and no count for a word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from llmnotes.schema import ATTRIBUTES
from tests.ingest.formats.test_hub import CONFIG

ROUTED = {**CONFIG, "model_type": "mixtral", "num_local_experts": 4, "num_experts_per_tok": 2}


def imported(run: Any, tmp_path: Path, config: dict[str, Any]) -> dict[str, Any]:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "config.json").write_text(json.dumps(config))
    done = run("import", "toy")
    assert done.code == 0, done.err
    return run("show", "toy", "-f", "json").json


def test_the_width_is_that_of_an_expert_where_every_layer_is_routed(
    run: Any, tmp_path: Path
) -> None:
    record = imported(run, tmp_path, ROUTED)

    assert (record["d_expert"], record["d_ff"], record["n_experts"]) == (172, None, 4)


def test_the_width_of_a_dense_model_stays_its_own(run: Any, tmp_path: Path) -> None:
    record = imported(run, tmp_path, CONFIG)

    assert (record["d_ff"], record["d_expert"]) == (172, None)


def test_a_width_that_no_layer_has_is_left_out(run: Any, tmp_path: Path) -> None:
    config = {
        **CONFIG, "model_type": "qwen3_moe", "num_experts": 4, "num_experts_per_tok": 2,
        "moe_intermediate_size": 32, "head_dim": 16, "decoder_sparse_step": 1, "mlp_only_layers": [],
    }  # fmt: skip
    record = imported(run, tmp_path, config)

    assert (record["d_expert"], record["d_ff"]) == (32, None)


def test_counts_of_a_layer_s_parts_are_not_taken_for_words(run: Any, tmp_path: Path) -> None:
    litgpt = {
        "name": "toy", "n_layer": 2, "n_head": 4, "n_embd": 64, "n_query_groups": 2, "vocab_size": 100,
        "padded_vocab_size": 100, "block_size": 512, "intermediate_size": 172, "norm_qk": True,
        "mlp_class_name": "LLaMAMLP", "norm_class_name": "RMSNorm", "bias": False, "rotary_percentage": 1.0,
        "parallel_residual": False,
    }  # fmt: skip
    record = imported(run, tmp_path, litgpt)

    assert record["n_layers"] == 2
    for name in record["claims"]:
        if ATTRIBUTES[name].kind in {"term", "terms", "text"}:
            assert all(
                isinstance(claim["value"], str | list) for claim in record["claims"][name]
            ), name
