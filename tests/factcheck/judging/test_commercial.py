"""Commercial use against the licences."""

from __future__ import annotations

import pytest

USE = "Commercial use"


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Mistral 7B", USE, "Yes", "agrees"),
        ("Mistral 7B", "Commercial use?", "✅", "agrees"),
        ("Mistral 7B", "是否可商用", "可商用", "agrees"),
        ("Mistral 7B", USE, "No", "wrong"),
        ("OPT-66B", USE, "research only", "agrees"),
        ("OPT-66B", USE, "✅", "wrong"),
        ("Llama 3 70B", USE, "with conditions", "agrees"),
        ("Llama 3 70B", USE, "yes", "agrees-normalised"),
        ("Llama 3 70B", USE, "no", "unsupported"),
        ("Falcon-40B", USE, "limited", "agrees"),  # by its first licence
        ("Mistral 7B", USE, "limited", "unsupported"),
        ("Mistral 7B", USE, "2,048", "unreadable"),
    ],
)
def test_a_cell_is_held_against_the_licence(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict


def test_a_model_without_a_known_licence_stays_undecided(cell):
    assert cell("GPT-4", USE, "Yes").verdict == "unsupported"
    assert cell("Nobody's Model 7B", USE, "Yes").verdict == "unsupported"


def test_a_bare_name_may_mean_the_chat_model_under_its_own_licence(cell):
    """MPT-30B is under Apache 2.0, MPT-30B-Chat under CC BY-NC-SA 4.0."""
    assert cell("MPT-30B", USE, "No").verdict == "agrees-normalised"
    assert cell("MPT-30B-Chat", USE, "No").verdict == "agrees"
    assert cell("Mistral 7B", USE, "No").verdict == "wrong"


def test_a_wrong_answer_is_told_with_its_licence(cell):
    found = cell("Mistral 7B", USE, "No")
    assert (found.expected, found.reason) == ("yes", "by the licence yes: Apache-2.0")
    assert found.sources


@pytest.mark.parametrize(
    ("model", "text", "true"),
    [
        ("Command R+", "Proprietary", True), ("Llama 2 7B", "propietaria", True),
        ("Mistral 7B", "Proprietary", False), 
        ("OPT-66B", "Non-commercial", True), ("Command R+", "non-commercial", True),
        ("Llama 2 7B", "Non-commercial", False), ("Mistral 7B", "Non-commercial", False),
        ("Gemma 2 9B", "Gemma License (not OSI)", True), ("Gemma 2 9B", "MIT (not OSI)", False),
    ],
)  # fmt: skip
def test_a_licence_is_told_by_its_kind(cell, model, text, true):
    assert (cell(model, "License", text).verdict in {"agrees", "agrees-normalised"}) is true


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("GPT-4o", "Apache 2.0", "wrong"),
        ("GPT-4o", "Llama 2 Community License", "wrong"),
        ("GPT-4o", "Llama Community", "wrong"),
        ("GPT-4o", "Proprietary", "agrees-normalised"),
        ("GPT-4o", "our own terms", "unsupported"),
        ("GPT-1", "Apache 2.0", "wrong"),  # its weights are there, under another licence
    ],
)
def test_a_model_without_weights_has_no_licence_of_weights(cell, model, text, verdict):
    assert cell(model, "License", text).verdict == verdict
