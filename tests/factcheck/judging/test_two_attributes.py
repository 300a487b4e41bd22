"""Headers of two attributes, and words with a link behind them."""

from __future__ import annotations

import pytest


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
    assert found == verdict or (verdict == "wrong" and found == "misplaced")


@pytest.mark.parametrize(
    ("link", "verdict"),
    [
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf", "agrees-normalised"),
        ("https://huggingface.co/mistralai/Mistral-7B-v0.1", "blank"),
        ("https://nobody.example/", "blank"),
    ],
)
def test_a_word_with_a_link_is_judged_by_what_it_leads_to(cell, link, verdict):
    assert cell("Llama 2 7B", "Weights", f"[HF]({link})").verdict == verdict
    assert cell("Llama 2 7B", "Weights", "HF").verdict == "unreadable"
