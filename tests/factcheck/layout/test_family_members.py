"""The members of a family that a name tells by more than the family's name."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.families import Families
from llmnotes.factcheck.layout.family_members import FamilyMembers


@pytest.fixture
def members(connection):
    base = BaseClaims(connection)
    return FamilyMembers(connection, base, Families(connection, base))


@pytest.mark.parametrize(
    ("family", "size", "tuned", "models"),
    [
        ("Llama 2", "7B", "", ("llama-2-7b",)),
        ("Llama 2", "7B", "chat", ("llama-2-7b-chat",)),
        ("Llama 2", "7B", "SFT", ()),  # which anybody may have made
        ("Llama 3", "405B", "", ("llama-3.1-405b",)),
        ("Llama 2", "9B", "", ()),
    ],
)
def test_a_size_and_a_tune_tell_the_member(names, members, family, size, tuned, models):
    found = members.sized(names.find(family), family, f"{family} {size}", tuned)
    assert (found.models if found else ()) == models


@pytest.mark.parametrize(
    ("text", "kind", "models"),
    [
        ("qwen-2.5:72b", "variants", {"qwen-2.5-72b", "qwen-2.5-72b-instruct"}),
        ("mixtral:8x22b", "variants", {"mixtral-8x22b-v0.1", "mixtral-8x22b-instruct-v0.1"}),
        ("gemma:7b", "variants", {"gemma-7b-it"}),
        ("gemma:7b-q4_0", "form", {"gemma-7b-it"}),  # a quantized form may be anybody's
    ],
)
def test_a_size_for_a_tag_means_the_model_or_its_tune(names, text, kind, models):
    found = names.find(text)
    assert found is not None
    assert (found.kind, set(found.models)) == (kind, models)


@pytest.mark.parametrize("text", ["GLM-130", "Mistral L", "Model"])
def test_a_number_cut_short_or_a_short_word_does_not(names, text):
    assert names.find(text) is None


def test_a_zero_behind_a_version_leaves_the_other_ones_of_its_family_out(names):
    assert len(names.find("Mercury 2").models) > 1
    assert names.find("Mercury 2.0").models == ("mercury-2",)


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("Llama 4 Scout (17B)", ("llama-4-scout",)),  # the parameters that are active
        ("Llama 4 (17B)", ()),  # two have so many
        ("Llama 4 Scout (23B)", ()),
        ("OpenCALM-7B", ("open-calm-7b",)),
        ("GPT-2 (repro, modern hardware)", ()),
        ("GPT-2 reproduction", ()),
        ("Qwen2-7B-Chat", ("qwen-2-7b-instruct",)),  # a general word for what is post-trained
        ("MPT-7B-Chat", ("mpt-7b-chat",)),  # and not the model for instructions
        ("Llama 2 7B SFT", ()),
        ("Llama 2 MoE", ()),
        ("LLaMA 7B / 13B", ("llama-7b", "llama-13b")),  # those that it lists
        ("Distill-Qwen-7B", ("deepseek-r1-distill-qwen-7b",)),  # the end of one name alone
        ("Coder-7B-Instruct", ()),
    ],
)
def test_a_name_is_of_the_model_that_its_size_or_its_words_tell(names, text, models):
    found = names.find(text)
    assert (found.models if found else ()) == models


@pytest.mark.parametrize(
    ("text", "dense"), [("Qwen3 MoE", "qwen-3-8b"), ("Granite 3.1-MoE", "granite-3.1-8b")]
)
def test_the_word_for_experts_tells_the_sparse_models_of_a_family(names, text, dense):
    found = names.find(text)
    assert found.kind == "variants"
    assert len(found.models) > 1
    assert all("-a" in model for model in found.models)
    assert dense not in found.models
