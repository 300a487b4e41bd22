"""A language model inside wrappers counts the same however its file is wrapped or flattened."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest

from llmnotes.configs import ConfigError, UnknownArchitectureError, format_of, read_config
from llmnotes.configs.wrappers import EITHER, TEXT_KEYS
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters
from tests.configs.cases import MEASURED, REFERENCE

Config = dict[str, Any]

LLAMA: Config = {
    "model_type": "llama",
    "hidden_size": 8,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "intermediate_size": 16,
    "vocab_size": 32,
}
CONFIGS: list[Config] = [case["config"] for case in MEASURED]
PLAIN = [case for case in CONFIGS if not any(case.get(key) for key in TEXT_KEYS)]
WRAPPED = [case for case in CONFIGS if any(case.get(key) for key in TEXT_KEYS)]


def total(config: Config) -> int:
    return count_parameters(read_config(config)).total


def name(case: Config) -> str:
    return str(case["model_type"])


def wrappings(config: Config) -> dict[str, Config]:
    """Ways in which people put a language model's configuration into another."""
    model_type = config["model_type"]
    untyped = {key: value for key, value in config.items() if key != "model_type"}
    found = {f"under {key}": {"model_type": model_type, key: config} for key in TEXT_KEYS}
    found["untyped inside"] = {"model_type": model_type, "text_config": untyped}
    found["untyped outside"] = {"llm_config": config}
    found["twice"] = {"model_type": model_type, "language_config": {"text_config": config}}
    found["of an unknown type"] = {"model_type": "seer", "text_config": config}
    return found


def test_a_wrapped_language_model_counts_as_it_does_alone() -> None:
    """Under any of the keys, with its type inside or outside, once or twice."""
    for case in PLAIN:
        expected = dict.fromkeys(wrappings(case), total(case))
        assert {way: total(config) for way, config in wrappings(case).items()} == expected, case


@pytest.mark.parametrize("case", WRAPPED, ids=name)
def test_a_flattened_wrapper_counts_as_it_does_nested(case: Config) -> None:
    """With the language model's sizes at its top, or under another of the keys."""
    expected = total(case)
    key = next(key for key in TEXT_KEYS if case.get(key))
    outside = {name: value for name, value in case.items() if name != key}
    inside = {name: value for name, value in case[key].items() if name != "model_type"}
    if any(inside.get(key) for key in TEXT_KEYS):
        inside = dict(inside["text_config"])

    for other in TEXT_KEYS:
        assert total({**outside, other: case[key]}) == expected, other
    if case["text_config"].get("model_type") == "mistral4":  # which mistral3 has not by default
        with pytest.raises(ConfigError, match="kv_lora_rank is given, which mistral does not have"):
            total({**inside, **outside})
    elif "tie_word_embeddings" not in inside:  # at the top it is the wrapper's own word
        assert total({**inside, **outside}) == expected


def test_it_is_told_what_was_taken_for_granted() -> None:
    """A flattened wrapper, a wrapper of no known type, and neither where all is as usual."""
    unknown = read_config({"model_type": "seer", "text_config": LLAMA})
    sizes = {key: value for key, value in LLAMA.items() if key != "model_type"}
    llava = read_config({**sizes, "model_type": "llava"})

    assert unknown.remarks == (
        "the wrapper 'seer' is not known here; its language model 'llama' is counted alone",
    )
    assert "taken for llama, the language model llava has by default" in llava.remarks[0]
    assert not read_config({"model_type": "llava", "text_config": LLAMA}).remarks


def test_a_wrapper_nested_in_itself_is_not_read_from_defaults() -> None:
    """Its own type inside it stands for its language model, or for itself once more."""
    sizes = {key: value for key, value in LLAMA.items() if key != "model_type"}
    once = {"model_type": "llava", "text_config": {**sizes, "model_type": "llava"}}
    twice = {"model_type": "llava", "text_config": {"model_type": "llava", "text_config": LLAMA}}

    assert total(once) == total(twice) == total(LLAMA)


def test_what_stands_outside_holds_where_the_inside_is_silent() -> None:
    """Half of the keys moved: both halves are read, the inner one first."""
    inside = {key: value for key, value in LLAMA.items() if key != "vocab_size"}
    half = {"model_type": "llama", "vocab_size": 32, "tie_word_embeddings": True}

    assert total({**half, "text_config": inside}) == total({**LLAMA, "tie_word_embeddings": True})


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ({"model_type": "llava"}, "text_config is missing"),
        ({"model_type": "llava", "text_config": {}}, "text_config is missing"),
        ({"model_type": "llava", "text_config": [1]}, "text_config is [1]"),
        ({"model_type": "llama", "text_config": {"vocab_size": 8}}, "hidden_size is missing"),
        ({"model_type": "seer", "text_config": {"model_type": "x9"}}, "'seer' is not known"),
        ({"text_config": {"model_type": 7}}, "model_type is 7"),
        ({"model_type": "llava", "text_config": {"model_type": 7}}, "model_type is 7"),
    ],
)
def test_what_cannot_be_found_is_told(config: Config, sentence: str) -> None:
    """The key, and what would be right."""
    with pytest.raises(ConfigError) as caught:
        read_config(config)

    assert sentence in str(caught.value)


def nested(depth: int) -> Config:
    config = LLAMA
    for _ in range(depth):
        config = {"model_type": "llama", "text_config": config}
    return config


def test_nesting_ends() -> None:
    """Eight times is read, nine times refused."""
    assert total(nested(8)) == total(LLAMA)
    with pytest.raises(ConfigError, match="nested more than 8 times"):
        total(nested(9))


def test_the_class_of_another_family_deserves_a_remark() -> None:
    """`model_type` decides; where `architectures` names another known family, it is told."""
    other = read_config({**LLAMA, "architectures": ["MistralForCausalLM"]})

    assert other.remarks == (
        "architectures names 'MistralForCausalLM', the class of mistral; "
        "counted as llama, which model_type says",
    )
    for silent in (
        {"architectures": ["LlamaForCausalLM"]},
        {"architectures": ["LLaMAForCausalLM"]},
        {"architectures": ["LlamaModel"]},
        {"model_type": "kimi_k2", "architectures": ["DeepseekV3ForCausalLM"]},
        {"model_type": "gemma3_text", "architectures": ["Gemma3ForCausalLM"]},
    ):
        assert not read_config({**LLAMA, **silent}).remarks, silent
    with pytest.raises(UnknownArchitectureError, match="OpenMoeForCausalLM"):
        read_config({**LLAMA, "architectures": ["OpenMoeForCausalLM"]})


def rewritten(config: Config) -> dict[str, Config]:
    """The same configuration, wrapped where it is flat, flattened or doubled where it is wrapped."""
    model_type = config.get("model_type")
    key = next((key for key in TEXT_KEYS if config.get(key)), None)
    outside = {name: value for name, value in config.items() if name != key}
    if key is None:
        untyped = {name: value for name, value in config.items() if name != "model_type"}
        said = {name: config[name] for name in ("model_type", "architectures") if name in config}
        found = {f"under {key}": {**said, key: config} for key in TEXT_KEYS}
        found["untyped inside"] = {**said, "text_config": untyped}
        found["twice"] = {**said, "llm_config": {**said, "text_config": config}}
        if model_type not in EITHER:  # whose nested word on the head outdoes the one at the top
            found["both"] = {**config, "text_config": config}
        return found
    nested = config[key]
    inside = {name: value for name, value in nested.items() if name != "model_type"}
    return {
        "flat": {**inside, **outside},
        "both": {**inside, **config},
        "twice": {
            **outside,
            key: {"model_type": nested.get("model_type", model_type), key: nested},
        },
        "under another key": {**outside, "llm_config": nested},
    }


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference configurations are not here")
def test_no_rewriting_of_a_real_file_changes_its_count() -> None:
    """Each is counted the same or refused; at least 99 of 100 are counted."""
    counted, refused, wrong = 0, [], []
    for path in sorted(REFERENCE.rglob("*.json")):
        config = json.loads(path.read_text(encoding="utf-8"))
        if format_of(config) != "huggingface":
            continue
        with suppress(InputError):
            expected = total(config)
            for way, other in rewritten(config).items():
                try:
                    found = total(other)
                except InputError as error:
                    refused.append((path.name, way, str(error)))
                    continue
                counted += 1
                if found != expected:
                    wrong.append((path.name, way, found, expected))

    assert wrong == []
    assert counted > 1000
    assert len(refused) <= 0.01 * counted, refused
