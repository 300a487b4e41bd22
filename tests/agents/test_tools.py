"""What the tools answer and refuse: questions as agents ask them, and hostile ones."""

from __future__ import annotations

import contextlib
import json
import re

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmnotes.agents.fitting import LARGEST
from llmnotes.agents.tools import TOOLS

NAMES = ("find", "get", "compare", "filter", "estimate", "factcheck", "explain", "sources")


def test_the_differences_of_two_families_come_with_source_ids(agent):
    text = agent.call("compare", names=["LLaMA", "Llama 2"])
    assert len(text.encode()) <= LARGEST
    row = next(line for line in text.splitlines() if line.startswith("| Context length"))
    assert re.fullmatch(
        r"\| Context length \| 2,048 <sup>\d+</sup> \| 4,096 <sup>\d+</sup> \|", row
    )
    assert "`touvron-2023-llama-2`" in text
    assert "KV cache per token" in text
    assert "| Architecture |" not in text, "what is the same is left out"


def test_an_answer_about_the_model_that_a_copy_is_of_says_so_first(agent):
    text = agent.call("compare", names=["someone/Llama-2-7b-GPTQ", "someone/Llama-2-13b"], all=True)
    first, second = [line for line in text.splitlines() if line][:2]
    assert "repackaged weights of llama-2-7b; the answer is about llama-2-7b" in first
    assert "another publisher's copy of llama-2-13b; the answer is about" in second
    assert len(text.encode()) <= LARGEST
    assert "repackaged" not in agent.call("get", name="llama-2-7b")


def test_the_size_of_gpt_4_is_undisclosed_and_its_rumours_say_so(agent):
    lines = agent.call("get", name="GPT-4", attributes=["params"]).splitlines()
    claims = [line for line in lines if line.startswith("| Parameters |")]
    assert "undisclosed" in claims[0]
    assert len(claims) > 1
    assert all("(rumoured)" in line for line in claims[1:])
    assert any(line.startswith("1. `openai-2023-gpt4`") for line in lines)


def test_without_attributes_one_value_of_each_is_shown_and_rumours_are_announced(modern):
    text = modern.call("get", name="gpt-4")
    assert "rumoured" not in text
    assert re.search(r"Rumours or estimates beside these: .*params_total", text)


def test_the_kv_cache_of_a_pasted_config_comes_with_its_formula(agent):
    config = {
        "model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
        "num_key_value_heads": 2, "intermediate_size": 128, "vocab_size": 100,
        "max_position_embeddings": 32, "tie_word_embeddings": False,
    }  # fmt: skip
    # Two layers, keys and values, 2 heads of 16 numbers, 2 bytes each.
    for pasted in (config, json.dumps(config)):
        text = agent.call("estimate", config=pasted)
        assert re.search(r"per token \(bf16\) \|[^|]*\| 256 \| bytes/token", text), text
        assert "Formula" in text


def test_a_pasted_table_is_checked_cell_by_cell(agent):
    table = (
        "| Model | Layers |\n|---|---|\n| LLaMA 65B | 60 |\n| GPT-4 | 120 |\n| BERT-Base | 12 |\n"
    )
    text = agent.call("factcheck", text=table)
    wrong, rumour = (line for line in text.splitlines() if line.startswith("| table"))
    assert "| wrong |" in wrong
    assert "80 <sup>" in wrong
    assert "| rumour |" in rumour
    assert "`touvron-2023-llama`" in text
    assert "1 agrees" in text


def test_a_true_table_is_said_to_be_true(modern):
    table = "| Model | Layers |\n|---|---|\n| BERT-Base | 12 |\n"
    assert "No cell that the base knows is wrong" in modern.call("factcheck", text=table)
    assert "| agrees |" in modern.call("factcheck", text=table, all=True)


def test_a_slipped_row_is_told_of(modern):
    table = (
        "| Model | Layers | Heads | d_model | Context |\n|---|---|---|---|---|\n"
        "| LLaMA 7B | 32 | 32 | 4096 | 2048 |\n| LLaMA 13B | 40 | 5120 | 2048 | |\n"
    )
    assert "Row LLaMA 13B: shifted" in modern.call("factcheck", text=table)


def test_a_dataset_or_a_line_is_told_of_too(modern):
    assert "llama-7b" in modern.call("get", name="C4")
    assert "llama-3" in modern.call("get", name="llama", kind="line")
    assert "attributes" in modern.refusal("get", name="C4", attributes=["params"])


def test_an_unknown_name_is_answered_with_the_nearest(agent):
    assert "llama-2" in agent.refusal("get", name="lama-2")
    assert "n_layers" in agent.refusal("get", name="bert", attributes=["n_layer"])
    assert "factcheck" in agent.refusal("fact-check", text="x")


def test_a_filter_says_how_many_more_there_are(modern):
    text = modern.call("filter", where="released < 2020", limit=3)
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    assert len(rows) == 2 + 3
    more = int(re.search(r"^([\d,]+) more; ", text, re.M)[1].replace(",", ""))
    every = modern.call("filter", where="released < 2020", limit=200, columns=["id"])
    assert len([line for line in every.splitlines() if line.startswith("| ")]) - 2 == 3 + more


def test_an_answer_that_finds_no_room_loses_whole_rows_and_says_so(modern):
    text = modern.call("compare", names=["llama-3.1", "qwen-2.5", "gemma-3", "mistral"], all=True)
    assert len(text.encode()) <= LARGEST
    assert re.search(r"^\d+ more; name `attributes`", text, re.M)
    rows = [line for line in text.splitlines() if line.startswith("|") and "Effect" not in line]
    assert all(line.endswith("|") for line in rows)


def test_sources_are_told_by_their_ids_and_as_bibtex(modern):
    assert "Llama 2: Open Foundation" in modern.call("sources", names=["touvron-2023-llama-2"])
    text = modern.call("sources", names=["llama-2"], bibtex=True)
    assert text.startswith("```bibtex\n@")
    assert "@misc{touvron-2023-llama-2," in text


@pytest.mark.parametrize("name", NAMES)
def test_what_the_tool_is_for_fits_for_the_largest_subjects(modern, name):
    arguments = {
        "find": {"text": "a", "limit": 200}, "get": {"name": "qwen-2.5"},
        "compare": {"names": ["gpt-3", "qwen-2.5", "pythia", "opt"], "each_size": True, "all": True},
        "filter": {"where": "params >= 1", "limit": 200, "variants": "all"},
        "estimate": {"name": "pythia"}, "explain": {"term": "attention"},
        "factcheck": {"text": "|Model|Layers|\n|-|-|\n" + "|BERT-Base|13|\n" * 300, "all": True},
        "sources": {"names": ["gpt-3", "qwen-2.5", "llama-2", "gemma-3", "bert"], "bibtex": True},
    }  # fmt: skip
    assert 100 < len(modern.call(name, **arguments[name]).encode()) <= LARGEST


HUGE = "x" * 100_000


MARKUP = "</td><script>alert(1)</script>\x1b[31m\u202e | `$(rm -rf /)` ![](http://x)\n# h"


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get", {"name": HUGE}), ("get", {"name": MARKUP}), ("get", {"name": 7}), ("get", {"name": ""}),
        ("get", {}), ("get", {"name": {"a": [1]}}), ("get", {"nmae": "bert"}), ("find", {"text": MARKUP}),
        ("compare", {"names": ["bert"] * 41}), ("compare", {"names": ["bert"] * 13}),
        ("compare", {"names": [1, 2]}), ("compare", {"names": [MARKUP, HUGE]}), ("compare", {"names": []}),
        ("filter", {"where": "(" * 1_900}), ("filter", {"where": MARKUP}), ("filter", {"where": True}),
        ("filter", {"sort": MARKUP}), ("filter", {"columns": [MARKUP]}), ("filter", {"limit": 0}),
        ("filter", {"limit": -1}), ("filter", {"limit": 10**30}), ("filter", {"limit": 1.5}),
        ("filter", {"variants": MARKUP}), ("estimate", {}), ("estimate", {"name": "a", "config": {}}),
        ("estimate", {"config": "[" * 100_000}), ("estimate", {"config": {"model_type": MARKUP}}),
        ("estimate", {"config": HUGE}), ("estimate", {"name": "../../etc/passwd"}),
        ("estimate", {"name": "/etc/hostname"}), ("estimate", {"name": "bert-base", "context": MARKUP}),
        ("estimate", {"name": "bert-base", "hardware": [MARKUP]}), ("factcheck", {"text": MARKUP}),
        ("factcheck", {"text": HUGE * 5}), ("factcheck", {"text": ["a"]}), ("explain", {"term": MARKUP}),
        ("explain", {"term": HUGE}), ("sources", {"names": [MARKUP]}), ("drop table", {}),
        ("sources", {"names": ["bert"], "bibtex": "yes please"}),
    ],
)  # fmt: skip
def test_a_hostile_question_is_refused_in_one_sentence(modern, tool, arguments):
    said = modern.refusal(tool, **arguments)
    assert len(said) <= 1_001
    assert said.isprintable(), said
    assert "Traceback" not in said
    assert "an error of llmnotes itself" not in said


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=4,
)


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_arguments_are_answered_or_refused(connection, data):
    from llmnotes.agents.tools import answer
    from llmnotes.errors import InputError

    tool = data.draw(st.sampled_from(NAMES))
    arguments = data.draw(
        st.fixed_dictionaries({}, optional=dict.fromkeys(TOOLS[tool].parameters, VALUES))
    )
    with contextlib.suppress(InputError):
        assert len(answer(connection, tool, arguments).encode()) <= LARGEST


def test_markup_of_the_users_own_store_does_not_act(modern, run):
    run("set", "bert-base", "license=[x](javascript:1)<b>\x1b[31m", "--source", "me")
    text = modern.call("get", name="bert-base", attributes=["license"])
    assert "\x1b" not in text
    assert "<b>" not in text
    assert not re.search(r"(?<!\\)\]\(javascript", text)
