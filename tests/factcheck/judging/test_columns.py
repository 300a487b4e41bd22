"""Columns that speak as one: all their values are another attribute's than the header says."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.reporting.report import reported

SIZES = {"LLaMA 7B": ("32", "4096", "11008"), "LLaMA 13B": ("40", "5120", "13824"),
         "LLaMA 33B": ("60", "6656", "17920"), "LLaMA 65B": ("80", "8192", "22016")}  # fmt: skip


def table(header: str, index: int, across: bool = False, false: int = 0) -> str:
    values = [row[index] for row in SIZES.values()]
    values[:false] = ["3"] * false
    if across:
        return (
            f"| | {' | '.join(SIZES)} |\n|{'---|' * 5}\n| Layers | 32 | 40 | 60 | 80 |\n"
            f"| {header} | {' | '.join(values)} |\n"
        )
    rows = "".join(f"| {name} | {value} |\n" for name, value in zip(SIZES, values, strict=True))
    return f"| Model | {header} |\n|---|---|\n{rows}"


@pytest.mark.parametrize("across", [False, True])
def test_a_column_with_the_wrong_header_is_reported_once(check, across):
    found = check(table("d_model", 2, across))
    (column,) = found.columns
    assert (column.header, column.attribute, column.misread) == ("d_model", "d_ff", False)
    false = [c for c in found.judged_cells if c.judgement.is_false]
    assert len(false) == 4
    assert {c.judgement.cause for c in false} == {"misheaded-column"}
    assert len(reported(found, everything=False)) == 1


@pytest.mark.parametrize("across", [False, True])
def test_a_header_that_was_misread_makes_no_cell_false(check, across):
    found = check(table("Hidden size", 2, across))
    assert [(c.attribute, c.misread) for c in found.columns] == [("d_ff", True)]
    assert not any(c.judgement.is_false for c in found.judged_cells)


def test_four_of_five_values_must_fit_the_other_attribute(check):
    one_in_four = table("d_model", 2).replace("11008", "4096")
    assert check(one_in_four).columns == []
    one_in_six = table("d_model", 2) + "| GPT-3 175B | 49152 |\n| GPT-2 XL | 1600 |\n"
    assert [column.attribute for column in check(one_in_six).columns] == ["d_ff"]


@pytest.mark.parametrize(
    "text",
    [
        table("d_model", 1),
        table("d_model", 2, false=2),
        "| Model | d_model |\n|---|---|\n| LLaMA 7B | 11008 |\n| LLaMA 13B | 13824 |\n",
        "| Model | d_model |\n|---|---|\n| LLaMA 7B | 32 |\n| GPT-3 XL | 32 |\n| PaLM 8B | 32 |\n",
    ],
    ids=["right", "half of another attribute", "two cells", "one value throughout"],
)
def test_a_column_is_not_taken_for_another_one_without_need(check, text):
    assert check(text).columns == []


def test_exchanged_columns_are_two_columns_and_no_slipped_rows(check):
    rows = "".join(
        f"| {name} | {width} | {layers} |\n" for name, (layers, width, _) in SIZES.items()
    )
    found = check(f"| Model | Layers | d_model |\n|---|---|---|\n{rows}")

    assert {column.header: column.attribute for column in found.columns} == {
        "Layers": "d_model", "d_model": "n_layers",
    }  # fmt: skip
    assert found.findings == []
    assert {c.judgement.cause for c in found.judged_cells} == {"misheaded-column"}


def column(header: str, *rows: tuple[str, str]) -> str:
    return f"| Model | {header} |\n|---|---|\n" + "".join(f"| {a} | {b} |\n" for a, b in rows)


WIDE = [(name, row[2]) for name, row in SIZES.items()]
"""The inner widths of four models."""


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (WIDE[:3], ["d_ff"]),  # three are enough
        (WIDE[:2], []),  # two are not
        ([*WIDE, ("GPT-2 XL", "1600")], ["d_ff"]),  # four of five
        ([*WIDE[:3], ("GPT-2 XL", "1600")], []),  # three of four
        ([("LLaMA 7B", "11008"), ("Llama 2 7B", "11008"), ("Llama 2 13B", "13824")], ["d_ff"]),
        ([("LLaMA 7B", "11008"), ("Llama 2 7B", "11008"), ("Mistral 7B", "11008")], []),
        ([*WIDE, ("GPT-4", "1600")], ["d_ff"]),  # of GPT-4 nothing is decided
        ([*WIDE, ("LLaMA 65B", "")], ["d_ff"]),  # nor by an empty cell
    ],
)
def test_a_column_is_another_one_by_how_many_of_its_decided_cells_fit(check, rows, found):
    assert [one.attribute for one in check(column("d_model", *rows)).columns] == found


@pytest.mark.parametrize(
    ("header", "texts"),
    [
        ("Released", ("32", "48", "24")),  # no other date is held of them
        ("GQA", ("✓", "✗", "✓")),  # a header that is a term has no other attribute
    ],
)
def test_a_column_without_another_attribute_of_its_kind_is_none(check, header, texts):
    rows = zip(("LLaMA 7B", "GPT-2 XL", "T5-Base"), texts, strict=True)
    assert check(column(header, *rows)).columns == []
