"""Rows whose cells have slipped, and rows that are only short."""

from __future__ import annotations


def verdicts(checked):
    return [judged.judgement.verdict for judged in checked.judged_cells]


def test_a_short_row_whose_values_slipped_is_said_to_have_slipped(check):
    found = check(
        "| | BERT | GPT-2 XL | PaLM 540B | LLaMA 65B |\n|---|---|---|---|---|\n"
        "| Vocabulary | 30522 | 256000 | 32000 |\n"
    )
    (finding,) = found.findings
    assert (finding.finding, finding.cause) == ("ragged", "shifted-row")
    assert verdicts(found) == ["agrees", "misplaced", "misplaced"]
    assert {e.judgement.cause for e in found.judged_cells[1:]} == {"shifted-row"}


def test_a_full_row_whose_values_slipped_is_found_too(check):
    found = check(
        "| Model | Layers | d_model | Heads | Vocabulary |\n|---|---|---|---|---|\n"
        "| LLaMA 65B | | 80 | 8192 | 64 |\n"
    )
    assert found.findings[0].finding == "shifted"
    assert [e.judgement.cause for e in found.judged_cells if e.filled] == ["shifted-row"] * 3


def test_a_row_that_fits_where_it_stands_is_only_called_ragged(check):
    found = check("| | BERT | GPT-1 | GPT-4 |\n|---|---|---|---|\n| Context | 512 | 512 |\n")
    assert [f.finding for f in found.findings] == ["ragged"]
    assert "every cell fits" in found.findings[0].text


def test_one_text_in_two_columns_of_a_slipped_row_has_one_story(check):
    found = check(
        "| | BERT | GPT-3 | GPT-4 | PaLM | LLaMA | LLaMA 2 |\n|---|---|---|---|---|---|---|\n"
        "| Tokenizer | wordpiece | BPE (SentencePiece) | SentencePiece 256k | BPE (SentencePiece) |"
        " BPE (SentencePiece, 32k) |\n"
    )
    same = [c.judgement for c in found.judged_cells if c.cell.text == "BPE (SentencePiece)"]
    assert len(same) == 2
    assert {(one.verdict, one.cause) for one in same} == {("misplaced", "shifted-row")}


def test_yes_and_no_say_nothing_of_a_slip(check):
    found = check(
        "| | BERT | GPT-3 | LLaMA | PaLM |\n|---|---|---|---|---|\n| MQA | ✓ | ✓ | ✗ | ✗ |\n"
    )
    assert found.findings == []
    assert "misplaced" not in verdicts(found)


def test_a_row_is_moved_only_where_another_placing_is_clearly_better(check):
    """A true cell weighs four more than one of an unknown model, which is enough; a disputed one three."""
    true = check("| | Foo | LLaMA 65B |\n|---|---|---|\n| Layers | 80 |\n")
    assert [finding.missing for finding in true.findings] == [((0, 1),)]
    disputed = check("| | Foo | T5-11B |\n|---|---|---|\n| Batch size | 128 sequences |\n")
    assert [finding.undecided for finding in disputed.findings] == [True]
