"""Encoder-decoders: T5 and its kin, BART and its kin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from llmnotes.configs import blocks
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.sizing.architecture import (
    ENCODER_DECODER,
    Architecture,
    Block,
    FeedForwardNetwork,
    Head,
    Run,
    Stack,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.weights import Weight, vector


def t5(*, bias_everywhere: bool = False, switch: bool = False) -> Callable[[Fields], Architecture]:
    """T5 (arXiv 1910.10683): relative biases, RMSNorm before each sublayer, no biases.

    `bias_everywhere`: every layer has its own relative bias (UMT5), not only the first.
    `switch`: some layers are mixtures with one active expert (Switch, arXiv 2101.03961).
    The published class ties the head whatever the file says, so the head is counted as tied.
    """

    def build(f: Fields) -> Architecture:
        d = f.integer("hidden_size")
        heads = f.integer("num_attention_heads")
        dim = f.integer("d_kv")
        attention = Attention(d, heads, heads, dim)
        cross = replace(attention, cross=True)
        gated = (f.text("feed_forward_proj") or "relu").startswith("gated-")
        dense = FeedForward(d, f.integer("d_ff"), gated)
        n_encoder = blocks.n_layers(f)
        n_decoder = f.optional_int("num_decoder_layers", 1, MAX_LAYERS) or n_encoder
        bias = f.integer("relative_attention_num_buckets") * heads
        mixture = _switch_experts(f, d) if switch else None

        def stack(name: str, n: int, sparse_step: int) -> Stack:
            own = (attention,) if name == "encoder" else (attention, cross)

            def block(sparse: object) -> Block:
                network: FeedForwardNetwork = dense
                if sparse and mixture is not None:
                    network = mixture
                return Block(own, (network,), (len(own) + 1) * d)

            # A step of one makes every layer sparse; zero makes none.
            sparse = [
                sparse_step == 1 or (sparse_step > 1 and layer % sparse_step == 1)
                for layer in range(n)
            ]
            table = bias * (n if bias_everywhere else 1)
            extra = (
                vector("positions", "relative position bias", table),
                vector("norms", "final norm", d),
            )
            return Stack(name, blocks.runs(sparse, block), extra)

        encoder_step = _sparse_step(f, "num_sparse_encoder_layers", n_encoder) if switch else 0
        decoder_step = _sparse_step(f, "num_sparse_decoder_layers", n_decoder) if switch else 0
        vocab = f.integer("vocab_size", 1, MAX_COUNT)
        tied = not switch or f.flag("tie_word_embeddings")
        return Architecture(
            kind=ENCODER_DECODER,
            d_model=d,
            vocab_size=vocab,
            embeddings=(token_embedding(vocab, d),) * (1 if tied else 3),
            stacks=(
                stack("encoder", n_encoder, encoder_step),
                stack("decoder", n_decoder, decoder_step),
            ),
            head=Head(vocab * d, tied),
            context_length=f.optional_int("n_positions", 1, 1 << 40),
        )

    return build


def _switch_experts(f: Fields, d: int) -> MixtureOfExperts:
    count = f.integer("num_experts", 1, MAX_COUNT)
    bias = f.flag("router_bias")
    return MixtureOfExperts(d, count, 1, f.integer("d_ff"), False, router_bias=bias)


def _sparse_step(f: Fields, key: str, n: int) -> int:
    sparse = f.optional_int(key, 0, MAX_LAYERS) or 0
    return n // sparse if sparse else n


@dataclass(frozen=True, slots=True)
class Bart:
    """What tells one of BART's kin from another.

    Attributes:
        positions: learned or frozen tables of positions are parameters.
        offset: rows beside the table's length.
        embedding_norm: a LayerNorm follows each side's embeddings.
        final_norm: a LayerNorm follows each stack.
        bias: biases on attention.
    """

    positions: bool = True
    offset: int = 0
    embedding_norm: bool = False
    final_norm: bool = False
    bias: bool = True


BART: dict[str, Bart] = {
    "bart": Bart(offset=2, embedding_norm=True),
    "plbart": Bart(offset=2, embedding_norm=True),
    "mvp": Bart(offset=2, embedding_norm=True),
    "mbart": Bart(offset=2, embedding_norm=True, final_norm=True),
    "pegasus": Bart(final_norm=True),
    "blenderbot": Bart(final_norm=True),
    "blenderbot-small": Bart(embedding_norm=True),
    "marian": Bart(),
    "m2m_100": Bart(positions=False, final_norm=True),
}
"""Model type -> traits; the keys are the `model_type` of a configuration file."""


def bart(t: Bart) -> Callable[[Fields], Architecture]:
    """The builder of one of BART's kin (arXiv 1910.13461)."""

    def build(f: Fields) -> Architecture:
        d = f.integer("hidden_size")
        vocab = f.integer("vocab_size", 1, MAX_COUNT)
        rows = f.integer("max_position_embeddings", 1, MAX_COUNT) + t.offset
        if f.flag("use_prompt"):
            raise f.error("use_prompt adds prompt layers, which are not known here")
        tied = f.flag("tie_word_embeddings")
        # Untied, the class keeps a shared table and one for each side.
        tables = 1 if tied else 3
        if f.raw("share_encoder_decoder_embeddings") is False:
            tables = 2

        def stack(name: str) -> Stack:
            heads = f.integer(f"{name}_attention_heads")
            dim = blocks.head_dim(f.replaced({"head_dim": None}), d, heads)
            own = Attention(d, heads, heads, dim, qkv_bias=t.bias, o_bias=t.bias)
            mixers = (own,) if name == "encoder" else (own, replace(own, cross=True))
            network = FeedForward(d, f.integer(f"{name}_ffn_dim"), False, True, True)
            block = Block(mixers, (network,), (len(mixers) + 1) * 2 * d)
            extra: list[Weight] = []
            if t.positions:
                extra.append(vector("positions", "position embedding", rows * d))
            norms = int(t.embedding_norm) + int(t.final_norm)
            if norms:
                extra.append(vector("norms", "stack norms", norms * 2 * d))
            n = f.integer(f"{name}_layers", 1, MAX_LAYERS)
            return Stack(name, (Run(block, n),), tuple(extra))

        return Architecture(
            kind=ENCODER_DECODER,
            d_model=d,
            vocab_size=vocab,
            embeddings=(token_embedding(vocab, d),) * tables,
            stacks=(stack("encoder"), stack("decoder")),
            head=Head(vocab * d, tied),
            context_length=f.optional_int("max_position_embeddings", 1, 1 << 40),
        )

    return build


SEQ2SEQ: dict[str, Callable[[Fields], Architecture]] = {
    "t5": t5(),
    "mt5": t5(),
    "longt5": t5(),
    "umt5": t5(bias_everywhere=True),
    "switch_transformers": t5(switch=True),
    **{name: bart(traits) for name, traits in BART.items()},
}
"""Model type -> builder."""
