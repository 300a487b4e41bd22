"""Tables of somebody's own run of a model, or of a model made of it, say nothing against the publisher's."""

from __future__ import annotations

import pytest

RECIPE = "| Model | Learning rate | {sign} | Layers |\n|---|---|---|---|\n"


def verdicts(found):
    return {cell.judgement.verdict for cell in found.judged_cells if cell.filled}


@pytest.mark.parametrize(
    "sign",
    ["Epochs", "num_train_epochs", "LoRA rank", "Warmup ratio", "Output length", "Latency (ms)", "轮数",
     "에폭", "Эпохи", "Époques", "Epochen", "Épocas", "エポック数"],
)  # fmt: skip
def test_settings_beside_a_sign_of_somebodys_run_are_not_held_against_the_publishers(check, sign):
    rows = "| GPT-2 XL | 5e-5 | 3 | 48 |\n| LLaMA 13B | 2e-5 | 3 | 41 |\n"
    found = check(RECIPE.format(sign=sign) + rows)
    rate, layers = ([c for c in found.judged_cells if c.column == at] for at in (1, 3))

    assert [cell.judgement.verdict for cell in rate] == ["unsupported", "unsupported"]
    assert [cell.judgement.is_false for cell in layers] == [
        False,
        True,
    ]  # a shape is nobody's choice


@pytest.mark.parametrize(("text", "false"), [("2548", True), ("2560", False)])
def test_a_slip_in_a_length_is_told_of_somebodys_run_too(check, text, false):
    table = f"| Model | Max length | Epochs |\n|---|---|---|\n| LLaMA 13B | {text} | 3 |\n"
    assert check(table).judged_cells[0].judgement.is_false is false


def test_a_table_of_pretraining_that_counts_epochs_is_judged(check):
    rows = "| LLaMA 7B | 3e-4 | 1 | 32 |\n| LLaMA 13B | 3e-4 | 1 | 40 |\n| LLaMA 65B | 3e-4 | 1 | 80 |\n"
    found = check(RECIPE.format(sign="Epochs") + rows)

    assert [cell.judgement.is_false for cell in found.judged_cells if cell.column == 1] == [
        False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["Fine-tuning setup", "LoRA", "微调参数", "파인튜닝"])
def test_a_heading_that_speaks_of_tuning_is_a_sign_too(check, heading):
    rows = "| Batch size | 128 | 64 |\n| Max length | 512 | 512 |\n"
    table = f"| | LLaMA 7B | LLaMA 13B |\n|---|---|---|\n{rows}"

    assert verdicts(check(f"## {heading}\n\n{table}")) == {"unsupported"}
    assert "unsupported" not in verdicts(check(f"## Architecture\n\n{table}"))


@pytest.mark.parametrize(
    ("heading", "withdrawn"),
    [("Mistral-7B-Ko", True), ("mistral-7b-lorem", True), ("Mistral-7B-Instruct", False),
     ("Mistral-7B-based systems", False), ("Mistral 7B in detail", False), ("Mistral-7B", False)],
)  # fmt: skip
def test_words_around_a_table_may_name_a_model_made_of_its_one(check, heading, withdrawn):
    found = check(f"# {heading}\n\n| Model | Vocabulary |\n|---|---|\n| Mistral 7B | 46336 |\n")

    assert [cell.judgement.is_false for cell in found.judged_cells] == [not withdrawn]


def test_among_several_models_each_is_the_one_it_is_called(check):
    rows = "| Mistral 7B | 46336 |\n| LLaMA 7B | 32000 |\n"
    found = check(f"# Mistral-7B-Ko\n\n| Model | Vocabulary |\n|---|---|\n{rows}")

    assert [cell.judgement.is_false for cell in found.judged_cells] == [True, False]


@pytest.mark.parametrize(("heading", "told"), [("Fine-tuning", 0), ("Training", 1)])
def test_a_heading_of_tuning_beside_epochs_leaves_no_doubt(check, heading, told):
    found = check(
        f"## {heading}\n\n| Hyperparameter | StarCoder-15B |\n|---|---|\n| Batch size | 512 |\n"
        "| LR scheduler | cosine |\n| Epochs | 3 |\n| Max length | 2048 |\n"
    )
    assert sum(cell.judgement.is_false for cell in found.judged_cells) == told
