"""Time bounds."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import (
    decode_time,
    hardware,
    prefill_time,
)
from tests.sizing.tiny import PLAIN


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
