"""Licences and architectures that a cell describes instead of naming them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 2 7B", "custom", "agrees-normalised"),
        ("Llama 2 7B", "自定义协议", "agrees-normalised"),
        ("Mistral 7B", "custom", "wrong"),  # which is under Apache
        ("Mistral 7B", "Custom, free below 700M users", "wrong"),
        ("Mistral 7B", "Responsible AI", "wrong"),
        ("StableLM", "custom", "unreadable"),  # of which some are under a licence of their own
        ("Mistral 7B", "customizable", "unreadable"),
        ("Mistral 7B", "open source", "agrees-normalised"),
        ("Llama 2 7B", "Free with some usage restrictions", "agrees"),
        ("Mistral 7B", "Free with some usage restrictions", "unreadable"),
        ("LLaMA 7B", "research only", "agrees"),
        ("Llama 2 7B", "see the page", "unreadable"),
        ("Llama 2 7B", "Community License", "agrees-normalised"),
        ("Mistral 7B", "Community License", "wrong"),
    ],
)
def test_words_of_a_licence_are_held_against_its_kind(cell, model, text, verdict):
    found = cell(model, "License", text).verdict
    assert found == verdict


@pytest.mark.parametrize(
    ("model", "text", "true"),
    [
        ("Mistral 7B", "Apache 2.0", True),
        ("Mistral 7B", "MIT", False),
        ("Llama 2 7B", "MIT", False),
    ],
)
def test_a_licence_below_open_source_is_judged_as_a_licence(cell, model, text, true):
    assert cell(model, "Open source", text).verdict.startswith("agrees") is true


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 2 7B", "LlamaForCausalLM", "agrees-normalised"),
        ("BERT-Base", "BertForMaskedLM", "agrees-normalised"),
        ("BERT-Base", "BertForCausalLM", "unreadable"),
        ("Llama 2 7B", "llama", "agrees-normalised"),
        ("Yi-34B", "Llama-like", "agrees-normalised"),
        ("Yi-34B", "Llama (7B, 70B)", "agrees-normalised"),
        ("Yi-34B", "Llama (like)", "unreadable"),
        ("GPT-2", "Llama-like", "unsupported"),
        ("GPT-2", "nothing of the kind", "unreadable"),
    ],
)
def test_a_model_as_an_architecture_must_be_built_alike(cell, model, text, verdict):
    assert cell(model, "Architecture", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("32 layers, RMSNorm and SwiGLU", "agrees-normalised"),
        ("33 layers, RMSNorm and SwiGLU", "unreadable"),  # of which one is not true
        ("32 layers, LayerNorm", "unreadable"),
        ("Requires 24GB of VRAM", "unreadable"),
    ],
)
def test_a_description_is_true_where_all_traits_in_it_are(cell, text, verdict):
    assert cell("Llama 2 7B", "Architecture", text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Baichuan2-7B-Base", "底座", "agrees-normalised"),
        ("Baichuan2-7B-Chat", "对话", "agrees-normalised"),
        (
            "Llama 2 7B",
            "chat-finetuned",
            "agrees-normalised",
        ),  # the bare name may mean the chat model
        ("Baichuan2-7B-Base", "对话", "unsupported"),
        ("GPT-2", "大语言模型", "agrees-normalised"),
        ("GPT-2", "graph network", "unreadable"),
    ],
)
def test_a_word_for_a_kind_of_model_is_no_architecture(cell, model, text, verdict):
    assert cell(model, "Type", text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("BLOOM", "HF", "agrees-normalised"),
        ("GPT-3", "HF", "unreadable"),
        ("BLOOM", "papers", "unreadable"),
    ],
)
def test_a_link_below_weights_tells_that_they_can_be_had(check, model, text, verdict):
    found = check(f"| Model | Params | Weights |\n|---|---|---|\n| {model} | 176B | {text} |\n")
    assert found.judged_cells[1].judgement.verdict == verdict
