"""What the tests of judging share: a checker on the curated base, and short ways to ask it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from llmnotes.factcheck.judging.check import CheckedTable, Checker
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.tables import read

Check = Callable[..., CheckedTable]


@pytest.fixture
def check(connection) -> Check:
    """The first table of a text that says something of models, judged."""
    checker = Checker(connection)

    def call(text: str, name: str = "table.md") -> CheckedTable:
        found = [one for table in read(text, name) if (one := checker.check(table)) is not None]
        assert found, "no table was understood"
        return found[0]

    return call


@pytest.fixture
def cell(check):
    """The judgement on one cell that stands under `header` in the row of `model`."""

    def call(model: str, header: str, text: str) -> Judgement:
        table = f"| Model | {header} |\n|---|---|\n| {model} | {text} |\n"
        return check(table).judged_cells[0].judgement

    return call
