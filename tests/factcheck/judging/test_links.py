"""Links are judged by what they lead to."""

from __future__ import annotations

import pytest

PAPERS = {
    "Llama 2 70B": "2307.09288",
    "Mistral 7B": "2310.06825",
}


def row(check, model, header, text):
    found = check(f"| Model | {header} | Context |\n|---|---|---|\n| {model} | {text} | 4k |\n")
    return found.judged_cells[0].judgement


@pytest.mark.parametrize("header", ["Paper", "arXiv", "论文", "Paper/Blog"])
def test_the_paper_of_a_model_is_known_by_its_id(check, header):
    found = row(check, "Llama 2 70B", header, "[paper](https://arxiv.org/abs/2307.09288)")
    assert (found.verdict, "Llama 2" in found.reason) == ("agrees", True)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("[paper](https://arxiv.org/pdf/2310.06825)", "wrong"),  # Mistral's
        ("[paper](https://arxiv.org/abs/1999.00001)", "unsupported"),
        ("Llama 2: Open Foundation and Fine-Tuned Chat Models", "agrees-normalised"),
        ("link", "blank"),
        ("-", "blank"),
    ],
)
def test_another_familys_paper_is_wrong_and_an_unknown_one_left_open(check, text, verdict):
    assert row(check, "Llama 2 70B", "Paper", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            "[paper](https://arxiv.org/abs/2110.08207)",
            "agrees",
        ),  # that of the day on which T0 came out
        ("[paper](https://arxiv.org/abs/2110.08208)", "unsupported"),
    ],
)
def test_a_paper_that_was_not_read_is_known_by_the_release_that_it_tells(check, text, verdict):
    assert row(check, "T0", "Paper", text).verdict == verdict


def test_a_paper_of_an_unknown_model_is_left_open(check):
    text = "[paper](https://arxiv.org/abs/2307.09288)"
    assert row(check, "Nobody's Model 7B", "Paper", text).verdict == "unsupported"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("[hf](https://huggingface.co/mistralai/Mistral-7B-v0.1)", "agrees-normalised"),
        ("[hf](https://huggingface.co/Qwen/Qwen2.5-7B)", "wrong"),
        ("[hf](https://huggingface.co/datasets/mistralai/Mistral-7B-v0.1)", "unreadable"),
    ],
)
def test_a_page_of_a_hub_is_that_of_its_model(check, text, verdict):
    assert row(check, "Mistral 7B", "HuggingFace", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("Llama-2-7b, Llama-2-7b-chat", True),
        ("Llama-2-7b, Mistral-7B", False),
        ("Llama-2-7b, part0", False),
        ("[Llama-2-7b](https://example.com/weights)", False),  # the address may lead anywhere
    ],
)
def test_names_of_checkpoints_must_all_be_of_the_family(cell, text, true):
    assert cell("Llama 2 7B", "Checkpoints", text).verdict.startswith("agrees") is true


@pytest.mark.parametrize(
    ("model", "page", "verdict"),
    [
        ("Flan-T5-XL", "google/flan-t5-xl", "agrees-normalised"),
        ("Flan-T5-XL", "google/flan-t5-xxl", "wrong"),  # of the row above, say
        ("Llama 2 7B", "meta-llama/Llama-2-13b-hf", "wrong"),
        ("Llama 2 7B", "meta-llama/Llama-2-7b-chat-hf", "agrees-normalised"),
        ("Llama 2", "meta-llama/Llama-2-13b-hf", "agrees-normalised"),
        ("Dolly-v2-3b", "bigscience/bloom-7b1", "wrong"),
        ("Dolly-v2-3b", "EleutherAI/pythia-2.8b", "unreadable"),  # it was made of that
    ],
)
def test_a_page_of_another_size_is_not_the_models(cell, model, page, verdict):
    assert cell(model, "Link", f"https://huggingface.co/{page}").verdict == verdict


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("PaLM 2 Technical Report", "agrees-normalised"),
        ("Training Compute-Optimal Large Language Models", "wrong"),  # Chinchilla's
        ("Some Notes on Large Language Models", "unsupported"),
    ],
)
def test_the_title_of_another_familys_paper_is_wrong(cell, title, verdict):
    assert cell("PaLM 2", "Paper", title).verdict == verdict
