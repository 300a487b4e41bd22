"""Names in other orders or with other words than the base's."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.name_rewritings import rewritten
from tests.curated import checker


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Qwen2-72-instruct", "qwen-2-72b-instruct"),
        ("StarCoder2 3-15B", "starcoder2-7b"),
        ("GPT-o1", "o1"),
        ("ChatGPT-4o", "gpt-4o"),
        ("ChatGPT-3.5 Turbo 0613", "gpt-3.5-turbo"),
        ("Galactia-120B", "galactica-120b"),
        ("stable-code:3b", "stable-code-3b"),
        ("gemma4:e4b-it-bf16", "gemma-4-e4b-it"),
        ("qwen2.5:7b-instruct-q4_K_M", "qwen-2.5-7b-instruct"),
        ("Mistral-8*22B", "mixtral-8x22b-v0.1"),
        ("o4-mini-low", "o4-mini"),
        ("o3-low", "o3"),
        ("DeepSeek 1.3B", "deepseek-coder-1.3b-instruct"),
    ],
)
def test_a_name_in_other_words_may_mean_the_model(text, model):
    found = checker().names.find(text)
    assert found is not None
    assert found.kind in {"form", "any", "variants"}
    assert model in found.models


@pytest.mark.parametrize(
    "text",
    [
        "StableLM-Alpha-13B-v2",  # no such size
        "Qwen2-72-nonsense",
        "GPT-o9",
        "Galacticus-120B",
        "o3-highway",
        "DeepSeek 1.4B",
        "Pythia 2B",  # the end of 12B is no size
        "Llama 3.2 405B",  # two words: the generation has no such size
    ],
)
def test_a_name_of_no_model_stays_unknown(text):
    assert checker().names.find(text) is None


def test_a_version_goes_before_the_size_and_base_before_the_last_word():
    assert rewritten("StableLM-Alpha-3B-v2") == [
        "StableLM-Alpha-v2-3B", "StableLM-base-Alpha-3B-v2",
    ]  # fmt: skip
    assert rewritten("StableLM-3B-v2") == ["StableLM-v2-3B"]
    assert rewritten("StableLM-v2") == []


def test_a_plain_name_has_no_other_words():
    assert rewritten("LLaMA 7B") == rewritten("GPT-4") == rewritten("o3") == []


def test_an_unknown_sister_of_a_size_is_called_no_error(cell):
    assert cell("DeepSeek 1.3B", "Params", "1.3B").verdict in {"agrees", "agrees-normalised"}
    assert cell("DeepSeek 1.3B", "Layers", "7").verdict == "unsupported"
