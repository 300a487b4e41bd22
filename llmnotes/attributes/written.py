"""How an attribute is written in a cell: its units, and the attributes that share the cell."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.attributes.concern import table


class Written(NamedTuple):
    """How a cell of an attribute is written.

    `units` are those its numbers may carry; `two_ways` means that their `k` may be 1,024 though it usually
    is 1,000. `companions` are the attributes written in the same cell: `BPE (SentencePiece, 32k)` under
    Tokenizer. `ticked` are the terms that may head a yes-or-no column of their own.
    """

    units: frozenset[str] = frozenset()
    companions: tuple[str, ...] = ()
    ticked: tuple[str, ...] = ()
    two_ways: bool = False


_PARAMETERS = frozenset({"parameters"})
_TOKENS = frozenset({"tokens", "words"})
_LAYERS = frozenset({"layers"})
_HEADS = frozenset({"heads"})
_EXPERTS = frozenset({"experts"})
_DIMENSIONS = frozenset({"dimensions"})
_STEPS = frozenset({"tokens", "sequences", "steps"})
_WORDS = Written()
"""A non-numeric attribute."""

WRITTEN = table(
    (Written(companions=("sparsity", "mixer")), "architecture"),
    (Written(ticked=("moe",)), "sparsity"),
    (Written(_PARAMETERS, ("params_active",)), "params_total"),
    (Written(_PARAMETERS, ("params_total",)), "params_active"),
    (Written(_PARAMETERS), "params_reported"),
    (Written(ticked=("MLM", "NSP", "CLM", "prefix-LM", "FIM", "MTP", "RTD", "span-corruption")), "objective"),
    (Written(companions=("training_tokens",)), "training_data"),
    (Written(_TOKENS, ("training_data",)), "training_tokens"),
    (Written(companions=("tokenizer_library", "vocab_size")), "tokenizer"),
    (Written(_TOKENS, two_ways=True), "vocab_size"),
    (Written(companions=("rope_theta", "rope_scaling", "n_positions"), ticked=("RoPE", "ALiBi")),
     "positional_encoding"),
    (Written(frozenset({"tokens"}), two_ways=True), "n_positions"),
    (Written(companions=("attention_mask", "attention_span", "sparsity"),
             ticked=("MHA", "MQA", "GQA", "MLA")), "attention"),
    (Written(companions=("attention",), ticked=("sliding", "sparse")), "attention_span"),
    (Written(companions=("normalization", "norm_placement", "sparsity", "n_experts"),
             ticked=("SwiGLU", "GeGLU", "GELU", "ReLU")), "activation"),
    (Written(companions=("activation", "sparsity")), "gated_ffn"),
    (Written(companions=("norm_placement", "qk_norm"), ticked=("RMSNorm", "LayerNorm")), "normalization"),
    (Written(companions=("normalization",), ticked=("pre-norm", "post-norm")), "norm_placement"),
    (Written(companions=("learning_rate", "lr_schedule", "warmup", "weight_decay", "gradient_clipping")),
     "optimizer"),
    (Written(_DIMENSIONS, ("lr_schedule",)), "learning_rate"),
    (Written(_TOKENS, ("attention_span", "positional_encoding")), "context_length"),
    (Written(ticked=("SFT", "RLHF", "RLHF-PPO", "DPO", "RLAIF")), "post_training"),
    (Written(_STEPS, two_ways=True), "batch_size"),
    (Written(_STEPS), "warmup"),
    (Written(_TOKENS), "context_length_pretraining sliding_window conv_kernel kv_compression_rate "
                       "indexer_pool"),
    (Written(_LAYERS), "n_layers n_encoder_layers n_decoder_layers"),
    (Written(_HEADS), "n_heads n_kv_heads n_indexer_heads"),
    (Written(companions=("availability",)), "license"),
    (Written(_EXPERTS), "n_experts n_experts_active n_shared_experts"),
    (Written(frozenset({"FLOP"})), "training_compute"),
    (Written(companions=("norm_placement", "architecture")), "parallel_blocks"),
    (Written(), "n_token_types"),
    (Written(_DIMENSIONS), "rope_theta q_lora_rank kv_lora_rank qk_nope_head_dim qk_rope_head_dim v_head_dim "
                           "o_lora_rank indexer_head_dim n_relative_positions d_shared_expert "
                           "d_embedding d_per_layer_embedding d_expert_latent n_shared_blocks adapter_rank "
                           "n_decoder_positions d_position n_attention_blocks n_zero_experts "
                           "n_distinct_layers n_attention_experts "
                           "n_position_projections n_output_groups n_block_norms n_residual_streams "
                           "d_ff d_expert d_model head_dim ssm_state_size ssm_expand ssm_n_heads "
                           "ssm_n_groups weight_decay dropout gradient_clipping"),
    (_WORDS, "organization release_date based_on languages modalities knowledge_cutoff mixer preprocessing "
             "tokenizer_library rope_scaling attention_mask qk_norm bias ffn_kind "
             "kv_source attention_gate attention_sinks embedding_norm shared_expert_gate router_scales "
             "ssm_kind ssm_norm relative_position_norm global_projections inner_norm "
             "residual_attention ssm_gate expert_latent_norm stream_head localized_filtering "
             "attention_router "
             "tied_embeddings evaluation lr_schedule precision hardware availability repository "
             "coverage"),
)  # fmt: skip
"""The notation of each attribute's cells."""
