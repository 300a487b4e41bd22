"""Columns beside the names that say what the models belong to."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 2 70B", "Llama", "agrees-normalised"),
        ("Llama 2 70B", "Llama 2", "agrees-normalised"),
        ("Llama 2 70B", "Qwen", "unsupported"),
        ("T5-11B", "Encoder-Decoder", "agrees"),
        ("Falcon-40B", "TII", "agrees"),
        ("Falcon-40B", "-", "blank"),
    ],
)
def test_a_family_beside_the_name_is_a_family_an_architecture_or_a_publisher(
    check, model, text, verdict
):
    found = check(f"| Model | Family | Params |\n|---|---|---|\n| {model} | {text} | 7B |\n")
    judged = next(one for one in found.judged_cells if one.column == 1)
    assert judged.judgement.verdict == verdict


def test_a_column_of_architectures_is_not_one_of_names(check):
    """The names stand below an empty header."""
    found = check(
        "| | Architecture | Licence |\n|---|---|---|\n"
        "| Nobody's BERT | BERT (base) | CC BY 4.0 |\n| Another | RoBERTa (base) | CC BY 4.0 |\n"
    )
    assert not any(judged.judgement.is_false for judged in found.judged_cells)


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Gemma 3 27B", "✅", "agrees"), ("Gemma 3 27B", "❌", "wrong"), ("Phi-4", "❌ Text", "agrees"),
        ("Phi-4", "yes", "wrong"), ("Nobody's 7B", "yes", "unsupported"),
    ],
)  # fmt: skip
def test_whether_a_model_sees_is_a_question_of_its_modalities(cell, model, text, verdict):
    assert cell(model, "Multimodal", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("July 2023", "agrees"), ("May 2021", "wrong"), ("Radford et al.", "unsupported")],
)
def test_a_publication_may_be_told_by_its_date(cell, text, verdict):
    found = cell("Llama 2 7B", "Publication", text).verdict
    assert found == verdict


@pytest.mark.parametrize(
    ("header", "text", "verdict"),
    [
        ("Model type / objective", "masked LM", "agrees-normalised"),
        ("Model type / objective", "causal LM", "wrong"),
        ("Model type / objective", "encoder-only", "agrees"),
        ("Model type / objective", "encoder, masked LM", "agrees-normalised"),
        ("Model type / objective", "decoder, masked LM", "wrong"),
        ("Model type", "replaced token detection", "unreadable"),
    ],
)
def test_a_header_of_two_attributes_tells_of_either(check, header, text, verdict):
    found = (
        check(
            f"| Model | {header} |\n|---|---|\n| RoBERTa-Base | masked LM |\n| ALBERT-Base | MLM, SOP |\n"
            f"| BERT-Base | {text} |\n"
        )
        .judged_cells[-1]
        .judgement.verdict
    )
    assert found == verdict


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf", "agrees-normalised"),
        ("https://huggingface.co/mistralai/Mistral-7B-v0.1", "wrong"),
        ("https://nobody.example/", "blank"),
    ],
)
def test_a_word_with_a_link_is_judged_by_what_it_leads_to(cell, link, verdict):
    assert cell("Llama 2 7B", "Weights", f"[HF]({link})").verdict == verdict
    assert cell("Llama 2 7B", "Weights", "HF").verdict == "unreadable"


@pytest.mark.parametrize(
    ("header", "verdict"),
    [("Open weights", "wrong"), ("Open source", "unsupported"), ("Open", "unsupported")],
)
def test_only_a_header_of_weights_asks_for_them_whatever_the_licence(cell, header, verdict):
    assert cell("Qwen2-72B", header, "❌").verdict == verdict
