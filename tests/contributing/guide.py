"""Parses the steps of docs/adding.md and follows them in a copy of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.running import FIRST, REPOSITORY, keep_families

GUIDE = REPOSITORY / "docs" / "adding.md"
_IGNORED = shutil.ignore_patterns("*.sqlite")
# What is compiled is copied too: it holds for a source of the same size and time.


def blocks(title: str) -> list[str]:
    """The code blocks in the section with this title, without the list's indentation."""
    if not GUIDE.is_file():
        pytest.skip("an installed package has no guide")
    section = GUIDE.read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^ {3}```\w+\n(.*?)^ {3}```$", section, re.M | re.S)
    return [re.sub(r"(?m)^ {3}", "", block) for block in found]


def copied(folder: Path, *names: str, families: Collection[str] | None = FIRST) -> Path:
    """A copy of an installed package's files, with further files and folders of the repository.

    It has a few of the curated families; all with None.
    """
    for name in ("llmnotes", "migrations", "pyproject.toml", *names):
        source, target = REPOSITORY / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=_IGNORED)
        else:
            shutil.copy(source, target)
    if families is not None:
        keep_families(folder / "llmnotes" / "data", families)
    return folder


def insert(path: Path, after: str, text: str) -> None:
    """Insert a text after one that occurs once in the file."""
    found = path.read_text("utf-8")
    assert found.count(after) == 1, (path, after)
    path.write_text(found.replace(after, after + text), "utf-8")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `python` with these arguments in a copy, from which it imports the package."""
    # Bytecode compiled once serves all processes of a copy.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = {
        "PYTHONPATH": str(folder),
        "PYTEST_ADDOPTS": "-q -p no:cacheprovider",
        "COLUMNS": "300",
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=240,
    )


def succeed(folder: Path, *arguments: str) -> str:
    """As `run`, and fail unless it succeeds; returns its output."""
    done = run(folder, *arguments)
    assert done.returncode == 0, textwrap.indent(done.stdout + done.stderr, "  ")
    return done.stdout
