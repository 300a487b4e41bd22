"""Columns that speak as one: all their values are another attribute's than the header says."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.columns import MISHEADED, in_columns, speaking_as_one
from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.factcheck.reporting.report import reported
from llmnotes.tables.model import Place, Table
from tests.factcheck.judging.cells import column as column_of
from tests.factcheck.judging.cells import judged

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
        ("Released", ("32", "48", "2019")),  # no other date is held of them
        ("GQA", ("✓", "✗", "✓")),  # a header that is a term has no other attribute
    ],
)
def test_a_column_without_another_attribute_of_its_kind_is_none(check, header, texts):
    rows = zip(("LLaMA 7B", "GPT-2 XL", "T5-Base"), texts, strict=True)
    assert check(column(header, *rows)).columns == []


def spoken(cells, effort=None, orientation="models-as-rows", **true):
    """What is said of columns whose texts are true as these attributes."""
    asked = []

    def ask(text, spot, subject):
        attribute = spot.headers[0].attribute
        asked.append(attribute)
        verdict = "agrees" if text in true.get(attribute, ()) else "wrong"
        return Judgement(attribute, verdict, "so it is")

    table = Layout(Table("md", "table", Place(1, 1, 0, 0), []), orientation)
    return speaking_as_one(table, cells, ask, effort or Effort()), asked


def headed(attribute="d_model", certainty=1.0, term=""):
    return Header(f" {attribute} ", attributes=(attribute,), certainty=certainty, term=term)


def made(*cells, header):
    return column_of(*((*cell, None, "as it stands") for cell in cells), header=header)


def texts(count, true=0, header=None):
    """So many numbers, the first of them true as their header says."""
    verdicts = ["agrees"] * true + ["wrong"] * (count - true)
    return made(*zip(numbers(count), verdicts, strict=True), header=header or headed())


def numbers(count):
    return [str(100 + at) for at in range(count)]


@pytest.mark.parametrize(
    ("count", "own", "fit", "found"),
    [
        (3, 0, 3, True),
        (2, 0, 2, False),
        (3, 0, 2, False),
        (10, 0, 8, True),  # four of five
        (10, 0, 7, False),
        (8, 2, 8, True),  # a quarter may be what the header says
        (8, 3, 8, False),
        (4, 1, 4, True),
    ],
)
def test_a_column_is_another_attributes_where_four_of_five_fit_it_and_a_quarter_its_own(
    count, own, fit, found
):
    findings, _ = spoken(texts(count, own), d_ff=numbers(fit))
    assert bool(findings) is found


def test_a_finding_tells_how_many_cells_are_of_what_attribute():
    cells = texts(5, 1)
    cells[3].subject = TableSubject("model", "toy-7b", ("toy-7b",))
    (finding,), _ = spoken(cells, d_ff=numbers(4))
    assert finding.header == "d_model"
    assert (finding.attribute, finding.misread) == ("d_ff", False)
    assert finding.text == "4 of its 5 values are the d_ff, not the d_model"
    assert finding.cells == tuple(cells[:4])
    true, *false, last = (cell.judgement for cell in cells)
    assert (true.verdict, last.verdict) == ("agrees", "wrong")
    assert {(one.verdict, one.cause, one.true_as) for one in false} == {
        ("misplaced", MISHEADED, "d_ff")
    }
    assert [one.true_of for one in false] == [(), (), ("toy-7b",)]
    assert false[0].reason == "the whole column 'd_model' holds the d_ff; as it stands"


@pytest.mark.parametrize(("certainty", "misread"), [(0.9, False), (0.89, True)])
def test_a_header_that_was_read_less_surely_was_misread(certainty, misread):
    cells = texts(3, header=headed(certainty=certainty))
    (finding,), _ = spoken(cells, d_ff=numbers(3))
    assert finding.misread is misread
    assert {cell.judgement.is_false for cell in cells} == {not misread}
    if misread:
        assert {(c.judgement.verdict, c.judgement.attribute) for c in cells} == {
            ("agrees-normalised", "d_ff")
        }
        assert cells[0].judgement.reason == "'d_model' is read as d_ff"


def test_the_attribute_that_most_cells_fit_is_named_and_of_as_many_the_likeliest():
    (finding,), _ = spoken(texts(5), d_ff=numbers(4), vocab_size=numbers(5))
    assert finding.attribute == "vocab_size"
    (finding,), _ = spoken(texts(5), vocab_size=numbers(5), d_ff=numbers(5), d_expert=numbers(5))
    assert finding.attribute == "d_ff"


def test_attributes_that_get_into_other_columns_are_asked_about_before_others():
    _, asked = spoken(texts(3), n_token_types=[])
    order = list(dict.fromkeys(asked))
    assert order[:3] == ["d_ff", "d_expert", "sliding_window"]
    assert order.index("training_tokens") < order.index("n_token_types")
    assert "d_model" not in order


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        ("n_layers", "training_tokens", True),  # both are numbers
        ("dropout", "n_layers", True),
        ("batch_size", "d_model", True),
        ("n_layers", "activation", False),
        ("activation", "normalization", True),  # both are terms
        ("activation", "objective", True),  # one or several
        ("activation", "license", False),
        ("release_date", "knowledge_cutoff", True),
        ("release_date", "n_layers", False),
    ],
)
def test_only_attributes_of_the_same_kind_stand_in_for_each_other(own, other, found):
    findings, _ = spoken(texts(3, header=headed(own)), **{other: numbers(3)})
    assert [one.attribute for one in findings] == ([other] if found else [])


def test_a_header_that_is_a_term_stands_for_nothing_else():
    _, asked = spoken(texts(3, header=headed("attention", term="GQA")))
    assert asked == []


def test_one_text_throughout_says_nothing():
    cells = made(*[("100", "wrong"), (" 100 ", "wrong"), ("100", "wrong")], header=headed())
    assert spoken(cells, d_ff=["100", " 100 "]) == ([], [])


def test_what_is_not_decided_does_not_count():
    more = [("", "wrong"), ("x", "unsupported"), ("y", "unreadable"), ("z", "blank")]
    cells = made(*[(text, "wrong") for text in numbers(3)], *more, header=headed())
    (finding,), _ = spoken(cells, d_ff=numbers(3))
    assert finding.text == "3 of its 3 values are the d_ff, not the d_model"


@pytest.mark.parametrize(
    ("count", "questions", "found"), [(4, 1, True), (4, 0, False), (5, 2, True), (5, 1, False)]
)
def test_no_more_attributes_are_asked_about_than_may_be(count, questions, found):
    findings, _ = spoken(texts(count), Effort(questions=questions), d_ff=numbers(count))
    assert bool(findings) is found


def test_an_attribute_is_given_up_where_too_few_cells_can_still_fit():
    _, asked = spoken(texts(10), d_ff=[])
    assert asked.count("d_ff") == 3  # of ten two may miss
    _, asked = spoken(texts(10), d_ff=numbers(10)[1:])
    assert asked.count("d_ff") == 10


@pytest.mark.parametrize("count", [5, 10, 15, 20, 25])
def test_cells_that_do_not_fit_may_be_the_first_ones(count):
    fit = numbers(count)[count // 5 :]
    ((found,), _) = spoken(texts(count), d_ff=fit)
    assert [cell.cell.text for cell in found.cells] == fit
    assert spoken(texts(count), d_ff=fit[1:])[0] == []


def test_of_a_long_column_a_sample_finds_the_attribute_and_all_are_judged_by_it():
    cells = texts(60)
    (finding,), asked = spoken(cells, d_ff=numbers(60))
    assert len(finding.cells) == 60
    assert asked.count("d_expert") < 25
    none, asked = spoken(cells, d_ff=numbers(60)[::3])  # the sample alone fits
    assert none == []


def test_where_models_are_columns_rows_speak_as_one():
    rows = []
    for at, text in enumerate(numbers(6)):
        cell = judged(text, "wrong", header=headed())
        cell.row, cell.column = at % 2, at
        rows.append(cell)
    found = [list(cells) for cells in in_columns(Layout(None, "models-as-columns"), rows)]
    assert found == [rows[::2], rows[1::2]]
    for cell in rows:
        cell.row, cell.column = cell.column, cell.row
    found = [list(cells) for cells in in_columns(Layout(None, "models-as-rows"), rows)]
    assert found == [rows[::2], rows[1::2]]
    assert list(in_columns(Layout(None, "facts"), rows)) == []
