"""Columns and lines whose cells are no values of what their headers seem to ask for."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.foreign import is_foreign, unless_foreign
from llmnotes.factcheck.layout.headers import read_header


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("Category", ["tools", "vision", "embedding"]),
        ("Params", ["-6.6%", "+0.1%", "-0.0%"]),
        ("Modality", ["Pretrained", "Finetuned", "Pretrained", "—"]),
        ("Training tokens", ["52k examples", "15k examples", "> 350k examples"]),
        ("Downloads", ["1.3M", "170.7K", "HF"]),
        ("Creator", ["e67e56e3-15cd-43db-b679-da4660a69f41"] * 3),
    ],
)
def test_a_column_of_other_things_is_not_read(header, texts):
    assert unless_foreign(read_header(header), texts) is None


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("Category", ["tools", "vision", "decoder-only"]),  # one value tells what it asks for
        ("Category", ["tools", "vision"]),  # two may be slips
        ("Arch", ["MHA", "GQA", "MQA"]),  # parts of an architecture
        ("Category", ["tools", "vision", "unknown"]),
        ("Params", ["—", "-", "?"]),
        ("Training data", ["mine", "yours", "theirs"]),  # data may have any name
        ("Category", ["tools", "vision", "✓"]),
        ("GQA", ["some", "other", "words"]),
        ("MMLU", ["some", "other", "words"]),
        ("Creator", ["Meta", "e67e56e3-15cd-43db-b679-da4660a69f41", "Google"]),
    ],
)
def test_a_column_that_may_be_of_its_header_keeps_it(header, texts):
    assert unless_foreign(read_header(header), texts) == read_header(header)


@pytest.mark.parametrize(
    ("texts", "attribute"),
    [
        (["23 lipca 2024", "wrzesień 2023", "—"], "release_date"),
        (["18 luglio 2023", "2024"], "release_date"),
        (["2023", "15T (2024)"], "training_data"),
        (["CommonCrawl 2023", "C4 2024"], "training_data"),
        (["2023"], "training_data"),
    ],
)
def test_dates_below_a_word_for_data_are_those_of_other_languages(texts, attribute):
    found = unless_foreign(read_header("Data"), texts)
    assert (found.text, found.attribute) == ("Data", attribute)


def test_a_line_of_other_things_is_not_of_a_model():
    headers = [None, *(read_header(text) for text in ("MMLU", "Layers", "License"))]
    assert is_foreign(headers, ["how", "5-shot", "blocks", "as given"])
    assert not is_foreign(headers, ["how", "5-shot", "", "as given"])  # one cell may be a slip
    assert not is_foreign(headers, ["mine", "70.1", "blocks", "MIT"])
    assert not is_foreign(headers, ["", "", "", ""])


def test_headings_inside_a_table_are_passed_over_and_unknown_models_are_not(check):
    table = (
        "| Model | Layers | Context |\n|---|---|---|\n| LLaMA 7B | 32 | 2048 |\n"
        "| {} |\n| LLaMA 13B | 40 | 2048 |\n"
    )
    heading = check(table.format("Name | number of layers | tokens"))
    nobody = check(table.format("Nobody 9B | 12 | 512"))
    assert len(heading.judged_cells) == 4
    assert len(nobody.judged_cells) == 6


def test_rows_and_columns_of_other_things_are_named_as_unread(check):
    rows = check(
        "| Model | Category | Layers |\n|---|---|---|\n| LLaMA 7B | tools | 32 |\n"
        "| LLaMA 13B | vision | 40 |\n| LLaMA 65B | tools | 80 |\n"
    )
    columns = check(
        "| | LLaMA 7B | LLaMA 13B | LLaMA 65B |\n|---|---|---|---|\n"
        "| Layers | 32 | 40 | 80 |\n| Category | tools | vision | tools |\n"
    )
    assert rows.layout.unread == columns.layout.unread == ["Category"]
    assert {one.judgement.attribute for one in rows.judged_cells} == {"n_layers"}
    assert {one.judgement.attribute for one in columns.judged_cells} == {"n_layers"}


def test_publishers_below_a_header_of_kinds_are_judged_as_publishers(check):
    rows = "| GPT-3 | {} |\n| Gopher | DeepMind |\n| LLaMA 7B | Meta |\n| Mistral 7B | Dense |\n"
    found = check("| Model | Type |\n|---|---|\n" + rows.format("Google"))

    told = [(c.judgement.attribute, c.judgement.verdict) for c in found.judged_cells]
    assert told[:3] == [
        ("organization", "misplaced"),
        ("organization", "agrees"),
        ("organization", "agrees"),
    ]
    two = check("| Model | Type |\n|---|---|\n" + rows.format("Dense"))
    assert {c.judgement.attribute for c in two.judged_cells} == {"architecture", "sparsity"}


def test_the_language_model_inside_another_is_what_it_was_made_of(check):
    found = check(
        "| Model | LLM | Params |\n|---|---|---|\n| LLaVA-1.5-7B | Vicuna-7B-v1.5 | 7B |\n"
        "| LLaVA-1.5-13B | Mistral 7B | 13B |\n"
    )

    told = [c.judgement.attribute for c in found.judged_cells if c.column == 1]
    assert told == ["based_on", "based_on"]


def test_a_column_with_a_value_or_two_among_many_other_words_is_not_read():
    sizes = ["énorme", "moyen", "grand", "léger", "grand", "moyen"]
    header = read_header("Category")

    assert unless_foreign(header, [*sizes * 2, "MoE"]) is None
    assert unless_foreign(header, [*sizes, "MoE"]) is header


def test_ways_of_sharing_work_are_no_yes_or_no():
    header = read_header("Parallelism")._replace(attributes=("parallel_blocks",), role="attribute")

    assert unless_foreign(header, ["T=8, P=38", "ZeRO-D=2", "GShard"]) is None
    assert unless_foreign(header, ["parallel", "ZeRO-D=2", "serial"]) is header
