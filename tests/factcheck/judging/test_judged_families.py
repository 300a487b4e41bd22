"""Cells beside the names of families, sizes and lines."""

from __future__ import annotations

import pytest

from tests.factcheck.judging.cells import TRUE


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("15.5B", "agrees"), ("7B", "wrong"), ("3.04B", "wrong"), ("1B, 3B, 7B, 15.5B", "agrees"),
     ("1B - 15.5B", "agrees")],
)  # fmt: skip
def test_a_family_is_not_as_large_as_members_that_go_by_another_word(cell, text, verdict):
    found = cell("StarCoder", "Params", text)
    assert found.verdict == verdict, found.reason
    if verdict == "wrong":
        assert (found.cause, found.expected) == ("other-size", "15.5B")
    assert cell("Qwen2.5-Coder", "Params", "3B").verdict == "agrees"  # its sizes share the name


@pytest.mark.parametrize("text", ["12", "12+12", "12 + 12 (24 in total)", "24 in total"])
def test_layers_of_two_stacks_are_read_one_way_in_rows_of_families_and_of_sizes(cell, text):
    base, small, family = (cell(name, "Layers", text) for name in ("T5-Base", "T5-Small", "T5"))
    assert base.verdict in TRUE, base.reason
    assert family.verdict == "partly-wrong"
    assert family.reason.startswith("not of Small, Large, 3B, 11B: "), family.reason
    assert family.cause is None
    if text != "12":  # the small one has 6 + 6
        assert small.is_false


@pytest.mark.parametrize(
    "name",
    ["PaLM 9", "LLaMA 9", "GPT-9 Turbo", "Flan-T9", "Code Llama 99B", "Mixtral 9x99B", "GPT-9o"],
)
def test_a_model_the_base_does_not_hold_is_not_taken_for_its_namesake(check, name):
    found = check(f"| Model | Layers |\n|---|---|\n| {name} | 1 |\n")
    assert found.judged_cells[-1].judgement.verdict == "unsupported"


def test_a_bare_name_means_the_first_generation_where_the_table_names_a_later_one(check):
    found = check("| Model | Attention |\n|---|---|\n| LLaMA | GQA |\n| LLaMA 2 70B | GQA |\n")
    assert [judged.judgement.verdict for judged in found.judged_cells] == ["misplaced", "agrees"]


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Qwen2.5 72B", "Params", "72B", "agrees-normalised"),  # 72.7B; the name says 72B
        ("Qwen2.5 72B", "Active params", "72B", "agrees-normalised"),  # dense
        ("Qwen2.5 72B", "Params", "68B", "wrong"),
        ("Mixtral 8x7B", "Active params", "8B", "wrong"),
    ],
)
def test_the_size_in_a_models_name_is_what_people_write(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "false"),
    [
        ("100m, 200m, 400m: 3,072<br>v2-100m: 4,096", False),
        ("100m, 200m, 400m: 5,072<br>v2-100m: 4,096", True),
    ],
)
def test_sizes_may_be_the_labels_of_what_they_have(cell, text, false):
    assert cell("ByBERT-JP", "Context length", text).is_false is false


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("0.8B - 397B", True),  # of the base models the largest has 35B
        ("0.8B, 27B, 397B", True),
        ("0.8B, 45B, 397B", False),
        ("0.8B - 500B", False),
    ],
)
def test_sizes_that_only_post_trained_models_have_belong_to_the_family(cell, text, true):
    assert (cell("Qwen 3.5", "Params", text).verdict in TRUE) is true


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("LLaMA-70B", "Layers", "80", "agrees"),
        ("LLaMA-70B", "Layers", "48", "wrong"),  # all generations of that size have 80
        ("DeepSeek", "Normalization", "LayerNorm", "wrong"),
        ("StarCoder", "Training tokens", "35B", "wrong"),  # far less than any of them
        ("Qwen-Max", "Context", "128K", "unsupported"),  # of one that the base has not, perhaps
    ],
)
def test_what_all_generations_share_is_held_against_the_bare_name(
    cell, model, header, text, verdict
):
    assert cell(model, header, text).verdict == verdict


@pytest.mark.parametrize(
    ("name", "header", "text", "verdict"),
    [
        ("GPT-5.4", "Context", "1,050,000", "agrees-normalised"),  # its mini and nano have 400K
        ("GPT-5.4", "Context", "400K", "partly-wrong"),
        ("Kimi K3", "Release date", "2026-07", "agrees"),  # Kimi K3.1 has a family of its own
        ("GLM-5", "Context", "1M", "wrong"),  # of GLM-5.2, a family of its own
        ("GPT-5", "Context", "400K", "agrees-normalised"),  # beside GPT-5 Chat
        ("GPT-5", "Context", "8K", "wrong"),
    ],
)
def test_what_is_true_of_the_member_with_its_familys_name_is_true(
    cell, name, header, text, verdict
):
    found = cell(name, header, text)
    assert found.verdict == verdict, found.reason


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Llama 3", "Params", "405B", "partly-wrong"),  # people call Llama 3.1 so
        ("Llama 3", "Context", "128K", "partly-wrong"),
        ("Llama 3", "Params", "300B", "wrong"),
        ("GPT-4", "Context", "1M", "wrong"),  # GPT-4.1 comes in other sizes
        ("Phi-3-mini", "Context", "128K", "agrees-normalised"),
        ("Yi-34B-Chat", "Context", "200K", "wrong"),  # which is the base model's
        ("Yi-34B", "Context", "200K", "agrees-normalised"),
        ("Llama 3.2 3B", "Context", "8K", "misplaced"),  # its quantized forms have that
        ("DeepSeek-R1-Distill-Qwen-14B", "Params", "32B", "wrong"),
        ("Mistral 7B", "Context", "4096 (SWA)", "agrees-normalised"),  # how far its windows reach
        ("Llama 4 Maverick", "Params", "17B", "partly-wrong"),
        ("DeepSeek-R1", "Params", "~1T", "wrong"),
        ("Grok-1", "Params", "~0.3T", "agrees-normalised"),
        ("DeepSeek-V3", "Params", "671B (37B actifs)", "agrees"),
        ("Falcon-180B / 180B-Chat", "Params", "180B", "agrees"),
        ("GPT-4.1", "Context, k tokens", "1000", "agrees-normalised"),
        ("GPT-4.1", "Context, k tokens", "1200", "wrong"),
        ("Mistral 7B", "Context", "8K 级，窗口 4096", "unsupported"),
        ("Kimi K2", "Sparsity", "32.5", "unreadable"),  # a ratio, perhaps
        ("Command A", "Open source", "❌", "unsupported"),  # not for every use
        ("Mistral 7B", "Open source", "❌", "wrong"),
        ("MiniMax-M1", "Date", "2025-06/07", "agrees"),
        ("GPT-4 Turbo", "Max tokens", "~4k output", "unsupported"),
        ("Llama 3.1 405B", "Training tokens", "15 000B", "agrees-normalised"),
        ("Llama 3.1 405B", "Training tokens", "17 000B", "wrong"),
        ("LLaMA 65B", "Training tokens", "1000B", "wrong"),  # which is no 1.4T rounded
        ("Qwen 3.5", "Context", "1000K", "wrong"),
        ("ALBERT XX-Large", "Params", "235M", "agrees"),
        ("GPT-2", "Data", "40B", "rumour"),  # of tokens, which it does not tell
        ("LLaMA 3", "Training data", "2T tokens", "wrong"),
        ("XLM-R", "Access", "limited", "wrong"),
        ("GPT-4", "Access", "limited", "agrees-normalised"),
        ("LLaMA 2", "Languages", "Multilingual", "unsupported"),
        ("GPT-2", "Tokenizer", "BPE (Byte-level)", "agrees-normalised"),
        ("PaLM 2", "Multimodal", "Yes", "wrong"),
        ("Llama 3.1 8B Instruct", "Languages", "8 (en, de, fr, it, pt, hi, es, th)", "unreadable"),
        ("Mixtral-8x7B", "活性化パラメータ", "130億", "agrees"),
        ("Gemma 3 27B", "License", "Gemma ToS", "agrees-normalised"),
        ("Llama 2 7B", "Architecture", "GQA 4:1", "wrong"),
        ("Qwen3-32B", "Attention", "GQA (8:1)", "agrees-normalised"),
        ("Qwen3-32B", "Attention", "GQA 4:1", "partly-wrong"),
        ("Mistral Small 3", "Params", "24B", "agrees"),
        ("Mistral Small 3", "Params", "22B", "wrong"),  # which is no count without embeddings
        ("Mistral 7B", "Architecture", "Dense 7B", "agrees-normalised"),
        ("Mistral 7B", "Architecture", "Dense 128B", "partly-wrong"),
        ("Mixtral 8x7B", "Architecture", "MoE 46.7B (12.9B active)", "agrees-normalised"),
        ("Vicuna-13B", "Base model", "LLaMA1", "agrees-normalised"),  # of its first version
        ("GLM-5.1", "Context", "1M", "wrong"),  # a later version's
        ("DeepSeek-V2.5", "Context", "128K", "agrees-normalised"),  # an earlier version's too
        ("Devstral Small 2", "Release date", "2025-05", "wrong"),  # of the first one
    ],
)
def test_a_value_belongs_to_what_people_call_so(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict
