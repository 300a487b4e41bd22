"""The keys of headers' words; those computed with the store are never other than computed anew."""

from __future__ import annotations

import json

import pytest

from llmnotes.attributes.headers import header_names
from llmnotes.factcheck.layout import header_words


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A file of keys of its own, read anew."""
    file = tmp_path / "header-keys.json"
    monkeypatch.setattr(header_words, "_KEPT", file)
    caches = (header_words._kept, header_words.names, header_words.keys)
    for each in caches:
        each.cache_clear()
    yield file
    for each in caches:
        each.cache_clear()


def test_names_are_the_same_with_keys_kept_and_without(kept):
    computed = header_words.names()

    header_words.keep_keys()
    header_words._kept.cache_clear()
    header_words.names.cache_clear()

    word = header_names().attributes["n_layers"][0]
    assert header_words._kept()[word] == header_words.key(word)
    assert header_words.names() == computed


@pytest.mark.parametrize("spoil", [lambda mark: mark + 1, lambda mark: None, str])
def test_keys_of_other_files_or_code_are_not_used(kept, spoil):
    header_words.keep_keys()
    mark, _ = json.loads(kept.read_text("utf-8"))
    kept.write_text(json.dumps([spoil(mark), {"layers": "nonsense"}]), "utf-8")

    assert "nonsense" not in header_words.names()


@pytest.mark.parametrize("content", ["", "[]", "{", "[1, 2, 3]", "\x00"])
def test_a_torn_file_of_keys_is_computed_anew(kept, content):
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
