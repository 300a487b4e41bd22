"""Header names by language: complete, sound, and open to one more."""

from __future__ import annotations

import json

import pytest

from llmnotes.attributes import headers
from llmnotes.attributes.concern import gaps
from llmnotes.attributes.headers import FOLDER, by_language, header_names
from llmnotes.errors import InputError
from llmnotes.factcheck.layout.header_words import key

COMMON = [
    "organization",
    "release_date",
    "architecture",
    "params_total",
    "params_active",
    "training_data",
    "training_tokens",
    "tokenizer",
    "vocab_size",
    "positional_encoding",
    "attention",
    "activation",
    "d_ff",
    "normalization",
    "context_length",
    "n_layers",
    "d_model",
    "n_heads",
    "n_kv_heads",
    "head_dim",
    "n_experts",
    "batch_size",
    "optimizer",
    "learning_rate",
    "precision",
    "hardware",
    "license",
]
"""Attributes that most tables of published models have a column for."""


def test_every_attribute_has_an_entry_in_english():
    names = by_language()["english"].attributes

    assert gaps(names, "[names] of llmnotes/data/headers/english.toml") == []


@pytest.mark.parametrize("language", by_language())
def test_every_language_names_what_most_tables_have(language):
    missing = [name for name in COMMON if not by_language()[language].attributes.get(name)]

    assert missing == [], f"add them to [names] of llmnotes/data/headers/{language}.toml"
    assert by_language()[language].models


@pytest.mark.parametrize("language", by_language())
def test_no_name_means_two_attributes_of_one_language(language):
    meanings: dict[str, set[str]] = {}
    for attribute, words in by_language()[language].attributes.items():
        for word in words:
            meanings.setdefault(key(word), set()).add(attribute)

    assert {word: found for word, found in meanings.items() if len(found) > 1} == {}


def test_no_name_is_read_as_something_else_because_another_language_has_it():
    from llmnotes.factcheck.layout.header_words import names

    misread = [
        (language, word, attribute, names()[key(word)][0])
        for language, found in by_language().items()
        for attribute, words in found.attributes.items()
        for word in words
        if names()[key(word)][0] != attribute
    ]

    assert misread == []


def test_a_file_that_is_none_is_refused_with_its_path(tmp_path):
    (tmp_path / "odd.toml").write_text(
        "[columns]\nnames = []\n[names]\nn_layres = ['x']\n", "utf-8"
    )

    with pytest.raises(InputError, match=r"odd\.toml: n_layres is no attribute"):
        header_names(tmp_path)


@pytest.mark.parametrize(
    "text", ["[names]\n", "[columns\n", "[columns]\nnames=[]\n[names]\nn_layers=3\n"]
)
def test_a_broken_file_is_refused_in_one_sentence(tmp_path, text):
    (tmp_path / "odd.toml").write_text(text, "utf-8")

    with pytest.raises(InputError, match=r"odd\.toml"):
        header_names(tmp_path)


def test_the_names_of_english_stand_in_the_package():
    assert (FOLDER / "english.toml").is_file()


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A file of the names of all languages of its own, read anew."""
    monkeypatch.setattr(headers, "_KEPT", tmp_path / "headers.json")
    header_names.cache_clear()
    yield tmp_path / "headers.json"
    header_names.cache_clear()


def test_names_kept_are_those_of_the_files(kept):
    computed = header_names()
    headers.keep_header_names()
    header_names.cache_clear()

    assert header_names() == computed
    assert header_names() is not computed


def test_names_kept_are_what_is_read_until_a_file_changes(kept):
    headers.keep_header_names()
    mark, (attributes, *rest) = json.loads(kept.read_text("utf-8"))
    for said, read in (
        (mark, ("kept",)),
        (mark + 1, by_language()["english"].attributes["n_layers"]),
    ):
        kept.write_text(json.dumps([said, [{**attributes, "n_layers": ["kept"]}, *rest]]), "utf-8")
        header_names.cache_clear()

        assert header_names().attributes["n_layers"][: len(read)] == read
