"""Attention with short convolutions on queries, keys or values: ZAYA1, Inkling."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_KERNEL, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture, Block, FeedForwardNetwork
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.recurrent import convolution
from llmnotes.sizing.weights import Weight, linear, vector

_SLIDING = "hybrid_sliding"


@family("zaya")
def zaya(f: Fields) -> Architecture:
    """ZAYA1: compressed convolutional attention (arXiv 2510.04476), a router that is a network.

    Queries and keys pass through a depthwise and a grouped convolution; the residuals are scaled, and the
    router reads the previous layer's router output. One additional router class skips the experts.
    """
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = BIASED
    plain = blocks.attention(f, t, d)
    groups = plain.n_heads + plain.n_kv_heads
    channels, dim = groups * plain.head_dim, plain.head_dim
    first, second = f.integer("cca_time0", 1, MAX_KERNEL), f.integer("cca_time1", 1, MAX_KERNEL)
    grouped = channels * dim * second
    extra = (
        convolution("query and key convolution", channels, first, True),
        Weight("attention", "grouped query and key convolution", grouped + channels, grouped),
        vector("norms", "key temperature", plain.n_kv_heads),
    )
    e = Experts()
    found = blocks.experts(f, e, d)
    rank, classes = f.integer("router_hidden_size"), found.n_experts + 1
    types = f.words("layer_types", n) or ["hybrid"] * n
    window = f.integer("sliding_window") if _SLIDING in types else None

    def build(key: tuple[str, bool]) -> Block:
        kind, is_first = key
        router = (
            linear("routers", "router down-projection", d, rank, True),
            vector("norms", "router norm", rank),
            linear("routers", "router network", rank, rank, True),
            linear("routers", "router network", rank, rank, True),
            linear("routers", "router", rank, classes),
            vector("routers", "router states scale", 0 if is_first else rank),
        )
        mixture = MixtureOfExperts(
            d, found.n_experts, found.n_active, found.d_expert, router_weights=False, extra=router
        )
        mixer = replace(plain, extra=extra, window=window if kind == _SLIDING else None)
        return Block((mixer,), (mixture,), 2 * d, (vector("other", "residual scales", 8 * d),))

    runs = blocks.runs(((kind, layer == 0) for layer, kind in enumerate(types)), build)
    scales = (vector("other", "input and output scales", 2 * d),)
    t = Traits(head_bias="lm_head_bias")
    return assemble(f, t, d, runs, embeddings=scales)


@family("inkling_text")
def inkling(f: Fields) -> Architecture:
    """Inkling: convolutions after keys, values, attention and network; relative logits."""
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    f = f.replaced({"tie_word_embeddings": False})  # its class never ties them
    kernel, rank = f.integer("conv_kernel_size", 1, MAX_KERNEL), f.integer("d_rel")
    reach = {True: f.integer("sliding_window_size"), False: f.integer("rel_extent")}
    wide = f.optional_int("dense_intermediate_size")
    if wide is not None:  # whose files give the experts' width as intermediate_size
        f = f.replaced(
            {"moe_intermediate_size": f.raw("intermediate_size"), "intermediate_size": wide}
        )
    dense = FeedForward(d, f.integer("intermediate_size"), extra=(_scale(),))
    mixture = _mixture(f, d)
    around = tuple(
        convolution(f"convolution behind {part}", d, kernel, False)
        for part in ("attention", "feed-forward")
    )

    def build(key: tuple[bool, bool]) -> Block:
        sliding, sparse = key
        prefix = "swa_" if sliding else ""
        heads = f.integer(f"{prefix}num_attention_heads")
        kv = blocks.kv_heads(f, heads, f"{prefix}num_key_value_heads")
        dim = f.integer(f"{prefix}head_dim")
        extra = (
            linear("attention", "relative projection", d, heads * rank),
            vector("positions", "relative logits", rank * reach[sliding]),
            convolution("key convolution", kv * dim, kernel, False),
            convolution("value convolution", kv * dim, kernel, False),
        )
        window = reach[True] if sliding else None
        attention = Attention(d, heads, kv, dim, qk_norm=2 * dim, window=window, extra=extra)
        network: FeedForwardNetwork = mixture if sparse else dense
        return Block((attention,), (network,), 2 * d, around)

    runs = blocks.runs(zip(_local(f, n), _sparse(f, n), strict=True), build)
    return assemble(f, Traits(), d, runs, embeddings=(vector("norms", "embedding norm", d),))


def _scale() -> Weight:
    return vector("ffn", "output scale", 1)


def _mixture(f: Fields, d: int) -> MixtureOfExperts:
    e = Experts(count="n_routed_experts", shared="times")
    found = blocks.experts(f, e, d)
    outputs = found.n_experts + f.integer("n_shared_experts", 0)
    return MixtureOfExperts(
        d,
        found.n_experts,
        found.n_active,
        found.d_expert,
        router_outputs=outputs,
        shared=found.shared,
        extra=(vector("routers", "router scale", 1),),
    )


def _local(f: Fields, n: int) -> list[bool]:
    types = f.words("layer_types", n)
    if types is not None:
        return [kind == _SLIDING for kind in types]
    chosen = f.indices("local_layer_ids")
    return [bool((i + 1) % 6) if chosen is None else i in chosen for i in range(n)]


def _sparse(f: Fields, n: int) -> list[bool]:
    types = f.words("mlp_layer_types", n)
    if types is not None:
        return [kind == "sparse" for kind in types]
    first = f.optional_int("dense_mlp_idx", 0) or 0
    return [layer >= first for layer in range(n)]
