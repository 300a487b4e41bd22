"""Figures show their work: whoever reads one can redo it from its inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from llmnotes.sizing import (
    FORMATS,
    Attention,
    Figure,
    Recurrent,
    activation_memory,
    decode_time,
    flops_per_token,
    gradient_memory,
    hardware,
    kv_cache,
    kv_cache_growth,
    kv_cache_per_source_token,
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
from tests.sizing.tiny import D, model

MIXED = model(Attention(D, 4, 2, 2, window=6), Recurrent("s", (), state=5, step_macs=3))
DEVICE = hardware("h100-sxm")
Inputs = Mapping[str, Any]


def width(inputs: Inputs) -> float:
    return FORMATS[inputs["dtype"]].bytes_per_element


def roofline(inputs: Inputs) -> float:
    compute = inputs["flops"] / inputs["peak_flops"]
    memory = inputs["bytes"] / inputs["bandwidth"]
    assert inputs["bound_by"] == ("compute" if compute >= memory else "memory bandwidth")
    assert (inputs["context"], inputs["batch"]) == (9, 3)
    assert inputs["weight_bytes"] < inputs["bytes"]
    return max(compute, memory)


def cache_of_a_token(inputs: Inputs) -> float:
    assert width(inputs) == inputs["bytes_per_element"]
    return float(inputs["elements"] * inputs["bytes_per_element"])


def cache(inputs: Inputs) -> float:
    assert (inputs["context"], inputs["source_length"]) == (9, 4)
    kept = sum(inputs[f"{what}_elements"] for what in ("attention", "cross_attention", "state"))
    return float(kept * inputs["batch"] * width(inputs))


def flops(inputs: Inputs) -> float:
    assert inputs["context"] == 9
    return 2 * float(inputs["matrix_macs"] + inputs["attention_macs"])


def training_flops(inputs: Inputs) -> float:
    assert inputs["attended"] == inputs["context"] // 2
    return 3 * float(inputs["forward"])


def optimizer(inputs: Inputs) -> float:
    assert inputs["optimizer"] == "lion"
    return float(inputs["parameters"] * inputs["bytes_per_parameter"])


def activations(inputs: Inputs) -> float:
    shape = [inputs[name] for name in ("layers", "context", "batch", "d_model")]
    assert shape == [MIXED.n_layers, 9, 3, D]
    return float(shape[0] * 9 * 3 * D * inputs["bytes_per_element"])


TOTAL, ACTIVE = parameter_figures(MIXED)
COMPUTE, RULE = training_compute(MIXED, 1000, 9)
REDONE: dict[str, tuple[Figure, Callable[[Inputs], float]]] = {
    "params_total": (TOTAL, lambda i: sum(i.values())),
    "params_active": (ACTIVE, lambda i: sum(i.values())),
    "kv_cache_bytes_per_token": (kv_cache_per_token(MIXED, "fp8"), cache_of_a_token),
    "kv_cache_growth_bytes_per_token": (kv_cache_growth(MIXED, "fp8"), cache_of_a_token),
    "kv_cache_bytes_per_source_token": (kv_cache_per_source_token(MIXED, "fp8"), cache_of_a_token),
    "kv_cache_bytes": (kv_cache(MIXED, 9, 3, "fp8", 4), cache),
    "weights": (
        weight_memory(MIXED, "q4_0"),
        lambda i: i["parameters"] * i["bytes_per_parameter"] * (i["dtype"] == "q4_0"),
    ),
    "optimizer_states": (optimizer_memory(MIXED, "lion"), optimizer),
    "gradients": (gradient_memory(MIXED), lambda i: i["parameters"] * width(i)),
    "master_weights": (master_weight_memory(MIXED), lambda i: i["parameters"] * 4),
    "activations": (activation_memory(MIXED, 9, 3), activations),
    "flops_per_token": (flops_per_token(MIXED, 9), flops),
    "training_flops_per_token": (training_flops_per_token(MIXED, 9), training_flops),
    "training_compute": (
        COMPUTE,
        lambda i: i["flops_per_token"] * i["tokens"] * (i["context"] == 9),
    ),
    "training_compute_6nd": (RULE, lambda i: 6 * i["N"] * i["D"]),
    "tokens_per_parameter": (
        tokens_per_parameter(MIXED, 1000),
        lambda i: i["tokens"] / i["params_active"],
    ),
    "prefill_time": (prefill_time(MIXED, DEVICE, 9, 3), roofline),
    "decode_time": (decode_time(MIXED, DEVICE, 9, 3), roofline),
}
"""Every figure by its name, and how its value follows from its inputs."""


@pytest.mark.parametrize("name", REDONE)
def test_a_figure_can_be_redone_from_its_inputs(name: str) -> None:
    """By their names, which programs read as well as people."""
    figure, redo = REDONE[name]

    assert figure.name == name
    assert redo(figure.inputs) == pytest.approx(figure.value)


@pytest.mark.parametrize("name", REDONE)
def test_every_figure_shows_its_work(name: str) -> None:
    """Unit, formula and where the formula is from."""
    figure, _ = REDONE[name]

    assert figure.unit
    assert len(figure.formula) > 3
    assert figure.source
    assert all(figure.inputs)


UNITS = {
    "params_total": "parameters",
    "kv_cache_bytes_per_token": "bytes/token",
    "kv_cache_bytes": "bytes",
    "flops_per_token": "FLOP/token",
    "training_compute": "FLOP",
    "training_compute_6nd": "FLOP",
    "tokens_per_parameter": "tokens/parameter",
    "prefill_time": "s",
}


def test_units_are_those_of_the_value() -> None:
    """Bytes, FLOP and seconds, by the token where the figure is."""
    assert {name: REDONE[name][0].unit for name in UNITS} == UNITS
    for name in ("weights", "optimizer_states", "gradients", "master_weights", "activations"):
        assert REDONE[name][0].unit == "bytes"


@pytest.mark.parametrize(
    "name",
    ["activations", "prefill_time", "decode_time", "flops_per_token", "training_flops_per_token",
     "training_compute_6nd", "kv_cache_bytes", "kv_cache_growth_bytes_per_token",
     "kv_cache_bytes_per_source_token", "params_total", "params_active"],
)  # fmt: skip
def test_what_a_figure_leaves_out_or_bounds_is_noted(name: str) -> None:
    """A bound that does not say so is taken for a measurement."""
    assert len(REDONE[name][0].note.split()) > 3


def test_a_figure_claims_nothing_that_it_is_not_given() -> None:
    """No source, no note, no inputs unless somebody tells them."""
    bare = Figure("x", 1.0, "bytes", "1")

    assert (bare.inputs, bare.source, bare.note) == ({}, "", "")
