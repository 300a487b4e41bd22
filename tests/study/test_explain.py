"""`explain` gives the right page, or a clear choice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES
from llmnotes.study.explain import SHOWN_USES, explain
from llmnotes.study.meanings import meanings
from llmnotes.study.techniques import techniques
from llmnotes.study.units import UNITS
from llmnotes.study.uses import uses


@pytest.mark.parametrize(
    ("term", "page"),
    [
        ("gqa", "gqa"),
        ("GroupQueryAttention", "gqa"),
        ("attention = grouped-query", "gqa"),
        ("GLEU", "gelu"),
        ("attention head", "n_heads"),
        ("DPOs", "dpo"),
        ("casual decoder", "causal-decoder"),
        ("Lightening Attention 2", "lightning-attention-2"),
        ("Format LLM", "structured-output"),
        ("RLAiF", "rlaif"),
        ("distilation", "distillation"),
        ("AdaFactor", "adafactor"),
        ("FFW", "ffn"),
        ("context_length", "context_length"),
        ("context", "context_length"),
        ("Context length", "context_length"),
        ("ContextLength", "context_length"),
        ("Company", "organization"),
        ("context window", "context_length"),
        ("hidden size", "d_model"),
        ("token", "tokens"),
        ("GiB", "GiB"),
        ("undisclosed", "undisclosed"),
        ("Mistral-8x7B", "mixtral"),
        ("C4", "c4"),
        ("Low-rank adaptation (LoRA)", "lora"),
    ],
)
def test_a_word_as_people_write_it_leads_to_its_page(connection: Any, term: str, page: str) -> None:
    found = explain(connection, term)

    assert [item["id"] for item in found.pages] == [page]
    assert found.choices == []


@pytest.mark.parametrize(
    ("term", "choices"),
    [
        ("triton", {"triton-language", "triton-inference-server"}),
        ("Prompt engineering / Tuning", {"prompt-engineering", "prompt-tuning"}),
        ("flops", {"FLOP", "FLOP/s"}),
        ("LoRA & QLoRA", {"peft", "lora", "qlora"}),
    ],
)
def test_a_word_for_several_things_lists_them_with_what_each_is(
    connection: Any, term: str, choices: set[str]
) -> None:
    found = explain(connection, term)

    assert {item["id"] for item in found.choices} == choices
    assert all(item["definition"] for item in found.choices)
    assert found.pages == []


def test_every_choice_leads_to_its_page(connection: Any) -> None:
    for term in ("triton", "none", "linear", "GLUE", "flops", "Optimizer"):
        for choice in explain(connection, term).choices:
            pages = explain(connection, choice["id"]).pages
            assert choice["id"] in [page["id"] for page in pages]


def test_a_misspelling_is_read_aloud_with_what_the_page_says_of_it(connection: Any) -> None:
    remarks = explain(connection, "gleu").remarks

    assert remarks[0] == "GLEU is read as GELU."
    assert "translation" in remarks[1]


def test_a_word_that_names_an_attribute_and_a_technique_has_both_pages(connection: Any) -> None:
    found = explain(connection, "dropout")

    assert {(item["kind"], item["id"]) for item in found.pages} == {
        ("technique", "dropout"),
        ("attribute", "dropout"),
    }


@pytest.mark.thorough
def test_every_technique_attribute_and_unit_is_explained_by_its_own_id(connection: Any) -> None:
    known = techniques(connection)
    ids = (*known, *ATTRIBUTES, *UNITS)
    for key in ids:
        assert key in {meaning.id for meaning in meanings(connection, known, key)}
    for key in ids[::7]:
        found = explain(connection, key)
        assert key in [item["id"] for item in (*found.pages, *found.choices)], key


def test_every_unit_of_the_schema_is_defined(connection: Any) -> None:
    measured = {item.unit for item in ATTRIBUTES.values() if item.unit}
    for name in ("batch_unit", "warmup_unit", "data_unit"):
        from llmnotes.vocabulary import VOCABULARIES

        measured |= set(VOCABULARIES[name])

    assert measured <= set(UNITS)


def test_the_models_of_a_page_are_those_that_a_filter_finds(connection: Any, kb: Any) -> None:
    for key in ("gqa", "rope", "mlm", "adamw", "sentencepiece", "causal-mask"):
        page = explain(connection, key).pages[0]
        expected: set[str] = set()
        for pair in page["stands_for"]:
            expected |= {model.id for model in kb.filter(f'{pair["attribute"]} = "{pair["term"]}"')}
        shown = {use["model"] for use in page["used_by"]}
        assert shown <= expected
        assert len(shown) == min(len(expected), SHOWN_USES), "the page says that there are more"
        assert {use["source"] for use in page["used_by"]} == {s["id"] for s in page["sources"]}


def test_a_rumoured_value_makes_nobody_a_user(connection: Any) -> None:
    page = next(p for p in explain(connection, "moe").pages if p["kind"] == "technique")

    assert "gpt-4" not in {use["model"] for use in page["used_by"]}
    assert "mixtral-8x7b" in {use["model"] for use in page["used_by"]}


def test_neighbours_mirror_each_other(connection: Any) -> None:
    known = techniques(connection)
    page = explain(connection, "flashattention").pages[0]

    assert page["leads_to"]
    for key in page["leads_to"]:
        assert "flashattention" in known[key].prerequisites
    for key in page["replaced_by"]:
        assert "flashattention" in known[key].replaces


def test_an_unknown_word_ends_with_2_and_the_nearest(run: Any) -> None:
    result = run("explain", "flash", "atention")

    assert result.code == 2
    assert "Nearest: Flash Attention" in result.err
    assert result.out == ""


def test_a_word_that_is_nearly_a_family_is_told_the_family(connection: Any) -> None:
    with pytest.raises(InputError, match=r"unknown term 'lama 2'.*LLaMA"):
        explain(connection, "lama 2")


@pytest.mark.parametrize(
    "term", ["", " ", "…", "\x1b[31m", "'; DROP TABLE technique; --", "x" * 5000]
)
def test_no_input_breaks_it(connection: Any, term: str) -> None:
    with pytest.raises(InputError, match="unknown term"):
        explain(connection, term)


def test_a_page_fits_eighty_columns_and_shows_formula_models_and_paper(run: Any) -> None:
    result = run("explain", "gqa")

    assert result.code == 0
    # An address is kept in one piece, to be copied.
    assert max(len(line) for line in result.out.splitlines() if "http" not in line) <= 80
    for part in ("headᵢ = Attention(", "llama-2-70b", "mha, mqa", "arxiv.org/abs/2305.13245"):
        assert part in result.out


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("term", ["gqa", "triton", "context_length"])
def test_every_format_answers(run: Any, format: str, term: str) -> None:
    result = run("explain", term, "--format", format)

    assert result.code == 0
    assert result.out.strip()


def test_json_has_the_formula_in_latex_and_as_text(run: Any) -> None:
    page = run("explain", "attention-sink", "-f", "json").json["pages"][0]

    assert page["formula"].startswith("a_{j}=\\frac")
    assert page["formula_text"] == "aⱼ = e^{zⱼ}/(eˢ + ∑ₖ e^{zₖ})"


@pytest.mark.parametrize("command", [("explain", "gqa"), ("topics",)])
def test_reading_imports_no_heavy_library(command: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "llmnotes", *command],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=True,
    )
    imported = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()
    }

    assert not imported & {"sqlmodel", "sqlalchemy", "pydantic", "alembic", "rich", "lark"}
    assert "gqa" in done.stdout.lower()


@pytest.mark.parametrize("attribute", ["attention", "post_training", "tied_embeddings", "bias"])
def test_an_attribute_counts_the_models_that_its_values_list(
    connection: Any, attribute: str
) -> None:
    page = next(p for p in explain(connection, attribute).pages if p["kind"] == "attribute")

    assert page["terms"]
    for item in page["terms"]:
        found = uses(
            connection, [(attribute, item["term"])], tentative=frozenset(TENTATIVE_STATUSES)
        )
        assert item["models"] == len(found), item["term"]


@pytest.mark.parametrize(
    ("term", "kind", "key"),
    [
        ("Apache-2.0", "license", "apache-2.0"),
        ("meta", "organization", "meta"),
        ("FAIR", "organization", "meta"),
        ("open web math", "dataset", "openwebmath"),
        ("IFBench", "benchmark", "ifbench"),
        ("terminal bench", "benchmark", "terminal-bench"),
        ("H100", "hardware", "h100"),
    ],
)
def test_what_values_name_is_answered_from_its_entry(
    run: Any, term: str, kind: str, key: str
) -> None:
    (page,) = run("explain", term, "-f", "json").json["pages"]

    assert (page["kind"], page["id"]) == (kind, key)
    assert {use["model"] for use in page["used_by"]} <= {
        use["model"] for use in run("show", key, "--kind", kind, "-f", "json").json["used_by"]
    }
    assert f"llmnotes show {key}" in " ".join(run("explain", term).out.split())


def test_a_technique_that_is_a_benchmark_points_to_its_results(run: Any) -> None:
    result = run("explain", "BrowseComp")

    assert "BrowseComp  browsecomp · evaluation" in result.out
    assert "llmnotes show browsecomp" in result.err


def test_the_own_name_of_an_entry_is_no_less_than_the_alias_of_a_technique(
    connection: Any,
) -> None:
    kinds = {item["kind"] for item in explain(connection, "FineWeb").pages}

    assert kinds == {"technique", "dataset"}


@pytest.mark.whole_base
def test_a_family_comes_before_a_publisher_of_its_name(connection: Any) -> None:
    found = explain(connection, "Reka")

    assert [page["kind"] for page in found.pages] == ["family"]
    assert any("organization reka" in remark for remark in found.remarks)


def test_a_kind_of_data_is_not_called_by_the_words_of_its_parts(connection: Any) -> None:
    found = explain(connection, "Portuguese")

    kinds = {item["kind"] for item in (*found.pages, *found.choices)}
    assert "dataset" not in kinds


@pytest.mark.parametrize(
    ("term", "page"),
    [
        ("Gewichtszerfall", "weight_decay"),
        ("词表大小", "vocab_size"),
        ("オプティマイザ", "optimizer"),
        ("Kopfdimension", "head_dim"),
        ("知识蒸馏", "distillation"),
        ("Quantisierung", "quantization"),
    ],
)
def test_a_word_of_another_language_leads_to_the_page(
    connection: Any, term: str, page: str
) -> None:
    assert page in [item["id"] for item in explain(connection, term).pages]
