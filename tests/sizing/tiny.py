"""A tiny architecture put together by hand, for sums that fit in the head."""

from __future__ import annotations

from llmnotes.sizing import (
    Architecture,
    Attention,
    Block,
    FeedForward,
    Head,
    Run,
    Stack,
)
from llmnotes.sizing.architecture import Mixer, token_embedding

D, V, LAYERS = 8, 100, 4


def model(*mixers: Mixer, tied: bool = True) -> Architecture:
    """Four layers of width 8 with a plain network of 16, and no norms."""
    block = Block(mixers, (FeedForward(D, 16, gated=False),))
    return Architecture(
        kind="causal-decoder",
        d_model=D,
        vocab_size=V,
        embeddings=(token_embedding(V, D),),
        stacks=(Stack("decoder", (Run(block, LAYERS),)),),
        head=Head(V * D, tied),
    )


PLAIN = model(Attention(D, 4, 2, 2))


def sizes(mixer: Mixer) -> dict[str, int]:
    """The parameters of each weight of a mixer, by its name."""
    return {weight.name: weight.size for weight in mixer.weights()}
