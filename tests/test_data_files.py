"""Curated files: word files and their caches, folders and their archives, with the same content."""

import json
import os
import shutil
import tomllib

import pytest

from llmnotes import data_files
from llmnotes.data_files import load, pack, toml_and_json, toml_files, twinned, write_twins


@pytest.fixture
def words(tmp_path, monkeypatch):
    """A word file with its cache, in a temporary folder."""
    monkeypatch.setattr(data_files, "DATA", tmp_path)
    monkeypatch.setattr(data_files, "TWINS", tmp_path / "built")
    path = tmp_path / "spellings.toml"
    path.write_text('word = "décodeur"\n', encoding="utf-8")
    write_twins()
    return path


def twin_of(path):
    return path.parent / "built" / f"{path.parent.name}-{path.stem}.json"


def test_every_file_with_a_twin_loads_as_its_toml_says(tmp_path, monkeypatch):
    monkeypatch.setattr(data_files, "TWINS", tmp_path / "built")
    write_twins()
    paths = list(twinned())

    assert {"benchmarks.toml", "licenses.toml", "spellings.toml"} <= {path.name for path in paths}
    for path in paths:
        assert load(path) == tomllib.loads(path.read_text("utf-8"))


def test_the_twin_is_what_is_read(words):
    mark, _ = json.loads(twin_of(words).read_bytes())
    twin_of(words).write_text(json.dumps([mark, {"word": "from the twin"}]))

    assert load(words) == {"word": "from the twin"}


@pytest.mark.parametrize("edited", ['word = "codeur"\n', 'word = "décodeuse"\n'])
def test_an_edit_is_seen_at_once(words, edited):
    words.write_text(edited, encoding="utf-8")

    assert load(words) == tomllib.loads(edited)


@pytest.mark.parametrize("spoiled", [b"", b"[1", b"[]", b"[[1, 2]]", b"{}", b"null", b"\xff", b"7"])
def test_a_spoiled_or_missing_twin_is_passed_over(words, spoiled):
    twin_of(words).write_bytes(spoiled)
    assert load(words) == {"word": "décodeur"}

    twin_of(words).unlink()
    assert load(words) == {"word": "décodeur"}


def test_an_edit_of_equal_length_is_seen(words):
    words.write_text('word = "décodeux"\n', encoding="utf-8")

    assert load(words) == {"word": "décodeux"}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "data" / "families"
    folder.mkdir(parents=True)
    (folder / "b.toml").write_text('id = "é"\n', encoding="utf-8")
    (folder / "a.toml").write_bytes(b"")
    (folder / "notes.txt").write_text("none of them")
    return folder


def test_packed_files_are_read_as_those_of_the_folder_are(folder, tmp_path):
    before = list(toml_files(folder)), list(toml_and_json(folder.parent))
    pack(folder, folder.parent)
    assert list(toml_and_json(folder.parent)) == before[1]

    shutil.rmtree(folder)

    assert before[0] == [("a.toml", b""), ("b.toml", 'id = "é"\n'.encode())]
    assert (list(toml_files(folder)), list(toml_and_json(folder.parent))) == before


def test_a_folder_that_is_there_goes_before_an_archive(folder):
    pack(folder, folder.parent)
    (folder / "a.toml").write_bytes(b"new = 1")

    assert dict(toml_files(folder))["a.toml"] == b"new = 1"


def test_packing_gives_the_same_archive_whenever_it_is_done(folder, tmp_path):
    first = pack(folder, folder.parent).read_bytes()
    os.utime(folder / "a.toml", (0, 0))

    assert pack(folder, tmp_path).read_bytes() == first


def test_neither_folder_nor_archive_holds_no_files(tmp_path):
    assert list(toml_files(tmp_path / "families")) == []
