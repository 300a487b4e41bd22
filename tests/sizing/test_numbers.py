"""Number formats and the bytes they take."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import (
    FORMATS,
    count_parameters,
    number_format,
    weight_memory,
)
from tests.sizing.tiny import PLAIN

BLOCK_BYTES = [
    ("q4_0", 32, 18),
    ("q8_0", 32, 34),
    ("q2_k", 256, 84),
    ("q3_k", 256, 110),
    ("q4_k", 256, 144),
    ("q5_k", 256, 176),
    ("q6_k", 256, 210),
    ("iq4_xs", 256, 136),
    ("mxfp4", 32, 17),
]


@pytest.mark.parametrize(("name", "elements", "size"), BLOCK_BYTES)
def test_block_formats_carry_their_overhead(name: str, elements: int, size: int) -> None:
    """A Q4_K block holds 256 numbers in 144 bytes: 4.5 bits, not 4."""
    total = count_parameters(PLAIN).total

    assert (FORMATS[name].elements, FORMATS[name].block_bytes) == (elements, size)
    assert weight_memory(PLAIN, name.upper()).value == pytest.approx(total * size / elements)


def test_a_mixed_file_type_is_not_a_format() -> None:
    """Q4_K_M mixes formats from tensor to tensor: one sentence says so."""
    with pytest.raises(InputError, match="mixes block formats"):
        number_format("Q4_K_M")
    with pytest.raises(InputError, match="unknown number format"):
        number_format("float7")
