"""The declarations of how a model was trained and measured, and of how it can be had."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.attribute_types import Attribute


def of(group: str, *items: Attribute) -> Iterator[Attribute]:
    """The attributes of one group."""
    for item in items:
        assert item.group == group, item.id
        yield item


def declared_training() -> Iterator[Attribute]:
    """The attributes of the groups from batch to access, in their order."""
    A = Attribute
    yield from of(
        "batch",
        A("batch_size", "Batch size", "batch", "batch",
          "Batch of pretraining with its unit; a ramp lists its stages.", row="BatchSize"),
    )  # fmt: skip
    yield from of(
        "evaluation",
        A("evaluation", "Evaluation", "evaluation", "results",
          "Results on benchmarks, each with metric, score and setting.", row="Evaluation"),
    )  # fmt: skip
    yield from of(
        "post-training",
        A("post_training", "Post-training", "post-training", "terms",
          "What was done after pretraining to make the published variant.",
          vocabulary="post_training", row="Training technique"),
    )  # fmt: skip
    yield from of(
        "optimizer",
        A("optimizer", "Optimizer", "optimizer", "term",
          "The optimizer of pretraining, with its numbers.",
          vocabulary="optimizer", row="Optimizer"),
        A("learning_rate", "Learning rate", "optimizer", "number",
          "Peak learning rate of pretraining.", row="Optimizer"),
        A("lr_schedule", "Schedule", "optimizer", "term",
          "How the learning rate falls after its peak.",
          vocabulary="lr_schedule", row="Optimizer"),
        A("warmup", "Warm-up", "optimizer", "quantity",
          "Length of the rise to the peak learning rate.", vocabulary="warmup_unit",
          row="Optimizer"),
        A("weight_decay", "Weight decay", "optimizer", "number",
          "Weight decay of pretraining.", row="Optimizer"),
        A("dropout", "Dropout", "optimizer", "number",
          "Dropout rate of pretraining.", row="Optimizer"),
        A("gradient_clipping", "Gradient clipping", "optimizer", "number",
          "Norm to which gradients are clipped.", row="Optimizer"),
        A("precision", "Precision", "optimizer", "terms",
          "Number formats of training.", vocabulary="precision", row="Optimizer"),
    )  # fmt: skip
    yield from of(
        "compute",
        A("training_compute", "Training compute", "compute", "number",
          "Floating-point operations of pretraining.", unit="FLOP"),
        A("hardware", "Hardware", "compute", "texts",
          "Machines of pretraining, with number and hours where stated."),
    )  # fmt: skip
    yield from of(
        "access",
        A("license", "License", "access", "text",
          "Licence of the weights: its SPDX id where it has one, else its name."),
        A("availability", "Availability", "access", "term",
          "How the weights can be had.", vocabulary="availability"),
        A("repository", "Repository", "access", "texts",
          "Where code or weights are published."),
    )  # fmt: skip
