"""Older models with a layout of their own: XLNet, XLM, LED, ModernBERT as a decoder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from llmnotes.configs import blocks
from llmnotes.configs.decoder import assemble
from llmnotes.configs.encoder_families import Encoder, finish, modernbert
from llmnotes.configs.fields import MAX_COUNT, MAX_LAYERS, Fields
from llmnotes.configs.traits import Traits
from llmnotes.sizing.architecture import (
    CAUSAL_DECODER,
    ENCODER_DECODER,
    Architecture,
    Block,
    Head,
    Run,
    Stack,
    token_embedding,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import Weight, linear, vector


def xlnet(f: Fields) -> Architecture:
    """XLNet (arXiv 1906.08237): relative positions with a projection and biases of their own."""
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    dim = blocks.head_dim(f.replaced({"head_dim": None}), d, heads)
    width = heads * dim
    relative = (
        linear("attention", "relative position projection", d, width),
        vector("attention", "relative, segment and content biases", 3 * width),
        vector("attention", "segment embedding", 2 * width),
    )
    attention = Attention(d, heads, heads, dim, extra=relative)
    network = FeedForward(d, f.integer("d_inner"), False, True, True)
    block = Block((attention,), (network,), 4 * d)
    mask = (vector("embeddings", "mask embedding", d),)
    t = Traits(final_norm=False, head_bias=True)
    runs = (Run(block, blocks.n_layers(f)),)
    return assemble(f, t, d, runs, embeddings=mask)


def xlm(f: Fields) -> Architecture:
    """XLM and FlauBERT: biases everywhere, positions learned or sinusoidal and kept."""
    if f.flag("asm"):
        raise f.error("asm (an adaptive softmax) is not known here")
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    dim = blocks.head_dim(f, d, heads)
    attention = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True)
    block = Block((attention,), (FeedForward(d, 4 * d, False, True, True),), 4 * d)
    stack = Stack("encoder", (Run(block, blocks.n_layers(f)),))
    e = Encoder(types=False, pooler=False, transform=False)
    found = finish(f, e, d, d, (stack,))
    languages = f.optional_int("n_langs", 1, MAX_COUNT) or 1
    if languages > 1 and f.raw("use_lang_emb") is not False:
        table = vector("embeddings", "language embedding", languages * d)
        found = replace(found, embeddings=(*found.embeddings, table))
    return found


def led(f: Fields) -> Architecture:
    """LED (arXiv 2004.05150): BART whose encoder has a second set of projections."""
    d = f.integer("hidden_size")
    vocab = f.integer("vocab_size", 1, MAX_COUNT)
    tied = f.flag("tie_word_embeddings")

    def stack(name: str, rows: int) -> Stack:
        heads = f.integer(f"{name}_attention_heads")
        dim = blocks.head_dim(f.replaced({"head_dim": None}), d, heads)
        own = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True)
        mixers: tuple[Attention, ...] = (own, replace(own, cross=True))
        if name == "encoder":
            second = linear("attention", "global query, key and value projection", d, 3 * d)
            mixers = (replace(own, extra=(replace(second, size=second.size + 3 * d),)),)
        network = FeedForward(d, f.integer(f"{name}_ffn_dim"), False, True, True)
        block = Block(mixers, (network,), (len(mixers) + 1) * 2 * d)
        extra: tuple[Weight, ...] = (
            vector("positions", "position embedding", rows * d),
            vector("norms", "embedding norm", 2 * d),
        )
        return Stack(name, (Run(block, f.integer(f"{name}_layers", 1, MAX_LAYERS)),), extra)

    return Architecture(
        kind=ENCODER_DECODER,
        d_model=d,
        vocab_size=vocab,
        embeddings=(token_embedding(vocab, d),) * (1 if tied else 3),
        stacks=(
            stack("encoder", f.integer("max_encoder_position_embeddings", 1, MAX_COUNT)),
            stack("decoder", f.integer("max_decoder_position_embeddings", 1, MAX_COUNT)),
        ),
        head=Head(vocab * d, tied),
        context_length=f.optional_int("max_encoder_position_embeddings", 1, 1 << 40),
    )


def modernbert_decoder(f: Fields) -> Architecture:
    """ModernBERT trained as a decoder: the same layers, its head counted."""
    found = modernbert(f)
    stack = replace(found.stacks[0], name="decoder")
    head = replace(found.head, apart=False)
    return replace(found, kind=CAUSAL_DECODER, stacks=(stack,), head=head)


LEGACY: dict[str, Callable[[Fields], Architecture]] = {
    "xlnet": xlnet,
    "xlm": xlm,
    "flaubert": xlm,
    "led": led,
    "modernbert-decoder": modernbert_decoder,
}
"""Model type -> builder."""
