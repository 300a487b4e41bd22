"""Bytes per number: plain formats and the block formats of GGUF."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.errors import InputError, unknown

_PLAIN_SOURCE = "width of the number format"
_GGUF_SOURCE = "ggml-org/llama.cpp, gguf-py, gguf/constants.py, GGML_QUANT_SIZES (gguf 0.19.0)"


@dataclass(frozen=True, slots=True)
class Format:
    """A number format: a block of `elements` numbers takes `block_bytes` bytes.

    Attributes:
        name: its usual name.
        elements: numbers in one block (1 for plain formats).
        block_bytes: bytes of one block, scales and minima included.
        source: where the two figures are from.
    """

    name: str
    elements: int
    block_bytes: float
    source: str

    @property
    def bytes_per_element(self) -> float:
        """Bytes per number, including its share of the block's overhead."""
        return self.block_bytes / self.elements

    @property
    def bits_per_element(self) -> float:
        """Bits per number, including its share of the block's overhead."""
        return 8 * self.bytes_per_element


_PLAIN = {
    "fp64": 8.0,
    "fp32": 4.0,
    "tf32": 4.0,
    "fp16": 2.0,
    "bf16": 2.0,
    "fp8": 1.0,
    "int8": 1.0,
    "fp4": 0.5,
    "int4": 0.5,
}
_ALIASES = {
    "float32": "fp32",
    "float": "fp32",
    "f32": "fp32",
    "float16": "fp16",
    "half": "fp16",
    "f16": "fp16",
    "bfloat16": "bf16",
    "float8_e4m3fn": "fp8",
    "float8": "fp8",
    "float64": "fp64",
    "q8": "q8_0",
}
_BLOCKS = {
    "q4_0": (32, 18),
    "q4_1": (32, 20),
    "q5_0": (32, 22),
    "q5_1": (32, 24),
    "q8_0": (32, 34),
    "q8_1": (32, 40),
    "q2_k": (256, 84),
    "q3_k": (256, 110),
    "q4_k": (256, 144),
    "q5_k": (256, 176),
    "q6_k": (256, 210),
    "q8_k": (256, 292),
    "iq1_s": (256, 50),
    "iq1_m": (256, 56),
    "iq2_xxs": (256, 66),
    "iq2_xs": (256, 74),
    "iq2_s": (256, 82),
    "iq3_xxs": (256, 98),
    "iq3_s": (256, 110),
    "iq4_nl": (32, 18),
    "iq4_xs": (256, 136),
    "tq1_0": (256, 54),
    "tq2_0": (256, 66),
    "mxfp4": (32, 17),
    "nvfp4": (64, 36),
}

FORMATS: dict[str, Format] = {
    **{name: Format(name, 1, size, _PLAIN_SOURCE) for name, size in _PLAIN.items()},
    **{name: Format(name, n, size, _GGUF_SOURCE) for name, (n, size) in _BLOCKS.items()},
}
"""Every format by its name in lower case."""


def number_format(name: str) -> Format:
    """The format called `name`, in any case.

    Raises:
        InputError: the name is unknown; the nearest are offered.
    """
    key = name.strip().lower().removeprefix("torch.")
    key = _ALIASES.get(key, key)
    if key in FORMATS:
        return FORMATS[key]
    if key.removesuffix("_m").removesuffix("_s").removesuffix("_l") in _BLOCKS:
        raise InputError(
            f"{name!r} is a file type that mixes block formats from tensor to tensor; "
            f"name one format, such as {key[:4]!r}"
        )
    raise unknown("number format", name, FORMATS)
