"""Tables of sizes without a named family are recognised by their values."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.settling import settle
from llmnotes.factcheck.layout.table_subject import TableSubject
from tests.factcheck.judging.toys import TOYS, Toys, settled, sizes


def nameless(*rows, orientation="sizes-as-rows"):
    heads = ("n_layers", "d_model", "head_dim", "n_heads")[: len(rows[0]) - 1]
    return sizes(TOYS, rows, orientation=orientation, heads=heads)


def test_sizes_that_nothing_names_are_those_of_the_family_of_which_every_value_is_true():
    layout = nameless(("7B", "28", "28", "28"), ("13B", "36", "36", "36"))
    assert settled(TOYS, layout)[0] == ["zorg-7B", "zorg-13B"]
    assert layout.taken == "the values of the table, which are those of zorg"
    assert {spot.subject.taken for line in layout.lines for spot in line.spots} == {"sizes"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("7B", "28", "28", "28"), ("13B", "36", "36", "36")], True),  # three for each size
        ([("7B", "28", "28", "28"), ("13B", "36", "36", "")], False),
        ([("7B", "28", "28", "28"), ("13B", "36", "36", "?")], False),
        ([("7B", "28", "28", "28"), ("13B", "36", "36", "37")], False),  # one of six wrong
        ([("7B", "28", "28", "28", "28"), ("13B", "36", "36", "37", "")], True),  # one of seven
        ([("7B", "28", "28", "28", "28")], False),  # one size alone
        ([("7B", "28", "28", "28"), ("13B", "36", "36", "36"), ("", "", "", "")], True),
        ([("7B", "28", "28", "28"), ("", "28", "28", "28")], False),
        ([("7B", "28", "28", "28"), ("99B", "36", "36", "36")], False),  # of which there is no 99B
    ],
)  # fmt: skip
def test_a_table_of_sizes_is_recognized_by_enough_true_values_for_each_wrong_one(rows, found):
    assert any(settled(TOYS, nameless(*rows))[0]) is found


@pytest.mark.parametrize(("true", "found"), [(12, True), (11, False)])
def test_twelve_true_values_convince_however_many_sizes_there_are(true, found):
    toys = Toys(zorg={f"{size}B": size for size in range(1, 6)})
    rows = [(f"{size}B", str(size), str(size), str(size)) for size in range(1, 6)]
    rows = [(size, *(t if 3 * at + i < true else "" for i, t in enumerate(texts)))
            for at, (size, *texts) in enumerate(rows)]  # fmt: skip
    layout = sizes(toys, rows, heads=("n_layers", "d_model", "head_dim"))
    assert any(settled(toys, layout)[0]) is found


def test_of_two_families_that_fit_the_one_of_which_more_is_true_is_taken():
    toys = Toys(few={"1B": 10, "2B": 20}, more={"1B": 10, "2B": 20})
    rows = [("1B", "10", "10", "10"), ("2B", "20", "20", "20")]
    layout = sizes(toys, rows, heads=("n_layers", "d_model", "head_dim"))
    assert settled(toys, layout)[0] == [None, None]  # as much of either

    rows = [(size, *texts, "-1") for size, *texts in rows]

    def ask(text, spot, subject):
        if text == "-1":
            fits = subject.models[0].startswith("more")
            return Judgement("n_layers", "agrees" if fits else "unsupported")
        return Judgement("n_layers", "agrees")

    layout = sizes(toys, rows, heads=("n_layers", "d_model", "head_dim", "n_heads"))
    settle(layout, toys, toys, ask, Effort())
    assert [line.spots[0].subject.id for line in layout.lines] == ["more-1B", "more-2B"]
    assert layout.taken == "the values of the table, which are those of more"


@pytest.mark.parametrize(("count", "found"), [(2000, True), (2001, False)])
def test_among_more_than_two_thousand_families_none_is_looked_for(count, found):
    toys = Toys(**{f"f{n}": {"1B": n, "2B": n} for n in range(10, 10 + count)})
    rows = [("1B", "10", "10", "10"), ("2B", "10", "10", "10")]
    layout = sizes(toys, rows, heads=("n_layers", "d_model", "head_dim"))
    assert any(settled(toys, layout)[0]) is found


def test_a_table_of_sizes_of_which_a_cell_names_one_is_not_nameless():
    layout = nameless(("7B", "28", "28", "28"), ("13B", "36", "36", "36"))
    own = TableSubject("model", "toy-7B", ("toy-7B",))
    layout.lines[0].spots[0] = layout.lines[0].spots[0]._replace(subject=own)
    assert settled(TOYS, layout) == ([None, None], [])


@pytest.mark.parametrize(
    ("names", "orientation", "found"),
    [
        (["7B", "13B"], "sizes-as-columns", ["zorg-7B", "zorg-13B"]),
        (["7B", "13B"], "models-as-rows", ["zorg-7B", "zorg-13B"]),  # below `Model`
        (["7B", "Nobodys"], "models-as-rows", [None, None]),
    ],
)
def test_only_sizes_are_recognized_by_their_values(names, orientation, found):
    rows = (names[0], "28", "28", "28"), (names[1], "36", "36", "36")
    assert settled(TOYS, nameless(*rows, orientation=orientation))[0] == found


def test_a_family_that_the_words_around_name_is_taken_for_sizes_without_a_subject():
    layout = sizes(TOYS, [("7B", "30"), ("13B", "44")], above="toy")
    assert settled(TOYS, layout)[0] == ["toy-2-7B", "toy-2-13B"]


@pytest.mark.parametrize(("month", "false"), [("2023-07", []), ("2023-02", ["9999"])])
def test_beside_the_date_of_a_later_generation_a_bare_name_is_not_held_to_the_first(
    check, month, false
):
    found = check(f"| Date | Model | Context |\n|---|---|---|\n| {month} | LLaMA | 9999 |\n")
    assert [c.cell.text for c in found.judged_cells if c.judgement.is_false] == false


def test_the_date_of_another_row_says_nothing(check):
    rows = "| 2023-02 | LLaMA | 9999 |\n| 2023-07 | LLaMA | 9999 |\n"
    found = check(f"| Date | Model | Context |\n|---|---|---|\n{rows}")
    assert [c.row for c in found.judged_cells if c.judgement.is_false] == [1]
