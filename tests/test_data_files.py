"""Curated word files and their caches, which have the same content."""

import json
import tomllib

import pytest

from llmnotes import data_files
from llmnotes.data_files import load, twinned, write_twins


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

    assert {"english.toml", "benchmarks.toml", "spellings.toml"} <= {path.name for path in paths}
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
