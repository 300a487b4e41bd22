"""Columns that give the first day of a month for the month."""

from __future__ import annotations

import pytest

TABLE = (
    "| Model | Date created |\n|---|---|\n| GPT-2 | {0} |\n| GPT-3 | {1} |\n"
    "| Alpaca | {2} |\n| LLaMA | {3} |\n"
)


@pytest.mark.parametrize(
    ("days", "false"),
    [
        (("2019-02-01", "2020-05-01", "2023-03-01", "2023-02-24"), []),
        (("2019-03-01", "2020-05-01", "2023-03-01", "2023-02-24"), ["2019-03-01"]),  # another month
        (("2019-02-14", "2020-05-28", "2023-03-01", "2023-02-24"), ["2023-03-01"]),  # one by itself
        (("2019-02-01", "2020-05-28", "2023-03-01", "2023-02-24"), ["2019-02-01", "2023-03-01"]),
    ],
)
def test_first_days_stand_for_months_where_several_do(check, days, false):
    found = check(TABLE.format(*days))
    told = [cell.cell.text for cell in found.judged_cells if cell.judgement.is_false]
    assert told == false
