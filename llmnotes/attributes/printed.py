"""Tolerances of printed numbers: how an attribute's values are rounded, and their upper bound."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.attributes.concern import table


class Printed(NamedTuple):
    """How a printed number may differ from the exact one.

    - `exact`: a count of the architecture's shape, which is never rounded;
    - `widest`: the relative tolerance of a number of one digit;
    - `zeros`: trailing zeros are not significant (7,000,000,000 for 6.74 billion);
    - `padding`: the share by which padding rows may enlarge a table;
    - `closely`: others give more digits than publishers: 14.8T tokens for a reported 15T;
    - `largest`: several times the greatest known value; a larger number is not a single value.
    """

    exact: bool = False
    widest: float | None = None
    zeros: bool = False
    padding: float = 0.0
    closely: bool = False
    largest: float | None = None


_PARAMETERS = Printed(widest=0.25, zeros=True, closely=True, largest=1e15)
_LENGTH = Printed(zeros=True, largest=2.0**28)
_RATE = Printed(widest=0.05)
_COUNT = Printed(exact=True, largest=2_000)
_NO_NUMBER = Printed()
_FREE = Printed()
"""Printed without rounding, and without further knowledge."""

PRINTED = table(
    (_PARAMETERS, "params_total params_reported params_active"),
    (Printed(widest=0.12, zeros=True, closely=True, largest=1e15), "training_tokens"),
    (Printed(zeros=True, padding=0.015, largest=5_000_000), "vocab_size"),
    (_LENGTH, "context_length context_length_pretraining"),
    (Printed(largest=2.0**28), "n_positions"),
    (Printed(zeros=True), "sliding_window conv_kernel training_compute"),
    (_COUNT, "n_layers n_encoder_layers n_decoder_layers n_heads n_kv_heads"),
    (Printed(exact=True, largest=20_000), "head_dim"),
    (Printed(exact=True, largest=200_000), "d_model d_expert"),
    (Printed(exact=True, largest=2_000_000), "d_ff"),
    (Printed(exact=True, largest=50_000), "n_experts"),
    (Printed(exact=True, largest=5_000), "n_experts_active"),
    (Printed(exact=True), "n_shared_experts"),
    (Printed(widest=0.1, largest=2.0**33), "batch_size"),
    (_RATE, "learning_rate weight_decay dropout gradient_clipping"),
    (_FREE, "rope_theta n_token_types q_lora_rank kv_lora_rank qk_nope_head_dim qk_rope_head_dim "
            "v_head_dim n_relative_positions n_position_projections o_lora_rank n_output_groups "
            "kv_compression_rate n_indexer_heads indexer_head_dim n_block_norms n_residual_streams "
            "d_shared_expert d_embedding d_expert_latent n_shared_blocks adapter_rank "
            "n_decoder_positions d_position n_attention_blocks n_zero_experts n_distinct_layers indexer_pool "
            "d_per_layer_embedding ssm_state_size ssm_expand ssm_n_heads ssm_n_groups n_attention_experts "
            "warmup"),
    (_NO_NUMBER, "organization release_date based_on languages modalities knowledge_cutoff architecture "
                 "mixer sparsity objective training_data preprocessing tokenizer tokenizer_library "
                 "positional_encoding rope_scaling attention attention_mask attention_span activation "
                 "gated_ffn normalization norm_placement qk_norm bias parallel_blocks ffn_kind "
                 "kv_source attention_gate attention_sinks embedding_norm shared_expert_gate "
                 "router_scales ssm_kind ssm_norm relative_position_norm global_projections inner_norm "
                 "residual_attention ssm_gate expert_latent_norm stream_head localized_filtering "
                 "attention_router "
                 "tied_embeddings evaluation post_training optimizer lr_schedule precision hardware license "
                 "availability repository coverage"),
)  # fmt: skip
"""The tolerances of each attribute."""
