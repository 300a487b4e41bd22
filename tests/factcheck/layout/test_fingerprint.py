"""A table that names no model, recognized by the sizes it lists."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.fingerprint import recognized
from llmnotes.factcheck.layout.lines import Layout, Line, Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Place, Table

TABLE = Table("md", "table", Place(1, 1, 0, 0), [])


class Families:
    """Families by the billions of parameters of their members; `tunes` are of other families' models."""

    def __init__(self, tunes=(), **sizes):
        self.sizes = sizes
        self.tunes = tunes

    def families(self, most):
        return list(self.sizes) if len(self.sizes) <= most else []

    def has_base(self, family):
        return family not in self.tunes

    def covering(self, family, item):
        return [f"{family}-{one}" for one in self.sizes[family] if item.covers(one * 10**9)]


def told(families, *names, orientation="sizes-as-rows", subject=None):
    lines = [Line(at, name, [], [Spot(subject, name, (), 0)]) for at, name in enumerate(names)]
    layout = Layout(TABLE, orientation, lines)
    recognized(layout, families, CellReader())
    return [line.spots[0].subject and line.spots[0].subject.id for line in layout.lines], layout


TOYS = Families(toy=[7, 13, 70], zorg=[7, 14, 70])


def test_the_only_family_of_these_sizes_is_taken():
    found, layout = told(TOYS, "7B", "13B", "70B")
    assert found == ["toy-7", "toy-13", "toy-70"]
    assert layout.taken == "the sizes 7B, 13B, 70B, which are those of toy"
    subject = layout.lines[0].spots[0].subject
    assert subject == TableSubject("model", "toy-7", ("toy-7",), taken="sizes")


@pytest.mark.parametrize(
    "names",
    [
        ("7B", "13B"),  # two are too few
        ("7B", "70B", "7B"),  # as are two that come again
        ("7B", "13B", "71B"),  # which nobody has
        ("7B", "70B", "base"),
        ("7B", "13B", "7.0B"),  # one member of two sizes
        ("7B, 13B", "70B", "7B"),
    ],
)
def test_too_few_sizes_or_sizes_of_nobody_are_not_recognized(names):
    found, layout = told(TOYS, *names)
    assert set(found) == {None}
    assert layout.taken == ""


def test_sizes_that_two_families_have_are_nobodys():
    assert set(told(Families(toy=[7, 13, 70], zorg=[7, 13, 70]), "7B", "13B", "70B")[0]) == {None}
    assert set(told(Families(toy=[7, 7.1, 13, 70]), "7B", "13B", "70B")[0]) == {None}


def test_what_is_no_size_among_sizes_is_left():
    assert told(TOYS, "7B", "13B", "70B", "all", "7B")[0] == [
        "toy-7",
        "toy-13",
        "toy-70",
        None,
        "toy-7",
    ]


def test_a_table_that_names_somebody_or_lists_no_sizes_is_left():
    assert set(told(TOYS, "7B", "13B", "70B", orientation="models-as-rows")[0]) == {None}
    assert told(TOYS, "7B", "13B", "70B", orientation="sizes-as-columns")[0][0] == "toy-7"
    named = TableSubject("model", "x", ("x",))
    assert set(told(TOYS, "7B", "13B", "70B", subject=named)[0]) == {"x"}


def test_a_tune_of_all_sizes_of_another_family_is_not_meant():
    families = Families(tunes=("tuned",), toy=[7, 13, 70], tuned=[7, 13, 70])
    assert told(families, "7B", "13B", "70B")[0] == ["toy-7", "toy-13", "toy-70"]
    both = Families(tunes=("toy", "tuned"), toy=[7, 13, 70], tuned=[7, 13, 70])
    assert set(told(both, "7B", "13B", "70B")[0]) == {None}


@pytest.mark.parametrize(("count", "found"), [(2000, True), (2001, False)])
def test_among_more_than_two_thousand_families_none_is_looked_for(count, found):
    families = Families(toy=[7, 13, 70], **{f"f{at}": [1] for at in range(count - 1)})
    assert any(told(families, "7B", "13B", "70B")[0]) is found
