"""Drawable values, and their position in time."""

from __future__ import annotations

import pytest

from llmnotes.study.drawable import decimal_year


def test_a_date_becomes_the_middle_of_the_days_it_may_mean() -> None:
    assert decimal_year("2023") == pytest.approx(2023.5, abs=0.01)
    assert decimal_year("2023-01-01") == 2023.0
    assert decimal_year("2023-02") == pytest.approx(2023 + 44.5 / 365, abs=0.01)
    assert decimal_year("2024-12-31") == pytest.approx(2025, abs=0.01)
