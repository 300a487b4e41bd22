"""Header names by language: complete, sound, and open to one more."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import llmnotes
from llmnotes.attributes.concern import gaps
from llmnotes.attributes.headers import FOLDER, by_language, header_names
from llmnotes.errors import InputError
from llmnotes.factcheck.layout.headers import key

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
"""What most tables of published models have a column of."""


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
    from llmnotes.factcheck.layout.headers import names

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


def test_a_language_is_added_by_the_steps_of_contributing(tmp_path):
    """Esperanto, in a copy of the package: one file of headers, its scale and its unit words."""
    copy = tmp_path / "llmnotes"
    shutil.copytree(
        Path(llmnotes.__file__).parent,
        copy,
        ignore=shutil.ignore_patterns("__pycache__", "*.sqlite"),
    )
    (copy / "data" / "headers" / "esperanto.toml").write_text(
        'number_of = ["nombro de"]\n[columns]\nnames = ["modelo"]\n'
        '[names]\nn_layers = ["tavoloj"]\nparams_total = ["parametroj"]\n',
        "utf-8",
    )
    scales = copy / "quantities" / "scales.py"
    text = scales.read_text("utf-8")
    mark = "COMMA_WORDS: dict[str, dict[str, int]] = {\n"
    assert mark in text
    scales.write_text(
        text.replace(mark, mark + '    "Esperanto": {"miliardoj": 10**9},\n'), "utf-8"
    )
    units = copy / "quantities" / "units.py"
    text = units.read_text("utf-8")
    assert '"layers": r"' in text
    units.write_text(text.replace('"layers": r"', '"layers": r"tavoloj|'), "utf-8")
    code = (
        "from llmnotes.factcheck.layout.headers import read_header as header\n"
        "from llmnotes.factcheck.cells.reader import read_cell as cell\n"
        "print(header('Nombro de tavoloj').attribute, header('Parametroj (miliardoj)').scale.factor,\n"
        "      cell('6,7 miliardoj', 'params_total').value, cell('32 tavoloj', 'n_layers').value)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
    )  # fmt: skip

    assert done.stdout.split() == ["n_layers", "1000000000", "6700000000", "32"], done.stderr


def test_the_names_of_english_stand_in_the_package():
    assert (FOLDER / "english.toml").is_file()
