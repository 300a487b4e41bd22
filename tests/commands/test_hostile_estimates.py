"""Whatever `estimate` is given, it answers or refuses in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from llmnotes.cli import app
from llmnotes.configs import known_types
from llmnotes.errors import InputError
from tests.junk import JUNK
from tests.small_model import SMALL

FORMAT = st.sampled_from(["json", "table", "csv"])


BOUNDED = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def judge(arguments: list[str], input: str | bytes = "") -> None:
    """The command answers, or ends with one printable sentence and 2."""
    done = CliRunner().invoke(app, ["estimate", *arguments], input=input)
    if done.exception is None:
        if "json" in arguments:
            found = json.loads(done.stdout)
            assert found["params"]["total"] == sum(found["params"]["parts"].values())
        return
    if isinstance(done.exception, SystemExit):
        assert done.exception.code == 2
        return
    assert isinstance(done.exception, InputError), repr(done.exception)
    sentence = str(done.exception)
    assert sentence
    assert "\n" not in sentence
    assert len(sentence) < 800


@BOUNDED
@given(
    st.sampled_from(known_types()),
    st.sampled_from([*sorted(SMALL), "torch_dtype", "head_dim", "layer_types"]),
    JUNK, FORMAT, st.booleans(),
)  # fmt: skip
def test_one_wrong_value_never_ends_in_anything_but_one_sentence(
    model_type: str, key: str, value: Any, format: str, nested: bool
) -> None:
    body = {**SMALL, "model_type": model_type, key: value}
    config = {"model_type": model_type, "text_config": body} if nested else body
    judge(["-", "-f", format, "--training", "--hardware", "h100"], json.dumps(config))


@BOUNDED
@given(JUNK.map(json.dumps) | st.text(max_size=80) | st.binary(max_size=80), FORMAT)
def test_junk_on_standard_input_is_refused(data: str | bytes, format: str) -> None:
    text = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    judge(["-", "-f", format], text)


@BOUNDED
@given(
    st.text(max_size=30), st.sampled_from(["--context", "--batch", "--tokens", "--dtype", "--quant",
                                          "--kv-dtype", "--hardware", "--optimizer"]),
)  # fmt: skip
def test_any_text_behind_an_option_is_read_or_refused(text: str, option: str) -> None:
    judge(["llama-2-7b", f"{option}={text}", "-f", "json"])


@pytest.mark.thorough
@BOUNDED
@given(st.text(max_size=300))
def test_any_text_as_a_name_is_found_or_refused(text: str) -> None:
    if text != "-":
        judge(["--", text])
