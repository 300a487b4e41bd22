"""The role of each attribute in the computation of sizes."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.attributes.concern import table


class SizingRole(NamedTuple):
    """The role of one attribute.

    `role` is its name in `llmnotes.sizing` (empty for none), `shape` whether the parameter count depends on
    it.
    """

    role: str = ""
    shape: bool = False


_NONE = SizingRole()

SIZING_ROLES = table(
    (SizingRole("kind"), "architecture mixer"),
    (SizingRole("depth", True), "n_layers n_encoder_layers n_decoder_layers n_distinct_layers "
                                "n_attention_blocks"),
    (SizingRole("width", True), "d_model"),
    (SizingRole("inner width", True), "d_ff d_expert d_shared_expert d_expert_latent"),
    (SizingRole("query heads", True), "n_heads"),
    (SizingRole("key-value heads", True), "n_kv_heads"),
    (SizingRole("head width", True), "head_dim qk_nope_head_dim qk_rope_head_dim v_head_dim "
                                     "indexer_head_dim"),
    (SizingRole("latent width", True), "q_lora_rank kv_lora_rank o_lora_rank n_output_groups"),
    (SizingRole("rows of a table", True), "vocab_size n_positions n_token_types n_relative_positions "
                                          "n_decoder_positions"),
    (SizingRole("number of experts", True), "n_experts n_experts_active n_shared_experts "
                                            "n_zero_experts n_attention_experts"),
    (SizingRole("width of a table", True), "d_embedding d_position d_per_layer_embedding"),
    (SizingRole("indexer heads", True), "n_indexer_heads"),
    (SizingRole("compression", True), "kv_compression_rate indexer_pool"),
    (SizingRole("residual streams", True), "n_residual_streams stream_head"),
    (SizingRole("shared blocks", True), "n_shared_blocks adapter_rank"),
    (SizingRole("state layer", True), "ssm_kind ssm_state_size ssm_expand ssm_n_heads ssm_n_groups "
                                      "ssm_norm ssm_gate conv_kernel"),
    (SizingRole("layout", True), "attention ffn_kind gated_ffn normalization norm_placement qk_norm bias "
                                 "parallel_blocks positional_encoding tied_embeddings kv_source "
                                 "attention_gate "
                                 "attention_sinks n_position_projections n_block_norms embedding_norm "
                                 "shared_expert_gate router_scales relative_position_norm "
                                 "global_projections inner_norm residual_attention expert_latent_norm "
                                 "localized_filtering attention_router"),
    (SizingRole("pooler"), "objective"),
    (SizingRole("learned activation"), "activation"),
    (SizingRole("window"), "attention_span sliding_window"),
    (SizingRole("length"), "context_length"),
    (SizingRole("training"), "training_tokens"),
    (SizingRole("result"), "params_total params_active params_reported"),
    (_NONE, "organization release_date based_on languages modalities knowledge_cutoff coverage sparsity "
            "training_data preprocessing tokenizer tokenizer_library rope_theta rope_scaling attention_mask "
            "context_length_pretraining batch_size evaluation post_training optimizer "
            "learning_rate lr_schedule warmup "
            "weight_decay dropout gradient_clipping precision training_compute hardware license "
            "availability repository"),
)  # fmt: skip
"""The role of each attribute."""


def with_role(role: str) -> tuple[str, ...]:
    """The attributes with a role."""
    return tuple(name for name, entry in SIZING_ROLES.items() if entry.role == role)


SHAPE = tuple(name for name, entry in SIZING_ROLES.items() if entry.shape)
"""Attributes that the parameter count depends on."""

(HEADS,), (KV_HEADS,) = with_role("query heads"), with_role("key-value heads")
"""The two attributes whose ratio is the number of query heads per key and value head."""
