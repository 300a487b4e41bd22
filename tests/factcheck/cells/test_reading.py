"""What a value covers, and which values a reading has."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.cells.reading import CellReading, Item

SEVEN = Item(7, "7", Decimal("6.5"), Decimal("7.5"))


@pytest.mark.parametrize("kind", [float, Decimal])
@pytest.mark.parametrize(
    ("exact", "covered"), [("6.5", True), ("7.5", True), ("6.4999", False), ("7.5001", False)]
)
def test_a_number_covers_what_lies_between_its_ends(kind, exact, covered):
    assert SEVEN.covers(kind(exact)) is covered


def test_a_number_covers_what_another_meaning_of_it_covers():
    both = SEVEN._replace(others=(Item(9, "9", Decimal(9), Decimal(9)), Item("word", "word")))
    assert [both.covers(one) for one in (7, 8, 9)] == [True, False, True]
    assert [both.covers(float(one)) for one in (7, 8, 9)] == [True, False, True]


def test_a_word_covers_nothing():
    assert not Item("word", "word").covers(0)
    assert not Item(7, "7", Decimal(7)).covers(7)
    assert not Item(7, "7", None, Decimal(7)).covers(7)


def test_an_item_says_nothing_that_is_not_given():
    assert tuple(Item(7, "7")) == (7, "7", None, None, 0, "", "", "", False, "", "", ())
    reading = CellReading("n_layers", "7", "one")
    assert tuple(reading) == ("n_layers", "7", "one", (), None, False, "", ())


def test_a_reading_has_one_value_or_several():
    one = CellReading("n_layers", "7", "one", (SEVEN,))
    assert (one.value, one.values) == (7, (7,))
    two = one._replace(items=(SEVEN, Item(9, "9")))
    assert (two.value, two.values) == (None, (7, 9))
    none = one._replace(items=())
    assert (none.value, none.values) == (None, ())
