"""Whom a name stands for: a line of which none goes by its bare name."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging import without_value


@pytest.mark.parametrize("text", ["Claude", "the Claude family", "Gemini [5]"])
def test_the_bare_name_of_a_line_stands_for_all_its_generations(names, text):
    found = names.find(text)
    assert found is not None
    assert found.kind == "line"
    assert len({names._base.family(model) for model in found.models}) > 1


@pytest.mark.parametrize("text", ["Claude 0.1", "LLaMA", "Claudette"])
def test_other_names_do_not(names, text):
    found = names.find(text)
    assert found is None or found.kind != "line"


def test_a_date_is_left_open_from_the_last_generation_to_today(check, monkeypatch):
    monkeypatch.setattr(without_value, "_today", lambda: "2041-06-15")
    found = check(
        "| Model | Organization | Released |\n|---|---|---|\n| Claude | Anthropic | 2024-03 |\n"
        "| Claude | Mistral AI | 2019-01 |\n| Claude | Anthropic | 2041-06 |\n"
        "| Claude | Anthropic | 2041-07 |\n"
    )
    assert [judged.judgement.verdict for judged in found.judged_cells] == [
        "agrees", "partly-wrong", "wrong", "wrong", "agrees", "unsupported", "agrees", "wrong",
    ]  # fmt: skip


def test_a_tick_that_fits_no_generation_is_left_open(check):
    found = check("| Model | RoPE |\n|---|---|\n| DeepSeek | no |\n| DeepSeek-V3 | no |\n")
    assert [judged.judgement.verdict for judged in found.judged_cells] == ["unsupported", "wrong"]


@pytest.mark.parametrize(
    ("kind", "target", "texts"),
    [
        ("model", "llama-7b", [
            "LLaMA 7B", "LLaMA-7B [3]", "LLaMA 7B (Touvron et al., 2023)", "LLaMA 7B*",
            "LLaMA 7B et al. 2023", "LLaMA 7B (Meta)",
            "llama:7b", "LLaMA (7B)", "LLaMA 7B (ours)", "the LLaMA 7B model", "LLaMA 7B (baseline)",
        ]),
        ("model", "llama-33b", ["LLaMA 33B", "LLaMA 32.5B", "LLaMA 34B"]),
        ("model", "llama-3.1-8b-instruct", [
            "Llama 3.1 8B Instruct", "Llama 3.1 8B Inst.", "Llama-3.1-8B-Ins", "Llama 3.1 8B (Instruct)",
        ]),
        ("model", "llama-2-7b-chat", ["Llama 2 7B chat", "Llama-2-7b-chat", "Llama 2 7B (chat)"]),
        ("model", "llama-2-7b", ["Llama 2 7B", "Llama 2 7B (base)", "Llama 2 7B pretrained"]),
        ("several", "llama-2-7b-chat", ["Llama 2 chat"]),
        ("model", "llama-3.1-405b", ["Llama 3.1 405B", "Llama 3 405B"]),
        ("model", "deepseek-v2.5", ["DeepSeek-V2.5", "DeepSeek-V2.5 Chat"]),
        ("model", "pythia-12b", ["Pythia 12B", "pythia-12b"]),
        ("model", "bert-base", ["BERT-Base", "BERT (Base)", "BERT base"]),
        ("model", "gpt-4-turbo-preview", ["gpt-4-1106-preview", "GPT-4 (gpt-4-1106-preview)"]),
        ("model", "gpt-4", ["GPT-4 2023-03-14"]),
        ("family", "baichuan-2", ["Baichuan 2 (7B · 13B)", "Baichuan 2 7B · 13B"]),
        ("family", "minimax-01", ["MiniMax-01\nMiniMax-Text-01 · MiniMax-VL-01"]),
    ],
)  # fmt: skip
def test_one_model_has_many_names(names, kind, target, texts):
    found = {text: names.find(text) for text in texts}
    assert {text: one and (one.kind, one.id) for text, one in found.items()} == dict.fromkeys(
        texts, (kind, target)
    )


@pytest.mark.parametrize(
    "text",
    [
        "LLaMA 9B", "7B", "", "7B · 13B", "Nobodys (7B · 13B)", "Pythia 2b", "Zephyr Base",
        "LLaMA 7B uncensored", "Qwen/Nobodys", "Claudette/Lamette", "Llama 2-1", "Mistral AI", "Meta",
        "Llama 2 7B SFT", "Llama 2 7B RLHF",  # which anybody may have made
        "GPT-4 (gpt-4-9999-preview)", "GPT-4 (gpt-4o, gpt-4-turbo)", "gpt-4-9999",
        "LLaMA 7B" + " " * 60 + "x" * 60,
    ],
)  # fmt: skip
def test_what_is_nobodys_name_names_nobody(names, text):
    assert names.find(text) is None


@pytest.mark.parametrize(
    ("text", "wide", "loose", "bare"),
    [
        ("LLaMA", True, True, True),
        ("LLaMA 7B, 13B", True, True, True),
        ("LLaMA (7B, 13B)", True, True, True),
        ("LLaMA base", True, False, False),
        ("the LLaMA models", True, False, True),
        ("LLaMA 7B", False, False, True),
        ("BERT-Base", False, False, False),
        ("Llama 2 7B pretrained", False, False, False),
    ],
)
def test_a_name_stands_for_one_or_all_sizes_and_may_be_loose(names, text, wide, loose, bare):
    found = names.find(text)
    assert found is not None
    assert (found.family_wide, found.loose, found.bare) == (wide, loose, bare)


def test_several_names_stand_for_the_models_of_each(names):
    found = names.find("LLaMA 7B / Llama 2 7B")
    assert (found.kind, found.id, found.models) == (
        "several",
        "llama-7b",
        ("llama-7b", "llama-2-7b"),
    )
    assert names.find("LLaMA 7B / Zorg 7B") is None


@pytest.mark.parametrize("text", ["GPT-4", "LLaMA", "Zephyr", "Claude"])
def test_a_name_stands_for_each_model_once(names, text):
    models = names.find(text).models
    assert len(set(models)) == len(models) > 0


def test_what_a_model_was_tuned_to_makes_another_one_of_it(names):
    assert names.find("LLaMA-7B (protein-oriented instruction-tuned)") is None


def test_a_name_without_its_number_stands_for_all_that_have_one(names):
    found = names.find("Mistral Large")
    assert found is not None
    assert found.kind == "line"
    assert {"mistral-large-2", "mistral-large-3"} <= {names._base.family(m) for m in found.models}


@pytest.mark.parametrize("text", ["ChatGPT", "chatgpt [3]", "ChatGPT (free)"])
def test_a_name_that_tables_use_of_several_models_stands_for_any(names, text):
    found = names.find(text)
    assert (found.kind, len({names._base.family(model) for model in found.models}) > 1) == (
        "any",
        True,
    )


def test_what_is_true_of_one_that_is_meant_is_true_and_what_is_of_none_is_left_open(check):
    found = check(
        "| Model | Organization | Context |\n|---|---|---|\n"
        "| ChatGPT | OpenAI | 8192 |\n| ChatGPT | Mistral AI | 7680 |\n| ChatGPT-9 | OpenAI | 8192 |\n"
    )
    assert [judged.judgement.verdict for judged in found.judged_cells] == [
        "agrees", "agrees-normalised", "wrong", "unsupported", "unsupported", "unsupported",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "means"),
    [("Llama 2.0 7B", "llama-2-7b"), ("Claude 3.0", "Claude 3"), ("Llama 2.00 7B", None)],
)
def test_a_version_is_also_written_with_a_zero_behind_it(names, text, means):
    found, other = names.find(text), names.find(means or "nobody's")
    assert (found and found.models) == (other and other.models)


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("LLaMA/2", {"llama", "llama-2"}),
        ("LLaMA/2 Base&Chat", {"llama", "llama-2"}),
        ("Qwen 2 (72b) - same for 2.5", {"qwen-2"}),
        ("ChatGLM3-6B-chat", {"chatglm3"}),
        ("LLaMA/9", set()),
    ],
)
def test_a_name_may_have_a_second_version_or_a_remark_behind_it(names, text, families):
    found = names.find(text)
    assert {names._base.family(model) for model in (found.models if found else ())} == families


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("GPT-3 (达摩院)", False), ("GPT-NeoX (Together)", False), ("LLaMA (Meta)", True),
        ("MPT-7B (Databricks)", True),  # which bought its publisher
        ("LLaMA (Touvron)", True),  # no publisher
    ],
)  # fmt: skip
def test_a_publisher_in_brackets_makes_a_name_its_own(names, text, known):
    assert (names.find(text) is not None) is known


def test_a_size_in_words_is_not_another_sizes(names):
    assert names.find("LUKE (large)").models == ("luke-large",)
    assert names.find("LUKE (tiny)") is None
    assert names.find("BERT (base, large)").models  # of several, one is enough


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("text-embedding-ada-002", "model"),
        ("text-embedding-ada-002 (version 1)", "form"),
        ("Mistral 7B (v0.1)", "model"),  # the base knows it by its version
    ],
)
def test_a_version_in_brackets_that_the_base_does_not_tell_apart_is_a_form(names, text, kind):
    assert names.find(text).kind == kind


def test_every_model_is_found_by_its_own_name(names):
    rows = names._connection.execute("SELECT id, name FROM models").fetchall()

    assert len(rows) > 4000
    lost = [
        name
        for model, name in rows
        if (found := names.find(name)) is None or model not in found.models
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "loose"),
    [("ChatGLM", True), ("ChatGLM2", False), ("ChatGLM-6B", False), ("Mixtral", False)],
)
def test_a_bare_name_that_goes_on_by_numbers_may_mean_those(names, text, loose):
    found = names.find(text)
    assert found is not None
    assert found.loose is loose
