"""Whatever a configuration holds, it is counted or refused in one sentence: never a traceback."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.configs import known_types, read_config, read_text
from llmnotes.configs.defaults import load
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters, flops_per_token, kv_cache
from tests.junk import JUNK

KEYS = sorted(
    {key for entry in load().values() for key in (*entry.values, *entry.aliases, *entry.nested)}
    | {"layer_types", "mlp_layer_types", "architectures", "text_config", "head_dim", "dim"}
    | {"base_emb_dim", "decoder_block", "n_embd", "mlp_class_name", "moe", "model", "extends"}
)
SMALL = {
    "hidden_size": 64,
    "num_hidden_layers": 4,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "vocab_size": 128,
    "intermediate_size": 96,
}


def judge(config: Any) -> None:
    """Count it, or be told in one printable sentence what is wrong."""
    sentence = ""
    try:
        model = read_config(config)
        count = count_parameters(model)
        kv_cache(model, 4096)
        flops_per_token(model, 4096)
    except InputError as error:
        sentence = str(error) or "-"
    if not sentence:
        assert count.total > 0
        assert 0 <= count.active <= count.total
    assert sentence != "-"
    assert all(char.isprintable() for char in sentence), repr(sentence)
    assert len(sentence) < 600


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=12), st.sampled_from(known_types()))
def test_junk_under_real_keys(junk: dict[str, Any], model_type: str) -> None:
    """Any value under any key of any family."""
    judge({"model_type": model_type, **junk})


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(known_types()), st.sampled_from(KEYS), JUNK)
def test_one_wrong_value_in_a_sound_configuration(model_type: str, key: str, value: Any) -> None:
    """A single bad value beside good ones."""
    judge({"model_type": model_type, **SMALL, key: value})
    judge({"model_type": model_type, "text_config": {**SMALL, key: value}})


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.text(max_size=10) | st.sampled_from(KEYS), JUNK, max_size=8))
def test_junk_without_a_type(junk: dict[str, Any]) -> None:
    """Nothing that names a format or a family."""
    judge(junk)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | JUNK.map(lambda value: json.dumps(value)))
def test_junk_text(text: str) -> None:
    """Text of any kind."""
    sentence = "file: "
    try:
        read_text(text, "file")
    except InputError as error:
        sentence = str(error)
    assert re.match(r"file:(\d+:\d+:)? ", sentence)
