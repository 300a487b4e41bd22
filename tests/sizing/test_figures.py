"""Figures show their work."""

from __future__ import annotations

from llmnotes.sizing import (
    Figure,
    activation_memory,
    decode_time,
    flops_per_token,
    gradient_memory,
    hardware,
    kv_cache,
    kv_cache_per_token,
    master_weight_memory,
    optimizer_memory,
    parameter_figures,
    prefill_time,
    tokens_per_parameter,
    training_compute,
    training_flops_per_token,
    weight_memory,
)
from tests.sizing.tiny import PLAIN


def test_every_figure_shows_its_work() -> None:
    """Value, unit, formula, inputs and where the formula is from."""
    figures: list[Figure] = [
        *parameter_figures(PLAIN),
        kv_cache_per_token(PLAIN),
        kv_cache(PLAIN, 10),
        weight_memory(PLAIN),
        optimizer_memory(PLAIN),
        gradient_memory(PLAIN),
        master_weight_memory(PLAIN),
        activation_memory(PLAIN, 10),
        flops_per_token(PLAIN),
        training_flops_per_token(PLAIN),
        *training_compute(PLAIN, 10),
        tokens_per_parameter(PLAIN, 10),
        prefill_time(PLAIN, hardware("h100-sxm"), 10),
        decode_time(PLAIN, hardware("h100-sxm"), 10),
    ]

    assert len({figure.name for figure in figures}) == len(figures)
    for figure in figures:
        assert figure.unit, figure.name
        assert figure.formula, figure.name
        assert figure.inputs, figure.name
        assert figure.source, figure.name
