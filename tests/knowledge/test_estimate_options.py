"""The options of an estimate: what people write, what follows, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from tests.knowledge.estimates import tiny
from tests.small_model import TOTAL


def test_options_take_what_people_write() -> None:
    found = tiny(context="8k", batch=2, dtype="float16", quant="Q4_K", tokens="1.4T")

    assert found["inputs"]["context"] == 8_192
    assert found["inputs"]["batch"] == 2
    assert (found["inputs"]["dtype"], found["inputs"]["quant"]) == ("fp16", "q4_k")
    assert found["inputs"]["tokens"] == 1_400_000_000_000
    assert found["memory"]["weights"] == TOTAL * 144 / 256


def test_a_block_format_as_dtype_is_one_for_the_weights() -> None:
    found = tiny(dtype="q8_0")

    assert (found["inputs"]["dtype"], found["inputs"]["quant"]) == ("bf16", "q8_0")


@pytest.mark.parametrize(
    ("options", "expected"),
    [({}, "bf16"), ({"dtype": "fp32"}, "fp32"), ({"dtype": "int8"}, "bf16"),
     ({"kv_dtype": "fp8"}, "fp8"), ({"quant": "q4_k"}, "bf16")],
)  # fmt: skip
def test_the_cache_keeps_sixteen_bits_unless_told_otherwise(
    options: dict[str, str], expected: str
) -> None:
    assert tiny(**options)["inputs"]["kv_dtype"] == expected


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"context": "abc"}, "--context"),
        ({"context": "0"}, "--context"),
        ({"context": "-5"}, "--context"),
        ({"context": "1.5"}, "--context"),
        ({"context": "9e30"}, "--context"),
        ({"batch": "two"}, "--batch"),
        ({"tokens": "nan"}, "--tokens"),
        ({"dtype": "bf61"}, "--dtype"),
        ({"quant": "q4_k_m"}, "mixes block formats"),
        ({"kv_dtype": "x"}, "--kv-dtype"),
        ({"hardware": ["h1000"]}, "--hardware"),
        ({"dtype": "q4_k", "quant": "q8_0"}, "both name a format"),
        ({"dtype": "int8", "training": True}, "floating-point"),
        ({"optimizer": "adm"}, "adam"),
    ],
)
def test_a_wrong_option_is_refused_by_name(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        tiny(**options)
