"""What few architectures have, from attributes: by hand, and against their configurations."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.configs import read_config
from llmnotes.errors import InputError
from llmnotes.sizing import (
    count_parameters,
    flops_per_token,
    from_attributes,
    kv_cache,
)
from tests.sizing.described import LLAMA, check_described_as

BERT = {
    "architecture": "encoder-only", "mixer": "transformer", "d_model": 64, "n_layers": 4,
    "n_heads": 4, "n_kv_heads": 4, "head_dim": 16, "d_ff": 128, "vocab_size": 100,
    "bias": ["all"], "normalization": "LayerNorm", "norm_placement": "post-norm",
    "gated_ffn": False, "attention": "MHA", "positional_encoding": "learned-absolute",
    "n_positions": 32, "n_token_types": 2, "tied_embeddings": True, "pooler": False,
}  # fmt: skip
BERT_FILE = {
    "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4, "intermediate_size": 128,
    "vocab_size": 100, "max_position_embeddings": 32, "type_vocab_size": 2,
    "tie_word_embeddings": True,
}  # fmt: skip
BART = {
    "architecture": "encoder-decoder", "n_encoder_layers": 3, "n_decoder_layers": 2,
    "bias": ["attention", "ffn", "norm"], "n_token_types": 0, "embedding_norm": True,
}  # fmt: skip
BART_FILE = {
    "d_model": 64, "encoder_layers": 3, "decoder_layers": 2, "encoder_attention_heads": 4,
    "decoder_attention_heads": 4, "encoder_ffn_dim": 128, "decoder_ffn_dim": 128,
    "vocab_size": 100, "tie_word_embeddings": True,
}  # fmt: skip
DELTA = {
    "mixer": {"runs": [[3, "linear-attention"], [1, "transformer"]]},
    "attention": {"runs": [[3, "linear"], [1, "MLA"]]}, "d_model": 64, "n_layers": 8, "n_heads": 4,
    "kv_lora_rank": 16, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8,
    "ssm_kind": "Kimi delta attention", "ssm_n_heads": 4, "ssm_state_size": 16, "conv_kernel": 4,
    "ffn_kind": {"runs": [[1, "dense"], [7, "moe"]]}, "d_ff": 128, "d_expert": 32, "n_experts": 4,
    "n_experts_active": 2, "n_shared_experts": 1, "vocab_size": 100, "positional_encoding": "none",
}  # fmt: skip
DELTA_FILE = {
    "hidden_size": 64, "num_hidden_layers": 8, "num_attention_heads": 4, "num_key_value_heads": 4,
    "kv_lora_rank": 16, "qk_nope_head_dim": 8, "qk_rope_head_dim": 4, "v_head_dim": 8,
    "intermediate_size": 128, "moe_intermediate_size": 32, "num_experts_per_tok": 2,
    "vocab_size": 100,
}  # fmt: skip
KIMI_FILE = {
    **DELTA_FILE, "model_type": "kimi_linear", "num_local_experts": 4, "first_k_dense_replace": 1,
    "linear_attn_config": {
        "full_attn_layers": [4, 8], "kda_layers": [1, 2, 3, 5, 6, 7], "head_dim": 16,
        "num_heads": 4, "short_conv_kernel_size": 4,
    },
}  # fmt: skip


def parts(base: dict[str, Any], **changes: Any) -> dict[str, int]:
    return count_parameters(from_attributes({**base, **changes})).parts


def grown(base: dict[str, Any], **changes: Any) -> dict[str, int]:
    """What each part has more, or fewer, than without the changes."""
    with_, without = parts(base, **changes), parts(base)
    found = {key: with_.get(key, 0) - without.get(key, 0) for key in {*with_, *without}}
    return {key: more for key, more in found.items() if more}


def test_layers_that_repeat_the_weights_of_one_are_counted_once_and_run_each_time() -> None:
    once, each = (from_attributes({**BERT, "n_distinct_layers": n}) for n in (1, 4))

    assert parts(BERT, n_distinct_layers=1)["ffn"] * 4 == parts(BERT)["ffn"]
    assert count_parameters(each).total == count_parameters(from_attributes(BERT)).total
    assert flops_per_token(once).value == flops_per_token(each).value
    with pytest.raises(InputError, match="n_distinct_layers is 5; it is known for 4 equal layers"):
        parts(BERT, n_distinct_layers=5)
    with pytest.raises(InputError, match="n_distinct_layers is 2; it is known for 4 equal layers"):
        parts(BERT, n_distinct_layers=2, d_ff={"runs": [[1, 64], [1, 128]]})


def test_a_position_table_of_another_length_on_the_decoders_side() -> None:
    assert grown({**BERT, **BART}, n_decoder_positions=8) == {"positions": (8 - 32) * 64}


def test_windows_in_the_encoder_alone_leave_the_decoder_every_key() -> None:
    """Runs over the layers of both sides; the decoder has two of the five layers."""
    near = {**LLAMA, **BERT, **BART, "sliding_window": 8}
    encoder_alone = {"runs": [[3, "sliding"], [2, "full"]]}
    kept = [
        kv_cache(from_attributes({**near, "attention_span": span}), 100).value
        for span in (encoder_alone, "sliding", {"runs": [[1, "sliding"], [1, "full"]]})
    ]
    one_layer, source = 2 * 4 * 16 * 2, 2 * 2 * 4 * 16 * 2 * 100

    assert kept == [
        2 * one_layer * 100 + source,
        2 * one_layer * 8 + source,
        one_layer * 100 + one_layer * 8 + source,
    ]


def test_global_projections_are_those_of_the_encoder() -> None:
    grown_by = grown({**BERT, **BART}, global_projections=True)

    assert grown_by == {"attention": 3 * 3 * (64 * 64 + 64)}


def test_scales_and_biases_of_the_norms_of_queries_and_keys() -> None:
    """One for all heads, one for each of 4 query and 2 key heads; twice as many with biases."""
    grouped = {**LLAMA, "n_layers": 2, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16}

    assert grown(grouped, qk_norm="per-head") == {"norms": 2 * 2 * 16}
    assert grown(grouped, qk_norm="per-head-scales") == {"norms": 2 * 6 * 16}
    assert grown(grouped, qk_norm="per-head", bias=["qk-norm"]) == {"norms": 2 * 2 * 2 * 16}


def test_what_stands_inside_attention_and_network() -> None:
    """An activation with two numbers; norms of what the heads and the inner layer give; a low-rank query."""
    assert grown(LLAMA, activation="xIELU") == {"other": 32 * 2}
    assert grown(LLAMA, inner_norm=True) == {"norms": 32 * (32 * 128 + LLAMA["d_ff"])}
    less = 32 * (4096 * 512 + 512 * 4096 - 4096 * 4096)
    assert grown(LLAMA, q_lora_rank=512) == {"attention": less, "norms": 32 * 512}


SAME_AS_CONFIGURATIONS = [
    (
        {**BERT_FILE, "model_type": "albert", "embedding_size": 16, "num_hidden_groups": 1,
         "inner_group_num": 1},
        {**BERT, "d_embedding": 16, "d_position": 16, "n_distinct_layers": 1, "pooler": True},
    ),
    (
        {**BERT_FILE, "model_type": "electra", "embedding_size": 16},
        {**BERT, "d_embedding": 16, "d_position": 16},
    ),
    (
        {**BERT_FILE, "model_type": "mpnet", "relative_attention_num_buckets": 8},
        {**BERT, "n_token_types": 0, "n_relative_positions": 8, "pooler": True},
    ),
    ({**BERT_FILE, "model_type": "longformer"}, {**BERT, "global_projections": True, "pooler": True}),
    (
        {**BERT_FILE, "model_type": "deberta-v2", "relative_attention": True, "position_buckets": 8,
         "share_att_key": True, "norm_rel_ebd": "layer_norm", "conv_kernel_size": 3,
         "pos_att_type": "p2c|c2p", "position_biased_input": False, "type_vocab_size": 0},
        {**BERT, "positional_encoding": "disentangled-relative", "n_relative_positions": 16,
         "n_position_projections": 0, "n_token_types": 0, "relative_position_norm": True,
         "conv_kernel": 3},
    ),
    (
        {**BART_FILE, "model_type": "bart", "max_position_embeddings": 30},
        {**BERT, **BART},
    ),
    (
        {**BART_FILE, "model_type": "mbart", "max_position_embeddings": 30},
        {**BERT, **BART, "norm_placement": "pre-norm"},
    ),
    (
        {**BART_FILE, "model_type": "led", "max_encoder_position_embeddings": 32,
         "max_decoder_position_embeddings": 8},
        {**BERT, **BART, "n_decoder_positions": 8, "global_projections": True},
    ),
    (
        {"model_type": "xlnet", "d_model": 64, "n_layer": 3, "n_head": 4, "d_inner": 128,
         "vocab_size": 100, "tie_word_embeddings": True},
        {**BERT, "architecture": "causal-decoder", "n_layers": 3, "bias": ["ffn", "norm", "head"],
         "positional_encoding": "Transformer-XL", "n_position_projections": 1, "objective": ["PLM"],
         "pooler": None},
    ),
    (KIMI_FILE, DELTA),
    (
        {**KIMI_FILE, "mla_use_output_gate": True,
         "linear_attn_config": {**KIMI_FILE["linear_attn_config"], "use_full_rank_gate": True},
         "routed_expert_hidden_size": 48, "attn_res_block_size": 2},
        {**DELTA, "ssm_gate": "full-output", "attention_gate": "per-channel", "d_expert_latent": 48,
         "expert_latent_norm": True, "residual_attention": True},
    ),
    (
        {**DELTA_FILE, "model_type": "bailing_hybrid", "num_local_experts": 4, "head_dim": 16,
         "n_shared_experts": 1, "first_k_dense_replace": 1, "layer_group_size": 4,
         "short_conv_kernel_size": 4},
        {**DELTA, "ssm_gate": "full", "attention_gate": "per-head"},
    ),
    (
        {**DELTA_FILE, "model_type": "longcat_flash", "num_layers": 3, "ffn_hidden_size": 128,
         "q_lora_rank": 24, "expert_ffn_hidden_size": 32, "n_routed_experts": 4, "moe_topk": 2,
         "zero_expert_num": 0, "tie_word_embeddings": False},
        {**DELTA, "mixer": "transformer", "attention": "MLA", "n_layers": 3, "q_lora_rank": 24,
         "n_attention_blocks": 2, "n_block_norms": 4, "ffn_kind": "moe", "n_shared_experts": 0},
    ),
    (
        {"model_type": "bitnet", "hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4,
         "num_key_value_heads": 2, "intermediate_size": 128, "vocab_size": 100,
         "tie_word_embeddings": True},
        {"d_model": 64, "n_layers": 3, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16, "d_ff": 128,
         "attention": "GQA", "vocab_size": 100, "tied_embeddings": True, "inner_norm": True},
    ),
    (
        {"model_type": "apertus", "hidden_size": 64, "num_hidden_layers": 3,
         "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 128,
         "vocab_size": 100, "tie_word_embeddings": False, "hidden_act": "xielu"},
        {"d_model": 64, "n_layers": 3, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16, "d_ff": 128,
         "attention": "GQA", "vocab_size": 100, "gated_ffn": False, "qk_norm": "per-head",
         "activation": "xIELU"},
    ),
    (
        {"model_type": "cohere", "hidden_size": 64, "num_hidden_layers": 3,
         "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 128,
         "vocab_size": 100, "tie_word_embeddings": True, "use_qk_norm": True},
        {"d_model": 64, "n_layers": 3, "n_heads": 4, "n_kv_heads": 2, "head_dim": 16, "d_ff": 128,
         "attention": "GQA", "vocab_size": 100, "normalization": "LayerNorm", "bias": ["none"],
         "parallel_blocks": True, "qk_norm": "per-head-scales", "tied_embeddings": True},
    ),
    (
        {"model_type": "jamba", "hidden_size": 64, "num_hidden_layers": 4, "attn_layer_period": 2,
         "attn_layer_offset": 1, "num_attention_heads": 4, "num_key_value_heads": 2,
         "intermediate_size": 128, "mamba_d_state": 16, "mamba_expand": 2, "mamba_d_conv": 4,
         "num_experts": 1, "num_experts_per_tok": 1, "vocab_size": 100, "mamba_dt_rank": "auto",
         "tie_word_embeddings": False},
        {"mixer": {"runs": [[1, "ssm"], [1, "transformer"]]}, "d_model": 64, "n_layers": 4,
         "n_heads": 4, "n_kv_heads": 2, "head_dim": 16, "attention": "GQA", "d_ff": 128,
         "ssm_kind": "Mamba", "ssm_state_size": 16, "ssm_expand": 2, "conv_kernel": 4,
         "ssm_norm": "dt-B-C", "vocab_size": 100, "positional_encoding": "none"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("config", "attributes"), SAME_AS_CONFIGURATIONS)
def test_attributes_say_what_a_configuration_says(
    config: dict[str, Any], attributes: dict[str, Any]
) -> None:
    check_described_as(config, attributes)


JETMOE = {
    **LLAMA, "d_model": 64, "n_layers": 2, "n_heads": 8, "n_kv_heads": 4, "head_dim": 16,
    "attention": "GQA", "n_attention_experts": 4, "n_experts": 4, "n_experts_active": 2,
    "ffn_kind": "moe", "d_expert": 32, "bias": ["attention-output", "ffn-output"],
    "vocab_size": 100, "tied_embeddings": True,
}  # fmt: skip
JETMOE_FILE = {
    "model_type": "jetmoe", "hidden_size": 64, "num_hidden_layers": 2, "num_key_value_heads": 4,
    "kv_channels": 16, "num_local_experts": 4, "num_experts_per_tok": 2, "intermediate_size": 32,
    "vocab_size": 100, "tie_word_embeddings": True,
}  # fmt: skip
XLSTM = {
    **LLAMA, "mixer": "recurrent", "ssm_kind": "mLSTM", "d_model": 64, "n_layers": 2,
    "ssm_n_heads": 4, "ssm_state_size": 8, "ssm_expand": 1.0, "d_ff": 192, "vocab_size": 100,
    "tied_embeddings": False,
}  # fmt: skip
XLSTM_FILE = {
    "model_type": "xlstm", "hidden_size": 64, "num_hidden_layers": 2, "num_heads": 4,
    "vocab_size": 100,
}  # fmt: skip


@pytest.mark.parametrize(("attributes", "file"), [(JETMOE, JETMOE_FILE), (XLSTM, XLSTM_FILE)])
def test_experts_of_attention_and_matrix_memories_are_those_of_their_configuration(
    attributes: dict[str, Any], file: dict[str, Any]
) -> None:
    described, read = from_attributes(attributes), read_config(file)
    assert count_parameters(described) == count_parameters(read)
    assert kv_cache(described, 8) == kv_cache(read, 8)


def test_experts_of_attention_use_those_of_the_network() -> None:
    """A token uses two of four query experts, so that a third one active costs their two matrices."""
    two = count_parameters(from_attributes(JETMOE)).active
    three = count_parameters(from_attributes({**JETMOE, "n_experts_active": 3})).active
    assert three - two == 2 * (2 * 64 * 64 + 3 * 64 * 32)


def test_hyena_counts_its_filters_by_hand() -> None:
    """StripedHyena-7B: the weights of its checkpoint (`ParallelGatedConvBlock` of its code)."""
    striped = {
        **LLAMA, "mixer": {"runs": [[1, "convolution"], [1, "transformer"]]}, "ssm_kind": "Hyena",
        "conv_kernel": 3, "ssm_state_size": 2, "d_model": 4096, "n_layers": 32, "n_heads": 32,
        "n_kv_heads": 8, "head_dim": 128, "attention": "GQA", "d_ff": 14336, "vocab_size": 32000,
        "tied_embeddings": False,
    }  # fmt: skip
    assert count_parameters(from_attributes(striped)).total == 7_646_023_680


@pytest.mark.parametrize("filtered", [True, False])
def test_a_local_filter_has_two_convolutions_and_a_norm(filtered: bool) -> None:
    plain = count_parameters(from_attributes(LLAMA)).total
    found = count_parameters(from_attributes({**LLAMA, "localized_filtering": filtered})).total
    d, n = LLAMA["d_model"], LLAMA["n_layers"]
    each = 2 * d * (d // 2) + d // 2 + 2 * (d // 2) * d + d + d
    assert found - plain == (n * each if filtered else 0)


def test_a_router_that_attends_has_queries_keys_and_values() -> None:
    mixture = {
        **LLAMA, "ffn_kind": "moe", "n_experts": 8, "n_experts_active": 2, "d_expert": 32,
    }  # fmt: skip
    plain = count_parameters(from_attributes(mixture)).total
    found = count_parameters(from_attributes({**mixture, "attention_router": True})).total
    assert found - plain == LLAMA["n_layers"] * 2 * 8 * LLAMA["d_model"]
