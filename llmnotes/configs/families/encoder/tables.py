"""Encoders with BERT's blocks and further tables or projections: ALBERT, ERNIE, Longformer, XLM."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.encoder.bert import BERT, encoder, finish
from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import with_block_weights
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
    Block,
    Run,
    Stack,
)
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.feedforward import FeedForward
from llmnotes.sizing.weights import linear, vector


@family("albert")
def albert(f: Fields) -> Architecture:
    """ALBERT: narrow embeddings, and layers that share the weights of a few groups."""
    d = f.integer("hidden_size")
    width = f.integer("embedding_size")
    heads = f.integer("num_attention_heads")
    groups = f.integer("num_hidden_groups", 1, 4096)
    inner = f.integer("inner_group_num", 1, 4096)
    n = blocks.n_layers(f)
    if groups > n:
        raise f.error(f"num_hidden_groups {groups:,} is more than num_hidden_layers {n:,}")
    dim = blocks.head_dim(f, d, heads)
    attention = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True)
    network = FeedForward(d, f.integer("intermediate_size"), False, True, True)
    block = Block((attention,), (network,), 4 * d)
    stack = Stack("encoder", (Run(block, n * inner, groups * inner),))
    e = replace(BERT, narrow="embedding_size", project_always=True)
    return finish(f, e, d, width, (stack,))


@family("longformer")
def longformer(f: Fields) -> Architecture:
    """Longformer: a second set of projections for the tokens that attend globally."""
    found = encoder(f, BERT)
    d = found.d_model
    second = linear("attention", "global query, key and value projection", d, 3 * d)
    second = replace(second, size=second.size + 3 * d)
    return with_block_weights(found, second)


@family("layoutlm")
def layoutlm(f: Fields) -> Architecture:
    """LayoutLM: BERT with tables for the position of each token on the page."""
    found = encoder(f, BERT)
    rows = f.integer("max_2d_position_embeddings", 1, MAX_COUNT)
    page = vector("positions", "page position embeddings", 4 * rows * found.d_model)
    return replace(found, embeddings=(*found.embeddings, page))


@family("ernie")
def ernie(f: Fields) -> Architecture:
    """ERNIE: BERT with a table of task types where `use_task_id`."""
    found = encoder(f, BERT)
    if not f.flag("use_task_id"):
        return found
    rows = f.integer("task_type_vocab_size", 1, MAX_COUNT)
    table = vector("embeddings", "task embedding", rows * found.d_model)
    return replace(found, embeddings=(*found.embeddings, table))


@family("xlm", "flaubert")
def xlm(f: Fields) -> Architecture:
    """XLM and FlauBERT: biases everywhere, learned positions or stored sinusoidal ones."""
    if f.flag("asm"):
        raise f.error("asm (an adaptive softmax) is not known here")
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    dim = blocks.head_dim(f, d, heads)
    attention = Attention(d, heads, heads, dim, qkv_bias=True, o_bias=True)
    block = Block((attention,), (FeedForward(d, 4 * d, False, True, True),), 4 * d)
    stack = Stack("encoder", (Run(block, blocks.n_layers(f)),))
    e = replace(BERT, types=False, pooler=False, transform=False)
    found = finish(f, e, d, d, (stack,))
    languages = f.optional_int("n_langs", 1, MAX_COUNT) or 1
    if languages > 1 and f.raw("use_lang_emb") is not False:
        table = vector("embeddings", "language embedding", languages * d)
        found = replace(found, embeddings=(*found.embeddings, table))
    return found
