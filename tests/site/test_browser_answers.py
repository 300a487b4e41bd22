"""In a real browser, comparisons, filters, names and search answer as the commands do."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import llmnotes
from llmnotes.errors import InputError
from llmnotes.knowledge.compare import compare
from llmnotes.knowledge.filtering import Query, select
from llmnotes.views.comparison import MARKS
from llmnotes.views.effects import effect_tables
from tests.site.browsing import ask, squeezed

pytestmark = pytest.mark.thorough

SEED = 20261129
"""Fixed, so that a failure is reproducible."""

ROWS = """() => [...document.querySelectorAll("table.compare tbody tr:not(.group)")].map((row) => ({
  label: row.querySelector("th a").textContent,
  mark: row.querySelector(".mark")?.textContent || "",
  cells: [...row.querySelectorAll("td")].map((cell) => {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("sup, .status").forEach((item) => item.remove());
    return copy.textContent.trim();
  }),
}))"""

EFFECTS = """() => [...document.querySelectorAll("#effects + div tbody tr")].map(
  (row) => [...row.children].map((cell) => cell.textContent.trim()))"""


def _pairs(kb: llmnotes.KnowledgeBase) -> list[tuple[str, str]]:
    subjects = [model.id for model in kb.models()] + sorted({str(m.family) for m in kb.models()})
    chosen = random.Random(SEED)
    return [tuple(chosen.sample(subjects, 2)) for _ in range(100)]  # type: ignore[misc]


def test_a_hundred_comparisons_are_those_of_the_command(
    address: str, page: Any, kb: llmnotes.KnowledgeBase, connection: Any
) -> None:
    page.goto(f"{address}/compare/index.html")
    for one, other in _pairs(kb):
        ask(page, f"?m={one},{other}")
        shown = page.evaluate(ROWS)
        found = compare(connection, [one, other])
        expected = [
            {
                "label": row.attribute.label,
                "mark": MARKS[row.standing],
                "cells": [squeezed(cell.text) for cell in row.cells],
            }
            for row in found.rows
        ]
        assert [
            {**row, "cells": [squeezed(text) for text in row["cells"]]} for row in shown
        ] == expected
        tables = effect_tables(found)
        lines = [[cell.text for cell in row.cells] for row in tables[0].rows] if tables else []
        assert page.evaluate(EFFECTS) == lines, (one, other)


FILTERS: list[dict[str, str]] = [
    {"attention": "GQA"}, {"attention": "!GQA"}, {"attention": "GQA,MQA"}, {"attention": "!GQA,MQA"},
    {"not-attention": "GQA"}, {"params": "7B"}, {"params": "7B..70B"}, {"params": "..1B"},
    {"params": "!7B..70B"}, {"params": ">100B"}, {"params": "7 billion"}, {"params": "7bn"},
    {"params": "70亿"}, {"params": "2^33.."}, {"params": "7e9.."}, {"params": "６Ｂ..８Ｂ"},
    {"context": "8k.."}, {"context": "..8k"}, {"context": "2048"}, {"context": "4k,8k"},
    {"context_length": "32768"}, {"released": "2023..2024-06"}, {"released": "!2023"},
    {"released": "2019"}, {"released": ">=2023-03"}, {"released": "Feb 2023"},
    {"organization": "meta"}, {"organization": "Facebook AI"}, {"organization": "!meta,google"},
    {"license": "apache"}, {"license": "!apache"}, {"training_data": "wikipedia"},
    {"training_data": "!common crawl"}, {"hardware": "A100"}, {"objective": "CLM"},
    {"tied_embeddings": "yes"}, {"tied_embeddings": "!yes"}, {"batch_size": "1M tokens.."},
    {"batch_size": "512 sequences"}, {"warmup": "2000 steps"}, {"learning_rate": "1e-4..3e-4"},
    {"optimizer": "!AdamW", "variants": "all"}, {"attention": "MHA", "params": "10B.."},
    {"where": "attention = GQA and params >= 7B and not (license is unknown)"},
    {"where": "evaluation.MMLU > 60"}, {"where": "training_tokens / params_total > 20"},
    {"where": "d_ff / d_model >= 4 or activation = SwiGLU"},
    {"where": "params_total is undisclosed or training_tokens is rumoured", "variants": "all"},
    {"where": "not attention in (GQA, MQA) and released < 2020"},
    {"where": 'training_data has "crawl" and n_layers 2..', "sort": "-params_total"},
    {"where": "vocab_size != 32000", "sort": "d_ff/d_model,-released"},
    {"where": "n_heads * head_dim != d_model"}, {"where": "parallel_blocks is not known"},
    {"attention": "!GQA", "sort": "-evaluation.MMLU"}, {"params": "1B", "include-rumours": "yes"},
    {"attention": "GQAA"}, {"params": "seven"}, {"batch_size": "1000.."}, {"attention": "~GQA"},
    {"where": "attention ="}, {"nonsense": "1"}, {"variants": "bogus"},
]  # fmt: skip

IDS = """() => [...document.querySelectorAll("#result tbody th a")].map(
  (link) => link.getAttribute("href").replace(/.*models\\/|\\.html$/g, ""))"""


def _expected(connection: Any, asked: dict[str, str]) -> list[str] | None:
    """The answer of the command; None where it refuses."""
    own = {"where", "variants", "sort", "include-rumours"}
    options = {k: [v] for k, v in asked.items() if k not in own and not k.startswith("not-")}
    query = Query(
        options=options,
        excluded={k.removeprefix("not-"): [v] for k, v in asked.items() if k.startswith("not-")},
        where=asked.get("where"), variants=asked.get("variants", "base"), sort=asked.get("sort"),
        tentative=frozenset({"rumoured"}) if "include-rumours" in asked else frozenset(),
    )  # fmt: skip
    try:
        return [item["id"] for item in select(connection, query, ["id"])]
    except InputError:
        return None


def test_filters_find_what_the_command_finds(address: str, page: Any, connection: Any) -> None:
    answered = 0
    page.goto(f"{address}/filter/index.html")
    for asked in FILTERS:
        ask(page, "?" + "&".join(f"{name}={quote(value)}" for name, value in asked.items()))
        page.wait_for_selector("#result[aria-busy=false]", state="attached")
        shown, said = page.evaluate(IDS), page.text_content("#say")
        expected = _expected(connection, asked)
        assert shown == (expected or []), (asked, said)
        if expected is None:
            assert not re.match(r"\d+ models|No model", said), (asked, said)
        answered += bool(expected)
    assert answered >= 40


def test_all_rows_come_and_can_be_taken_along(address: str, page: Any, connection: Any) -> None:
    page.goto(f"{address}/filter/index.html?variants=all&columns=params_total")
    page.wait_for_selector("#result[aria-busy=false]", state="attached")
    expected = [item["id"] for item in select(connection, Query(variants="all"), ["id"])]
    assert len(expected) > 300, "more than are drawn at once"
    assert page.evaluate(IDS) == expected
    for name, start in (
        ("csv", "id,params_total"),
        ("markdown", "| id | params"),
        ("json", '[{"id":'),
    ):
        with page.expect_download() as taken:
            page.click(f"#{name}")
        text = Path(taken.value.path()).read_text(encoding="utf-8")
        assert text.startswith(start)
        assert all(model in text for model in expected)


NAMES = ["llama2", "LLaMA 2", "GPT3", "gpt-2", "meta-llama/Llama-2-7b-hf", "Mistral-8x7B", "t5 large",
         "llama 2 70b chat", "palm", "BERT"]  # fmt: skip


def test_names_are_as_forgiving_as_the_commands(address: str, page: Any, connection: Any) -> None:
    from llmnotes.knowledge.names import find

    page.goto(f"{address}/compare/index.html")
    for name in NAMES:
        ask(page, f"?m={quote(name)},gpt-1")
        subject = find(connection, name)
        assert page.text_content("table.compare thead th:nth-child(2) a") == subject.name


def test_an_unknown_name_is_told_with_the_nearest(address: str, page: Any) -> None:
    page.goto(f"{address}/compare/index.html?m=lama-3")
    assert "unknown model or family" in page.text_content("#say")
    assert "llama" in page.text_content("#say")


@pytest.mark.parametrize(
    ("query", "first"), [("llama2", "Llama 2"), ("rotary", "RoPE"), ("gpt 4", "GPT-4")]
)
def test_search_finds_by_any_spelling(address: str, page: Any, query: str, first: str) -> None:
    page.goto(f"{address}/search/index.html?q={quote(query)}")
    found = page.evaluate(
        "() => [...document.querySelectorAll('#result a')].slice(0, 5).map((a) => a.textContent)"
    )
    assert any(first in name for name in found), found
