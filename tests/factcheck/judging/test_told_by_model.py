"""Another model in place of a value."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("BERT-Base", "Training data", "same as BERT-Large", "agrees-normalised"),
        ("BERT-Base", "Training data", "与BERT-Large相同", "agrees-normalised"),
        ("BERT-Base", "Training data", "same as Nobody-Large", "unreadable"),
        ("BERT-Base", "Training data", "same as GPT-2", "unsupported"),
        ("BERT-Base", "Params", "same as BERT-Large", "unsupported"),
        ("LLaMA 7B", "Vocabulary", "same as Llama 2 7B", "agrees-normalised"),
        ("LLaMA 7B", "Tokenizer", "huggyllama/llama-13b", "agrees-normalised"),
        ("Vicuna-7B-v1.5", "Tokenizer", "meta-llama/Llama-2-7b-hf", "agrees-normalised"),
        ("GPT-2", "Tokenizer", "meta-llama/Llama-2-7b-hf", "unsupported"),
        ("GPT-2", "Tokenizer", "nobody/tokenizer", "unreadable"),
    ],
)
def test_a_cell_is_true_where_the_base_has_one_value_of_both(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The Pile + a large collection of Martian texts", "agrees-normalised"),
        (
            "The Pile + texts of nobody + books of nobody",
            "unreadable",
        ),  # of which less than half is known
        ("The Pile + C4", "wrong"),
    ],
)
def test_unknown_words_beside_true_datasets_take_nothing_away(cell, text, verdict):
    found = cell("GPT-NeoX-20B", "Training data", text).verdict
    assert found == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 2 7B", "Llama 2", "agrees-normalised"),
        ("Falcon-7B", "Falcon", "agrees-normalised"),
        ("Llama 2 7B", "GPT-NeoX", "unsupported"),
        ("Llama 2 7B", "nobody", "unsupported"),
    ],
)
def test_a_base_model_is_of_its_own_family(cell, model, text, verdict):
    assert cell(model, "Base model", text).verdict == verdict
