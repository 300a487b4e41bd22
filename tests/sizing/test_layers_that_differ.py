"""Layers that differ, and what few models have: from attributes, by hand and against files."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import (
    count_parameters,
    from_attributes,
    kv_cache_per_token,
)
from tests.sizing.described import LLAMA, MIXTURE, check_described_as, parts


def grown(**changes: Any) -> dict[str, int]:
    """What each part has more than without the changes."""
    with_, without = parts(**changes), parts()
    found = {key: with_[key] - without.get(key, 0) for key in with_}
    return {key: more for key, more in found.items() if more}


def test_heads_may_be_wider_in_some_layers() -> None:
    """Every fourth layer has heads of 256 instead of 128: four projections of twice the width."""
    wide = {"runs": [[3, 128], [1, 256]]}

    assert grown(head_dim=wide) == {"attention": 8 * 4 * 4096 * 32 * 128}


def test_keys_and_values_come_from_where_they_are_said_to() -> None:
    """One projection for both saves one, an earlier layer's both; another sequence's are no own."""
    one, norms = 4096 * 32 * 128, {"qk_norm": "per-head"}
    shared = parts(**norms, kv_source={"runs": [[20, "own"], [12, "earlier-layer"]]})

    assert grown(kv_source="key-as-value") == {"attention": -32 * one}
    assert shared["attention"] == parts()["attention"] - 12 * 2 * one
    assert shared["norms"] == parts(**norms)["norms"] - 12 * 128
    assert parts(kv_source="other-sequence")["cross_attention"] == parts()["attention"]
    with pytest.raises(InputError, match="kv_source is 'image'"):
        parts(kv_source="image")


def test_layers_without_keys_of_their_own_take_no_room() -> None:
    """Of 32 layers 12 reuse keys and 4 attend to another sequence: 16 are left."""
    kinds = {"runs": [[16, "own"], [12, "earlier-layer"], [4, "other-sequence"]]}
    model = from_attributes({**LLAMA, "kv_source": kinds})

    assert kv_cache_per_token(model).value == 16 * 2 * 32 * 128 * 2


def test_small_weights_beside_attention() -> None:
    """Sinks and gates of each head or channel, and two projections of relative positions."""
    d = 4096

    assert grown(attention_sinks=True) == {"attention": 32 * 32}
    assert grown(attention_gate="per-head") == {"attention": 32 * d * 32}
    assert grown(attention_gate="per-channel") == {"attention": 32 * d * d}
    assert grown(attention_gate="none", attention_sinks=False) == {}
    assert grown(n_position_projections=2) == {"attention": 32 * 2 * d * d}
    biased = grown(n_position_projections=2, bias=["query-value", "attention-output"])
    assert biased == {"attention": 32 * (2 * d * d + d + 3 * d)}
    assert grown(bias=["ffn-output"]) == {"ffn": 32 * d}
    with pytest.raises(InputError, match="n_position_projections is 3"):
        parts(n_position_projections=3)


def test_norms_that_the_placement_does_not_tell() -> None:
    """Seven in a block, or two beside each other in a parallel one; one behind the embeddings."""
    one = 4096

    assert parts(n_block_norms=7)["norms"] == (32 * 7 + 1) * one
    assert parts(n_block_norms=2, parallel_blocks=True)["norms"] == (32 * 2 + 1) * one
    assert grown(embedding_norm=True) == {"norms": one}
    assert grown(qk_norm="unscaled") == {}


def test_an_embedding_narrower_than_the_model_is_projected() -> None:
    """In and out; where it is as wide as the model there is nothing to project."""
    narrow = parts(d_embedding=512)

    assert narrow["embeddings"] == 32000 * 512 + 512 * 4096
    assert narrow["head"] == 32000 * 512 + 512 * 4096
    assert parts(d_embedding=4096) == parts()


def test_embeddings_of_each_layer() -> None:
    """A table and a projection for each, a gate, a projection back and two norms."""
    more = grown(d_per_layer_embedding=16)

    assert more["embeddings"] == 32 * 16 * (32000 + 4096)
    assert more["other"] == 32 * 2 * 4096 * 16
    assert more["norms"] == 16 + 32 * 4096


def test_shared_experts_of_another_width_with_a_gate_and_scales_of_the_router() -> None:
    """The width goes before number times an expert's."""
    mixture = {**MIXTURE, "n_shared_experts": 1, "d_shared_expert": 24}
    plain, gated = parts(**mixture), parts(**mixture, shared_expert_gate=True, router_scales=True)

    assert plain["shared_experts"] == 32 * 3 * 4096 * 24
    assert gated["shared_experts"] == plain["shared_experts"] + 32 * 4096
    assert gated["routers"] == plain["routers"] + 32 * (4096 + 4)
    assert parts(**MIXTURE, bias=["router"])["routers"] == 32 * (4 * 4096 + 4)


SAME_AS_CONFIGURATIONS = [
    (
        {
            "model_type": "deepseek_v4", "hidden_size": 64, "num_hidden_layers": 4, "head_dim": 16,
            "num_attention_heads": 4, "num_key_value_heads": 1, "q_lora_rank": 24, "o_groups": 2,
            "o_lora_rank": 8, "index_n_heads": 2, "index_head_dim": 8, "hc_mult": 3,
            "sliding_window": 8, "compress_ratios": [0, 4, 128, 4], "n_routed_experts": 4,
            "num_experts_per_tok": 2, "moe_intermediate_size": 32, "vocab_size": 100,
        },
        {
            "attention": "MQA", "d_model": 64, "n_layers": 4, "head_dim": 16, "n_heads": 4,
            "q_lora_rank": 24, "n_output_groups": 2, "o_lora_rank": 8, "n_indexer_heads": 2,
            "indexer_head_dim": 8, "n_residual_streams": 3, "sliding_window": 8,
            "kv_compression_rate": {"runs": [[1, 1], [1, 4], [1, 128], [1, 4]]},
            "attention_span": {"runs": [[1, "sliding"], [1, "sparse"], [1, "full"], [1, "sparse"]]},
            "ffn_kind": "moe", "n_experts": 4, "n_experts_active": 2, "d_expert": 32,
            "n_shared_experts": 1, "vocab_size": 100,
        },
    ),
    (
        {
            "model_type": "qwen3_5_text", "hidden_size": 64, "num_hidden_layers": 8,
            "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
            "linear_num_key_heads": 2, "linear_num_value_heads": 6, "linear_key_head_dim": 8,
            "linear_value_head_dim": 8, "linear_conv_kernel_dim": 4, "intermediate_size": 128,
            "vocab_size": 100, "tie_word_embeddings": False,
        },
        {
            "mixer": {"runs": [[3, "linear-attention"], [1, "transformer"]]}, "d_model": 64,
            "attention": {"runs": [[3, "linear"], [1, "GQA"]]}, "n_layers": 8, "n_heads": 4,
            "n_kv_heads": 2, "head_dim": 16, "attention_gate": "per-channel", "qk_norm": "per-head",
            "ssm_kind": "gated DeltaNet", "ssm_n_heads": 6, "ssm_n_groups": 2, "ssm_state_size": 8,
            "conv_kernel": 4, "d_ff": 128, "vocab_size": 100,
        },
    ),
    (
        {
            "model_type": "deepseek_v32", "hidden_size": 64, "num_hidden_layers": 3,
            "num_attention_heads": 4, "q_lora_rank": 24, "kv_lora_rank": 16, "qk_nope_head_dim": 8,
            "qk_rope_head_dim": 4, "v_head_dim": 8, "index_n_heads": 2, "index_head_dim": 8,
            "first_k_dense_replace": 3, "intermediate_size": 128, "vocab_size": 100,
            "mlp_layer_types": ["dense"] * 3, "tie_word_embeddings": False,
        },
        {
            "attention": "MLA", "d_model": 64, "n_layers": 3, "n_heads": 4, "q_lora_rank": 24,
            "kv_lora_rank": 16, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8,
            "n_indexer_heads": 2, "indexer_head_dim": 8, "d_ff": 128, "vocab_size": 100,
        },
    ),
    (
        {
            "model_type": "mamba", "hidden_size": 72, "num_hidden_layers": 3, "state_size": 16,
            "vocab_size": 100, "tie_word_embeddings": False, "time_step_rank": "auto",
        },
        {
            "mixer": "ssm", "ssm_kind": "Mamba", "d_model": 72, "n_layers": 3, "ssm_state_size": 16,
            "ssm_expand": 2, "conv_kernel": 4, "n_block_norms": 1, "vocab_size": 100,
        },
    ),
    (
        {
            "model_type": "recurrent_gemma", "hidden_size": 64, "num_hidden_layers": 8,
            "num_attention_heads": 4, "num_key_value_heads": 1, "intermediate_size": 192,
            "vocab_size": 100, "tie_word_embeddings": False, "attention_window_size": 32,
            "head_dim": 16,
        },
        {
            "mixer": {"runs": [[2, "recurrent"], [1, "transformer"]]}, "ssm_kind": "RG-LRU",
            "d_model": 64, "n_layers": 8, "n_heads": 4, "n_kv_heads": 1, "head_dim": 16, "d_ff": 96,
            "conv_kernel": 4, "attention": "MQA", "attention_span": "sliding", "sliding_window": 32,
            "bias": ["attention-output", "ffn"], "vocab_size": 100,
        },
    ),
    (
        {
            "model_type": "lfm2", "hidden_size": 64, "num_hidden_layers": 4, "conv_L_cache": 3,
            "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 128,
            "block_auto_adjust_ff_dim": False, "vocab_size": 100, "tie_word_embeddings": True,
            "layer_types": ["conv", "conv", "full_attention", "conv"],
        },
        {
            "mixer": {"runs": [[2, "convolution"], [1, "transformer"], [1, "convolution"]]},
            "attention": "GQA", "d_model": 64, "n_layers": 4, "n_heads": 4, "n_kv_heads": 2,
            "head_dim": 16, "qk_norm": "per-head", "conv_kernel": 3, "d_ff": 128, "vocab_size": 100,
            "tied_embeddings": True,
        },
    ),
    (
        {
            "model_type": "nemotron_h", "hidden_size": 72, "num_hidden_layers": 5, "head_dim": 16,
            "hybrid_override_pattern": "ME*-M", "num_attention_heads": 4, "num_key_value_heads": 2,
            "mamba_num_heads": 12, "mamba_head_dim": 8, "n_groups": 2, "ssm_state_size": 16,
            "conv_kernel": 4, "intermediate_size": 128, "n_routed_experts": 4,
            "num_experts_per_tok": 2, "moe_intermediate_size": 32, "vocab_size": 100,
            "moe_shared_expert_intermediate_size": 48,
        },
        {
            "mixer": {"runs": [[1, "ssm"], [1, "none"], [1, "transformer"], [1, "none"], [1, "ssm"]]},
            "ffn_kind": {"runs": [[1, "none"], [1, "moe"], [1, "none"], [1, "dense"], [1, "none"]]},
            "attention": "GQA", "d_model": 72, "n_layers": 5, "n_heads": 4, "n_kv_heads": 2,
            "head_dim": 16, "ssm_kind": "Mamba-2", "ssm_n_heads": 12, "ssm_n_groups": 2,
            "ssm_expand": 1.3333333333, "ssm_state_size": 16, "conv_kernel": 4, "gated_ffn": False,
            "d_ff": 128, "n_experts": 4, "n_experts_active": 2, "d_expert": 32,
            "n_shared_experts": 1, "d_shared_expert": 48, "vocab_size": 100,
            "positional_encoding": "none",
        },
    ),
    (
        {
            "model_type": "granitemoehybrid", "hidden_size": 64, "num_hidden_layers": 4,
            "layer_types": ["mamba", "mamba", "attention", "mamba"], "num_attention_heads": 4,
            "num_key_value_heads": 2, "intermediate_size": 32, "shared_intermediate_size": 48,
            "num_local_experts": 4, "num_experts_per_tok": 2, "mamba_n_heads": 8,
            "mamba_d_head": 16, "mamba_n_groups": 1, "mamba_d_state": 16, "mamba_d_conv": 4,
            "mamba_expand": 2, "vocab_size": 100, "tie_word_embeddings": True,
        },
        {
            "mixer": {"runs": [[2, "ssm"], [1, "transformer"], [1, "ssm"]]}, "attention": "GQA",
            "d_model": 64, "n_layers": 4, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16,
            "ssm_kind": "Mamba-2", "ssm_n_heads": 8, "ssm_n_groups": 1, "ssm_expand": 2,
            "ssm_state_size": 16, "conv_kernel": 4, "n_experts": 4, "n_experts_active": 2,
            "d_expert": 32, "n_shared_experts": 1, "d_shared_expert": 48, "vocab_size": 100,
            "positional_encoding": "none", "tied_embeddings": True,
        },
    ),
    (
        {
            "model_type": "rwkv", "hidden_size": 64, "num_hidden_layers": 3, "vocab_size": 100,
            "tie_word_embeddings": False,
        },
        {
            "mixer": "recurrent", "ssm_kind": "RWKV-4", "d_model": 64, "n_layers": 3,
            "positional_encoding": "none", "vocab_size": 100,
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("config", "attributes"), SAME_AS_CONFIGURATIONS)
def test_attributes_say_what_a_configuration_says(
    config: dict[str, Any], attributes: dict[str, Any]
) -> None:
    check_described_as(config, attributes)


def test_state_layers_that_are_not_known_are_refused_by_name() -> None:
    """The kind, and widths that do not divide."""
    state = {
        "mixer": "ssm",
        "ssm_n_heads": 3,
        "ssm_state_size": 8,
        "ssm_n_groups": 1,
        "conv_kernel": 4,
    }

    with pytest.raises(
        InputError, match="ssm_kind is 'RWKV-7'; sizes are known for gated DeltaNet"
    ):
        parts(**state, ssm_kind="RWKV-7")
    with pytest.raises(InputError, match="ssm_n_heads 3 must divide the inner width 8,192"):
        parts(**state, ssm_kind="Mamba-2", ssm_expand=2)
    with pytest.raises(InputError, match="ssm_expand is 65"):
        parts(**state, ssm_kind="Mamba-2", ssm_expand=65)


def test_a_model_that_predicts_no_tokens_has_no_head() -> None:
    """An encoder of which nothing is said of a head: a discriminator."""
    encoder = {**LLAMA, "architecture": "encoder-only", "objective": ["RTD"]}
    del encoder["tied_embeddings"]

    assert count_parameters(from_attributes(encoder)).head_apart == 0
