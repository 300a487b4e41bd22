"""Mixtures of models that see: ERNIE 4.5 VL, Muse Spark."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble, decoder
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
)
from llmnotes.sizing.feedforward import MixtureOfExperts
from llmnotes.sizing.weights import Weight, vector


@family("ernie4_5_vl_moe_text")
def ernie_vision_mixture(f: Fields) -> Architecture:
    """ERNIE 4.5 VL: beside the experts of text as many narrower ones, which only pictures use."""
    widths = f.counts("moe_intermediate_size", 2) or [1536, 512]
    f = f.replaced({"moe_intermediate_size": widths[0]})
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    t = Traits(qkv_bias="use_bias", o_bias="use_bias", mlp_bias="use_bias")
    e = Experts(
        count="moe_num_experts",
        active="moe_k",
        layers="types",
        dense_first=1,
        shared="times",
        shared_key="moe_num_shared_experts",
        shared_bias="use_bias",
        router_bias=True,
    )
    attention = blocks.attention(f, t, d)
    count = f.integer("moe_num_experts", 1, MAX_COUNT)
    size = 3 * d * widths[1]
    seeing = (
        Weight("routers", "picture router", d * count + count, 0, 1, 0),
        Weight("experts", "picture experts", size, size, count, 0),
    )

    def build(sparse: bool) -> Block:
        if not sparse:
            return Block((attention,), (blocks.dense(f, t, d),), 2 * d)
        mixture = blocks.experts(f, e, d)
        mixture = replace(mixture, extra=(*mixture.extra, *seeing))
        return Block((attention,), (mixture,), 2 * d)

    return assemble(f, t, d, blocks.runs(blocks.sparse_layers(f, e, n), build))


@family("muse_spark_text")
def muse_spark(f: Fields) -> Architecture:
    """Muse Spark: experts behind a narrower stream, gated residuals, every fourth layer full to the last."""
    n = blocks.n_layers(f)
    if f.raw("layer_types") is None:
        kinds = [blocks.FULL if (n - 1 - i) % 4 == 0 else "sliding_attention" for i in range(n)]
        f = f.replaced({"layer_types": kinds})
    experts = Experts(count="num_local_experts", layers="types", latent="moe_hidden_size")
    d = f.integer("hidden_size")
    t = replace(
        BIASED, gate="channel", span="types", block_norms=3, block_extra=2 * d, experts=experts
    )
    return _with_inner_norm(decoder(f, t))


def _with_inner_norm(found: Architecture) -> Architecture:
    """The model with a norm on each expert's output, one for all experts of a layer."""

    def normed(block: Block) -> Block:
        networks = tuple(
            replace(x, extra=(*x.extra, vector("norms", "expert norm", x.d_model)))
            if isinstance(x, MixtureOfExperts)
            else x
            for x in block.feed_forwards
        )
        return replace(block, feed_forwards=networks)

    stack = found.stacks[0]
    runs = tuple(replace(run, block=normed(run.block)) for run in stack.runs)
    return replace(found, stacks=(replace(stack, runs=runs),))
