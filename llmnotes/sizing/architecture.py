"""An architecture as a composition: blocks of mixers and feed-forward networks, in stacks of runs."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.attention import Attention
from llmnotes.sizing.compressed_attention import CompressedAttention, LatentAttention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.recurrent import Recurrent
from llmnotes.sizing.weights import Weight, linear, vector

Mixer = Attention | LatentAttention | CompressedAttention | Recurrent
FeedForwardNetwork = FeedForward | MixtureOfExperts

CAUSAL_DECODER = "causal-decoder"
ENCODER = "encoder-only"
ENCODER_DECODER = "encoder-decoder"


@dataclass(frozen=True, slots=True)
class Block:
    """One layer: its mixers, its feed-forward networks and its norms.

    Most blocks have one mixer and one feed-forward network; a parallel hybrid has two mixers, the decoder
    of an encoder-decoder has cross-attention and self-attention.

    Attributes:
        mixers: exchange information between positions.
        feed_forwards: act on each position separately.
        norms: parameters of all norms of the block.
        extra: further weights.
    """

    mixers: tuple[Mixer, ...] = ()
    feed_forwards: tuple[FeedForwardNetwork, ...] = ()
    norms: int = 0
    extra: tuple[Weight, ...] = ()

    def weights(self) -> tuple[Weight, ...]:
        """All weights of the block."""
        found: list[Weight] = []
        for part in (*self.mixers, *self.feed_forwards):
            found.extend(part.weights())
        if self.norms:
            found.append(vector("norms", "block norms", self.norms))
        found.extend(self.extra)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Run:
    """`count` equal consecutive blocks, whose weights exist `copies` times (None = `count` times).

    ALBERT runs twelve layers with the weights of one: `count=12, copies=1`. Blocks that run `within` layers
    of other runs (Zamba2's shared attention) are not counted as layers.
    """

    block: Block
    count: int
    copies: int | None = None
    within: bool = False

    @property
    def weight_copies(self) -> int:
        """The number of copies of the block's weights."""
        return self.count if self.copies is None else self.copies


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks in order, as runs of equal ones, with the weights around them.

    Attributes:
        name: "decoder" or "encoder".
        runs: the blocks.
        extra: weights that belong to the whole stack (final norm, shared position biases).
    """

    name: str
    runs: tuple[Run, ...]
    extra: tuple[Weight, ...] = ()

    @property
    def n_layers(self) -> int:
        """The number of layers that a token passes through."""
        return sum(run.count for run in self.runs if not run.within)

    def distinct(self) -> tuple[Run, ...]:
        """The same layers with equal blocks merged regardless of order, for sums."""
        found: dict[int, Run] = {}
        for run in self.runs:
            key = id(run.block)
            before = found.get(key)
            if before is None:
                found[key] = run
            else:
                copies = before.weight_copies + run.weight_copies
                found[key] = Run(run.block, before.count + run.count, copies)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Head:
    """The projection back to the vocabulary.

    Attributes:
        matrix: parameters of the projection matrix (0 = the model has no head).
        tied: the matrix is the token embedding, where it is counted.
        extra: further weights of the head (a transform, a norm, a bias).
        apart: the head is reported separately and not counted (encoders, counted headless).
    """

    matrix: int = 0
    tied: bool = False
    extra: tuple[Weight, ...] = ()
    apart: bool = False

    def weights(self) -> tuple[Weight, ...]:
        """The head's own weights; a tied matrix adds compute but no parameters."""
        if not self.matrix:
            return self.extra
        own = 0 if self.tied else self.matrix
        return (Weight("head", "output projection", own, self.matrix), *self.extra)


@dataclass(frozen=True, slots=True)
class Architecture:
    """The input of every computation of sizes.

    Attributes:
        kind: causal-decoder, encoder-only or encoder-decoder.
        d_model: width of the residual stream.
        vocab_size: rows of the token embedding.
        embeddings: token, position and segment tables, with their norms and projections.
        stacks: one stack of blocks, or an encoder and a decoder.
        head: the projection to the vocabulary.
        pooler: weights of an encoder's pooler.
        context_length: maximum positions in the configuration, where given.
        model_type: the family's name in the configuration.
        not_counted: (what, why) for parts of the checkpoint that the count leaves out.
        assumptions: (input, value) taken from the class's defaults because the file omits it.
        remarks: notes on how the file was read, each one sentence.
    """

    kind: str
    d_model: int
    vocab_size: int
    embeddings: tuple[Weight, ...]
    stacks: tuple[Stack, ...]
    head: Head = Head()
    pooler: tuple[Weight, ...] = ()
    context_length: int | None = None
    model_type: str = ""
    not_counted: tuple[tuple[str, str], ...] = ()
    assumptions: tuple[tuple[str, object], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def n_layers(self) -> int:
        """The number of layers of all stacks."""
        return sum(stack.n_layers for stack in self.stacks)

    def source_length(self, context: int) -> int:
        """Default length of the sequence that cross-attention attends to, in tokens.

        The input of an encoder-decoder is assumed to be as long as its output. The number of image tokens
        of a decoder is unrelated to the length of its text, so it is 0.
        """
        return context if self.kind == ENCODER_DECODER else 0


def norm(width: int, *, bias: bool = False, scale: bool = True) -> int:
    """Parameters of one norm: a scale (RMSNorm), and a bias too (LayerNorm)."""
    return width * (int(scale) + int(bias))


def token_embedding(vocab_size: int, width: int) -> Weight:
    """The token embedding table."""
    return vector("embeddings", "token embedding", vocab_size * width)


def pooler(d_model: int) -> tuple[Weight, ...]:
    """BERT's pooler: one matrix with a bias on the first position (arXiv 1810.04805)."""
    return (linear("pooler", "pooler", d_model, d_model, True),)
