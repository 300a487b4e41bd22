"""Compute: FLOPs of a token forward and backward, of a training run, tokens per parameter."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.architecture import ENCODER_DECODER, Architecture, Block
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.compressed_attention import CompressedAttention
from llmnotes.sizing.figures import Figure
from llmnotes.sizing.parameters import ParameterCount, count_parameters
from llmnotes.sizing.token_cache import within

_KAPLAN = "Scaling Laws for Neural Language Models, arXiv 2001.08361, section 2.1"


@dataclass(frozen=True, slots=True)
class _Work:
    """Multiply-accumulates of one token: in matrices, and against the keys it attends to."""

    matrices: int
    attention: int


def _attended(model: Architecture, block: Block, context: int) -> int:
    total = 0
    for mixer in block.mixers:
        if isinstance(mixer, CompressedAttention):
            far = context // mixer.rate if mixer.rate else 0
            total += mixer.macs_per_key * (within(mixer.window, context) + far)
        else:
            cross = isinstance(mixer, Attention) and mixer.cross
            length = model.source_length(context) if cross else context
            total += mixer.macs_per_key * within(mixer.window, length)
    return total


def _work(model: Architecture, context: int, stacks: tuple[str, ...]) -> _Work:
    matrices = sum(w.active_macs for w in (*model.embeddings, *model.pooler))
    attention = 0
    for stack in model.stacks:
        if stack.name not in stacks:
            continue
        matrices += sum(w.active_macs for w in stack.extra)
        for run in stack.distinct():
            matrices += run.count * sum(w.active_macs for w in run.block.weights())
            attention += run.count * _attended(model, run.block, context)
    if not model.head.apart:
        matrices += sum(w.active_macs for w in model.head.weights())
    return _Work(matrices, attention)


def flops_per_token(model: Architecture, context: int = 0) -> Figure:
    """FLOPs of one token's forward pass with `context` tokens before it.

    Two per multiply-accumulate of the matrices it passes through, and for attention two per element of the
    queries against the keys, and again against the values. Embedding lookups, norms, activations and
    softmax are left out. For an encoder-decoder it is a token of the decoder, with the encoder's figure as
    an input.
    """
    names = ("decoder",) if model.kind == ENCODER_DECODER else ("decoder", "encoder")
    work = _work(model, context, names)
    inputs: dict[str, object] = {
        "context": context,
        "matrix_macs": work.matrices,
        "attention_macs": work.attention,
    }
    if model.kind == ENCODER_DECODER:
        encoder = _work(model, context, ("encoder",))
        head = sum(w.active_macs for w in model.head.weights())
        inputs["encoder_token_macs"] = encoder.matrices - head + encoder.attention
    return Figure(
        "flops_per_token",
        2 * (work.matrices + work.attention),
        "FLOP/token",
        "2 x (matrix multiply-accumulates + attention multiply-accumulates over the context)",
        inputs,
        _KAPLAN,
        "matrices and attention alone; norms, activations and lookups are left out",
    )


def training_flops_per_token(model: Architecture, context: int = 0) -> Figure:
    """FLOPs of one token forward and backward in a sequence of `context` tokens.

    The backward pass costs twice the forward one. A causal token attends to half the sequence on
    average, an encoder's to all of it.
    """
    causal = model.kind != "encoder-only"
    seen = context // 2 if causal else context
    forward = flops_per_token(model, seen)
    value = forward.value
    inputs: dict[str, object] = {"context": context, "attended": seen, "forward": forward.value}
    if model.kind == ENCODER_DECODER:
        encoder = forward.inputs["encoder_token_macs"]
        inputs["encoder_token_macs"] = encoder
    return Figure(
        "training_flops_per_token",
        3 * value,
        "FLOP/token",
        "3 x forward (backward = 2 x forward)",
        inputs,
        _KAPLAN,
        "without recomputation of activations",
    )


def training_compute(
    model: Architecture, tokens: float, context: int = 0, count: ParameterCount | None = None
) -> list[Figure]:
    """FLOPs of training on `tokens` tokens: counted from the shape, and by the rule 6ND."""
    found = count or count_parameters(model)
    per_token = training_flops_per_token(model, context)
    by_shape = per_token.value * tokens
    rule = 6.0 * found.active * tokens
    return [
        Figure(
            "training_compute",
            by_shape,
            "FLOP",
            "training FLOPs per token x tokens",
            {"flops_per_token": per_token.value, "tokens": tokens, "context": context},
            _KAPLAN,
        ),
        Figure(
            "training_compute_6nd",
            rule,
            "FLOP",
            "6 x N x D",
            {"N": found.active, "D": tokens, "ratio_to_shape": by_shape / rule if rule else 0.0},
            _KAPLAN,
            "N counts active parameters, embeddings included; attention's context term is left out",
        ),
    ]


def tokens_per_parameter(
    model: Architecture, tokens: float, count: ParameterCount | None = None
) -> Figure:
    """Training tokens for each active parameter (about 20 is compute-optimal by Chinchilla)."""
    active = (count or count_parameters(model)).active
    return Figure(
        "tokens_per_parameter",
        tokens / active if active else 0.0,
        "tokens/parameter",
        "tokens / active parameters",
        {"tokens": tokens, "params_active": active},
        "Training Compute-Optimal Large Language Models, arXiv 2203.15556",
    )
