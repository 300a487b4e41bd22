"""The guide is true: a format is added to a copy by doing what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contributing.guide import blocks, copied, insert, run, succeed

pytestmark = pytest.mark.thorough

FORMATS = "llmnotes/ingest/formats/__init__.py"
TESTS = "tests/ingest/formats/test_any_content.py"
SAMPLES = "tests/ingest/formats/json_samples.py"
SPOILING = "tests/ingest/formats/spoiling.py"


def test_a_toy_format_is_added_by_following_the_steps(tmp_path: Path) -> None:
    module, line, sample = blocks("Add an import format")
    copy = copied(
        tmp_path,
        TESTS,
        SAMPLES,
        "tests/ingest/formats/spoiling.py",
        "tests/conftest.py",
        "tests/running.py",
    )
    succeed(copy, "-m", "llmnotes.store.build")
    (copy / "llmnotes/ingest/formats/toy.py").write_text(module, "utf-8")
    insert(copy / FORMATS, "FORMATS = {\n", line)
    insert(copy / SAMPLES, "JSON_SAMPLES: dict[str, Any] = {\n", sample)
    rows = [{"toy": "acme/toy-7b", "layers": 32}, {"toy": "acme/toy-1b", "layers": [1]}]
    (copy / "rows.json").write_text(json.dumps(rows))

    done = run(copy, "-m", "llmnotes", "import", "rows.json", "-f", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["format"], report["counts"]["models_added"]) == ("toy", 1)
    assert "model 2: layers: a list where a whole number" in done.stderr
    assert "2 passed" in succeed(copy, "-m", "pytest", TESTS, "-k", "toy or every_format")
