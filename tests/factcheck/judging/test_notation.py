"""Decimal commas: a table that writes `6,74B` and `4.096` is read as it is meant."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.notation import decimal_commas, keep_as_written, with_swapped
from tests.factcheck.judging.cells import column, judged, layout

GERMAN = (
    "| Modell | Parameter | Schichten | Modelldimension |\n|---|---|---|---|\n"
    "| LLaMA 7B | 6,74B | 32 | 4.096 |\n| LLaMA 13B | 13,0B | 40 | 5.120 |\n"
    "| LLaMA 65B | 65,3B | 80 | 8.192 |\n"
)


def verdicts(found):
    return {c.cell.text: c.judgement.verdict for c in found.judged_cells}


def test_a_table_with_decimal_commas_is_true(check):
    found = check(GERMAN)
    assert found.decimal_comma
    assert set(verdicts(found).values()) <= {"agrees", "agrees-normalised"}
    assert "6,74B" in verdicts(found)  # shown as it stands in the file


def test_an_error_in_such_a_table_is_found(check):
    found = check(GERMAN.replace("8.192", "8.291"))
    assert [text for text, verdict in verdicts(found).items() if verdict == "wrong"] == ["8.291"]


def test_one_number_does_not_turn_the_notation_of_a_table_round(check):
    found = check(
        "| Model | d_model | d_ff |\n|---|---|---|\n"
        "| LLaMA 7B | 4,096 | 11,008 |\n| LLaMA 65B | 8.192 | 22,016 |\n"
    )
    assert not found.decimal_comma
    assert verdicts(found)["8.192"] == "wrong"


@pytest.mark.parametrize(("text", "decimal"), [("0,01", True), ("0.01", False)])
def test_a_zero_before_a_comma_is_a_decimal_one(check, text, decimal):
    found = check(f"| Model | LR | d_model |\n|---|---|---|\n| PaLM 540B | {text} | 18,432 |\n")
    assert found.decimal_comma is decimal
    assert set(verdicts(found).values()) <= {"agrees", "agrees-normalised"}


def test_what_is_true_either_way_speaks_for_neither(check):
    facts = "## GPT-2 XL\n\n- Vocabulario: 50.257\n- Parámetros: {}\n"
    assert check(facts.format("1,5 mil millones")).decimal_comma
    assert not check(
        facts.format("1,558M")
    ).decimal_comma  # which is so only with commas of thousands


def test_a_number_that_is_only_some_members_counts_as_true(check):
    found = check("| Modell | Lernrate |\n|---|---|\n| BLOOM | 0,00006 |\n")
    assert [cell.judgement.verdict for cell in found.judged_cells] == ["partly-wrong"]


def test_lists_with_commas_stay_lists(check):
    found = check("| Model | Params | Layers |\n|---|---|---|\n| PaLM | 8,62,540B | 32,64,118 |\n")
    assert not found.decimal_comma
    assert set(verdicts(found).values()) <= {"agrees", "agrees-normalised"}


def turned(cells, *true):
    """The rows of a column that are read the other way, where these texts are true so."""

    def ask(text, spot, subject):
        return Judgement("n_layers", "agrees" if text in true else "wrong")

    return {place // 10 for place in decimal_commas(cells, ask)}


@pytest.mark.parametrize(
    ("cells", "true", "rows"),
    [
        ([("4.096", "wrong")], ["4,096"], {0}),
        ([("4.096", "unreadable")], ["4,096"], {0}),
        ([("4.096", "unsupported")], ["4,096"], set()),
        ([("4.096", "wrong")], [], set()),
        ([("4096", "wrong")], ["4096"], set()),  # no sign that could mean the other thing
        # Half of those amiss must come true.
        ([("4.096", "wrong"), ("5.120", "wrong")], ["4,096"], {0}),
        ([("4.096", "wrong"), ("5.120", "wrong"), ("1.1", "wrong")], ["4,096"], set()),
        # Where one speaks for the notation as it is, two must come true the other way.
        ([("8,192", "agrees"), ("4.096", "wrong")], ["4,096"], set()),
        ([("8,192", "agrees"), ("4.096", "wrong"), ("5.120", "wrong")], ["4,096", "5,120"], {1, 2}),
        ([("8192", "agrees"), ("4.096", "wrong")], ["4,096"], {1}),  # which has no sign to speak by
        ([("8,192", "wrong"), ("4.096", "wrong")], ["4,096"], {1}),
        ([("8,192", "agrees"), ("0,01", "wrong")], ["0.01"], {1}),  # a zero before a comma decides
    ],
)  # fmt: skip
def test_numbers_are_turned_round_where_enough_come_true(cells, true, rows):
    assert turned(column(*cells), *true) == rows


@pytest.mark.parametrize(("true", "found"), [(30, 30), (28, 28), (24, 0)])
def test_of_many_numbers_a_sample_decides_whether_all_are_asked(true, found):
    cells = column(*((f"{number}.096", "wrong") for number in range(1, 51)))
    texts = [cell.cell.text.replace(".", ",") for cell in cells]
    assert len(turned(cells, *texts[:true])) == found


class Asking:
    """Says of texts whether they are true, and keeps which it was asked about."""

    def __init__(self, true):
        self.true, self.asked = set(true), []

    def __call__(self, text, spot, subject):
        self.asked.append(text)
        return Judgement("n_layers", "agrees" if text in self.true else "wrong")


def test_a_few_numbers_are_asked_about_once_each():
    ask = Asking(["4,096", "5,120"])
    assert decimal_commas(column(("4.096", "wrong"), ("5.120", "wrong")), ask) == {0, 10}
    assert ask.asked == ["4,096", "5,120"]


def test_many_numbers_are_given_up_where_less_than_half_of_a_sample_comes_true():
    texts = [f"{number}.096" for number in range(50)]
    sampled = [text.replace(".", ",") for text in texts[::2]]
    others = [text.replace(".", ",") for text in texts[1::2]]
    ask = Asking([*others, *sampled[:12]])  # 37 of all, and 12 of the 25 that are looked at
    assert decimal_commas(column(*((text, "wrong") for text in texts)), ask) == set()
    assert ask.asked == sampled


def test_many_numbers_are_all_asked_about_where_half_of_a_sample_comes_true():
    texts = [f"{number}.096" for number in range(52)]
    turned_round = [text.replace(".", ",") for text in texts]
    sampled = turned_round[::3]
    assert len(sampled) == 18
    true = {*sampled[:9], *(set(turned_round) - set(sampled))}
    ask = Asking(true)
    found = decimal_commas(column(*((text, "wrong") for text in texts)), ask)
    assert len(found) == len(true)


def test_words_are_no_numbers_whatever_signs_they_hold():
    from llmnotes.factcheck.layout.headers import Header

    word = Header("Activation", attributes=("activation",), certainty=1.0)
    assert turned([judged("4.096", "wrong", header=word)], "4,096") == set()


def test_a_number_that_is_turned_round_is_shown_as_written():
    cells = column(("4.096", "wrong"), ("5.120", "wrong"))
    table = layout(cells).table
    turned_round = with_swapped(table, {0})
    assert [row[0].text for row in turned_round.rows] == ["4,096", "5.120"]

    read = column(("4,096", "agrees"), ("5.120", "wrong"))
    keep_as_written(table, read)
    assert [cell.cell.text for cell in read] == ["4.096", "5.120"]
