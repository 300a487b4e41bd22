"""A quick look at a text at a spot."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from tests.curated import checker

CHECKER = checker()


@pytest.mark.parametrize(
    ("attribute", "text", "may"),
    [
        ("n_layers", "32", True),
        ("n_layers", "33", False),
        ("n_layers", "40, 32", True),
        ("activation", "SwiGLU", True),
        ("activation", "GELU", False),
        ("activation", "32", False),
        ("license", "32", False),
        ("n_layers", "", False),
    ],
)
def test_a_quick_look_tells_whether_any_value_of_a_cell_may_be_true(attribute, text, may):
    subject = TableSubject("model", "llama-7b", ("llama-7b",))
    header = Header(attribute, attributes=(attribute,), certainty=1.0)
    spot = Spot(subject, "LLaMA 7B", (header,), 1)
    assert CHECKER.spots.may_stand(text, spot, subject) is may
    assert not CHECKER.spots.may_stand(text, spot, None)
    for other in (header._replace(term="GQA"), header._replace(benchmark="MMLU")):
        assert CHECKER.spots.may_stand(text, spot._replace(headers=(other,)), subject)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("2048 (4096, chat)", "partly-wrong"),
        ("2048(4096,llama2-chat-hf)", "partly-wrong"),
        ("2048 (4096 tokens)", "misplaced"),  # the same length in other words
        ("2048 (8192, chat)", "misplaced"),
    ],
)
def test_a_value_in_brackets_with_words_for_what_has_it_counts_too(check, text, verdict):
    rows = f"| LLaMA 7B | 2048 |\n| Llama 2 7B | {text} |\n| Gemma 2 2B | 8192 |\n"
    found = check(f"| Model | Context |\n|---|---|\n{rows}")
    assert found.judged_cells[1].judgement.verdict == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 2 70B", "GQA 8:1", "agrees-normalised"),
        ("Llama 2 70B", "GQA 4:1", "partly-wrong"),
        ("Llama 2 70B", "GQA (64h)", "agrees-normalised"),
        ("Llama 2 70B", "GQA (8 heads)", "partly-wrong"),
        ("Llama 2 7B", "GQA (8h)", "wrong"),
        ("Llama 3 8B / Llama 3.1 8B", "GQA 4:1", "agrees-normalised"),
        ("Llama 3 8B / Llama 3.1 8B", "GQA 8:1", "partly-wrong"),  # both of them have 4:1
    ],
)
def test_heads_told_beside_how_they_are_shared_must_be_those_of_the_model(
    check, model, text, verdict
):
    found = check(f"| Model | Attention |\n|---|---|\n| {model} | {text} |\n")

    assert [judged.judgement.verdict for judged in found.judged_cells] == [verdict]


def test_sparse_attention_is_no_mixture_of_experts(check):
    found = check(
        "| Model | Attention |\n|---|---|\n| Mixtral 8x7B | sparse |\n| Mixtral 8x7B | sparse MoE |\n"
    )

    assert [judged.judgement.attribute for judged in found.judged_cells] == [
        "attention_span",
        "sparsity",
    ]


@pytest.mark.parametrize(
    ("model", "text", "attribute", "verdict"),
    [
        ("Llama 2 7B", "gated形式", "gated_ffn", "agrees"),
        ("Llama 2 7B", "传统方式", "gated_ffn", "wrong"),
        ("GPT-2", "传统方式", "gated_ffn", "agrees"),
        ("Mixtral 8x7B", "MoE", "sparsity", "agrees"),
        ("Gemma 7B", "SwiGLU", "activation", "wrong"),
    ],
)
def test_the_design_of_a_feed_forward_layer_is_its_gate_or_its_activation(
    check, model, text, attribute, verdict
):
    found = check(f"| 模型 | ff层设计 |\n|---|---|\n| {model} | {text} |\n")

    told = [(one.judgement.attribute, one.judgement.verdict) for one in found.judged_cells]
    assert told == [(attribute, verdict)]
