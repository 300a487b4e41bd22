"""The effect of a checkpoint's class on the head: none, or a task's head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from llmnotes.configs.errors import UnknownArchitectureError
from llmnotes.sizing.architecture import CAUSAL_DECODER, ENCODER_DECODER, Architecture, Head
from llmnotes.sizing.weights import linear

_TASKS = {
    "ForSequenceClassification": False,
    "ForTokenClassification": True,
    "ForQuestionAnswering": True,
}
"""Task heads on decoders -> whether their one matrix has a bias."""


def apply_class(found: Architecture, config: Mapping[str, object]) -> Architecture:
    """The architecture built by the class in `architectures`.

    A decoder's `...Model` has no head, and a task's class has the task's instead. Encoders stay headless
    whatever the class.

    Raises:
        UnknownArchitectureError: the class has unknown heads.
    """
    names = config.get("architectures")
    if not isinstance(names, list) or not names or not isinstance(names[0], str):
        return found
    name = names[0]
    if found.kind == ENCODER_DECODER:
        return _two_stacks(found, name, config)
    if found.kind != CAUSAL_DECODER:
        return found
    if name.endswith("DoubleHeadsModel"):
        raise UnknownArchitectureError(f"the second head of {name} is not known here")
    if name.endswith("Model") and not name.endswith(("LMHeadModel", "LMModel")):
        return replace(found, head=Head())
    for task, bias in _TASKS.items():
        if name.endswith(task):
            labels = 2 if task == "ForQuestionAnswering" else _labels(config)
            matrix = linear("head", "task head", found.d_model, labels, bias)
            return replace(found, head=Head(extra=(matrix,)))
    return found


def _two_stacks(found: Architecture, name: str, config: Mapping[str, object]) -> Architecture:
    if name.endswith("EncoderModel"):
        return replace(found, stacks=found.stacks[:1], head=Head())
    d = found.d_model
    if name.endswith("ForSequenceClassification"):
        labels = _labels(config)
        head = (
            linear("head", "task transform", d, d, True),
            linear("head", "task head", d, labels, True),
        )
        return replace(found, head=Head(extra=head))
    if name.endswith("ForTokenClassification"):
        one = Head(extra=(linear("head", "task head", d, _labels(config), True),))
        return replace(found, stacks=found.stacks[:1], head=one)
    if name.endswith("ForQuestionAnswering"):
        return replace(found, head=Head(extra=(linear("head", "task head", d, 2, True),)))
    return found


def _labels(config: Mapping[str, object]) -> int:
    table = config.get("id2label")
    if isinstance(table, Mapping):
        return max(len(table), 1)
    number = config.get("num_labels")
    return number if type(number) is int and 0 < number < 1 << 24 else 2
