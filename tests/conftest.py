"""What all tests share: a freshly built curated store, the command line, the reference files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import llmnotes
from llmnotes.store.build import build, digest
from llmnotes.store.connect import connect
from llmnotes.store.paths import CURATED

REPOSITORY = Path(__file__).parent.parent


def pytest_configure() -> None:
    """The tests see the curated files as they are now, not as they were when last built."""
    try:
        with connect() as connection:
            built = connection.execute("SELECT value FROM fact WHERE key = 'digest'").fetchone()[0]
    except llmnotes.errors.StoreError:
        built = None
    if built != digest():
        build(CURATED)


@pytest.fixture(autouse=True)
def user_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a user's store of its own, which does not exist until it is written."""
    path = tmp_path / "notes.sqlite"
    monkeypatch.setenv("LLMNOTES_DB", str(path))
    return path


@pytest.fixture
def connection() -> Iterator[Any]:
    """The curated base alone, read-only."""
    opened = connect()
    yield opened
    opened.close()


@pytest.fixture
def kb() -> Iterator[llmnotes.KnowledgeBase]:
    """The Python API on the curated base."""
    with llmnotes.open() as opened:
        yield opened


class Result:
    """What a run of the command line left: exit code, standard output, standard error."""

    def __init__(self, done: subprocess.CompletedProcess[str]) -> None:
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr

    @property
    def json(self) -> Any:
        """Standard output read as JSON."""
        return json.loads(self.out)


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `llmnotes` as a process of its own, as a user does; never with a traceback."""

    def call(*arguments: str, input: str | None = None, **environment: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "llmnotes", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=input,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(REPOSITORY), "LLMNOTES_DEBUG": "1", **environment},
            timeout=120,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Result(done)

    return call


@pytest.fixture(scope="session")
def reference() -> Path:
    """The shared reference files; a test that reads them is skipped where they are absent."""
    path = Path(os.environ.get("LLMNOTES_REFERENCE", REPOSITORY.parent / "shared" / "reference"))
    if not path.is_dir():
        pytest.skip("the reference files are not here")
    return path
