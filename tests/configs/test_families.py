"""What tells one family from another, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.configs import read_config
from llmnotes.configs.errors import ConfigError
from llmnotes.sizing import count_parameters, kv_cache
from tests.configs.samples import total


def test_a_window_bounds_the_cache_of_its_layers_alone() -> None:
    """Gemma 3 keeps the whole context in every sixth layer and 1,024 tokens in the others."""
    config = {
        "model_type": "gemma3_text",
        "hidden_size": 64,
        "num_hidden_layers": 6,
        "num_attention_heads": 4,
        "num_key_value_heads": 1,
        "head_dim": 16,
        "sliding_window": 1024,
    }

    figure = kv_cache(read_config(config), context=8192)

    assert figure.inputs["attention_elements"] == (5 * 1024 + 8192) * 1 * (16 + 16)


def test_chosen_windows_follow_the_switch() -> None:
    """Qwen2 slides only where asked to, and then from a layer on."""
    config = {
        "model_type": "qwen2",
        "hidden_size": 64,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "sliding_window": 10,
        "max_window_layers": 3,
    }

    asked = kv_cache(read_config({**config, "use_sliding_window": True}), 100)
    plain = kv_cache(read_config(config), 100)

    assert plain.inputs["attention_elements"] == 4 * 100 * 128
    assert asked.inputs["attention_elements"] == (3 * 100 + 10) * 128


KIMI: dict[str, Any] = {
    "model_type": "kimi_linear", "hidden_size": 16, "num_hidden_layers": 3, "vocab_size": 50,
    "num_attention_heads": 2, "intermediate_size": 24, "moe_intermediate_size": 6,
    "num_experts": 4, "num_experts_per_token": 2, "num_shared_experts": 1,
    "q_lora_rank": 5, "kv_lora_rank": 4, "qk_nope_head_dim": 3, "qk_rope_head_dim": 2,
    "v_head_dim": 3, "first_k_dense_replace": 1,
    "linear_attn_config": {
        "num_heads": 2, "head_dim": 4, "short_conv_kernel_size": 3, "kda_layers": [1, 2],
        "full_attn_layers": [3],
    },
}  # fmt: skip


def test_kimi_k3_adds_to_kimi_linear_by_keys_of_its_own() -> None:
    """Each of its four changes by hand: gates of full rank, gated MLA, latent experts, residuals."""
    plain = total(KIMI)
    nested = KIMI["linear_attn_config"]

    full_rank = total({**KIMI, "linear_attn_config": {**nested, "use_full_rank_gate": True}})
    assert full_rank - plain == 2 * (16 * 8 - (16 * 4 + 4 * 8))
    assert total({**KIMI, "mla_use_output_gate": True}) - plain == 16 * 2 * 3
    latent = total({**KIMI, "routed_expert_hidden_size": 8})
    assert latent - plain == 2 * (4 * 3 * 6 * (8 - 16) + 2 * 16 * 8 + 8)
    assert total({**KIMI, "attn_res_block_size": 2}) - plain == (3 * 2 + 1) * 2 * 16


def test_hunyuan_large_shares_keys_and_values_between_layers() -> None:
    """Every other layer has no keys and values, neither weights nor a cache; their norm stays."""
    config = {
        "model_type": "hunyuan",
        "hidden_size": 64,
        "intermediate_size": 48,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "num_experts": 4,
        "moe_topk": 1,
        "vocab_size": 50,
        "cla_share_factor": 2,
    }
    shared = {**config, "use_cla": True}

    assert total(config) - total(shared) == 2 * 2 * 64 * 2 * 16
    assert kv_cache(read_config(shared), 100).value * 2 == kv_cache(read_config(config), 100).value


def test_deepseek_without_its_latent_attends_plainly() -> None:
    """DeepSeek-OCR's language part: 2,934,734,080, its heads as wide as the model over their number."""
    config = {
        "model_type": "deepseek_v2",
        "hidden_size": 1280,
        "intermediate_size": 6848,
        "moe_intermediate_size": 896,
        "num_hidden_layers": 12,
        "first_k_dense_replace": 1,
        "n_routed_experts": 64,
        "n_shared_experts": 2,
        "num_experts_per_tok": 6,
        "num_attention_heads": 10,
        "num_key_value_heads": 10,
        "vocab_size": 129280,
        "kv_lora_rank": None,
        "v_head_dim": 0,
        "use_mla": False,
    }

    assert total(config) == 2_934_734_080
    assert total({"model_type": "unlimited-ocr", "language_config": config}) == 2_934_734_080


def test_what_pictures_alone_use_is_no_work_of_a_word() -> None:
    """ERNIE 4.5 VL's narrower experts are held for pictures: a token of text uses none of them."""
    config = {
        "model_type": "ernie4_5_vl_moe_text",
        "hidden_size": 64,
        "intermediate_size": 40,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "moe_num_experts": 4,
        "moe_k": 2,
        "vocab_size": 60,
    }
    wide = count_parameters(read_config({**config, "moe_intermediate_size": [8, 6]}))
    wider = count_parameters(read_config({**config, "moe_intermediate_size": [8, 10]}))

    assert wider.total - wide.total == 4 * 3 * 64 * 4
    assert wider.active == wide.active


def test_looped_layers_are_held_once_and_keep_the_keys_of_each_pass() -> None:
    """Inkling 2's middle layers: three passes have the weights of one, and caches of their own."""
    config = {
        "model_type": "inkling2_loop_text",
        "hidden_size": 16,
        "num_hidden_layers": 6,
        "moe_intermediate_size": 8,
        "layer_types": ["hybrid"] * 6,
        "loop_layer_index_start": 2,
        "loop_layer_index_end": 4,
    }
    once = {**config, "loop_config": {"num_passes": 1}}
    thrice = {**config, "loop_config": {"num_passes": 3}}

    def kept(given: dict[str, Any]) -> Any:
        return kv_cache(read_config(given), context=100).inputs["attention_elements"]

    assert total(once) == total(thrice)
    assert kept(thrice) * 6 == kept(once) * 10


def test_the_two_stacks_of_hrm_text_are_held_once_and_keep_the_keys_of_each_run() -> None:
    """Each high cycle runs the low stack `L_cycles` times and the high one once."""
    config = {"model_type": "hrm_text", "hidden_size": 16, "num_attention_heads": 2, "head_dim": 8,
              "intermediate_size": 8, "num_hidden_layers": 3}  # fmt: skip
    once = read_config({**config, "H_cycles": 1, "L_cycles": 1})
    often = read_config({**config, "H_cycles": 2, "L_cycles": 3})

    assert count_parameters(once).total == count_parameters(often).total
    elements = [kv_cache(found, context=10).inputs["attention_elements"] for found in (once, often)]
    assert elements == [10 * 2 * 16 * 3 * 2, 10 * 2 * 16 * 3 * 8]


def test_layers_of_dory_are_more_than_its_ends() -> None:
    config = {"model_type": "dory", "hidden_size": 16, "num_hidden_layers": 3, "n_input_layers": 2}

    read_config({**config, "n_output_layers": 1})
    with pytest.raises(ConfigError, match="more than the 3 layers"):
        read_config({**config, "n_output_layers": 2})


def test_another_kind_of_layer_than_lara_mini_has_is_refused() -> None:
    config = {"model_type": "lara_mini", "hidden_size": 16, "num_hidden_layers": 1}

    read_config({**config, "layer_types": ["sliding_attention"]})
    with pytest.raises(ConfigError, match="'chunked_attention'"):
        read_config({**config, "layer_types": ["chunked_attention"]})
