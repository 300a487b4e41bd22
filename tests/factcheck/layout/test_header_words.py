"""The keys of headers' words; those computed with the store are never other than computed anew."""

from __future__ import annotations

import json

import pytest

from llmnotes.attributes.headers import header_names
from llmnotes.factcheck.layout import header_words


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A file of names and keys of its own, read anew."""
    file = tmp_path / "header-keys.json"
    monkeypatch.setattr(header_words, "_KEPT", file)
    forget()
    yield file
    forget()


def forget():
    for each in (header_words._words, header_words.keys):
        each.cache_clear()


def test_names_and_keys_are_the_same_kept_and_computed(kept):
    words = header_names().models
    computed = header_words.names(), header_words.keys(words)

    header_words.keep_words()
    forget()

    assert header_words._words().keys[words[0]] == header_words.key(words[0]), "it is read"
    assert (header_words.names(), header_words.keys(words)) == computed


@pytest.mark.parametrize("spoil", [lambda mark: mark + 1, lambda mark: None, str])
def test_names_of_other_files_or_code_are_not_used(kept, spoil):
    header_words.keep_words()
    mark, _ = json.loads(kept.read_text("utf-8"))
    kept.write_text(json.dumps([spoil(mark), [{"nonsense": ["n_layers", 1.0]}, {}]]), "utf-8")
    forget()

    assert "nonsense" not in header_words.names()


@pytest.mark.parametrize("content", ["", "[]", "{", "[1, 2, 3]", "\x00"])
def test_a_torn_file_of_names_is_computed_anew(kept, content):
    kept.write_text(content, "utf-8")

    assert header_words.names()["layers"][0] == "n_layers"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("#Layers", "nlayers"), ("n_layers", "nlayers"), ("n. of layers", "nlayers"),
        ("Number of layers", "nlayers"), ("# of layers", "nlayers"), ("Têtes", "tetes"),
        ("$d_{model}$", "dmodel"), ("\\text{layers}", "layers"), ("$d_{\\mathrm{model}}$", "dmodel"),
        ("\\textbf{layers}", "layers"), ("n of layers", "nlayers"), ("an offer", "anoffer"),
        ("ｄ＿ｍｏｄｅｌ", "dmodel"),
    ],
)  # fmt: skip
def test_a_name_is_compared_without_signs_accents_and_words_of_number(text, folded):
    assert header_words.key(text) == folded
