"""Relations between attributes: shared names, parts of sums, and frequent confusions."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.attributes.concern import table


class Relations(NamedTuple):
    """The relations of one attribute to others.

    - `one_name`: attributes whose values are also given under this one's name: a served or a pretraining
      length;
    - `parts`: those of `one_name` that add up to this one;
    - `alike`: attributes that often have the same number, so that one is no evidence against the other;
    - `swapped`: attributes that are confused with this one even where the numbers are small;
    - `misplaced`: rank among the attributes whose numbers end up in other columns, 1 the likeliest, 0
      never;
    - `common`: the numbers are so frequent that they explain a wrong cell only as a last resort;
    - `side_by_side`: several claims are true at once, each under its own way of counting;
    - `beside`: the attributes whose numbers are written beside this one's in the same cell, `14 / 2` heads
      for queries and for keys.
    """

    one_name: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()
    swapped: tuple[str, ...] = ()
    misplaced: int = 0
    common: bool = False
    side_by_side: bool = False
    beside: tuple[str, ...] = ()


_ALONE = Relations()
_SIDES = ("n_encoder_layers", "n_decoder_layers")
_LISTED = Relations(side_by_side=True)

RELATIONS = table(
    (Relations(("params_reported",), alike=("params_active",), misplaced=14, side_by_side=True,
               beside=("params_active",)), "params_total"),
    (Relations(("params_total",), side_by_side=True), "params_reported"),
    (Relations(alike=("params_total",), misplaced=15, side_by_side=True, beside=("params_total",)),
     "params_active"),
    (Relations(misplaced=13), "training_tokens"),
    (Relations(misplaced=6, side_by_side=True), "vocab_size"),
    (Relations(("context_length_pretraining", "n_positions"), misplaced=5, side_by_side=True),
     "context_length"),
    (Relations(("context_length",), side_by_side=True), "context_length_pretraining"),
    (Relations(_SIDES, _SIDES, misplaced=7, side_by_side=True), "n_layers"),
    (Relations(misplaced=1), "d_model"),
    (Relations(("d_expert",), misplaced=2, side_by_side=True), "d_ff"),
    (Relations(("d_ff",), misplaced=3, side_by_side=True), "d_expert"),
    (Relations(misplaced=4), "sliding_window"),
    (Relations(swapped=("n_kv_heads",), misplaced=8, beside=("n_kv_heads",)), "n_heads"),
    (Relations(swapped=("n_heads",), misplaced=9), "n_kv_heads"),
    (Relations(misplaced=10), "head_dim"),
    (Relations(misplaced=11, common=True), "batch_size"),
    (Relations(misplaced=12, beside=("n_experts_active", "n_shared_experts")), "n_experts"),
    (_LISTED, "organization release_date license training_data objective languages"),
    (_ALONE, "based_on modalities knowledge_cutoff architecture mixer sparsity preprocessing tokenizer "
             "tokenizer_library positional_encoding rope_theta rope_scaling n_positions n_token_types "
             "attention attention_mask attention_span q_lora_rank kv_lora_rank qk_nope_head_dim "
             "qk_rope_head_dim v_head_dim n_relative_positions n_position_projections kv_source "
             "attention_gate "
             "attention_sinks o_lora_rank n_output_groups kv_compression_rate n_indexer_heads "
             "indexer_head_dim n_block_norms embedding_norm shared_expert_gate d_shared_expert "
             "router_scales n_residual_streams "
             "d_expert_latent n_shared_blocks adapter_rank n_decoder_positions d_position "
             "relative_position_norm n_attention_blocks global_projections inner_norm n_zero_experts "
             "n_distinct_layers residual_attention ssm_gate expert_latent_norm indexer_pool stream_head "
             "n_attention_experts localized_filtering attention_router "
             "d_embedding d_per_layer_embedding ssm_kind ssm_norm activation gated_ffn normalization "
             "norm_placement qk_norm bias "
             "parallel_blocks ffn_kind n_experts_active n_shared_experts n_encoder_layers n_decoder_layers "
             "tied_embeddings ssm_state_size ssm_expand ssm_n_heads ssm_n_groups conv_kernel evaluation "
             "post_training optimizer learning_rate lr_schedule warmup weight_decay dropout "
             "gradient_clipping precision training_compute hardware availability repository coverage"),
)  # fmt: skip
"""The relations of each attribute."""

MISPLACED = tuple(
    sorted((n for n, r in RELATIONS.items() if r.misplaced), key=lambda n: RELATIONS[n].misplaced)
)
"""Attributes whose numbers end up in each other's columns, the likeliest first."""

SIZES = ("params_total", "params_reported", "params_active")
"""Attributes that state a model's size and so identify the member of a family."""

KEPT_IN_TUNING = frozenset(
    {*SIZES, "n_layers", "d_model", "d_ff", "n_heads", "n_kv_heads", "head_dim"}
)
"""Attributes that tuning leaves as they are, whoever does it."""
