"""Keys of other programs' files: complete, and each key means one attribute."""

from __future__ import annotations

import pytest

from llmnotes.attributes.concern import gaps
from llmnotes.attributes.config_keys import CONFIG_KEYS, attribute_by_key, keys_of
from llmnotes.schema import ATTRIBUTES


def test_every_attribute_has_an_entry():
    assert gaps(CONFIG_KEYS, "CONFIG_KEYS in llmnotes/attributes/config_keys.py") == []


@pytest.mark.parametrize("program", ["config", "gguf", "llmfit"])
def test_a_key_means_one_attribute_that_is_a_number(program: str):
    keys = [key for found in keys_of(program).values() for key in found]

    assert len(set(keys)) == len(keys)
    assert all(ATTRIBUTES[name].is_numeric for name in keys_of(program))
    assert {attribute_by_key(program)[key] for key in keys} == set(keys_of(program))


def test_the_usual_name_comes_first():
    assert keys_of("config")["n_kv_heads"][0] == "num_key_value_heads"
    assert attribute_by_key("gguf")["attention.head_count_kv"] == "n_kv_heads"
    assert "active_parameters" not in attribute_by_key("config")
