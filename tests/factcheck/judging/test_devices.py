"""Machines of a cell against those of the base, by kind and number."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.devices import Devices, devices_in, same_devices


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2,048 × NVIDIA A100 80GB", [("a100", 2048)]),
        ("992 80GB A100", [("a100", 992)]),
        ("8*A100", [("a100", 8)]),
        ("6144 TPU v4", [("tpuv4", 6144)]),
        ("TPUv3/v4", [("tpuv3", None), ("tpuv4", None)]),
        ("32K H100", [("h100", 32_000)]),
        ("8 GPUs", [("gpu", 8)]),
        ("128 nodes of NVIDIA A100", [("a100", None)]),  # which hold several each
        ("A100: 1.2M GPU-hours", [("a100", None), ("gpu", None)]),
        ("v100", [("v100", None)]),
        ("512 块 A100", [("a100", 512)]),
        ("992 张 80GB A100", [("a100", 992)]),
        ("A100 (80GB) × 64", [("a100", 64)]),
        ("A100 x 80GB", [("a100", None)]),
        ("560 DGX A100 (8×80G)", [("a100", 4480)]),
        ("512 nodes of 6 V100", [("v100", 3072)]),
        ("96 台 A100", [("a100", None)]),
        ("a cluster", []),
    ],
)
def test_a_text_has_kinds_of_devices_and_how_many(text, found):
    assert list(devices_in(text)) == [Devices(*one) for one in found]


@pytest.mark.parametrize(
    ("claimed", "value", "same"),
    [
        ("6144 TPU v4", "6144 Google TPU v4 for 1200 hours", True),
        ("2048 A100", "A100 80GB: 82,432 GPU-hours", True),
        ("A100", "992 A100 80GB", True),
        ("8 GPUs", "8 P600 GPUs, 30 days", True),
        ("8 GPUs", "16 P600 GPUs, 30 days", False),
        ("GPUs", "8 P600 GPUs", False),  # which says nothing
        ("512 A100", "992 A100 80GB", False),
        ("H100", "992 A100 80GB", False),
        ("TPU", "TPU v3-256", False),  # which says no generation
        ("GPU", "TPU v3-256", False),
        ("8 GPUs", "8 TPU v3", False),
        ("8 chips", "8 TPU v3", True),
    ],
)
def test_kinds_and_numbers_must_agree_where_both_are_told(claimed, value, same):
    assert (same_devices(claimed, value) is not None) is same


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("PaLM 540B", "6144 TPU v4", "agrees-normalised"),
        ("PaLM 540B", "1024 TPU v4", "unsupported"),  # of a stage, perhaps
        ("PaLM 540B", "1023 TPU v4", "wrong"),  # less than a third
        ("PaLM 540B", "512 H100", "wrong"),
        ("PaLM 540B", "a large cluster", "unreadable"),
    ],
)
def test_another_number_is_left_open_and_another_kind_is_false(cell, model, text, verdict):
    assert cell(model, "Hardware", text).verdict == verdict


def test_a_word_for_any_device_behind_a_kind_is_no_second_one():
    assert devices_in("NVIDIA V100 (32GB) GPUs") == (Devices("v100", None),)
    assert devices_in("A100, 8 GPUs") == (Devices("a100", None), Devices("gpu", 8))


def test_another_kind_is_false_beside_one_that_calls_itself_a_gpu(cell):
    assert cell("GPT-3 175B", "Hardware", "V100").verdict == "agrees-normalised"
    assert cell("GPT-3 175B", "Hardware", "A100").verdict == "wrong"
