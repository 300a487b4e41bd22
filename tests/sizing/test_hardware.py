"""Devices and their peaks."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import FORMATS, HARDWARE, Hardware, hardware


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
        ("h100 s", "h100-sxm"),
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
    assert {
        device.id: (device.peak("bf16"), device.bandwidth, device.memory)
        for device in HARDWARE.values()
    } == {name: pytest.approx(peaks, rel=1e-13) for name, peaks in PEAKS.items()}


APART = {"l40s": 733e12, "tpu-v5e": 393e12}
"""8-bit peaks whose makers print something else than twice the 16-bit one."""


def test_narrower_formats_run_faster_in_proportion() -> None:
    """Half the bits, twice the peak, but for what a sheet rounds; formats of one width run alike."""
    for device in HARDWARE.values():
        wide = device.peak("bf16")
        eight = APART.get(device.id, 2 * wide)
        expected = {"fp16": wide, "bf16": wide, "fp8": eight, "int8": eight, "fp4": 4 * wide}
        for name, flops in device.flops.items():
            assert flops == pytest.approx(expected[name], abs=0.15e12), (device.id, name)
        assert len({device.flops[name] for name in ("fp16", "bf16") if name in device.flops}) == 1
        assert len({device.flops[name] for name in ("fp8", "int8") if name in device.flops}) == 1


def test_every_peak_is_of_a_known_format_and_every_device_has_one_of_bf16() -> None:
    """All but the TPU run fp16 as fast."""
    for device in HARDWARE.values():
        assert set(device.flops) <= set(FORMATS), device.id
        assert "bf16" in device.flops, device.id
        assert ("fp16" in device.flops) == (device.id != "tpu-v5e"), device.id


@pytest.mark.parametrize("name", ["h100-sxm", "h200-sxm", "b200", "l40s"])
def test_a_sheet_that_prints_sparse_figures_is_told_to_be_halved(name: str) -> None:
    assert "half of the figure printed with sparsity" in HARDWARE[name].source
