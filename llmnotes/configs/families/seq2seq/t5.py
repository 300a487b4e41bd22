"""T5-like encoder-decoders: relative biases, RMSNorm, no biases, a mixture in Switch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    ENCODER_DECODER,
    Architecture,
    Block,
    FeedForwardNetwork,
    Head,
    Stack,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import vector


@family("t5", "mt5", "longt5")
def t5(f: Fields) -> Architecture:
    """T5 (arXiv 1910.10683): relative biases, RMSNorm before each sublayer, no biases.

    The published class ties the head whatever the file says, so the head is counted as tied.
    """
    return _both_stacks(f, _dense_stack(f, tables_per_stack=1), tied=True)


@family("umt5")
def umt5(f: Fields) -> Architecture:
    """UMT5: T5 with relative biases in every layer, not only the first."""
    return _both_stacks(f, _dense_stack(f, tables_per_stack=None), tied=True)


@family("switch_transformers")
def switch_transformer(f: Fields) -> Architecture:
    """Switch (arXiv 2101.03961): T5 with a mixture of one active expert in some layers."""
    d = f.integer("hidden_size")
    mixture = MixtureOfExperts(
        d,
        f.integer("num_experts", 1, MAX_COUNT),
        1,
        f.integer("d_ff"),
        False,
        router_bias=f.flag("router_bias"),
    )

    def stack(name: str, n: int) -> Stack:
        step = _sparse_step(f, f"num_sparse_{name}_layers", n)
        # A step of one makes every layer sparse; zero makes none.
        sparse = [step == 1 or (step > 1 and layer % step == 1) for layer in range(n)]
        networks = [mixture if each else _network(f) for each in sparse]
        return _stack(f, name, networks, tables=1)

    return _both_stacks(f, stack, tied=f.flag("tie_word_embeddings"))


_StackOf = Callable[[str, int], Stack]


def _dense_stack(f: Fields, tables_per_stack: int | None) -> _StackOf:
    """Stacks of dense layers with this number of relative bias tables (None = one per layer)."""

    def stack(name: str, n: int) -> Stack:
        return _stack(f, name, [_network(f)] * n, tables_per_stack or n)

    return stack


def _network(f: Fields) -> FeedForward:
    gated = (f.text("feed_forward_proj") or "relu").startswith("gated-")
    return FeedForward(f.integer("hidden_size"), f.integer("d_ff"), gated)


def _stack(f: Fields, name: str, networks: Sequence[FeedForwardNetwork], tables: int) -> Stack:
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    attention = Attention(d, heads, heads, f.integer("d_kv"))
    own = (attention,) if name == "encoder" else (attention, replace(attention, cross=True))
    runs = blocks.runs(networks, lambda network: Block(own, (network,), (len(own) + 1) * d))
    bias = f.integer("relative_attention_num_buckets") * heads
    extra = (
        vector("positions", "relative position bias", bias * tables),
        vector("norms", "final norm", d),
    )
    return Stack(name, runs, extra)


def _both_stacks(f: Fields, stack: _StackOf, *, tied: bool) -> Architecture:
    d, n_encoder = f.integer("hidden_size"), blocks.n_layers(f)
    n_decoder = f.optional_int("num_decoder_layers", 1, MAX_LAYERS) or n_encoder
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    return Architecture(
        kind=ENCODER_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(token_embedding(vocab, d),) * (1 if tied else 3),
        stacks=(stack("encoder", n_encoder), stack("decoder", n_decoder)),
        head=Head(vocab * d, tied),
        context_length=f.optional_int("n_positions", 1, 1 << 40),
    )


def _sparse_step(f: Fields, key: str, n: int) -> int:
    sparse = f.optional_int(key, 0, MAX_LAYERS) or 0
    return n // sparse if sparse else n
