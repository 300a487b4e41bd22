"""Names with more in them than the base's: values are true of them or left open, never false."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("LLaMA 7B 32k", "llama-7b"), ("Llama 2 7B-64K", "llama-2-7b"),  # stretched
        ("Llama 2 70B-Chat-1M", "llama-2-70b-chat"),
        ("LLaMA 7B fp8", "llama-7b"), ("LLaMA 7B-GGUF", "llama-7b"), ("LLaMA 7B (fp8)", "llama-7b"),
        ("gemma-7b-it.Q8_0.gguf", "gemma-7b-it"), ("Qwen-7B-Chat (Int8)", "qwen-1-7b-chat"),
        ("GPT-4o-0513", "gpt-4o"), ("gemini-2.5-pro-preview-05-06", "gemini-2.5-pro"),  # of a day
        ("command-r-03-2024", "command-r-v01"),
        ("Claude 3.7 Sonnet (thinking)", "claude-3.7-sonnet"),  # in a mode
        ("Qwen3-235B-A22B (Non-thinking)", "qwen-3-235b-a22b"),
        ("DeepSeek 3", "deepseek-v3-base"), ("Claude v2", "claude-2"),  # with and without a V
        ("TinyLlama-1.1B-intermediate-step-480k-1007B", "tinyllama-1.1b"),
        ("Mistral 3 Large", "mistral-large-3-675b-instruct"),
        ("Baize-v2", "baize-v2-13b"),  # without the size
        ("gemma3n:e2b-it-q4_K_M", "gemma-3n-e2b-it"), ("gemma3n:e2b-fp16", "gemma-3n-e2b-it"),
        ("o3-high", "o3"), ("o4-mini-low", "o4-mini"), ("GPT-5 high", "gpt-5"),
        ("Llama-2-{7/13}", "llama-2-7b"), ("Llama 2{7B, 13B}", "llama-2-7b"),
    ],
)  # fmt: skip
def test_a_form_a_day_or_a_mode_of_a_model_may_be_it(names, text, model):
    found = names.find(text)
    assert found is not None
    assert found.kind in {"form", "any"}
    assert model in found.models


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Llama 3-3.3", {"llama-3", "llama-3.3"}),
        ("Qwen2-VL/Qwen2.5-VL/Nobodys", {"qwen-2-vl", "qwen-2.5-vl"}),
        ("Nemotron 3 Nano", {"nemotron-3"}),
        ("deepseek-reasoner", {"deepseek-r1", "deepseek-v3.1", "deepseek-v3.2"}),
    ],
)
def test_a_name_of_several_generations_may_mean_each(names, text, families):
    found = names.find(text)
    assert found.kind == "any"
    assert {names._base.family(model) for model in found.models} == families


def test_two_versions_are_two_models_and_not_the_one_between(names):
    assert {names._base.family(model) for model in names.find("GPT-4/5").models} == {
        "gpt-4",
        "gpt-5",
    }
    assert set(names.find("Mistral/Mixtral").models) == {"mistral-7b", "mixtral-8x7b"}


def test_a_publisher_may_stand_before_a_name_and_must_be_its_own(names):
    assert names.find("Anthropic Claude") == names.find("Claude")
    assert names.find("Anthropic Gemma 7B") is None


def test_links_of_a_wiki_are_names(names):
    assert names.find("[[models/qwen3-32b|Qwen3-32B]]") == names.find("Qwen3-32B")


def test_a_value_of_such_a_name_is_true_or_left_open(check):
    found = check(
        "| Model | Organization | Context |\n|---|---|---|\n"
        "| LLaMA 7B-GGUF | Meta | 2,048 |\n| LLaMA 7B-32k | Mistral AI | 32k |\n"
    )
    assert [judged.judgement.verdict for judged in found.judged_cells] == [
        "agrees", "agrees", "unsupported", "unsupported",
    ]  # fmt: skip


def test_a_family_by_its_tuned_variants_is_checked_by_size(check):
    """It has the id of a model, which once was taken for that of a family."""
    found = check("| Model | Params | Context |\n|---|---|---|\n| Llama 2 chat | 7B | 4k |\n")
    assert {judged.judgement.verdict for judged in found.judged_cells} <= {
        "agrees",
        "agrees-normalised",
    }


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("Gemini Pro 1.5", "Gemini 1.5 Pro"),
        ("Claude Opus 3", "Claude 3 Opus"),
        ("Galatica", "Galactica"),
        ("Mistrall", "Mistral"),
        ("Zephir", None),  # short words are one letter apart from others
        ("Mistral L", None),
    ],
)
def test_a_version_may_stand_last_and_a_long_name_may_be_misspelt(names, text, means):
    found, other = names.find(text), means and names.find(means)
    assert (found and set(found.models)) == (other and set(other.models))


def test_what_is_false_of_a_misspelt_name_is_left_open(check):
    found = check("| Model | Params |\n|---|---|\n| Galatica | 999B |\n| Galatica | 120B |\n")
    verdicts = [cell.judgement.verdict for cell in found.judged_cells]
    assert verdicts == ["unsupported", "agrees"]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("MPT-7B - MosaicML", "MPT-7B"),
        ("Mistral 7B by Mistral AI", "Mistral 7B"),
        ("MPT-7B - Zorg", None),
        ("MPT-7B - Meta", None),  # whose it is not
    ],
)
def test_a_publisher_may_stand_behind_a_name(names, text, means):
    found, other = names.find(text), means and names.find(means)
    assert (found and found.models) == (other and other.models)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("LLaMA 7B-GGUF", "form"),  # the same model, of which sizes are the same too
        ("GPT-4o-0513", "form"),
        ("gemma4:e4b", "form"),
        ("gemini-2.5-pro-exp", "preview"),  # differs from what followed by its day
        ("gemini-2.5-pro-preview-05-06", "form"),
        ("Nemotron 3 Nano", "any"),  # any of those whose names go on from it
        ("Nemotron 3 Super", "form"),  # which came in one size
        ("Qwen (Beta)", "preview"),
        ("Qwen (Public API)", "preview"),
    ],
)
def test_a_name_with_a_form_behind_it_is_told_from_one_of_several_models(names, text, kind):
    assert names.find(text).kind == kind


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("Vicuña 7B", "vicuna-7b"), ("BLOOMZ", "bloomz-7b1"), ("Falcon LLM", "falcon-7b"),
        ("OLMo 2 7B\nOLMo-2-1124-7B", "olmo-2-7b"),
    ],
)  # fmt: skip
def test_accents_a_second_line_and_llm_change_no_name(names, text, model):
    found = names.find(text)
    assert found is not None
    assert any(one.startswith(model) for one in found.models)


@pytest.mark.parametrize(
    "text", ["BLOOMZ-nt", "Baize-v3", "Nobody-{7/13}", "Llama-2-{nobody}", "gemma3n:e5b-it"]
)
def test_other_last_words_and_patterns_name_no_model(names, text):
    assert names.find(text) is None


@pytest.mark.parametrize("text", ["GPT-4 higher", "Claude high", "o3-highest", "Nobody-7B-high"])
def test_other_words_are_no_effort(names, text):
    assert names.find(text) is None
