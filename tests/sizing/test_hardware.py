"""Devices and their peaks."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import HARDWARE, Hardware, hardware


def test_every_device_names_its_source() -> None:
    """A peak without a source is a rumour."""
    for device in HARDWARE.values():
        assert device.source
        assert device.bandwidth > 0
        assert device.peak("bf16") > 0


def test_a_format_without_a_peak_runs_as_a_wider_one() -> None:
    """bf16 first, then fp16; what has neither is refused."""
    both = Hardware("x", "X", {"bf16": 2.0, "fp16": 1.0}, 1, 1, "s")

    assert (both.peak("fp8"), both.peak("fp16")) == (2.0, 1.0)
    assert Hardware("x", "X", {"fp16": 1.0}, 1, 1, "s").peak("bf16") == 1.0
    with pytest.raises(InputError, match="number format of this hardware"):
        Hardware("x", "X", {"int8": 1.0}, 1, 1, "s").peak("bf16")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a100-80gb", "a100-80gb"),
        ("A100 80GB", "a100-80gb"),
        ("NVIDIA H100 SXM5 80 GB", "h100-sxm"),
        ("h200", "h200-sxm"),
        ("mi300", "mi300x"),
    ],
)
def test_a_device_is_found_by_id_name_or_a_clear_beginning(name: str, found: str) -> None:
    """In any case and punctuation."""
    assert hardware(name).id == found


@pytest.mark.parametrize("name", ["a100", "", "-", "h"])
def test_what_may_mean_two_devices_is_refused(name: str) -> None:
    """The nearest are offered."""
    with pytest.raises(InputError, match="unknown hardware"):
        hardware(name)


PEAKS = {
    "a100-40gb": (312e12, 1.555e12, 40e9),
    "a100-80gb": (312e12, 2.039e12, 80e9),
    "h100-sxm": (989.4e12, 3.35e12, 80e9),
    "h200-sxm": (989.4e12, 4.8e12, 141e9),
    "b200": (2250e12, 8e12, 192e9),
    "l40s": (362.05e12, 864e9, 48e9),
    "mi300x": (1307.4e12, 5.3e12, 192e9),
    "tpu-v5e": (197e12, 819e9, 16e9),
}
"""bf16 FLOP/s without sparsity, bytes/s and bytes of the makers' data sheets."""


def test_peaks_are_those_of_the_data_sheets() -> None:
    """8-bit formats run twice as fast as bf16, to the rounding of the sheets."""
    assert {
        device.id: (device.peak("bf16"), device.bandwidth, device.memory)
        for device in HARDWARE.values()
    } == {name: pytest.approx(peaks) for name, peaks in PEAKS.items()}
    for device in HARDWARE.values():
        for name, flops in device.flops.items():
            factor = {"fp8": 2, "int8": 2, "fp4": 4}.get(name, 1)
            rounded = 0.013 if device.id == "l40s" else 0.003
            expected = pytest.approx(factor * device.peak("bf16"), rel=rounded)
            assert flops == expected, (device.id, name)
