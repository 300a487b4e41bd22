"""The keys under which other programs' files state an attribute as one integer."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.attributes.concern import table


class ConfigKeys(NamedTuple):
    """Keys of one attribute, separated by blanks, the usual one first.

    `config` are keys of a transformers config.json (families differ), `gguf` of a GGUF header, without the
    architecture prefix, `llmfit` of `llmfit list --json`.
    """

    config: str = ""
    gguf: str = ""
    llmfit: str = ""


_NONE = ConfigKeys()
"""No integer in these files: the attribute is a text, a list or a flag, or is not stated."""

CONFIG_KEYS = table(
    (ConfigKeys("num_hidden_layers n_layer n_layers num_layers", "block_count", "num_hidden_layers"),
     "n_layers"),
    (ConfigKeys("encoder_layers"), "n_encoder_layers"),
    (ConfigKeys("decoder_layers num_decoder_layers"), "n_decoder_layers"),
    (ConfigKeys("hidden_size d_model n_embd model_dim", "embedding_length", "hidden_size"), "d_model"),
    (ConfigKeys("num_attention_heads n_head n_heads num_heads", "attention.head_count",
                "num_attention_heads"), "n_heads"),
    (ConfigKeys("num_key_value_heads num_kv_heads n_head_kv", "attention.head_count_kv",
                "num_key_value_heads"), "n_kv_heads"),
    (ConfigKeys("head_dim d_kv kv_channels", "attention.key_length", "head_dim"), "head_dim"),
    (ConfigKeys("intermediate_size n_inner ffn_dim d_ff ffn_hidden_size", "feed_forward_length"), "d_ff"),
    (ConfigKeys("vocab_size", "vocab_size", "vocab_size"), "vocab_size"),
    (ConfigKeys("max_position_embeddings n_positions max_seq_len n_ctx max_sequence_length seq_length",
                "context_length"), "context_length"),
    (ConfigKeys("type_vocab_size"), "n_token_types"),
    (ConfigKeys("num_local_experts n_routed_experts num_experts moe_num_experts", "expert_count",
                "num_experts"), "n_experts"),
    (ConfigKeys("num_experts_per_tok num_experts_per_token moe_top_k moe_topk", "expert_used_count",
                "active_experts"), "n_experts_active"),
    (ConfigKeys("n_shared_experts num_shared_experts"), "n_shared_experts"),
    (ConfigKeys("moe_intermediate_size", "expert_feed_forward_length", "moe_intermediate_size"),
     "d_expert"),
    (ConfigKeys("q_lora_rank", "attention.q_lora_rank"), "q_lora_rank"),
    (ConfigKeys("kv_lora_rank", "attention.kv_lora_rank"), "kv_lora_rank"),
    (ConfigKeys("qk_nope_head_dim"), "qk_nope_head_dim"),
    (ConfigKeys("qk_rope_head_dim"), "qk_rope_head_dim"),
    (ConfigKeys("v_head_dim"), "v_head_dim"),
    (ConfigKeys("relative_attention_num_buckets"), "n_relative_positions"),
    (ConfigKeys("o_lora_rank"), "o_lora_rank"),
    (ConfigKeys("o_groups"), "n_output_groups"),
    (ConfigKeys("index_n_heads", "attention.indexer.head_count"), "n_indexer_heads"),
    (ConfigKeys("index_head_dim", "attention.indexer.key_length"), "indexer_head_dim"),
    (ConfigKeys("shared_expert_intermediate_size", "expert_shared_feed_forward_length"),
     "d_shared_expert"),
    (ConfigKeys("moe_latent_size routed_expert_hidden_size", "moe_latent_size"), "d_expert_latent"),
    (ConfigKeys("num_mem_blocks"), "n_shared_blocks"),
    (ConfigKeys("index_kpool"), "indexer_pool"),
    (ConfigKeys("adapter_rank lora_rank"), "adapter_rank"),
    (ConfigKeys("hc_mult"), "n_residual_streams"),
    (ConfigKeys("zero_expert_num"), "n_zero_experts"),
    (ConfigKeys("max_decoder_position_embeddings"), "n_decoder_positions"),
    (ConfigKeys("embedding_size word_embed_proj_dim"), "d_embedding"),
    (ConfigKeys("hidden_size_per_layer_input", "embedding_length_per_layer_input"),
     "d_per_layer_embedding"),
    (ConfigKeys("state_size mamba_d_state ssm_state_size", "ssm.state_size"), "ssm_state_size"),
    (ConfigKeys("conv_kernel mamba_d_conv", "ssm.conv_kernel"), "conv_kernel"),
    (ConfigKeys(gguf="attention.sliding_window"), "sliding_window"),
    (ConfigKeys(llmfit="active_parameters"), "params_active"),
    (_NONE, "organization release_date based_on languages modalities knowledge_cutoff architecture mixer "
            "sparsity params_total params_reported objective training_data training_tokens preprocessing "
            "tokenizer tokenizer_library positional_encoding rope_theta rope_scaling n_positions attention "
            "attention_mask attention_span activation gated_ffn normalization norm_placement qk_norm bias "
            "parallel_blocks kv_source attention_gate attention_sinks kv_compression_rate n_block_norms "
            "embedding_norm shared_expert_gate router_scales n_position_projections ssm_kind ssm_norm "
            "d_position relative_position_norm n_attention_blocks global_projections inner_norm "
            "expert_latent_norm n_distinct_layers residual_attention ssm_gate stream_head "
            "n_attention_experts localized_filtering attention_router "
            "ffn_kind context_length_pretraining tied_embeddings ssm_expand ssm_n_heads "
            "ssm_n_groups batch_size evaluation post_training optimizer learning_rate lr_schedule warmup "
            "weight_decay dropout gradient_clipping precision training_compute hardware license "
            "availability repository coverage"),
)  # fmt: skip
"""The keys of each attribute."""


def keys_of(program: str) -> dict[str, tuple[str, ...]]:
    """Attribute -> its keys in the files of `config`, `gguf` or `llmfit`, the usual one first."""
    found = {name: tuple(getattr(keys, program).split()) for name, keys in CONFIG_KEYS.items()}
    return {name: keys for name, keys in found.items() if keys}


def attribute_by_key(program: str) -> dict[str, str]:
    """The attribute that a file of `config`, `gguf` or `llmfit` states under each key."""
    return {key: name for name, keys in keys_of(program).items() for key in keys}
