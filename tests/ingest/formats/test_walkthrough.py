"""CONTRIBUTING is true: a format is added to a copy by doing what it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
FORMATS = "llmnotes/ingest/formats/__init__.py"
SAMPLES = "tests/ingest/formats/test_any_content.py"


def blocks() -> list[str]:
    """The three pieces of code that the section gives."""
    text = (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")
    [section] = re.findall(r"^## Add an import format\n(.*?)^## ", text, re.M | re.S)
    found = re.findall(r"^ {3}```python\n(.*?)^ {3}```$", section, re.M | re.S)
    return [re.sub(r"(?m)^ {3}", "", block) for block in found]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package with its tests, as they are."""
    folder = tmp_path / "copy"
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in ("llmnotes", "migrations"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", SAMPLES, *(f"tests/{path.name}" for path in
                                              (REPOSITORY / "tests").glob("*.py"))):  # fmt: skip
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, folder / name)
    return folder


def add_line(path: Path, opening: str, line: str) -> None:
    """Put a line behind the one that opens a table."""
    text = path.read_text("utf-8")
    assert text.count(opening) == 1
    path.write_text(text.replace(opening, opening + line), "utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_toy_format_is_added_by_following_the_steps(copy: Path) -> None:
    module, line, sample = blocks()
    (copy / "llmnotes/ingest/formats/toy.py").write_text(module, "utf-8")
    add_line(copy / FORMATS, "FORMATS = {\n", line)
    add_line(copy / SAMPLES, "JSON_SAMPLES: dict[str, Any] = {\n", sample)
    rows = [{"toy": "acme/toy-7b", "layers": 32}, {"toy": "acme/toy-1b", "layers": [1]}]
    (copy / "rows.json").write_text(json.dumps(rows))

    done = run(copy, "llmnotes", "import", "rows.json", "-f", "json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["format"], report["counts"]["models_added"]) == ("toy", 1)
    assert "model 2: layers: a list where a whole number" in done.stderr
    tried = run(
        copy, "pytest", "-q", "-p", "no:cacheprovider", SAMPLES, "-k", "toy or every_format"
    )
    assert tried.returncode == 0, textwrap.indent(tried.stdout, "  ")
    assert "2 passed" in tried.stdout
