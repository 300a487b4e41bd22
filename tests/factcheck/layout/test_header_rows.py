"""Headers of one table together, and headers whose parts stand in several rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.layout.header_rows import read_headers, read_parts


def test_a_second_header_of_the_same_meaning_takes_its_other_one() -> None:
    beside = read_headers(["Emb Dim", "Hidden Dim"])
    alone = read_headers(["Layers", "Hidden Dim"])

    assert [header.attribute for header in beside] == ["d_model", "d_ff"]
    assert [header.attribute for header in alone] == ["n_layers", "d_model"]


@pytest.mark.parametrize(
    ("parts", "attribute", "factor"),
    [
        (["Ctx", "tokens"], "context_length", 1),
        (["Context", "(k)"], "context_length", 1000),
        (["Params", "B"], "params_total", 10**9),
        (["Attention", "heads"], "n_heads", None),
        (["Attention", "type"], "attention", None),
        (["KV", "heads"], "n_kv_heads", None),
        (["Training", "tokens"], "training_tokens", None),
        (["Training", "tokens (T)"], "training_tokens", 10**12),
        (["Vocab", "size (k)"], "vocab_size", 1000),
        (["Batch", "tokens"], "batch_size", None),
        (["Params", "total"], "params_total", None),
        (["Params", "active"], "params_active", None),
        (["Head", "dim"], "head_dim", None),
        (["Architecture", "Layers"], "n_layers", None),
        (["Size", "Layers"], "n_layers", None),
        (["Training", "LR"], "learning_rate", None),
        (["Model", "", "Layers"], "n_layers", None),
        (["Layers", "Layers"], "n_layers", None),
        (["Context length", "max"], "context_length", None),
        (["Контекст", "токенов"], "context_length", 1),
        (["Contexte", "(jetons)"], "context_length", 1),
        (["Learning rate", "×10⁻⁴"], "learning_rate", Decimal("0.0001")),
    ],
)
def test_the_parts_of_a_header_make_one_meaning(
    parts: list[str], attribute: str, factor: int | None
) -> None:
    header = read_parts(parts)

    assert header.attribute == attribute
    assert (header.scale.factor if header.scale else None) == (factor and Decimal(factor))


@pytest.mark.parametrize(
    ("parts", "benchmark", "setting"),
    [
        (["MMLU", "5-shot"], "MMLU", "5-shot"),
        (["0-shot", "BoolQ"], "BoolQ", "0-shot"),
        (["Evaluation", "PIQA"], "PIQA", ""),
    ],
)
def test_a_setting_above_or_below_belongs_to_its_benchmark(
    parts: list[str], benchmark: str, setting: str
) -> None:
    header = read_parts(parts)

    assert (header.benchmark, header.setting) == (benchmark, setting)


@pytest.mark.parametrize("parts", [[], ["", " "], ["Zorg", "Blub"]])
def test_parts_that_mean_nothing_are_no_attribute(parts: list[str]) -> None:
    assert read_parts(parts).attributes == ()


MERGED_HEADS = {
    "a group over unlike names": (
        "| Model | Shape | Shape | Attention | Training |\n|---|---|---|---|---|\n"
        "| | params | layers | KV heads | lr |\n| Llama 3 8B | 8B | 32 | 8 | 3e-4 |",
        ["params_total", "n_layers", "n_kv_heads", "learning_rate"],
    ),
    "the name of models below": (
        "| | Model size | | Architecture | |\n|---|---|---|---|---|\n"
        "| Model | Params | Active | Layers | Heads |\n| Mixtral 8x7B | 46.7B | 12.9B | 32 | 32 |",
        ["params_total", "params_active", "n_layers", "n_heads"],
    ),
    "a merged cell left empty": (
        "| Model | Context | | Vocabulary |\n|---|---|---|---|\n"
        "| | pretraining | final | size |\n| Phi-4 | 4096 | 16384 | 100352 |",
        ["context_length_pretraining", "context_length", "vocab_size"],
    ),
}


@pytest.mark.parametrize("kind", MERGED_HEADS)
def test_second_row_of_headers_written_as_values_is_none(check, kind: str) -> None:
    text, attributes = MERGED_HEADS[kind]

    found = check(text).judged_cells

    assert [one.spot.headers[0].attribute for one in found] == attributes
    assert not any(one.judgement.is_false for one in found)


def test_first_row_of_values_is_no_header(check) -> None:
    found = check(
        "| Model | Attention | Layers |\n|---|---|---|\n| | GQA | 32 |\n| Llama 3 8B | GQA | 32 |"
    )

    assert [one.judgement.verdict for one in found.judged_cells if one.spot.subject] == [
        "agrees"
    ] * 2
