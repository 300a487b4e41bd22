"""Exact parameter counts: total and active, by part, tied and untied."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.figures import Figure
from llmnotes.sizing.weights import PARTS

FROM_SHAPE = "parameters-from-shape"
"""The id of the source of a claim whose count was computed here."""


@dataclass(frozen=True, slots=True)
class ParameterCount:
    """A model's parameters.

    Attributes:
        total: every counted parameter, each tied matrix once.
        active: those that one token uses (the experts it is routed to, and all other parameters).
        parts: total by part, in the order of `PARTS`; empty parts are left out.
        active_parts: active by part.
        tied: the output projection is the token embedding.
        tied_total, untied_total: the total with tied and with untied embeddings.
        head_apart: parameters of a head that is reported separately and not in the total (encoders).
        counted: what is counted, in one sentence.
        not_counted: (what, why) for further parts of the checkpoint.
    """

    total: int
    active: int
    parts: dict[str, int]
    active_parts: dict[str, int]
    tied: bool
    tied_total: int
    untied_total: int
    head_apart: int
    counted: str
    not_counted: tuple[tuple[str, str], ...]


def count_parameters(model: Architecture) -> ParameterCount:
    """Count a model's parameters.

    MTP heads and buffers are not counted; an encoder is counted without its head and with its pooler.
    """
    total: dict[str, int] = dict.fromkeys(PARTS, 0)
    active: dict[str, int] = dict.fromkeys(PARTS, 0)

    def add(part: str, size: int, used: int) -> None:
        total[part] += size
        active[part] += used

    for weight in (*model.embeddings, *model.pooler):
        add(weight.part, weight.total, weight.active)
    for stack in model.stacks:
        for weight in stack.extra:
            add(weight.part, weight.total, weight.active)
        for run in stack.distinct():
            copies = run.weight_copies
            for weight in run.block.weights():
                add(weight.part, weight.total * copies, weight.active * copies)
    head_apart = sum(weight.total for weight in model.head.weights())
    if not model.head.apart:
        for weight in model.head.weights():
            add(weight.part, weight.total, weight.active)
        head_apart = 0
    whole = sum(total.values())
    matrix = 0 if model.head.apart else model.head.matrix
    return ParameterCount(
        total=whole,
        active=sum(active.values()),
        parts={part: size for part, size in total.items() if size},
        active_parts={part: size for part, size in active.items() if size},
        tied=model.head.tied,
        tied_total=whole if model.head.tied else whole - matrix,
        untied_total=whole + matrix if model.head.tied else whole,
        head_apart=head_apart,
        counted=_counted(model),
        not_counted=model.not_counted,
    )


def _counted(model: Architecture) -> str:
    if model.head.apart:
        pooled = "with its pooler" if model.pooler else "it has no pooler"
        return f"the headless encoder, {pooled}; the head is named apart"
    if not model.head.matrix:
        return "the model without an output projection"
    if model.head.tied:
        return "the whole model; the output projection is the token embedding, counted once"
    return "the whole model with its own output projection"


def parameter_figures(model: Architecture, count: ParameterCount | None = None) -> list[Figure]:
    """Total and active parameters as figures, with the parts as inputs."""
    found = count if count is not None else count_parameters(model)
    return [
        Figure(
            "params_total",
            found.total,
            "parameters",
            " + ".join(found.parts),
            dict(found.parts),
            "sizes of the weight matrices of the model's published class",
            found.counted,
        ),
        Figure(
            "params_active",
            found.active,
            "parameters",
            "total - unused routed experts",
            dict(found.active_parts),
            "Mixtral of Experts, arXiv 2401.04088, section 2.1",
            "all parameters but the routed experts a token is not sent to; embeddings included",
        ),
    ]
