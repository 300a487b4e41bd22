"""Single cells: tolerance by how a value is written, conventions, rumours, causes."""

from __future__ import annotations

import pytest

from tests.factcheck.judging.cells import TRUE, verdicts


@pytest.mark.parametrize(
    ("model", "header", "text"),
    [
        ("Llama-2-7B", "Params", "7B"),
        ("Llama-2-7B", "Params", "6.74B"),
        ("Llama-2-7B", "Params (B)", "6.7"),
        ("Llama-2-7B", "Params", "6,738,415,616"),
        ("Llama-2-7B", "参数（亿）", "67.4"),
        ("Llama-2-7B", "Context", "4k"),
        ("Llama-2-7B", "Context", "4096"),
        ("Llama-2-7B", "Context", "4000"),
        ("Mixtral 8x7B", "Context", "32k"),
        ("LLaMA 33B", "Params", "30B"),
        ("GPT-2 XL", "Params", "1.5B"),
        ("GPT-2 XL", "Vocab size", "50304"),
        ("T5-Base", "Layers", "12"),
        ("T5-Base", "Layers", "24"),
        ("T5-Base", "Layers", "12+12"),
        ("T5-11B", "Vocabulary", "32000"),
        ("PaLM 540B", "Batch size", "4M tokens"),
        ("PaLM 540B", "Batch size", "512 → 1024 → 2048"),
        ("LLaMA 65B", "Batch size", "4M"),
        ("Mistral 7B", "Release date", "October 2023"),
        ("Mistral 7B", "Release date", "2023-09"),
        ("PaLM 540B", "Date", "2022-04-05"),
        ("LLaMA 7B", "Organization", "Facebook"),
        ("Llama 2 7B", "License", "Llama 2 license"),
        ("GPT-2", "License", "Modified MIT"),
        ("GPT-3 175B", "Tokenizer", "BPE"),
        ("GPT-3 175B", "Total train compute (PF-days)", "3.64E+03"),
        ("GPT-3 175B", "Training compute", "3,640 petaflop/s-days"),
        ("GPT-3 175B", "Bias", "✓"),
        ("LLaMA 7B", "GQA", "✗"),
        ("Llama 2 70B", "GQA", "✓"),
        ("Mixtral 8x7B", "Active params", "~13B"),
        ("Mixtral 8x7B", "Params", "~13B of 47B"),
        ("Llama-2-70b-chat", "Layers", "80"),
        ("Llama 2", "Post-training", "RLHF"),
        ("Llama 2", "Attention", "MHA (7B, 13B), GQA (34B, 70B)"),
    ],
)
def test_true_cells_agree_however_they_are_written(cell, model, header, text):
    found = cell(model, header, text)
    assert found.verdict in TRUE | {"disputed"}, (found.verdict, found.reason)


@pytest.mark.parametrize(
    ("model", "header", "text", "cause"),
    [
        ("Llama-2-7B", "Params", "6.9B", None),
        ("Llama-2-7B", "Params", "7M", "unit-slip"),
        ("Llama-2-7B", "Params", "67B", "digit-slip"),
        ("Llama-2-7B", "Layers", "80", "other-size"),
        ("Llama-2-7B", "Context", "2k", "other-generation"),
        ("Llama-2-7B", "Context", "409", "digit-slip"),
        ("Mistral 7B", "Context", "4096", "other-attribute"),
        ("PaLM 540B", "Dropout", "0.1", "fine-tuning-value"),
        ("BERT-Base", "Batch size", "32", "fine-tuning-value"),
        ("GPT-3 13B", "d_model", "5140", "source-misprint"),
        ("GPT-3 XL", "Heads", "24", "source-misprint"),
        ("GPT-2 XL", "Context", "1,600", "other-attribute"),
        ("LLaMA 65B", "Context", "22016", "other-attribute"),
        ("LLaMA 7B", "FFN", "4096", "other-attribute"),
        ("LLaMA 65B", "Layers", "64", "other-attribute"),
        ("Llama 2 70B", "KV heads", "64", "other-attribute"),
        ("GPT-2 XL", "Params", "1600", "other-attribute"),
        ("GPT-2", "Context", "512", "other-generation"),
        ("GPT-1", "Batch size", "32", "fine-tuning-value"),
        ("LLaMA 7B", "Params", "65B", "other-size"),
        ("LLaMA 65B", "Learning rate", "3.0e-4", "other-size"),
        ("Llama 2 70B", "Release date", "2023-02-24", "other-generation"),
        ("LLaMA 65B", "Tokens", "1.4B", "unit-slip"),
        ("LLaMA 65B", "参数量", "65亿", "unit-slip"),
        ("GPT-2 XL", "Params", "1.5M", "unit-slip"),
        ("PaLM 540B", "Attention", "MHA", None),
        ("GPT-2", "Release date", "Mar 2019", "wrong-date"),
        ("PaLM 540B", "Release date", "2023", "other-generation"),
        ("BERT-Base", "Release date", "2016", "wrong-date"),
        ("PaLM 540B", "Release date", "2021", "wrong-date"),
        ("GPT-2", "Release date", "Feb 2091", "no-such-date"),
        ("LLaMA 7B", "Date", "2032", "digit-slip"),
        ("Mixtral 8x7B", "Attention", "GQA + sliding window", None),
        ("Mistral 7B", "Activation", "SwiGLU + Mixture of Experts", None),
        ("LLaMA 7B", "License", "MIT", None),
    ],
)
def test_false_cells_are_found_with_their_cause(cell, model, header, text, cause):
    found = cell(model, header, text)
    assert found.verdict in {"wrong", "misplaced"}, (found.verdict, found.reason)
    assert cause is None or found.cause == cause, found.reason


def test_a_stage_that_the_same_source_tells_of_is_told_as_such(cell):
    found = cell("DeepSeek-V2", "Batch size", "18.9M tokens")
    assert found.verdict == "disputed"
    assert "the last 1,000 steps" in found.reason
    assert cell("DeepSeek-V2", "Batch size", "25M tokens").is_false


def test_a_written_out_round_number_says_no_more_than_its_first_digits(cell):
    assert cell("PaLM 8B", "Training tokens", "1000000000000").verdict == "wrong"
    assert cell("LLaMA 7B", "Params", "7,000,000,000").verdict in TRUE


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("GPT-4", "Params", "1.76T", "rumour"),
        ("GPT-4", "Layers", "120", "rumour"),
        ("GPT-4", "Params", "undisclosed", "agrees"),
        ("GPT-4", "Params", "???", "blank"),
        ("LLaMA 65B", "Learning rate", "1.5.E-04", "misspelt"),
        ("GPT-1", "Architecture", "casual-decoder", "misspelt"),
        ("T5-11B", "Batch size", "128 sequences", "disputed"),
        ("Llama 2", "Attention", "GQA", "partly-wrong"),
        ("LLaMA", "Attention", "GQA", "partly-wrong"),
        ("Foo-7B", "Layers", "32", "unsupported"),
        ("GPT-4", "Batch size", "60M tokens", "rumour"),
        ("GPT-4", "Batch size", "16M tokens", "unsupported"),
        ("GPT-3", "Precision", "bf16", "unsupported"),
        ("PaLM 540B", "Tokenizer", "BPE", "unsupported"),
        ("GPT-1", "Post-training", "pre-train + fine tune", "partly-wrong"),
        ("PaLM", "Post-training", "RLHF", "wrong"),
        ("Gemma 2 9B IT", "Post-training", "PPO", "unsupported"),
        ("Gemma 2 9B IT", "Post-training", "SFT, RL", "agrees-normalised"),
        ("Gemma 2 9B IT", "Post-training", "GRPO", "wrong"),
        ("T5", "Attention mask", "causal attention mask", "agrees-normalised"),
        ("T5", "Attention mask", "casual attention mask", "misspelt"),
        ("LLaMA 7B", "Layers", "purple", "unreadable"),
    ],
)
def test_what_is_neither_true_nor_false_is_called_by_its_name(cell, model, header, text, verdict):
    found = cell(model, header, text)
    assert found.verdict == verdict, (found.verdict, found.reason)


@pytest.mark.parametrize("text", ["no", "✗", "yes", "✓"])
@pytest.mark.parametrize(
    "header", ["Bias", "QK norm", "Tied embeddings", "Attention", "Open weights"]
)
def test_yes_and_no_never_belong_to_another_model_or_attribute(check, header, text):
    names = ["LLaMA 7B", "GPT-3", "PaLM 540B", "T5-11B", "BERT-Base"]
    rows = "".join(f"| {name} | {text} | 32 |\n" for name in names)
    found = check(f"| Model | {header} | Layers |\n|---|---|---|\n{rows}")
    answers = [c.judgement.verdict for c in found.judged_cells if c.column == 1]
    assert len(answers) == len(names)
    assert "misplaced" not in answers


def test_swapped_cells_are_both_found(check):
    found = check("| Model | Layers | Heads |\n|---|---|---|\n| LLaMA 65B | 64 | 80 |\n")
    assert verdicts(found) == ["misplaced", "misplaced"]


def test_data_counted_in_points_is_not_held_against_tokens(check):
    found = check(
        "| Model | Training dataset size (datapoints) |\n|---|---|\n| Llama 2-70B | 1500000000000 |\n"
    )
    assert verdicts(found) == ["unsupported"]


def test_relative_positions_are_of_several_kinds(cell):
    assert cell("Chinchilla 70B", "Position", "Relative").verdict == "agrees-normalised"
    assert cell("LLaMA 7B", "Position", "Relative").verdict == "wrong"


@pytest.mark.parametrize(
    ("model", "text", "true"),
    [
        ("T5-11B", "encodeur-décodeur", True), ("T5-11B", "энкодер-декодер", True),
        ("T5-11B", "エンコーダ・デコーダ", True), ("T5-11B", "인코더-디코더", True),
        ("BERT-base", "solo codificador", True), ("GPT-2 XL", "nur Decoder", True),
        ("GPT-2 XL", "encodeur", False), ("BERT-base", "только декодер", False),
    ],
)  # fmt: skip
def test_terms_are_read_in_the_languages_of_the_headers(cell, model, text, true):
    found = cell(model, "Architecture", text)
    assert (found.verdict in TRUE, found.is_false) == (true, not true), found.reason


@pytest.mark.parametrize(
    ("text", "verdict"), [("1.5T", "agrees-normalised"), ("1.6T", "unsupported")]
)
def test_what_is_unknown_of_a_tuned_model_may_be_true_of_its_base(cell, text, verdict):
    assert cell("Falcon-7B-Instruct", "Training tokens", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "false"), [("QKV, others none", False), ("none", True), ("output, others none", True)]
)
def test_other_layers_without_a_bias_contradict_none_that_has_one(cell, text, false):
    assert cell("Qwen2 7B", "Bias", text).is_false is false


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Gemma 2 9B", "Pre-norm", "no", "unsupported"),  # which has norms before and behind
        ("Gemma 2 9B", "Pre-norm", "yes", "agrees"),
        ("LLaMA 7B", "Pre-norm", "no", "wrong"),
        ("Falcon-180B", "Attention", "MQA/GQA", "partly-wrong"),
        ("Falcon-180B", "Attention", "MQA", "wrong"),
        ("Falcon-180B", "Attention", "MQA, MHA", "wrong"),
        (
            "AlexaTM 20B",
            "Open/Closed",
            "Closed",
            "unsupported",
        ),  # whose weights are given on request
        ("AlexaTM 20B", "Open/Closed", "Open", "agrees-normalised"),
        ("Mistral 7B", "Category", "Closed source", "wrong"),
        ("PaLM 540B", "Category", "Closed source", "agrees-normalised"),
    ],
)
def test_what_the_base_has_in_part_is_left_open_or_partly_wrong(cell, model, header, text, verdict):
    found = cell(model, header, text).verdict
    assert found == verdict


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Alpaca 7B", "Data", "52K instructions", "unsupported"),
        ("OPT-175B", "Data", "180B tokens", "agrees-normalised"),  # the text, seen more than once
        ("OPT-175B", "Data", "900B tokens", "wrong"),
        ("OPT-175B", "Training tokens", "180B", "agrees-normalised"),
        ("OPT-175B", "Training tokens", "130B", "wrong"),
        ("Flan-T5-XXL", "Training compute", "9.9e21", "unsupported"),  # with that of T5
        ("Flan-T5-XXL", "Training compute", "9.9e12", "wrong"),
        ("BloombergGPT", "Training compute", "2.12e23", "unsupported"),
        ("BloombergGPT", "Training compute", "2.12e24", "wrong"),
        ("Flan-T5-XXL", "Base model", "T5", "agrees-normalised"),
        ("Flan-T5-XXL", "Base model", "LLaMA", "wrong"),
        ("GPT-3 Small", "Params", "124M", "agrees-normalised"),
        ("GPT-3 Small", "Params", "114M", "wrong"),
    ],
)
def test_quantities_counted_otherwise_are_not_held_to_be_false(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Mixtral", "Params", "8x7b, 8x22b", "partly-wrong"),  # of the family that goes on from it
        ("Mixtral", "Params", "8x7b, 8x32b", "wrong"),
        ("Mixtral", "Params", "8x22b", "wrong"),
        ("Llama 3 8B", "Context length", "8K→128K", "partly-wrong"),  # with Llama 3.1
        ("Llama 3 8B", "Context length", "8K→256K", "wrong"),
        ("Llama 3 8B", "Context length", "4K→128K", "wrong"),
        ("text-embedding-ada-002 (version 1)", "Context length", "2,046", "unsupported"),
        ("text-embedding-ada-002", "Context length", "2,046", "wrong"),
    ],
)
def test_a_cell_may_go_on_to_what_its_name_goes_on_to(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict


def test_one_benchmark_of_a_row_is_no_whole_list(cell):
    assert cell("Kimi K2", "Benchmark", "HMMT 2025").verdict == "unsupported"
    assert cell("Kimi K2", "Evaluation", "training loss").is_false


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("GPT-5.4 mini", "272K", "agrees-normalised"),  # of 400,000 with an answer of 128,000
        ("GPT-5.4 mini", "400K", "agrees"),
        ("GPT-5.4 mini", "252K", "wrong"),
        ("DeepSeek-V2.5", "128K", "agrees-normalised"),  # which is that of DeepSeek-V2
        ("RWKV-4 7B", "8K", "unsupported"),  # of which the base knows the training alone
        ("DeepSeek-V2.5", "2K", "misplaced"),
        ("DeepSeek-V2.5", "160K", "agrees"),  # of its configuration
    ],
)
def test_a_context_may_be_told_without_its_answer_or_beyond_its_training(
    cell, model, text, verdict
):
    assert cell(model, "Context length", text).verdict == verdict


def test_phases_have_batches_of_their_own_and_one_is_true(cell):
    assert cell("BERT-wwm", "Batch Size", "2,560 / 384").verdict == "partly-wrong"
    assert cell("BERT-wwm", "Batch Size", "2,460 / 384").is_false


def test_what_is_withheld_of_a_model_that_never_came_out_leaves_the_others_values_standing(cell):
    found = cell("Llama 4", "Vocabulary size", "128,256")
    assert found.verdict == "wrong"
    assert "202,048" in found.reason
