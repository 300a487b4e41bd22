"""Decoders some of whose layers run several times: HRM-Text, Dory."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.families.dense.llama import LLAMA
from llmnotes.configs.fields import MAX_LAYERS, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import assemble
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import Architecture, Block, Run
from llmnotes.sizing.weights import vector

_MLP = "mlp"


@family("hrm_text")
def hrm_text(f: Fields) -> Architecture:
    """HRM-Text: two stacks without norm weights; the low one runs several times before each high one."""
    t = replace(LLAMA, norm="none", gate="channel", gate_bias="attention_bias", kv_heads="")
    d = f.integer("hidden_size")
    n = f.optional_int("num_layers_per_stack", 1, MAX_LAYERS) or blocks.n_layers(f)
    high, low = f.integer("H_cycles", 1, MAX_LAYERS), f.integer("L_cycles", 1, MAX_LAYERS)
    block = Block((blocks.attention(f, t, d),), blocks.feed_forward(f, t, d, False), 0)
    runs = [Run(block, n * high * low, copies=n), Run(block, n * high, copies=n)]
    return assemble(f, t, d, runs, stack_extra=(vector("other", "first low state", d),))


@family("dory")
def dory(f: Fields) -> Architecture:
    """Dory: nGPT's blocks, whose channels have scales and no norms; those in the middle run several times.

    Released files list attention and network as layers of their own: `attention, mlp, attention, mlp`.
    """
    d, listed = f.integer("hidden_size"), blocks.n_layers(f)
    types = f.words("layer_types", listed)
    parts = 2 if types is not None and _MLP in types else 1
    n = listed // parts
    first, last = (f.integer(f"n_{end}_layers", 0, listed) // parts for end in ("input", "output"))
    if first + last > n:
        raise f.error(f"n_input_layers and n_output_layers are more than the {listed:,} layers")
    t = replace(LLAMA, norm="none", gate="channel", span="types", full_every=4)
    f = f.replaced({"num_hidden_layers": n, "layer_types": types and types[::parts]})
    loops = f.integer("n_recurrent_loops", 1, MAX_LAYERS)
    network = blocks.feed_forward(f, t, d, False)
    inner = f.integer("intermediate_size")

    def build(key: tuple[int | None, bool]) -> Block:
        attention = blocks.attention(f, t, d, key[0])
        channels = 2 * (attention.n_heads * attention.head_dim + inner + d)
        return Block((attention,), network, 0, (vector("other", "channel scales", channels),))

    windows = blocks.windows(f, t, n)
    keys = [(window, first <= layer < n - last) for layer, window in enumerate(windows)]
    runs: list[Run] = []
    at = 0
    for run in blocks.runs(keys, build):
        again = keys[at][1]
        runs.append(replace(run, count=run.count * loops, copies=run.count) if again else run)
        at += run.count
    scale = vector("head", "logit scale", f.integer("vocab_size"))
    return assemble(f, t, d, runs, head_extra=(scale,))
