"""Hybrids from their attributes: published counts, and the same sizes as from a configuration."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.configs import read_config
from llmnotes.errors import InputError
from llmnotes.sizing import (
    Architecture,
    count_parameters,
    flops_per_token,
    from_attributes,
    kv_cache,
    kv_cache_per_token,
)

COMMON: dict[str, Any] = {
    "architecture": "causal-decoder", "normalization": "RMSNorm", "norm_placement": "pre-norm",
    "positional_encoding": "none", "bias": ["none"], "gated_ffn": True, "tied_embeddings": False,
}  # fmt: skip


def runs(*pairs: tuple[int, object]) -> dict[str, object]:
    return {"runs": [list(pair) for pair in pairs]}


def falcon(
    d: int, layers: int, heads: int, state_heads: int, state: int, **changes: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Attributes and configuration of a Falcon-H1 with two key-value heads."""
    shape = {"d_ff": 2 * d, "vocab_size": 32784, "head_dim": 64, "state_width": 64, "norm": False}
    shape |= {"groups": 1, "kv": 2} | changes
    inner = state_heads * shape["state_width"]
    described = {
        **COMMON, "mixer": "parallel-hybrid", "ssm_kind": "Mamba-2", "n_layers": layers, "d_model": d,
        "n_heads": heads, "n_kv_heads": shape["kv"], "head_dim": shape["head_dim"],
        "d_ff": shape["d_ff"], "vocab_size": shape["vocab_size"], "ssm_n_heads": state_heads,
        "ssm_expand": inner / d, "ssm_n_groups": shape["groups"], "ssm_state_size": state,
        "conv_kernel": 4, "positional_encoding": "RoPE",
    }  # fmt: skip
    if not shape["norm"]:
        described["ssm_norm"] = "none"
    config = {
        "model_type": "falcon_h1", "hidden_size": d, "num_hidden_layers": layers,
        "num_attention_heads": heads, "num_key_value_heads": shape["kv"],
        "head_dim": shape["head_dim"], "intermediate_size": shape["d_ff"],
        "vocab_size": shape["vocab_size"], "mamba_n_heads": state_heads,
        "mamba_d_head": shape["state_width"], "mamba_d_ssm": inner, "mamba_d_state": state,
        "mamba_n_groups": shape["groups"], "mamba_rms_norm": shape["norm"],
        "tie_word_embeddings": False,
    }  # fmt: skip
    return described, config


FALCON = [
    (falcon(1024, 36, 8, 24, 128), 521_411_104),
    (falcon(2048, 24, 8, 48, 256, d_ff=4608, head_dim=128, norm=True, vocab_size=65536),
     1_554_859_392),
    (falcon(1280, 66, 6, 24, 256, d_ff=3072, head_dim=128, norm=True, vocab_size=65536),
     1_554_872_208),
    (falcon(2560, 32, 10, 32, 256, d_ff=6144, head_dim=128, state_width=128, norm=True,
            vocab_size=65536), 3_149_387_264),
    (falcon(3072, 44, 12, 24, 256, d_ff=12288, head_dim=128, state_width=128, norm=True,
            vocab_size=130048), 7_585_648_736),
    (falcon(5120, 72, 20, 32, 256, d_ff=21504, head_dim=128, state_width=128, norm=True, kv=4,
            groups=2, vocab_size=261120), 33_642_516_224),
]  # fmt: skip

ZAMBA_LAYERS = [(2, "ssm"), (1, "shared-hybrid")]
ZAMBA_LAYERS += [
    (4, "ssm"),
    (1, "shared-hybrid"),
    *[(5, "ssm"), (1, "shared-hybrid")] * 11,
    (2, "ssm"),
]
ZAMBA = {
    **COMMON, "mixer": runs(*ZAMBA_LAYERS), "ffn_kind": "none", "ssm_kind": "Mamba",
    "n_layers": 76, "d_model": 3712, "n_heads": 16, "n_kv_heads": 16, "head_dim": 464, "d_ff": 14848,
    "vocab_size": 32000, "tied_embeddings": True, "n_shared_blocks": 1, "ssm_state_size": 16,
    "ssm_expand": 2, "conv_kernel": 4,
}  # fmt: skip
ZAMBA_CONFIG = {
    "model_type": "zamba", "hidden_size": 3712, "num_hidden_layers": 76, "num_attention_heads": 16,
    "intermediate_size": 14848, "vocab_size": 32000,
}  # fmt: skip

_SIX = [(5, "ssm"), (1, "shared-hybrid")]
ZAMBA2 = {
    **COMMON, "ffn_kind": "none", "ssm_kind": "Mamba-2", "n_layers": 54, "d_model": 2560,
    "mixer": runs((1, "ssm"), *_SIX * 7, (4, "ssm"), (1, "shared-hybrid"), (3, "ssm"),
                  (1, "shared-hybrid"), (2, "ssm")),
    "n_heads": 32, "n_kv_heads": 32, "head_dim": 160, "d_ff": 10240, "vocab_size": 32000,
    "tied_embeddings": True, "n_shared_blocks": 2, "adapter_rank": 128, "ssm_state_size": 64,
    "ssm_expand": 2, "ssm_n_heads": 80, "ssm_n_groups": 1, "conv_kernel": 4,
}  # fmt: skip
ZAMBA2_CONFIG = {
    "model_type": "zamba2", "hidden_size": 2560, "num_hidden_layers": 54, "num_attention_heads": 32,
    "vocab_size": 32000, "mamba_d_state": 64, "n_mamba_heads": 80, "num_mem_blocks": 2,
    "adapter_rank": 128,
}  # fmt: skip

JAMBA = {
    **COMMON, "mixer": runs((7, "ssm"), (1, "transformer"), (6, "ssm")), "ssm_kind": "Mamba",
    "ssm_norm": "dt-B-C", "n_layers": 28, "d_model": 2560, "n_heads": 20, "n_kv_heads": 1,
    "head_dim": 128, "d_ff": 8192, "vocab_size": 65536, "tied_embeddings": True,
    "ssm_state_size": 16, "ssm_expand": 2, "conv_kernel": 4,
}  # fmt: skip
JAMBA_CONFIG = {
    "model_type": "jamba", "hidden_size": 2560, "num_hidden_layers": 28, "num_attention_heads": 20,
    "num_key_value_heads": 1, "intermediate_size": 8192, "vocab_size": 65536,
    "attn_layer_period": 14, "attn_layer_offset": 7, "num_experts": 1, "tie_word_embeddings": True,
}  # fmt: skip

SUPER_PATTERN = (
    "MEMEMEM*EMEMEMEM*EMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEMEM*EMEMEMEM*EMEMEMEME"
)
SUPER = {
    **COMMON, "n_layers": 88, "d_model": 4096, "n_heads": 32, "n_kv_heads": 2, "head_dim": 128,
    "mixer": runs(*((1, {"M": "ssm", "*": "transformer", "E": "none"}[x]) for x in SUPER_PATTERN)),
    "ffn_kind": runs(*((1, "moe" if x == "E" else "none") for x in SUPER_PATTERN)),
    "gated_ffn": False, "n_experts": 512, "n_experts_active": 22, "n_shared_experts": 1,
    "d_expert": 2688, "d_shared_expert": 5376, "d_expert_latent": 1024, "vocab_size": 131072,
    "ssm_kind": "Mamba-2", "ssm_n_heads": 128, "ssm_n_groups": 8, "ssm_state_size": 128,
    "ssm_expand": 2, "conv_kernel": 4,
}  # fmt: skip
SUPER_CONFIG = {
    "model_type": "nemotron_h", "hidden_size": 4096, "hybrid_override_pattern": SUPER_PATTERN,
    "num_attention_heads": 32, "num_key_value_heads": 2, "head_dim": 128, "n_groups": 8,
    "n_routed_experts": 512, "num_experts_per_tok": 22, "moe_intermediate_size": 2688,
    "moe_latent_size": 1024, "moe_shared_expert_intermediate_size": 5376, "vocab_size": 131072,
    "mamba_num_heads": 128, "mamba_head_dim": 64, "ssm_state_size": 128, "num_hidden_layers": 88,
    "intermediate_size": 2688,
}  # fmt: skip

GLM = {
    **COMMON, "n_layers": 45, "d_model": 4096, "n_heads": 64, "head_dim": 256, "attention": "MLA",
    "mixer": runs((3, "linear-attention"), (1, "transformer")), "ffn_kind": runs((3, "dense"), (42, "moe")),
    "q_lora_rank": 1536, "kv_lora_rank": 512, "qk_nope_head_dim": 256, "qk_rope_head_dim": 0,
    "v_head_dim": 256, "n_indexer_heads": 32, "indexer_head_dim": 128, "indexer_pool": 4,
    "ssm_kind": "Kimi delta attention", "ssm_n_heads": 64, "ssm_state_size": 128, "conv_kernel": 4,
    "n_experts": 288, "n_experts_active": 8, "n_shared_experts": 1, "d_expert": 2048, "d_ff": 12288,
    "vocab_size": 154880, "n_residual_streams": 4, "stream_head": False,
}  # fmt: skip
GLM_CONFIG = {
    "model_type": "glm5_next_text", "hidden_size": 4096, "num_hidden_layers": 45,
    "num_attention_heads": 64, "intermediate_size": 12288, "vocab_size": 154880, "index_kpool": 4,
}  # fmt: skip
GLM_VISION = 563_627_008
"""24 blocks of 1,024, and the projections into the language model's 4,096."""
GLM_NEXT = 124_915_968 - 12 * 128 + 7_274_102_784 + 2 * 4096 + 2 * 4096**2 + 3 * 4096
"""A layer for the token after the next: a layer of indexed attention and experts, and what joins it."""
GLM_BIASES = 43 * 288
"""Correction biases of the routers, which are no parameters."""

PUBLISHED = [
    *((*both, total) for both, total in FALCON),
    (ZAMBA, ZAMBA_CONFIG, 7_232_490_496),
    (ZAMBA2, ZAMBA2_CONFIG, 2_662_214_560),
    (JAMBA, JAMBA_CONFIG, 3_029_337_472),
    (SUPER, SUPER_CONFIG, 120_668_687_360),
    (GLM, GLM_CONFIG, 321_323_031_390 - GLM_VISION - GLM_NEXT - GLM_BIASES),
]
NAMES = [
    "falcon-h1-0.5b", "falcon-h1-1.5b", "falcon-h1-1.5b-deep", "falcon-h1-3b", "falcon-h1-7b",
    "falcon-h1-34b", "zamba-7b", "zamba2-2.7b", "jamba2-3b", "nemotron-3-super",
    "glm-5.3-flash",
]  # fmt: skip


@pytest.mark.parametrize(("described", "config", "total"), PUBLISHED, ids=NAMES)
def test_attributes_and_configuration_give_the_published_count(
    described: dict[str, Any], config: dict[str, Any], total: int
) -> None:
    """The checkpoints; of Nemotron 3 Super and GLM-5.3-Flash the language model that predicts one token."""
    assert count_parameters(from_attributes(described)).total == total
    assert count_parameters(read_config(config)).total == total


def figures(model: Architecture) -> tuple[float, ...]:
    counted = count_parameters(model)
    return (
        counted.active,
        kv_cache_per_token(model).value,
        kv_cache(model, 4096).value,
        flops_per_token(model, 4096).value,
    )


@pytest.mark.parametrize(("described", "config", "total"), PUBLISHED, ids=NAMES)
def test_attributes_and_configuration_agree_on_caches_and_work(
    described: dict[str, Any], config: dict[str, Any], total: int
) -> None:
    assert figures(from_attributes(described)) == figures(read_config(config))


def test_heads_side_by_side_keep_both_keys_and_a_state_in_every_layer() -> None:
    """Falcon-H1-0.5B: 36 layers of two heads of 64, and of a state of 1,536 by 128."""
    model = from_attributes(FALCON[0][0][0])
    inner, states, kernel = 24 * 64, 128, 4

    assert kv_cache_per_token(model).value == 36 * 2 * 2 * 64 * 2
    found = kv_cache(model, 1000).inputs
    assert found["attention_elements"] == 1000 * 36 * 2 * 2 * 64
    assert found["state_elements"] == 36 * (inner * states + (inner + 2 * states) * kernel)


def test_a_shared_block_has_its_weights_once_and_a_cache_at_each_use() -> None:
    """Zamba's one block runs in 13 of 76 layers, each time over keys and values of its own."""
    once, never = from_attributes(ZAMBA), from_attributes({**ZAMBA, "mixer": "ssm"})
    more = count_parameters(once).total - count_parameters(never).total
    d, width, inner = 3712, 16 * 464, 14848
    block = 3 * 2 * d * width + width * d + 3 * d * inner + 3 * d

    assert more == block + 13 * d * d  # and a projection into each of these layers
    assert once.n_layers == 76
    assert kv_cache_per_token(once).value == 13 * 2 * width * 2
    assert kv_cache_per_token(never).value == 0


def test_a_block_that_is_shared_says_how_many_sets_of_weights_there_are() -> None:
    with pytest.raises(InputError, match="n_shared_blocks missing"):
        from_attributes({key: value for key, value in ZAMBA.items() if key != "n_shared_blocks"})


def test_a_placeholder_for_layers_that_differ_is_still_refused() -> None:
    """`hybrid` says that there are both, and not in which layers."""
    with pytest.raises(InputError, match="mixer is 'hybrid'"):
        from_attributes({**FALCON[0][0][0], "mixer": "hybrid"})


LING = {
    **COMMON, "n_layers": 80, "d_model": 8192, "n_heads": 64, "head_dim": 128, "attention": "MLA",
    "mixer": runs((7, "linear-attention"), (1, "transformer")), "qk_norm": "per-head",
    "ffn_kind": runs((4, "dense"), (76, "moe")), "q_lora_rank": 1536, "kv_lora_rank": 512,
    "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128, "d_ff": 18432,
    "ssm_kind": "lightning attention", "ssm_n_heads": 64, "ssm_state_size": 128,
    "n_experts": 256, "n_experts_active": 8, "n_shared_experts": 1, "d_expert": 2048,
    "vocab_size": 157184,
}  # fmt: skip
LING_CONFIG = {
    "model_type": "bailing_hybrid", "architectures": ["BailingMoeV2_5ForCausalLM"],
    "hidden_size": 8192, "num_hidden_layers": 80, "num_attention_heads": 64, "head_dim": 128,
    "intermediate_size": 18432, "moe_intermediate_size": 2048, "num_experts": 256,
    "num_experts_per_tok": 8, "num_shared_experts": 1, "first_k_dense_replace": 4,
    "layer_group_size": 8, "group_norm_size": 8, "use_qk_norm": True, "q_lora_rank": 1536,
    "kv_lora_rank": 512, "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
    "vocab_size": 157184,
}  # fmt: skip
LING_BIASES = 76 * 256
"""Biases of the routers, which are no parameters."""


def test_lightning_attention_may_normalise_queries_and_keys() -> None:
    """Ling-2.5-1T: a checkpoint of 1,012,231,160,320 with the routers' biases."""
    model, read = from_attributes(LING), read_config(LING_CONFIG)

    assert count_parameters(model).total == 1_012_231_160_320 - LING_BIASES
    assert count_parameters(read).total == count_parameters(model).total
    assert figures(model) == figures(read)
    assert kv_cache_per_token(model).value == 10 * (512 + 64) * 2
    assert kv_cache(model, 1000).inputs["state_elements"] == 70 * 64 * 128 * 128


def test_delta_attention_of_the_same_type_keeps_a_query_of_low_rank() -> None:
    """Ling 3 has a full query by default; where a file names a rank, it is counted with it."""
    plain = {
        "model_type": "bailing_hybrid", "hidden_size": 64, "num_hidden_layers": 6,
        "num_attention_heads": 4, "head_dim": 16, "intermediate_size": 96, "num_experts": 4,
        "moe_intermediate_size": 32, "vocab_size": 100, "kv_lora_rank": 8, "qk_nope_head_dim": 16,
        "qk_rope_head_dim": 8, "v_head_dim": 16, "num_experts_per_tok": 2,
    }  # fmt: skip
    full = count_parameters(read_config(plain)).total
    ranked = count_parameters(read_config({**plain, "q_lora_rank": 12})).total

    assert full - ranked == 64 * 4 * 24 - (64 * 12 + 12 + 12 * 4 * 24)
