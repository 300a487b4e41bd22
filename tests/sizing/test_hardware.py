"""Devices and their peaks."""

from __future__ import annotations

from llmnotes.sizing import (
    HARDWARE,
)


def test_every_device_names_its_source() -> None:
    """A peak without a source is a rumour."""
    for device in HARDWARE.values():
        assert device.source
        assert device.bandwidth > 0
        assert device.peak("bf16") > 0
