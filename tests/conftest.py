"""Common fixtures: a freshly built curated store, the command line, the reference files."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import llmnotes
from llmnotes.catalog import DATA
from llmnotes.store.build import build, digest
from llmnotes.store.connect import connect, open_curated
from llmnotes.store.paths import CURATED
from tests import running
from tests.running import FIRST, REFERENCE, Result, keep_families, run_command


def pytest_configure() -> None:
    """Build the store from the current curated files."""
    try:
        with connect() as connection:
            built = connection.execute("SELECT value FROM fact WHERE key = 'digest'").fetchone()[0]
    except llmnotes.errors.StoreError:
        built = None
    if built != digest():
        build(CURATED)


def pytest_collection_finish() -> None:
    """Leave the thousands of collected tests out of each search for garbage, and out of forked children's."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def user_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's store for each test, created at the first write."""
    path = tmp_path / "notes.sqlite"
    monkeypatch.setenv("LLMNOTES_DB", str(path))
    return path


FAMILIES = ("llama", "llama-2", "code-llama")


@pytest.fixture(scope="session")
def small_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A curated store of three families, for tests of whole outputs."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("*.sqlite", "built"))
    keep_families(folder / "data", FAMILIES)
    return build(folder / "base.sqlite", folder / "data")


@pytest.fixture
def small(small_base: Path) -> Iterator[Any]:
    """The store of three families, opened."""
    opened = open_curated(small_base)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def first_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A curated store of the first eleven families, with all techniques and the whole course."""
    folder = tmp_path_factory.mktemp("first")
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("*.sqlite", "built"))
    keep_families(folder / "data", FIRST, course=True)
    return build(folder / "base.sqlite", folder / "data")


@pytest.fixture
def on_small_base(small_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run on these three families, where the number of families does not matter."""
    stand_for_the_base(small_base, monkeypatch)


@pytest.fixture
def on_first_base(first_base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands run on the first eleven families."""
    stand_for_the_base(first_base, monkeypatch)


def stand_for_the_base(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `store` be opened wherever the curated store would be."""
    monkeypatch.setattr(connect, "__defaults__", (None, store))
    monkeypatch.setattr(open_curated, "__defaults__", (store,))


@pytest.fixture
def connection() -> Iterator[Any]:
    """The curated base without a user's store, read-only."""
    opened = connect()
    yield opened
    opened.close()


@pytest.fixture
def kb() -> Iterator[llmnotes.KnowledgeBase]:
    """The Python API on the curated base."""
    with llmnotes.open() as opened:
        yield opened


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `llmnotes` in a temporary folder; fails on a traceback."""

    def call(*arguments: str, input: str | None = None, **environment: str) -> Result:
        done = run_command(arguments, tmp_path, input, environment)
        assert "Traceback" not in done.err, done.err
        return done

    return call


@pytest.fixture
def run_process(tmp_path: Path) -> Run:
    """Runs `llmnotes` in a new process, for tests of starting."""

    def call(*arguments: str, input: str | None = None, **environment: str) -> Result:
        return running.run_process(arguments, tmp_path, input, environment)

    return call


@pytest.fixture(scope="session")
def reference() -> Path:
    """The shared reference files; a test that reads them is skipped where they are absent."""
    if not REFERENCE.is_dir():
        pytest.skip("the reference files are not here")
    return REFERENCE
