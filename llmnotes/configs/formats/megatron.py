"""Megatron-LM arguments, as YAML or JSON: `hidden_size` or `hidden-size`, numbers or texts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from llmnotes.configs.errors import UnknownArchitectureError
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields, shown
from llmnotes.configs.parts import blocks
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    Architecture,
    Block,
    FeedForwardNetwork,
    Head,
    Mixer,
    Stack,
    norm,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.compressed_attention import LatentAttention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import vector

_DEFAULTS: dict[str, object] = {
    "normalization": "LayerNorm",
    "add_bias_linear": True,
    "position_embedding_type": "learned_absolute",
    "make_vocab_size_divisible_by": 128,
    "tensor_model_parallel_size": 1,
    "moe_router_topk": 2,
    "moe_layer_freq": 1,
}
_UNKNOWN = (
    "spec",
    "extends",
    "attention_output_gate",
    "experimental_attention_variant",
    "hybrid_override_pattern",
    "is_hybrid_model",
    "post_self_attn_layernorm",
    "post_mlp_layernorm",
    "heterogeneous_layers_config_path",
    "moe_latent_size",
)
"""Arguments that change the sizes in unsupported ways."""

_PIECE = re.compile(r"\[([01])\](?:\*(\d{1,4}))?")


def read_megatron(config: Mapping[str, object]) -> Architecture:
    """The architecture of a set of Megatron arguments.

    Raises:
        UnknownArchitectureError: an argument changes the model in an unsupported way.
        ConfigError: an argument is missing, contradictory or out of range.
    """
    f = Fields({str(k).replace("-", "_"): _number(v) for k, v in config.items()}, _DEFAULTS)
    for key in _UNKNOWN:
        if f.config.get(key):
            raise UnknownArchitectureError(
                f"{key} is {shown(f.config[key])}; give the merged arguments of a plain GPT model"
            )
    d, n = f.integer("hidden_size"), blocks.n_layers(f, "num_layers")
    one = _norm(f, d)
    sparse = _sparse(f, n)
    mixer = _attention(f, d)
    dense = _dense(f, d)
    mixture = _mixture(f, d) if any(sparse) else None

    def build(key: bool) -> Block:
        network: FeedForwardNetwork = mixture if key and mixture is not None else dense
        return Block((mixer,), (network,), 2 * one)

    vocab = _vocabulary(f)
    tied = not f.flag("untie_embeddings_and_output_weights")
    embeddings = [token_embedding(vocab, d)]
    if _learned_positions(f):
        rows = f.integer("max_position_embeddings", 1, MAX_COUNT)
        embeddings.append(vector("positions", "position embedding", rows * d))
    final = (vector("norms", "final norm", one),)
    return Architecture(
        kind=CAUSAL_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=tuple(embeddings),
        stacks=(Stack("decoder", blocks.runs(sparse, build), final),),
        head=Head(vocab * d, tied),
        context_length=f.optional_int("max_position_embeddings", 1, 1 << 40),
        model_type="megatron",
        assumptions=tuple(sorted(f.assumed.items())),
    )


def _number(value: object) -> object:
    """The number in a text written by a shell script; any other value unchanged."""
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,18}", value.strip()):
        return int(value)
    return value


def _norm(f: Fields, width: int) -> int:
    kind = f.text("normalization")
    if kind not in ("LayerNorm", "RMSNorm"):
        raise UnknownArchitectureError(f"normalization {shown(kind)} is not known")
    return norm(width, bias=kind == "LayerNorm")


def _biased(f: Fields) -> bool:
    return f.flag("add_bias_linear") and not f.flag("disable_bias_linear")


def _learned_positions(f: Fields) -> bool:
    if f.flag("use_rotary_position_embeddings"):
        return False
    kind = f.text("position_embedding_type")
    if kind not in ("learned_absolute", "rope", "yarn", "mrope", "none"):
        raise UnknownArchitectureError(f"position_embedding_type {shown(kind)} is not known")
    return kind == "learned_absolute" and f.raw("add_position_embedding") is not False


def _attention(f: Fields, d: int) -> Mixer:
    heads = f.integer("num_attention_heads")
    bias = _biased(f)
    if f.flag("multi_latent_attention"):
        normed = f.flag("qk_layernorm")
        return LatentAttention(
            d,
            heads,
            f.optional_int("q_lora_rank"),
            f.integer("kv_lora_rank"),
            f.integer("qk_head_dim"),
            f.integer("qk_pos_emb_head_dim"),
            f.integer("v_head_dim"),
            q_norm=normed,
            kv_norm=normed,
        )
    dim = blocks.head_dim(f, d, heads, "kv_channels")
    kv = heads
    if f.flag("group_query_attention") or f.given("num_query_groups"):
        kv = blocks.kv_heads(f, heads, "num_query_groups")
    qk = 2 * _norm(f, dim) if f.flag("qk_layernorm") else 0
    return Attention(
        d, heads, kv, dim, qkv_bias=bias or f.flag("add_qkv_bias"), o_bias=bias, qk_norm=qk
    )


def _dense(f: Fields, d: int) -> FeedForward:
    gated = f.flag("swiglu") or f.flag("quick_geglu")
    inner = f.optional_int("ffn_hidden_size")
    if inner is None:
        inner = int(4 * d * 2 / 3 / 64) * 64 if gated else 4 * d
    bias = _biased(f)
    return FeedForward(d, inner, gated, bias, bias)


def _mixture(f: Fields, d: int) -> MixtureOfExperts:
    dense = _dense(f, d)
    count = f.integer("num_experts", 1, MAX_COUNT)
    active = f.integer("moe_router_topk", 1, MAX_COUNT)
    if active > count:
        raise f.error(f"moe_router_topk {active:,} is more than num_experts {count:,}")
    width = f.optional_int("moe_ffn_hidden_size") or dense.d_ff
    inner = f.optional_int("moe_shared_expert_intermediate_size", 0) or 0
    bias = dense.in_bias
    shared = FeedForward(d, inner, dense.gated, bias, bias, shared=True) if inner else None
    return MixtureOfExperts(d, count, active, width, dense.gated, bias, shared=shared)


def _sparse(f: Fields, n: int) -> list[bool]:
    if not f.optional_int("num_experts", 0, MAX_COUNT):
        return [False] * n
    value = f.raw("moe_layer_freq")
    if isinstance(value, str):
        flags = _pattern(value)
        if len(flags) == n:
            return flags
        raise f.error(
            f"moe_layer_freq is {shown(value)}; it must be a number, or zeros and ones for "
            f"{n:,} layers such as ([0]*1+[1]*{n - 1})"
        )
    if isinstance(value, (list, tuple)):
        return [bool(each) for each in f.counts("moe_layer_freq", n) or ()]
    every = f.integer("moe_layer_freq", 1, MAX_LAYERS)
    return [layer % every == 0 for layer in range(n)]


def _pattern(text: str) -> list[bool]:
    flags: list[bool] = []
    for piece in text.replace(" ", "").strip("()").split("+"):
        found = _PIECE.fullmatch(piece)
        if not found:
            return []
        flags += [found[1] == "1"] * int(found[2] or 1)
    return flags


def _vocabulary(f: Fields) -> int:
    padded = f.optional_int("padded_vocab_size", 1, MAX_COUNT)
    if padded is not None:
        return padded
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    step = f.integer("make_vocab_size_divisible_by") * f.integer("tensor_model_parallel_size")
    return -(-vocab // step) * step
