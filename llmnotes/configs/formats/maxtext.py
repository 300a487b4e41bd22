"""MaxText model YAML: `decoder_block` names the family, other keys its sizes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from llmnotes.configs.errors import UnknownArchitectureError
from llmnotes.configs.fields import Fields, shown
from llmnotes.configs.huggingface import read_family
from llmnotes.sizing.architecture import Architecture

_SIZES = {
    "base_emb_dim": "hidden_size",
    "base_num_query_heads": "num_attention_heads",
    "base_num_kv_heads": "num_key_value_heads",
    "base_num_decoder_layers": "num_hidden_layers",
    "base_mlp_dim": "intermediate_size",
    "head_dim": "head_dim",
    "vocab_size": "vocab_size",
    "logits_via_embedding": "tie_word_embeddings",
    "attention_bias": "attention_bias",
    "sliding_window_size": "sliding_window",
    "max_position_embeddings": "max_position_embeddings",
    "num_experts_per_tok": "num_experts_per_tok",
}
_MLA = {
    "q_lora_rank": "q_lora_rank",
    "kv_lora_rank": "kv_lora_rank",
    "qk_nope_head_dim": "qk_nope_head_dim",
    "qk_rope_head_dim": "qk_rope_head_dim",
    "v_head_dim": "v_head_dim",
    "num_experts": "n_routed_experts",
    "base_moe_mlp_dim": "moe_intermediate_size",
    "first_num_dense_layers": "first_k_dense_replace",
    "shared_experts": "n_shared_experts",
    "indexer_head_dim": "index_head_dim",
    "indexer_n_heads": "index_n_heads",
}
_LOCAL = {"num_experts": "num_local_experts", "base_moe_mlp_dim": "intermediate_size"}
_GDN = {
    "num_experts": "num_experts",
    "base_moe_mlp_dim": "moe_intermediate_size",
    "gdn_conv_kernel_dim": "linear_conv_kernel_dim",
    "gdn_key_head_dim": "linear_key_head_dim",
    "gdn_value_head_dim": "linear_value_head_dim",
    "gdn_num_key_heads": "linear_num_key_heads",
    "gdn_num_value_heads": "linear_num_value_heads",
    "inhomogeneous_layer_cycle_interval": "full_attention_interval",
}
_GEMMA4 = {
    "global_head_dim": "global_head_dim",
    "global_num_kv_heads": "num_global_key_value_heads",
    "share_kv_projections": "attention_k_eq_v",
    "hidden_size_per_layer_input": "hidden_size_per_layer_input",
    "vocab_size_per_layer_input": "vocab_size_per_layer_input",
    "num_kv_shared_layers": "num_kv_shared_layers",
    "use_double_wide_mlp": "use_double_wide_mlp",
    "num_experts": "num_experts",
    "num_experts_per_tok": "top_k_experts",
    "base_moe_mlp_dim": "moe_intermediate_size",
}
_FAMILIES: dict[str, tuple[str, Mapping[str, str]]] = {
    "llama2": ("llama", {}),
    "mistral": ("mistral", {}),
    "gemma": ("gemma", {}),
    "gemma2": ("gemma2", {}),
    "gemma3": ("gemma3_text", {}),
    "gemma4": ("gemma4_text", _GEMMA4),
    "gemma4_small": ("gemma4_text", _GEMMA4),
    "qwen2": ("qwen2", {}),
    "qwen3": ("qwen3", {}),
    "olmo3": ("olmo3", {}),
    "mixtral": ("mixtral", _LOCAL),
    "gpt_oss": ("gpt_oss", _LOCAL),
    "qwen3_moe": (
        "qwen3_moe",
        {"num_experts": "num_experts", "base_moe_mlp_dim": "moe_intermediate_size"},
    ),
    "deepseek": ("deepseek_v3", _MLA),
    "llama4": (
        "llama4_text",
        {
            **_LOCAL,
            "base_mlp_dim": "intermediate_size_mlp",
            "interleave_moe_layer_step": "interleave_moe_layer_step",
            "chunk_attn_window_size": "attention_chunk_size",
        },
    ),
    "qwen3_next": ("qwen3_next", _GDN),
    "qwen3_5": ("qwen3_5_moe_text", _GDN),
    "gpt3": ("gpt2", {"trainable_position_size": "max_position_embeddings"}),
}
"""`decoder_block` -> the family with the same blocks, and the keys it has besides the sizes."""

_BASE: dict[str, object] = {"head_dim": 128, "vocab_size": 32_000, "logits_via_embedding": False}
"""Values of MaxText's base file for keys that a model file omits."""


def read_maxtext(config: Mapping[str, object]) -> Architecture:
    """The architecture of a MaxText model file.

    Raises:
        UnknownArchitectureError: its `decoder_block` is not supported.
        ConfigError: a key is missing, contradictory or out of range.
    """
    f = Fields(config, _BASE)
    block = f.text("decoder_block")
    if block not in _FAMILIES:
        raise UnknownArchitectureError(
            f"decoder_block is {shown(block)}; known are {', '.join(sorted(_FAMILIES))}"
        )
    if f.given("global_parameter_scale") and f.integer("global_parameter_scale") != 1:
        raise f.error("global_parameter_scale must be 1; give the model's own sizes")
    family, further = _FAMILIES[block]
    names = {**_SIZES, **further}
    values: dict[str, object] = {}
    for key in ("base_emb_dim", "base_num_query_heads", "base_num_decoder_layers"):
        f.integer(key)
    for key, name in names.items():
        value = f.raw(key)
        if value is not None:
            values[name] = value
    _adjust(block, family, f, values)
    if block == "deepseek" and f.flag("use_indexer"):
        family = "deepseek_v32"
    if block == "qwen3_5" and not f.given("num_experts"):
        family = "qwen3_5_text"
    found = read_family(family, values)
    left = [("vision", "not part of the language model")] if f.given("vision_encoder_block") else []
    assumed = (*found.assumptions, *sorted(f.assumed.items()))
    return replace(
        found, model_type=f"maxtext {block}", not_counted=tuple(left), assumptions=assumed
    )


def _adjust(block: str, family: str, f: Fields, values: dict[str, object]) -> None:
    """Translate settings that MaxText expresses differently."""
    if values.get("q_lora_rank") == 0:
        values["q_lora_rank"] = None
    if block == "deepseek":
        values.pop("head_dim", None)
    if block == "gemma2":  # a decoder layer there is a pair, one local and one global
        values["num_hidden_layers"] = 2 * f.integer("base_num_decoder_layers")
    if block in ("gemma4", "gemma4_small"):
        values.setdefault("hidden_size_per_layer_input", 0)
        values["enable_moe_block"] = f.given("num_experts")
    if block in ("qwen3_next", "qwen3_5") and f.given("num_experts"):
        values["shared_expert_intermediate_size"] = values.get("moe_intermediate_size")
    if block == "qwen2" and not f.flag("attention_bias"):
        raise f.error("attention_bias must be true: the family's queries, keys and values have it")
    if block in ("mixtral", "gpt_oss", "llama4") and not f.given("base_moe_mlp_dim"):
        values["intermediate_size"] = f.integer("base_mlp_dim")
    if family == "gpt2":
        values["n_inner"] = values.pop("intermediate_size")
