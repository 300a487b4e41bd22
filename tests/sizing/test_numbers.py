"""Number formats and the bytes they take."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import FORMATS, count_parameters, number_format, weight_memory
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


PLAIN_BYTES = {
    "fp64": 8, "fp32": 4, "tf32": 4, "fp16": 2, "bf16": 2, "fp8": 1, "int8": 1, "fp4": 0.5,
    "int4": 0.5,
}  # fmt: skip


def test_plain_formats_take_their_width() -> None:
    """Eight bits to the byte, one number to a block."""
    for name, size in PLAIN_BYTES.items():
        assert number_format(name).bytes_per_element == size, name
        assert number_format(name).bits_per_element == 8 * size, name
        assert number_format(name).elements == 1, name


ALL_BLOCKS = {
    "q4_0": (32, 18), "q4_1": (32, 20), "q5_0": (32, 22), "q5_1": (32, 24), "q8_0": (32, 34),
    "q8_1": (32, 40), "q2_k": (256, 84), "q3_k": (256, 110), "q4_k": (256, 144), "q5_k": (256, 176),
    "q6_k": (256, 210), "q8_k": (256, 292), "iq1_s": (256, 50), "iq1_m": (256, 56),
    "iq2_xxs": (256, 66), "iq2_xs": (256, 74), "iq2_s": (256, 82), "iq3_xxs": (256, 98),
    "iq3_s": (256, 110), "iq4_nl": (32, 18), "iq4_xs": (256, 136), "tq1_0": (256, 54),
    "tq2_0": (256, 66), "mxfp4": (32, 17), "nvfp4": (64, 36),
}  # fmt: skip
"""GGML_QUANT_SIZES of gguf 0.19.0: numbers and bytes of a block."""


def test_block_formats_are_those_of_gguf() -> None:
    """And no others."""
    found = {name: (item.elements, item.block_bytes) for name, item in FORMATS.items()}

    assert {name: found[name] for name in ALL_BLOCKS} == ALL_BLOCKS
    assert set(FORMATS) == {*ALL_BLOCKS, *PLAIN_BYTES}


@pytest.mark.parametrize(
    ("name", "found"),
    [(" BF16 ", "bf16"), ("torch.float16", "fp16"), ("float", "fp32"), ("half", "fp16"),
     ("bfloat16", "bf16"), ("float8_e4m3fn", "fp8"), ("float8", "fp8"),
     ("f16", "fp16"), ("f32", "fp32"), ("float32", "fp32"), ("float64", "fp64"), ("q8", "q8_0")],
)  # fmt: skip
def test_a_format_has_several_names(name: str, found: str) -> None:
    """Those of torch and of everyday speech, in any case."""
    assert number_format(name).name == found


@pytest.mark.parametrize("name", ["q4_k_s", "Q5_K_M", "q3_k_l"])
def test_file_types_offer_the_format_they_are_made_of(name: str) -> None:
    """One sentence with a format to name instead."""
    with pytest.raises(InputError, match=rf"such as '{name[:4].lower()}'"):
        number_format(name)


def test_every_format_says_where_its_width_is_from() -> None:
    """Those in blocks name the table of GGUF, by its version."""
    for name, item in FORMATS.items():
        assert item.source, name
        assert ("GGML_QUANT_SIZES" in item.source) == (name in ALL_BLOCKS), name
