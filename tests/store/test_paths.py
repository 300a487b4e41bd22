"""The path of the user's store, with all kinds of links, folders and environments."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from llmnotes.errors import InputError, StoreError
from llmnotes.store.connect import connect
from llmnotes.store.paths import expanded, user_store
from tests.conftest import Run


def test_the_chosen_path_wins_over_the_environment(tmp_path: Path, user_store: Path) -> None:
    from llmnotes.store.paths import user_store as chosen

    assert chosen(str(tmp_path / "other")) == tmp_path / "other"
    assert chosen() == user_store


@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed_so_that_a_write_does_not_fork_the_store(
    run: Run, tmp_path: Path, there: bool
) -> None:
    link, target = tmp_path / "link.sqlite", tmp_path / "far" / "notes.sqlite"
    target.parent.mkdir()
    link.symlink_to("far/notes.sqlite")
    if there:
        assert run("--db", str(target), "tag", "gpt-2", "first").code == 0
    (tmp_path / "models.csv").write_text("| Model | Layers |\n|---|---|\n| My Own 1B | 3 |\n")

    for command in (["tag", "gpt-2", "second"], ["add", "My Own", "n_layers=3"]):
        assert run("--db", str(link), *command).code == 0
    assert run("--db", str(link), "db", "backup", "backup.sqlite").code == 0
    assert run("--db", str(link), "db", "restore", "backup.sqlite").code == 0

    assert link.is_symlink()
    assert target.is_file()
    found = run("--db", str(target), "tag", "gpt-2", "-f", "json").out
    assert ("first" in found, "second" in found) == (there, True)
    assert {item.name for item in tmp_path.iterdir()} == {
        "link.sqlite", "far", "models.csv", "backup.sqlite",
    }  # fmt: skip


@pytest.mark.parametrize("path", ["circle", "one", "circle/notes.sqlite"])
@pytest.mark.parametrize("command", [("list",), ("tag", "gpt-2", "x"), ("db", "check")])
def test_links_in_a_circle_end_in_a_sentence(
    run: Run, tmp_path: Path, path: str, command: tuple[str, ...]
) -> None:
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "one").symlink_to("other")
    (tmp_path / "other").symlink_to("one")

    refused = run("--db", path, *command)

    assert refused.code == 3
    assert "leads back to itself" in refused.err
    assert "--db" in refused.err


def pipe(path: Path) -> None:
    os.mkfifo(path)


def bound(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(os.path.relpath(path))


@pytest.mark.parametrize(
    ("make", "kind"),
    [(pipe, "a pipe"), (bound, "a socket"), (Path.mkdir, "a folder"), (None, "a device")],
)
@pytest.mark.parametrize(
    "command",
    [("list",), ("tag", "gpt-2", "x"), ("db", "backup", "b"), ("db", "check"), ("db", "upgrade")],
)
def test_what_is_no_file_is_no_store_and_not_waited_for(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: object,
    kind: str,
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    store = tmp_path / "x" if make else Path("/dev/null")
    if make:
        make(store)  # type: ignore[operator]

    refused = run("--db", str(store), *command)

    assert refused.code == 3
    assert kind in refused.err
    assert "LLMNOTES_DB" in refused.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_store_that_may_not_be_read_names_a_way_out(tmp_path: Path) -> None:
    store = tmp_path / "notes.sqlite"
    store.touch(mode=0o000)

    with pytest.raises(StoreError, match="may not be read; allow it, or choose another"):
        connect(store)


def test_a_home_folder_that_is_not_known_is_told(run: Run) -> None:
    with pytest.raises(InputError, match="no home folder for ~nobody-here/x"):
        expanded("~nobody-here/x")
    for command in (
        ("--db", "~nobody-here/notes.sqlite", "list"),
        ("import", "~nobody-here/models.csv"),
        ("db", "backup", "~nobody-here/backup.sqlite"),
        ("db", "restore", "~nobody-here/backup.sqlite"),
    ):
        refused = run(*command)
        assert refused.code == 2, command
        assert "no home folder" in refused.err
    assert run("list", LLMNOTES_DB="~nobody-here/notes.sqlite").code == 2


def test_without_any_home_folder_a_store_is_to_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "LLMNOTES_DB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as for a user without an entry

    with pytest.raises(StoreError, match="set HOME, or choose a store"):
        user_store()
