"""litgpt model configurations, with the key names of its `Config` class."""

from __future__ import annotations

from collections.abc import Mapping

from llmnotes.configs.errors import UnknownArchitectureError
from llmnotes.configs.fields import MAX_COUNT, Fields, shown
from llmnotes.configs.parts import blocks
from llmnotes.sizing.architecture import CAUSAL_DECODER, Architecture, Block, Head, Stack, norm
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.compressed_attention import LatentAttention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import vector

_DEFAULTS: dict[str, object] = {
    "norm_class_name": "LayerNorm",
    "mlp_class_name": "GptNeoxMLP",
    "norm_qk_type": "default",
    "bias": True,
    "norm_1": True,
    "norm_2": True,
    "n_expert": 0,
    "n_expert_per_token": 0,
}
_NETWORKS = {"GptNeoxMLP": False, "LLaMAMLP": True, "GemmaMLP": True, "LLaMAMoE": True}


def read_litgpt(config: Mapping[str, object]) -> Architecture:
    """The architecture of a litgpt configuration; its head is never tied.

    Raises:
        ConfigError: a key is missing, contradictory or out of range.
        UnknownArchitectureError: its norm or network class is unknown.
    """
    f = Fields(config, _DEFAULTS)
    d, n = f.integer("n_embd"), blocks.n_layers(f, "n_layer")
    one = _norm(f, d)
    shared = f.flag("shared_attention_norm")
    count = int(f.flag("norm_1")) + int(f.flag("norm_2") and not shared)
    count += int(f.flag("post_attention_norm")) + int(f.flag("post_mlp_norm"))
    window = f.optional_int("sliding_window_size")
    spans = f.counts("sliding_window_indices", n) if window else [0] * n
    first = f.optional_int("first_k_dense_replace", 0) or 0

    def build(key: tuple[int, bool]) -> Block:
        sliding, sparse = key
        mixer = _attention(f, d, window if sliding else None)
        network = _mixture(f, d) if sparse else _network(f, d)
        return Block((mixer,), (network,), count * one)

    mixtures = f.text("mlp_class_name") == "LLaMAMoE"
    keys = [
        (span, mixtures and layer >= first)
        for layer, span in enumerate(spans or [1 if window else 0] * n)
    ]
    vocab = f.integer("padded_vocab_size", 1, MAX_COUNT)
    bias = (vector("head", "output bias", vocab),) if f.flag("lm_head_bias") else ()
    final = (vector("norms", "final norm", one),) if one else ()
    return Architecture(
        kind=CAUSAL_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(vector("embeddings", "token embedding", vocab * d),),
        stacks=(Stack("decoder", blocks.runs(keys, build), final),),
        head=Head(vocab * d, extra=bias),
        context_length=f.optional_int("block_size", 1, 1 << 40),
        model_type="litgpt",
        assumptions=tuple(sorted(f.assumed.items())),
    )


def _norm(f: Fields, width: int) -> int:
    kind = f.text("norm_class_name")
    if kind not in ("LayerNorm", "RMSNorm"):
        raise UnknownArchitectureError(f"norm_class_name {shown(kind)} is not known")
    return norm(width, bias=kind == "LayerNorm")


def _attention(f: Fields, d: int, window: int | None) -> Attention | LatentAttention:
    heads = f.integer("n_head")
    bias = f.flag("bias")
    nested = f.nested("latent_attention")
    if nested is not None:
        own = Fields(nested, place="latent_attention")
        return LatentAttention(
            d,
            heads,
            own.optional_int("q_lora_rank"),
            own.integer("kv_lora_rank"),
            own.integer("qk_nope_head_dim"),
            own.integer("qk_rope_head_dim"),
            own.integer("v_head_dim"),
            bias=f.flag("attn_bias"),
        )
    dim = blocks.head_dim(f, d, heads, "head_size")
    kv = blocks.kv_heads(f, heads, "n_query_groups")
    qk = 0
    if f.flag("norm_qk"):
        width = (heads + kv) * dim if f.text("norm_qk_type") == "olmo2" else 2 * dim
        qk = _norm(f, width)
    return Attention(
        d,
        heads,
        kv,
        dim,
        qkv_bias=bias or f.flag("attn_bias"),
        o_bias=bias,
        qk_norm=qk,
        window=window,
    )


def _network(f: Fields, d: int) -> FeedForward:
    kind = f.text("mlp_class_name")
    if kind not in _NETWORKS:
        raise UnknownArchitectureError(f"mlp_class_name {shown(kind)} is not known")
    inner = f.optional_int("intermediate_size")
    if inner is None:
        if _NETWORKS[kind]:
            raise f.error("intermediate_size is missing; it must be a whole number")
        inner = 4 * d
    bias = f.flag("bias")
    return FeedForward(d, inner, _NETWORKS[kind], bias, bias)


def _mixture(f: Fields, d: int) -> MixtureOfExperts:
    count = f.integer("n_expert", 1, MAX_COUNT)
    active = f.integer("n_expert_per_token", 1, MAX_COUNT)
    if active > count:
        raise f.error(f"n_expert_per_token {active:,} is more than n_expert {count:,}")
    width = f.optional_int("moe_intermediate_size") or f.integer("intermediate_size")
    number = f.optional_int("n_shared_expert", 0) or 0
    shared = FeedForward(d, number * width, shared=True) if number else None
    return MixtureOfExperts(d, count, active, width, True, f.flag("bias"), shared=shared)
