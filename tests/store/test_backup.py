"""Backups are sound, and a store exists at every moment of a restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from llmnotes.errors import InputError, StoreError
from llmnotes.store.backup import backup, restore
from llmnotes.store.paths import CURATED
from llmnotes.store.soundness import problems
from llmnotes.store.write import writing
from tests.store.killing import kill_points


def tag(store: Path, word: str) -> None:
    """Write something small."""
    with writing(store) as connection:
        connection.execute("INSERT INTO user.tag VALUES ('model', 'gpt-2-xl', ?, NULL)", (word,))


def tags(store: Path) -> list[str]:
    """What `tag` has written."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT tag FROM tag ORDER BY tag")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store tagged `new` and a backup of it tagged `old`."""
    folder = tmp_path / "stores"
    tag(folder / "notes.sqlite", "old")
    backup(folder / "notes.sqlite", folder / "backup.sqlite")
    tag(folder / "notes.sqlite", "new")
    return folder


def spoil(store: Path) -> None:
    """Damage a store so that it can be opened but not read completely."""
    data = bytearray(store.read_bytes())
    for place in range(4096 * 4, len(data), 4096):
        data[place : place + 64] = b"\xff" * 64
    store.write_bytes(data)


def set_claim(store: Path, value: str) -> None:
    """Change a claim's value by SQL alone."""
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(
            "INSERT INTO claim (subject_kind, subject, attribute, value, status, layer, preferred) "
            "VALUES ('model', 'gpt-2-xl', 'n_layers', ?, 'reported', 'user', 0)",
            (value,),
        )


def test_a_restore_puts_the_backup_in_place_and_keeps_the_former_store(folder: Path) -> None:
    kept = restore(folder / "notes.sqlite", folder / "backup.sqlite")

    assert kept == folder / "notes-before-restore-1.sqlite"
    assert tags(folder / "notes.sqlite") == ["old"]
    assert tags(kept) == ["new", "old"]
    tag(folder / "notes.sqlite", "later")
    assert tags(kept) == ["new", "old"], "the kept store is a file of its own"


def test_a_second_restore_takes_another_name(folder: Path) -> None:
    store = folder / "notes.sqlite"

    assert restore(store, folder / "backup.sqlite") != restore(store, folder / "backup.sqlite")


@pytest.mark.thorough
def test_killed_anywhere_a_restore_leaves_the_former_store_or_the_backup(folder: Path) -> None:
    store, outcomes = folder / "notes.sqlite", set()

    for _, ended in kill_points(folder, lambda: restore(store, folder / "backup.sqlite")):
        outcome = tuple(tags(store))
        outcomes.add(outcome)
        assert outcome in {("new", "old"), ("old",)}
        if outcome == ("old",):
            assert tags(folder / "notes-before-restore-1.sqlite") == ["new", "old"]
        assert not ended or outcome == ("old",)
        tag(store, "again")
        assert problems(store) == []
        assert not list(folder.glob("*.unfinished*"))

    assert len(outcomes) == 2


@pytest.mark.thorough
def test_killed_anywhere_a_backup_is_whole_or_not_there(folder: Path) -> None:
    store, target = folder / "notes.sqlite", folder / "second.sqlite"

    for _, ended in kill_points(folder, lambda: backup(store, target)):
        assert tags(store) == ["new", "old"]
        if target.exists():
            assert tags(target) == ["new", "old"]
        assert target.exists() or not ended


@pytest.mark.thorough
@pytest.mark.parametrize("large", [False, True])
def test_killed_anywhere_a_write_has_happened_whole_or_not_at_all(
    folder: Path, large: bool
) -> None:
    store, outcomes = folder / "notes.sqlite", set()

    def write() -> None:
        with writing(store, large=large) as connection:
            for word in ("one", "two", "three"):
                connection.execute(
                    "INSERT INTO user.tag VALUES ('model', 'gpt-2-xl', ?, NULL)", (word,)
                )

    for _, ended in kill_points(folder, write):
        tag(store, "later")  # the next writer takes back what was left half done
        found = set(tags(store)) - {"new", "old", "later"}
        outcomes.add(len(found))
        assert found in ({"one", "two", "three"}, set())
        assert found or not ended
        assert problems(store) == []

    assert outcomes == {0, 3}


def test_what_a_killed_writer_left_does_not_spoil_the_backup_put_in_its_place(
    folder: Path,
) -> None:
    store = folder / "notes.sqlite"
    journal = store.with_name("notes.sqlite-journal")

    def write() -> None:
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("PRAGMA cache_size = 1")
            connection.execute("BEGIN IMMEDIATE")
            for number in range(2000):
                connection.execute(
                    "INSERT INTO note VALUES (?, 'model', 'x', 'y', 'z', NULL)", (number,)
                )
            os.kill(os.getpid(), 9)

    from tests.running import forked

    assert forked(write) == -9
    assert journal.exists()
    restore(store, folder / "backup.sqlite")

    assert tags(store) == ["old"]
    assert not journal.exists()
    assert problems(store) == []
    assert tags(folder / "notes-before-restore-1.sqlite") == ["new", "old"]


def test_the_journal_of_another_mode_is_folded_in_before_a_store_is_replaced(folder: Path) -> None:
    store = folder / "notes.sqlite"

    def write() -> None:
        connection = sqlite3.connect(store)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO tag VALUES ('model', 'gpt-2-xl', 'ahead', NULL)")
        connection.commit()
        os.kill(os.getpid(), 9)

    from tests.running import forked

    assert forked(write) == -9
    assert store.with_name("notes.sqlite-wal").stat().st_size
    with writing(store, large=True) as connection:
        connection.execute("INSERT INTO user.tag VALUES ('model', 'gpt-2-xl', 'then', NULL)")

    assert tags(store) == ["ahead", "new", "old", "then"]


def test_a_damaged_store_is_not_backed_up(folder: Path) -> None:
    spoil(folder / "notes.sqlite")

    with pytest.raises(StoreError, match="damaged"):
        backup(folder / "notes.sqlite", folder / "second.sqlite")

    assert not (folder / "second.sqlite").exists()
    assert not list(folder.glob(".*.unfinished*"))


@pytest.mark.parametrize("harm", [spoil, lambda path: set_claim(path, "{no json")])
def test_a_backup_that_check_would_refuse_is_refused(folder: Path, harm: object) -> None:
    harm(folder / "backup.sqlite")  # type: ignore[operator]
    before = (folder / "notes.sqlite").read_bytes()

    with pytest.raises(StoreError, match="nothing was changed"):
        restore(folder / "notes.sqlite", folder / "backup.sqlite")

    assert (folder / "notes.sqlite").read_bytes() == before
    assert not list(folder.glob("*before*"))


def test_a_claim_that_is_json_is_let_through(folder: Path) -> None:
    set_claim(folder / "backup.sqlite", "3")

    restore(folder / "notes.sqlite", folder / "backup.sqlite")

    assert problems(folder / "notes.sqlite") == []


def test_a_damaged_store_is_kept_when_a_backup_takes_its_place(folder: Path) -> None:
    (folder / "notes.sqlite").write_bytes(b"broken")

    kept = restore(folder / "notes.sqlite", folder / "backup.sqlite")

    assert kept is not None
    assert kept.read_bytes() == b"broken"
    assert tags(folder / "notes.sqlite") == ["old"]


def mode(path: Path) -> int:
    """The rights of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
def test_new_stores_and_backups_are_private(tmp_path: Path) -> None:
    store = tmp_path / "a" / "b" / "notes.sqlite"
    umask = os.umask(0o022)
    try:
        tag(store, "mine")
        backup(store, tmp_path / "backup.sqlite")
    finally:
        os.umask(umask)

    assert (mode(store), mode(tmp_path / "backup.sqlite")) == (0o600, 0o600)
    assert (mode(store.parent), mode(store.parent.parent)) == (0o700, 0o700)
    assert all(mode(path) == 0o600 for path in store.parent.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.parametrize("rights", [0o600, 0o640, 0o644])
def test_a_store_keeps_its_rights(folder: Path, rights: int) -> None:
    store = folder / "notes.sqlite"
    store.chmod(rights)

    with writing(store, large=True) as connection:
        connection.execute("DELETE FROM user.tag")
    assert mode(store) == rights
    restore(store, folder / "backup.sqlite")
    assert mode(store) == rights


def test_where_files_cannot_be_linked_the_former_store_is_copied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)

    kept = restore(folder / "notes.sqlite", folder / "backup.sqlite")

    assert kept is not None
    assert (tags(kept), tags(folder / "notes.sqlite")) == (["new", "old"], ["old"])


def test_a_backup_never_replaces_a_file(folder: Path) -> None:
    (folder / "dangling").symlink_to("nowhere")

    for target in (folder / "backup.sqlite", folder / "dangling", folder):
        with pytest.raises(InputError, match="exists already"):
            backup(folder / "notes.sqlite", target)


def test_what_is_no_file_is_neither_restored_nor_replaced(folder: Path) -> None:
    store = folder / "notes.sqlite"
    os.mkfifo(folder / "pipe")
    store.unlink()
    store.mkdir()

    with pytest.raises(StoreError, match="a pipe"):
        restore(folder / "other.sqlite", folder / "pipe")
    with pytest.raises(StoreError, match="a folder"):
        restore(store, folder / "backup.sqlite")
    with pytest.raises(InputError, match="no backup"):
        restore(store, folder / "missing.sqlite")
    assert store.is_dir()


def test_the_curated_base_is_no_backup_of_a_store(folder: Path) -> None:
    shutil.copy(CURATED, folder / "copy.sqlite")
    before = (folder / "notes.sqlite").read_bytes()

    with pytest.raises(InputError, match="curated base"):
        restore(folder / "notes.sqlite", folder / "copy.sqlite")
    assert (folder / "notes.sqlite").read_bytes() == before


def test_an_unfinished_copy_of_a_killed_writer_is_forgotten(folder: Path) -> None:
    left = folder / ".notes.sqlite.1.unfinished"
    shutil.copy(folder / "backup.sqlite", left)

    tag(folder / "notes.sqlite", "later")

    assert not left.exists()
