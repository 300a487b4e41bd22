"""Short remarks on models."""

from __future__ import annotations

import pytest


@pytest.fixture
def remark(check):
    """The verdict on a remark below a header; `misplaced` counts as wrong, a column not read as blank."""

    def told(model: str, text: str, header: str = "Notes") -> str:
        table = f"| Model | Layers | {header} |\n|---|---|---|\n| {model} | 64 | {text} |\n"
        found = [c.judgement for c in check(table).judged_cells if c.column == 2]
        return ("wrong" if found[0].is_false else found[0].verdict) if found else "blank"

    return told


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("8 experts, top-2 MoE", "agrees"),
        ("16 experts, top-2 MoE", "wrong"),
        ("8 experts, top-4", "wrong"),
        ("first large open MoE", "blank"),
        ("more than 16 experts of others", "blank"),  # a comparison
        ("unlike DBRX with 16 experts", "blank"),
        ("DBRX has 16 experts", "blank"),  # another model
        ("16 experts active at a time", "blank"),
        ("16 experts, which is a remark of far more than sixty characters", "blank"),
    ],
)
def test_what_a_short_remark_says_of_experts_is_judged(remark, text, verdict):
    assert remark("Grok-1", text) == verdict


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Llama 2 70B", "4K context", "agrees"),
        ("Llama 2 70B", "350K context", "wrong"),
        ("Llama 2 70B", "2T tokens", "agrees"),
        ("Llama 2 70B", "GQA breakthrough", "agrees"),
        ("Llama 2 70B", "extreme MQA", "wrong"),
        ("Llama 3.1 8B", "YaRN scaling", "wrong"),
        ("Qwen2.5-7B", "RoPE", "agrees"),
        ("Nobodys 7B", "350K context", "blank"),
        ("Llama 2", "350K context", "blank"),  # of several sizes each may be meant
    ],
)
def test_a_length_tokens_and_techniques_are_read_in_a_remark(remark, model, text, verdict):
    assert remark(model, text) == verdict


@pytest.mark.parametrize(
    ("header", "read"),
    [("Notes", True), ("Key Features", True), ("备注", True), ("Scaling Technique", True),
     ("Release notes link", False), ("Origin", False)],
)  # fmt: skip
def test_only_headers_of_remarks_are_read_as_such(remark, header, read):
    assert (remark("Llama 2 70B", "350K context", header) == "wrong") is read


def test_a_remark_is_not_rewritten_whatever_is_wrong_in_it(run, tmp_path):
    table = tmp_path / "notes.md"
    text = "| Model | Layers | Notes |\n|---|---|---|\n| Llama 2 70B | 81 | 350K context |\n"
    table.write_text(text, "utf-8")
    run("factcheck", str(table), "--fix")
    assert "| 80[^source1] | 350K context |" in table.read_text("utf-8")
