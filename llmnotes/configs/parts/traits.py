"""The traits that distinguish decoder families and change a count, as data."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.configs.fields import Flag


@dataclass(frozen=True, slots=True)
class Experts:
    """The layout of a family's mixture of experts.

    Attributes:
        count, active, width: the keys of routed experts, of those used, of an expert's width.
        layers: which layers are mixtures: "all", "types" (mlp_layer_types), "first-k", "step",
            "range" (start, end, interval), "interleave".
        dense_first: dense layers at the start where "types" is not given.
        first_key: the key of "first-k".
        shared: the shared expert: "" (none), "times" (count of shared experts times the
            expert's width), "width" (its own key).
        shared_key: the key of its count or width.
        shared_gate: the shared expert has a gate of one output.
        shared_bias, bias: biases in the shared and the routed experts.
        router_bias: the router has a bias (a parameter, not a buffer).
        gated: experts have a gate matrix.
        latent: the key of the width of routed experts, where it differs from the model's: the stream
            is projected to it, and the experts' output is normed and projected back.
    """

    count: str = "num_experts"
    active: str = "num_experts_per_tok"
    width: str = "moe_intermediate_size"
    layers: str = "all"
    dense_first: int = 0
    first_key: str = "first_k_dense_replace"
    shared: str = ""
    shared_key: str = "n_shared_experts"
    shared_gate: bool = False
    shared_bias: Flag = False
    bias: Flag = False
    router_bias: bool = False
    gated: bool = True
    latent: str = ""


@dataclass(frozen=True, slots=True)
class LayerTraits:
    """Traits of layers, for decoders and encoders alike.

    Attributes:
        qkv_bias, o_bias, mlp_bias: biases of attention and of the feed-forward, fixed or by a key.
        gated: the dense feed-forward has a gate matrix.
        d_ff: key of the inner width.
        final_norm: a norm follows the stack.
        positions: "" or the key of a learned table's rows; position_offset: additional rows.
        embedding_norm: a norm on the embeddings.
    """

    qkv_bias: Flag = False
    o_bias: Flag = False
    mlp_bias: Flag = False
    gated: bool = True
    d_ff: str = "intermediate_size"
    final_norm: bool = True
    positions: str = ""
    position_offset: int = 0
    embedding_norm: bool = False


@dataclass(frozen=True, slots=True)
class Traits(LayerTraits):
    """What tells one decoder family from another, beside the traits of its layers.

    Attributes:
        k_bias, head_bias: further biases, fixed or by a key.
        qk_norm: norms on queries and keys: "" (none), "head" (one scale of head_dim each),
            "full" (a scale for every channel of every head).
        qk_norm_if: the key that switches them on.
        qk_norm_bias: these norms have biases too.
        gate: gate on attention's output: "" (none), "head" (one per head), "channel".
        sinks: learnable attention sinks.
        norm: "rms", "layer" (with bias), "scale" (LayerNorm without bias), "none".
        norm_bias: for "layer": the key that decides about the bias.
        block_norms: how many norms a block has.
        d_ff_factor: the default of the inner width as a multiple of the model's.
        dense_d_ff: key of the dense layers' width in a mixture, where it is another.
        head_dim: the key of the head's width.
        kv_heads: the key of the KV heads ("" = as many as query heads whatever the file says).
        experts: the mixture's layout.
        span: "none", "all" (sliding_window on every layer), "types" (layer_types),
            "switch" (use_sliding_window, from layer max_window_layers on).
        full_every: for "types" without the list: each n-th layer is full (0 = all are).
        full_key: the key that changes `full_every`.
        gate_bias: the gate has a bias.
        block_extra: scales of another kind in each block.
    """

    k_bias: Flag | None = None
    head_bias: Flag = False
    qk_norm: str = ""
    qk_norm_if: Flag = True
    qk_norm_bias: bool = False
    gate: str = ""
    gate_bias: Flag = False
    sinks: bool = False
    norm: str = "rms"
    norm_bias: Flag = True
    block_norms: int = 2
    d_ff_factor: int = 0
    dense_d_ff: str = ""
    head_dim: str = "head_dim"
    kv_heads: str = "num_key_value_heads"
    experts: Experts | None = None
    span: str = "none"
    full_every: int = 0
    full_key: str = "sliding_window_pattern"
    block_extra: int = 0


BIASED = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
"""Attention biases are switched by `attention_bias`, as in most of the library's classes."""
