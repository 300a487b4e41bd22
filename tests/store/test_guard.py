"""Output is never written over a store, whatever path leads to it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from llmnotes.errors import InputError
from llmnotes.store.guard import refuse_store
from llmnotes.store.paths import CURATED
from tests.conftest import Run


@pytest.fixture
def store(run: Run, user_store: Path) -> Path:
    """A store with something in it."""
    assert run("tag", "gpt-2", "kept").code == 0
    return user_store


WRITING = {
    "compare": ["compare", "gpt-2", "llama", "-o"],
    "references": ["compare", "gpt-2", "llama", "-f", "latex", "--bib"],
    "show": ["show", "gpt-2", "-f", "json", "-o"],
    "filter": ["filter", "--limit", "1", "-o"],
    "export": ["export", "gpt-2", "-f", "csv", "-o"],
    "bundle": ["export", "--bundle", "-o"],
    "cite": ["cite", "gpt-2", "-f", "bibtex", "-o"],
    "book": ["book", "-o"],
    "quiz": ["quiz", "--seed", "1", "-o"],
    "plot data": ["plot", "params", "-f", "csv", "-o"],
    "sql": ["sql", "select 1", "-o"],
    "log": ["log", "-o"],
    "status": ["db", "status", "-o"],
    "backup": ["db", "backup"],
    "site": ["site", "--single-file"],
    "set": ["set", "gpt-2", "n_layers=3", "-o"],
}


@pytest.mark.parametrize("command", WRITING.values(), ids=WRITING)
def test_no_command_writes_over_the_store(run: Run, store: Path, command: list[str]) -> None:
    before = store.read_bytes()

    refused = run(*command, str(store))

    assert refused.code == 2, refused.out
    assert "name another file" in refused.err
    assert store.read_bytes() == before


def test_a_corrected_table_is_not_written_over_the_store(
    run: Run, store: Path, tmp_path: Path
) -> None:
    before = store.read_bytes()
    (tmp_path / "notes.md").write_text("| | GPT-2 1.5B |\n|---|---|\n| Layers | 12 |\n")

    refused = run("factcheck", "notes.md", "--fix", "-o", str(store))

    assert (refused.code, store.read_bytes()) == (2, before)
    assert run("factcheck", "notes.md", "--fix", "-o", "fixed.md").code in {0, 1}


@pytest.mark.parametrize("name", ["notes.svg", "notes.apkg"])
def test_a_store_that_is_named_as_another_kind_of_file_is_known_by_its_contents(
    run: Run, store: Path, tmp_path: Path, name: str
) -> None:
    shutil.copy(store, tmp_path / name)
    command = ["plot", "params"] if name.endswith("svg") else ["anki"]

    refused = run(*command, "-o", name)

    assert (refused.code, (tmp_path / name).read_bytes()) == (2, store.read_bytes())


def by_symbolic_link(store: Path) -> str:
    (store.parent / "link").symlink_to(store)
    return str(store.parent / "link")


def by_hard_link(store: Path) -> str:
    os.link(store, store.parent / "hard.csv")
    return str(store.parent / "hard.csv")


def by_linked_folder(store: Path) -> str:
    (store.parent / "folder").symlink_to(store.parent)
    return str(store.parent / "folder" / store.name)


def by_relative_path(store: Path) -> str:
    return os.path.relpath(store)


def by_a_detour(store: Path) -> str:
    return f"{store.parent}/../{store.parent.name}/./{store.name}"


def by_other_case(store: Path) -> str:
    return str(store.with_name(store.name.upper()))


WAYS = [
    by_symbolic_link, by_hard_link, by_linked_folder, by_relative_path, by_a_detour, by_other_case,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_store_is_known_by_every_path(store: Path, way: object) -> None:
    with pytest.raises(InputError, match="a store"):
        refuse_store(way(store), store)  # type: ignore[operator]


@pytest.mark.parametrize("suffix", [".lock", "-journal", "-wal", "-shm"])
@pytest.mark.parametrize("there", [True, False])
def test_what_stands_beside_a_store_is_refused_too(
    tmp_path: Path, suffix: str, there: bool
) -> None:
    own = tmp_path / "mine.sqlite"
    if there:
        shutil.copy(CURATED, own)

    with pytest.raises(InputError, match=r"lock|journal"):
        refuse_store(tmp_path / f"mine.sqlite{suffix}", own)


def test_a_store_other_than_the_one_in_use_is_refused_with_its_journal(tmp_path: Path) -> None:
    other = tmp_path / "backup.sqlite"
    shutil.copy(CURATED, other)

    for path in (other, tmp_path / "backup.sqlite-journal", CURATED):
        with pytest.raises(InputError):
            refuse_store(path, tmp_path / "mine.sqlite")


@pytest.mark.parametrize("name", ["table.csv", "poetry.lock", "x-journal", "notes.sqlite.csv"])
def test_other_files_are_none_of_its_business(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("SQLite format 3 is what this speaks of")

    refuse_store(tmp_path / name, tmp_path / "notes.sqlite")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    refuse_store(tmp_path / "pipe", tmp_path / "notes.sqlite")
