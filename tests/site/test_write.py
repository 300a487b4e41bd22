from __future__ import annotations

import json
from pathlib import Path

import pytest

from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.edits.notes import add_note, set_tags
from llmnotes.errors import InputError
from llmnotes.site.build import write_site
from llmnotes.site.write import MANIFEST, Folder
from llmnotes.store.connect import connect


def _write(path: Path, files: dict[str, str]) -> tuple[int, int, int]:
    folder = Folder(path)
    for name, text in files.items():
        folder.put(name, text)
    done = folder.finish()
    return done.written, done.unchanged, done.removed


def test_a_second_run_writes_only_what_changed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert _write(out, {"a.html": "1", "b/c.html": "2"}) == (2, 0, 0)
    assert _write(out, {"a.html": "1", "b/c.html": "3"}) == (1, 1, 0)
    assert (out / "b" / "c.html").read_text() == "3"


def test_a_page_that_is_gone_is_removed_with_its_empty_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _write(out, {"a.html": "1", "b/c.html": "2"})
    assert _write(out, {"a.html": "1"}) == (0, 1, 1)
    assert not (out / "b").exists()


def test_a_file_that_somebody_removed_is_written_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _write(out, {"a.html": "1"})
    (out / "a.html").unlink()
    assert _write(out, {"a.html": "1"}) == (1, 0, 0)


def test_what_the_site_did_not_write_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    _write(out, {"a.html": "1"})
    (out / "CNAME").write_text("notes.example.org")
    _write(out, {"b.html": "1"})
    assert (out / "CNAME").read_text() == "notes.example.org"


def test_a_folder_with_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(InputError, match=r"not empty \(thesis.tex\)"):
        Folder(tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("x")
    with pytest.raises(InputError, match="is a file; name a folder"):
        Folder(file)


def test_a_manifest_that_names_files_outside_removes_none_of_them(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    out = tmp_path / "out"
    out.mkdir()
    listed = {"../outside.txt": "0", str(outside): "0"}
    (out / MANIFEST).write_text(json.dumps(listed))
    _write(out, {"a.html": "1"})
    assert outside.read_text() == "mine"


@pytest.mark.parametrize("text", ["", "[]", "{", "null", '"x"'])
def test_a_broken_manifest_is_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    assert _write(tmp_path, {"a.html": "1"}) == (1, 0, 0)


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.thorough
def test_two_processes_write_what_one_writes(
    tmp_path: Path, small_base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    store = tmp_path / "notes.sqlite"
    add_note(store, "llama-2-7b", "a note of mine")
    connection = connect(store, small_base)
    one = write_site(connection, tmp_path / "one")
    two = write_site(connection, tmp_path / "two", processes=2)
    assert one == two
    assert one.written > 500
    assert _tree(tmp_path / "one") == _tree(tmp_path / "two")
    assert "a note of mine" in (tmp_path / "two" / "models" / "llama-2-7b.html").read_text()
    again = write_site(connection, tmp_path / "two", processes=2)
    assert (again.written, again.unchanged, again.removed) == (0, one.written, 0)
    connection.close()


@pytest.mark.thorough
def test_a_later_run_writes_what_a_claim_of_the_user_changed(
    tmp_path: Path, small_base: Path
) -> None:
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    store = tmp_path / "notes.sqlite"
    add_note(store, "llama-2-7b", "a note of mine")
    connection = connect(store, small_base)
    write_site(connection, tmp_path / "out")
    connection.close()
    before = _tree(tmp_path / "out")
    set_tags(store, "llama-7b", ["mine"])
    add_note(store, "llama-2-7b", "another note")
    connection = connect(store, small_base)
    done = write_site(connection, tmp_path / "out")
    connection.close()
    after = _tree(tmp_path / "out")
    changed = {name for name in after if after[name] != before.get(name)}
    assert "models/llama-2-7b.html" in changed
    assert not any(name.startswith(("models/llama-13b", "techniques/")) for name in changed)
    assert 0 < done.written < 20


@pytest.mark.thorough
def test_the_feed_tells_what_changed_since_the_last_run(tmp_path: Path, small_base: Path) -> None:
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    store = tmp_path / "notes.sqlite"
    add_note(store, "llama-2-7b", "a note of mine")
    for value in ("5000", "6000"):
        set_claims(store, "llama-2-7b", [f"context_length={value}"], Provenance(source="our wiki"))
        connection = connect(store, small_base)
        write_site(connection, tmp_path / "out")
        connection.close()
    feed = (tmp_path / "out" / "changes.xml").read_text()
    assert "llama-2-7b: context_length" in feed
    assert "6000" in feed
