"""Names of the same model again: packed weights, and the release of a day."""

from datetime import date

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.names import find
from llmnotes.knowledge.releases import dated, is_only_repacked, is_repacked, without_packing


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("acme/Toy-7B-AWQ", "acme/Toy-7B"),
        ("Toy-7B-it-4bit", "Toy-7B-it"),
        ("acme/Toy-7B-MLX-8bit", "acme/Toy-7B"),
        ("acme/Toy-7B-bnb-4bit", "acme/Toy-7B"),
        ("acme/Toy-7B-FP8-dynamic", "acme/Toy-7B"),
        ("acme/Toy-7B-0925-FP8", "acme/Toy-7B-0925"),
        ("acme/Toy-5.2-INT4", "acme/Toy-5.2"),
        ("acme/Toy-7B-W8A8", "acme/Toy-7B"),
        ("toy:7b-q4_K_M", "toy:7b"),
        ("acme/Toy-7B-quantized.w4a16", "acme/Toy-7B"),
        ("AWQ", ""),
        ("gguf-makers/Toy-7B", ""),
        ("acme/Bitter-7B", ""),
    ],
)
def test_a_name_without_the_words_that_mark_packed_weights(name, core):
    assert without_packing(name) == core
    assert is_repacked(name) is (bool(core) or name == "AWQ")


@pytest.mark.parametrize(
    ("name", "only"),
    [
        ("acme/Toy-7B-AWQ-4bit", True),
        ("acme/Toy-7B-FP8-dynamic", True),
        ("acme/Toy-7B-GPTQ-g128", True),
        ("acme/Toy-7B-AWQ-medical", False),
        ("acme/Toy-7B-FP8-abliterated", False),
        ("acme/Toy-7B", False),
    ],
)
def test_a_name_that_says_more_than_its_packing_may_be_another_model(name, only):
    assert is_only_repacked(name) is only


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("toy-20250929", ("toy", date(2025, 9, 29))),
        ("toy-2024-11-20", ("toy", date(2024, 11, 20))),
        ("toy-20250231", None),
        ("toy-2511", None),
        ("toy-19991231", None),
        ("toy", None),
    ],
)
def test_the_day_at_the_end_of_a_name(name, found):
    assert dated(name) == found


@pytest.mark.parametrize("name", ["gpt-4-20230314", "gpt-4-2023-04-14", "openai/gpt-4-20230211"])
def test_the_release_of_a_day_is_the_model_released_within_a_month(connection, name):
    assert find(connection, name).id == "gpt-4"


@pytest.mark.parametrize("name", ["gpt-4-2023-04-15", "gpt-4-20230210", "gpt-4-20240409"])
def test_a_version_of_another_day_is_refused_by_name(connection, name):
    with pytest.raises(InputError, match="by its name gpt-4 as of 202.*; ask for gpt-4"):
        find(connection, name)


@pytest.mark.parametrize(
    "name", ["someone/Llama-2-7b-GPTQ", "Llama-2-7b-hf-4bit", "meta-llama/llama-2-7b-AWQ"]
)
def test_packed_weights_are_refused_with_the_model_that_they_are_of(connection, name):
    with pytest.raises(InputError, match="by its name repackaged weights of llama-2-7b"):
        find(connection, name)
