"""Columns by their names, and the order of records by them."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.columns import check_columns
from llmnotes.knowledge.filtering import Query, select


def test_sorting_puts_unknown_last_both_ways(connection):
    for sort, down in (("params_total", False), ("-params_total", True)):
        found = select(connection, Query(sort=sort), ["params_total"])
        sizes = [item["params_total"] for item in found]
        known = [size for size in sizes if size is not None]

        assert None in sizes
        assert sizes == sorted(known, reverse=down) + [None] * (len(sizes) - len(known))


def test_columns_may_be_named_by_option_and_are_refused_when_unknown():
    assert check_columns("id, params,released,batch_size_tokens") == [
        "id", "params_total", "release_date", "batch_size_tokens",
    ]  # fmt: skip
    with pytest.raises(InputError, match="--columns: unknown attribute 'colour'"):
        check_columns("id,colour")
    with pytest.raises(InputError, match="names no column"):
        check_columns(",")


def test_sorting_by_figures_in_units_keeps_the_units_apart(connection):
    found = select(connection, Query(sort="-batch_size"), ["batch_size"])
    shown = [(item["batch_size_unit"], item["batch_size"]) for item in found]

    known = [pair for pair in shown if pair[1] is not None]
    assert known == sorted(known, key=lambda pair: (pair[0] == "tokens", pair[1]), reverse=True)
