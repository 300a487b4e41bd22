"""Time bounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import (
    Attention,
    Block,
    Hardware,
    MixtureOfExperts,
    Run,
    Stack,
    count_parameters,
    decode_time,
    flops_per_token,
    hardware,
    kv_cache,
    prefill_time,
)
from tests.sizing.tiny import PLAIN, D, V, model


def test_decoding_is_bound_by_memory_and_long_prompts_by_compute() -> None:
    """The roofline's two sides, on any listed device."""
    device = hardware("H100")

    decode = decode_time(PLAIN, device, 10)
    prefill = prefill_time(PLAIN, device, 1_000_000)

    assert decode.inputs["bound_by"] == "memory bandwidth"
    assert decode.value == decode.inputs["bytes"] / device.bandwidth  # type: ignore[operator]
    assert prefill.inputs["bound_by"] == "compute"
    with pytest.raises(InputError, match="unknown hardware"):
        hardware("abacus")


def test_times_are_the_larger_of_work_and_traffic() -> None:
    """On a device of 10 FLOP/s and 10 bytes/s everything can be counted by hand."""
    device = Hardware("toy", "Toy", {"bf16": 10.0}, 10.0, 1e3, "nowhere")
    count = count_parameters(PLAIN)
    cache = kv_cache(PLAIN, 6, 2).value

    prefill = prefill_time(PLAIN, device, 6, 2)
    decode = decode_time(PLAIN, device, 6, 2)

    assert prefill.inputs["flops"] == flops_per_token(PLAIN, 3).value * 6 * 2
    assert prefill.inputs["bytes"] == count.total * 2 + cache
    assert prefill.value == prefill.inputs["flops"] / 10  # type: ignore[operator]
    assert decode.inputs["flops"] == flops_per_token(PLAIN, 6).value * 2
    # The table is tied: it is read as the head, and nothing is left out.
    assert decode.inputs["bytes"] == count.total * 2 + cache
    assert decode.inputs["bound_by"] == "compute"
    for figure in (prefill, decode):
        assert figure.source.startswith("Roofline, ")
        assert figure.source.endswith("nowhere"), "where the device's peaks are from"
        assert figure.note.startswith("a bound")
    fast = Hardware("fast", "Fast", {"bf16": 1e9}, 10.0, 1e3, "nowhere")
    assert decode_time(PLAIN, fast, 6, 2).value == decode.inputs["bytes"] / 10  # type: ignore[operator]


def test_one_sequence_unless_more_are_asked_for() -> None:
    """A batch of one is the default, of a prompt and of a step."""
    device = Hardware("toy", "Toy", {"bf16": 10.0}, 10.0, 1e3, "nowhere")

    for time in (prefill_time, decode_time):
        assert time(PLAIN, device, 6).inputs == time(PLAIN, device, 6, 1).inputs


def test_of_an_untied_table_one_row_is_read() -> None:
    """Its size is left out of what a step moves."""
    device = Hardware("toy", "Toy", {"bf16": 1e30}, 10.0, 1e3, "nowhere")
    untied = model(Attention(D, 4, 2, 2), tied=False)
    moved = count_parameters(untied).total - V * D

    assert decode_time(untied, device, 6).inputs["weight_bytes"] == moved * 2


def test_a_batch_reads_more_experts_but_never_more_than_there_are() -> None:
    """Two of four experts at a time: one token reads half of them, three tokens all."""
    device = Hardware("toy", "Toy", {"bf16": 1e30}, 10.0, 1e3, "nowhere")
    mixture = MixtureOfExperts(D, 4, 2, 16, gated=False)
    block = Block((Attention(D, 4, 2, 2),), (mixture,))
    sparse = replace(PLAIN, stacks=(Stack("decoder", (Run(block, 1),)),))
    count = count_parameters(sparse)

    read = [decode_time(sparse, device, 6, batch).inputs["weight_bytes"] for batch in (1, 3)]
    assert read == [count.active * 2, count.total * 2]


def test_work_and_traffic_in_balance_are_bound_by_compute() -> None:
    """Where both take the same time the label says compute."""
    moved = decode_time(PLAIN, Hardware("a", "A", {"bf16": 1.0}, 1.0, 1, "n"), 6).inputs
    even = Hardware("e", "E", {"bf16": moved["flops"]}, moved["bytes"], 1, "n")  # type: ignore[dict-item, arg-type]

    figure = decode_time(PLAIN, even, 6)

    assert (figure.value, figure.inputs["bound_by"]) == (1.0, "compute")
