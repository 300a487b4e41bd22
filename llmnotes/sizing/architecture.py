"""An architecture by composition: a block mixes and feeds forward; a stack is runs of blocks."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.attention import Attention, CompressedAttention, LatentAttention
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

    Most blocks have one mixer and one feed-forward network; a parallel hybrid has two mixers,
    a decoder of an encoder-decoder a cross-attention beside its self-attention.

    Attributes:
        mixers: what moves information between positions.
        feed_forwards: what works on each position alone.
        norms: parameters of the block's norms together.
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
    """`count` equal blocks in a row, whose weights exist `copies` times (None = `count` times).

    ALBERT runs twelve layers with the weights of one: `count=12, copies=1`. Blocks that run `within`
    layers of other runs (Zamba2's shared attention) are no layers of their own.
    """

    block: Block
    count: int
    copies: int | None = None
    within: bool = False

    @property
    def weight_copies(self) -> int:
        """How many times the block's weights exist."""
        return self.count if self.copies is None else self.copies


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks in order, as runs of equal ones, and what surrounds them.

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
        """Layers a token passes."""
        return sum(run.count for run in self.runs if not run.within)

    def distinct(self) -> tuple[Run, ...]:
        """The same layers with equal blocks together, whatever their order: for sums."""
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
        tied: the matrix is the token embedding, so it is counted once, there.
        extra: what stands before or beside it (a transform, a norm, a bias).
        apart: the head is named apart and not counted (encoders, counted headless).
    """

    matrix: int = 0
    tied: bool = False
    extra: tuple[Weight, ...] = ()
    apart: bool = False

    def weights(self) -> tuple[Weight, ...]:
        """The head's own weights; a tied matrix costs work and no parameters."""
        if not self.matrix:
            return self.extra
        own = 0 if self.tied else self.matrix
        return (Weight("head", "output projection", own, self.matrix), *self.extra)


@dataclass(frozen=True, slots=True)
class Architecture:
    """Everything the arithmetic needs to know of a model.

    Attributes:
        kind: causal-decoder, encoder-only or encoder-decoder.
        d_model: width of the residual stream.
        vocab_size: rows of the token embedding.
        embeddings: token, position and segment tables, and what stands beside them.
        stacks: one stack of blocks, or an encoder and a decoder.
        head: the projection to the vocabulary.
        pooler: what an encoder's pooler weighs.
        context_length: positions the configuration allows, where it says so.
        model_type: the family's name in the file it was read from.
        not_counted: (what, why) for parts of the checkpoint that the count leaves out.
        assumptions: (input, value) taken from the class's defaults because the file omits it.
        remarks: what a reader should know of how the file was read, each one sentence.
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
        """Layers of all stacks."""
        return sum(stack.n_layers for stack in self.stacks)

    def source_length(self, context: int) -> int:
        """Tokens that cross-attention attends to where nobody says how many.

        An encoder-decoder's input is taken for as long as its output. How many tokens the images of
        a decoder take has nothing to do with the length of its text: none are counted.
        """
        return context if self.kind == ENCODER_DECODER else 0


def norm(width: int, *, bias: bool = False, scale: bool = True) -> int:
    """Parameters of one norm: a scale (RMSNorm), and a bias too (LayerNorm)."""
    return width * (int(scale) + int(bias))


def token_embedding(vocab_size: int, width: int) -> Weight:
    """The table that turns token ids into vectors."""
    return vector("embeddings", "token embedding", vocab_size * width)


def pooler(d_model: int) -> tuple[Weight, ...]:
    """BERT's pooler: one matrix with a bias on the first position (arXiv 1810.04805)."""
    return (linear("pooler", "pooler", d_model, d_model, True),)
