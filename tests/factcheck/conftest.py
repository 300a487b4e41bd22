"""What the tests of judging share: a checker on the curated base, and short ways to ask it."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.tables import read
from tests.curated import checker

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "factcheck.py"
Check = Callable[..., CheckedTable]


@pytest.fixture
def check() -> Check:
    """The first table of a text that says something of models, judged."""

    def call(text: str, name: str = "table.md") -> CheckedTable:
        found = [one for table in read(text, name) if (one := checker().check(table)) is not None]
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


@pytest.fixture(scope="module")
def benchmark():
    """The generator of planted errors and the count over published tables."""
    spec = importlib.util.spec_from_file_location("factcheck_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    sys.path.insert(0, str(BENCHMARK.parent))  # it is read beside the files it is made of
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(BENCHMARK.parent))
    return module


@pytest.fixture(scope="module")
def planting(benchmark):
    """What draws tables from the base and plants errors in them."""
    return sys.modules["planted"]
