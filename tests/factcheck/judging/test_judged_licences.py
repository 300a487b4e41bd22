"""Licences and openness in cells."""

from __future__ import annotations

import pytest

from tests.factcheck.judging.cells import TRUE


@pytest.mark.parametrize(
    "text",
    [
        "Proprietary",
        "closed",
        "propietaria",
        "propriétaire",
        "proprietär",
        "проприетарная",
        "闭源",
        "proprietaria",
        "zamknięta",
        "tertutup",
        "kapalı",
        "độc quyền",
        "مغلق",
        "uzavřená",
        "пропрієтарна",
        "gesloten",
    ],
)
def test_a_closed_licence_is_true_of_what_is_sold_and_of_what_was_never_released(cell, text):
    assert cell("GPT-4", "License", text).verdict in TRUE
    assert cell("Chinchilla", "License", text).verdict in TRUE
    assert cell("Mistral 7B", "License", text).is_false


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("GPT-4", "Closed source", "agrees-normalised"),
        ("Mistral 7B", "Open source", "agrees-normalised"),
        ("GPT-4", "Open source", "wrong"),
        ("Mistral 7B", "Apache-2.0", "agrees"),
        ("GPT-4", "public web API", "agrees-normalised"),
        ("Llama 4 Behemoth", "in training", "unreadable"),  # it was never released
        ("Llama 4 Behemoth", "Apache-2.0", "wrong"),
    ],
)
def test_below_a_licence_may_stand_whether_the_weights_are_open(cell, model, text, verdict):
    assert cell(model, "License", text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("GPT-2", "closed source", "wrong"),  # a modified MIT is no closed licence
        ("GPT-2", "MIT", "partly-wrong"),
        ("GPT-3", "MIT", "wrong"),  # it has no weights
        ("Claude 3", "Open source", "wrong"),
        ("BLOOM", "Non-commercial research", "wrong"),
        ("Llama 3", "Custom (non-commercial)", "wrong"),
        ("LLaMA", "Custom (non-commercial)", "agrees-normalised"),
        ("Gemma 2", "Gemma (a commercially friendly license given by Google DeepMind)", "agrees-normalised"),
        ("Mixtral 8x22B", "Meta Llama 3 Community License Agreement, free for less than 700M users", "wrong"),
        ("Mixtral 8x22B", "Free for whoever has less than 700M users, else to be asked for", "unreadable"),
    ],
)  # fmt: skip
def test_a_licence_is_told_from_others_by_what_it_allows_and_how_it_begins(
    cell, model, text, verdict
):
    assert cell(model, "License", text).verdict == verdict


@pytest.mark.parametrize(
    "text",
    [
        "no comercial",
        "non commerciale",
        "некоммерческая",
        "非商用",
        "비상업적",
        "niekomercyjna",
        "ticari olmayan",
        "non-komersial",
        "niet-commercieel",
        "phi thương mại",
        "غير تجاري",
        "nekomerční",
        "некомерційна",
    ],
)
def test_a_licence_is_known_by_its_names_in_the_languages_of_the_headers(cell, text):
    assert cell("LLaMA 7B", "License", text).verdict in TRUE
    assert cell("Mistral 7B", "License", text).is_false


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        (
            "InstructBLIP",
            "License",
            "CC-BY-NC-4.0",
            "unsupported",
        ),  # the base has that of two of four
        ("InstructBLIP flan-t5-xl", "License", "CC-BY-NC-4.0", "wrong"),
        ("Llama 2", "License", "CC-BY-NC-4.0", "wrong"),
        ("Qwen1.5", "Shared experts", "40", "wrong"),  # a fact of one of its sizes, for all that
    ],
)
def test_a_family_of_which_half_is_unknown_contradicts_no_licence(
    cell, model, header, text, verdict
):
    assert cell(model, header, text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("ChatGLM2-6B", "Apache-2.0", "partly-wrong"),  # of its code alone
        ("LLaMA 7B", "GPL-3", "partly-wrong"),
        ("ChatGLM2-6B", "MIT", "wrong"),
        ("OPT-175B", "non-commercial", "agrees-normalised"),
        ("Mistral 7B", "non-commercial", "wrong"),
    ],
)
def test_a_licence_may_be_that_of_the_code_or_told_by_what_it_forbids(cell, model, text, verdict):
    found = cell(model, "License", text)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "true"),
    [
        ("MPT-7B", "CC-BY-NC-SA 4.0", True),  # the bare name may mean the chat model
        ("MPT-7B-Chat", "Apache 2.0", False),
        ("MPT-7B-StoryWriter-65k+", "CC BY-SA-4.0", False),
        ("Vicuna-7B", "Non-commercial", True),  # the versions before v1.5
    ],
)
def test_a_licence_may_be_that_of_a_model_whose_name_goes_on_from_the_one_given(
    cell, model, text, true
):
    assert cell(model, "License", text).verdict.startswith("agrees") is true


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("GPT-2", "MIT License", "partly-wrong"),
        ("GPT-2", "Apache License", "wrong"),
        ("Gemma 2 9B", "Gemma License (commercial OK)", "agrees-normalised"),
        ("Gemma 2 9B", "Gemma License, commercial use allowed", "agrees-normalised"),
        ("Gemma 2 9B", "Gemma License (non-commercial)", "wrong"),
        ("Command R", "CC-BY-NC-4.0 (commercial OK)", "wrong"),
        ("Command R", "CC-BY-NC-4.0 (non-commercial)", "agrees-normalised"),
        ("Mistral 7B", "Apache 2.0, commercial OK", "agrees"),
        ("Mistral 7B", "Apache 2.0 (non-commercial)", "wrong"),
        ("Falcon-40B", "Apache 2.0 (no royalties)", "agrees-normalised"),
        ("GPT-4", "Proprietária (OpenAI)", "agrees-normalised"),
        ("Phi-3-mini", "Proprietária (Microsoft)", "wrong"),
        ("Phi-3-mini", "Proprietária (Zorg)", "wrong"),
    ],
)
def test_a_remark_beside_a_licence_tells_of_its_publisher_or_of_commerce(
    cell, model, text, verdict
):
    assert cell(model, "License", text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 3.2 11B Vision", "Llama 3", "agrees-normalised"),
        ("Llama 3.2 11B Vision", "Llama 2", "wrong"),
        ("Llama 3.2 11B Vision", "Llama 3 Community License", "wrong"),  # another licence's name
        ("Llama 2 70B", "Llama 3", "wrong"),
        ("Gemma 2 2B", "Licencia de Gemma", "agrees-normalised"),
        ("Gemma 2 2B", "Licencia de Llama 2", "wrong"),
    ],
)
def test_a_generation_by_its_name_alone_means_the_licence_of_each_version(
    cell, model, text, verdict
):
    assert cell(model, "License", text).verdict == verdict
