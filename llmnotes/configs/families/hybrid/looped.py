"""Inkling 2: attention with short convolutions over blocks that attend to one another, looped or not."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, MAX_KERNEL, MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.parts.traits import Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture, Block, Run
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.recurrent import convolution
from llmnotes.sizing.weights import Weight, linear, vector

_SLIDING = "hybrid_sliding"


@family("inkling2_text")
def inkling2(f: Fields) -> Architecture:
    """Inkling 2: a query over the earlier blocks before every sublayer, taps that the token chooses."""
    return _built(f, range(0), 1, ())


@family("inkling2_loop_text")
def inkling2_loop(f: Fields) -> Architecture:
    """Inkling 2 whose middle layers run several times, each time with messages of the time before."""
    given = f.nested("loop_config") or {}
    names = {"core_start": "index_start", "core_end": "index_end"}
    keys = {name: f"loop_layer_{key}" for name, key in names.items()}
    keys |= {"num_passes": "loop_num_passes", "gate_rank": "loop_gate_rank"}
    f = f.replaced({key: given[name] for name, key in keys.items() if name in given})
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    start = f.integer("loop_layer_index_start", 1, n)
    looped = range(start, f.integer("loop_layer_index_end", start, n))
    passes, rank = f.integer("loop_num_passes", 1, MAX_LAYERS), f.integer("loop_gate_rank")
    gates = len(looped) * 4 * 4 * d * rank
    messages = (
        Weight("other", "message gates", gates, gates * (passes - 1)),
        vector("other", "message queries", len(looped) * 4 * d),
    )
    return _built(f, looped, passes, messages)


def _built(f: Fields, looped: range, passes: int, stack_extra: tuple[Weight, ...]) -> Architecture:
    d, n = f.integer("hidden_size"), blocks.n_layers(f)
    types = f.words("layer_types", n)
    sliding = [bool((i + 1) % 6) if types is None else types[i] == _SLIDING for i in range(n)]
    kernel = f.integer("conv_kernel_size", 1, MAX_KERNEL)
    mixture = blocks.experts(f, Experts(count="n_routed_experts"), d)
    around = tuple(
        convolution(f"convolution behind {part}", d, kernel, False)
        for part in ("attention", "feed-forward")
    )

    def build(key: tuple[bool, bool, bool]) -> Block:
        is_sliding, is_first, _ = key
        reading = (
            1 if is_sliding else 3
        )  # queries, keys and values of full layers read for themselves
        queries = (0 if is_first else reading) + 1
        extra = (*around, vector("other", "queries over blocks", queries * d))
        return Block((_attention(f, d, is_sliding),), (mixture,), (reading + 1) * d, extra)

    keys = ((kind, i == 0, i in looped) for i, kind in enumerate(sliding))
    runs: list[Run] = []
    at = 0
    for run in blocks.runs(keys, build):
        runs.append(
            replace(run, count=run.count * passes, copies=run.count) if at in looped else run
        )
        at += run.count
    ends = (vector("norms", "embedding norm", d), vector("other", "last query over blocks", d))
    f = f.replaced({"tie_word_embeddings": False})  # its class never ties them
    found = assemble(f, Traits(), d, runs, embeddings=ends, stack_extra=stack_extra)
    rows = f.integer("unpadded_vocab_size", 1, MAX_COUNT)
    return replace(found, head=replace(found.head, matrix=rows * d))


def _attention(f: Fields, d: int, sliding: bool) -> Attention:
    prefix = "swa_" if sliding else ""
    heads = f.integer(f"{prefix}num_attention_heads")
    kv = blocks.kv_heads(f, heads, f"{prefix}num_key_value_heads")
    dim = f.integer(f"{prefix}head_dim")
    kernel, rank = f.integer("conv_kernel_size", 1, MAX_KERNEL), f.integer("d_rel")
    window = f.integer("sliding_window_size")
    reach = window if sliding else f.integer("rel_extent")
    chosen = [linear("attention", "convolution taps", d, kv * kernel)] * (0 if sliding else 2)
    extra = (
        linear("attention", "sink projection", d, heads),
        linear("attention", "relative projection", d, heads * rank),
        vector("norms", "relative norm", heads * rank),
        vector("positions", "relative logits", rank * reach),
        convolution("key convolution", kv * dim, kernel, False),
        convolution("value convolution", kv * dim, kernel, False),
        *chosen,
    )
    return Attention(
        d,
        heads,
        kv,
        dim,
        qk_norm=heads * dim,
        gate=heads * dim,
        window=window if sliding else None,
        extra=extra,
    )
