"""A draft is written as TOML, and text from outside never becomes syntax."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.curate.writing import toml_value
from tests.curate.drafts import claim, drafted, put


@given(
    st.recursive(
        st.text() | st.integers(-(2**60), 2**60) | st.booleans() | st.floats(-1e9, 1e9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
        max_leaves=6,
    )
)  # fmt: skip
def test_every_value_is_written_as_toml_reads_it(value: Any) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}")["x"] == value


@pytest.mark.parametrize(
    "name",
    ['quote " and \\ back', "é漢字", "new\nline", "#comment", "a" * 300, "]]"],
)
def test_names_from_outside_never_become_syntax(tmp_path: Path, name: str) -> None:
    card = f"---\nlicense: other\nlicense_name: {json.dumps(name)}\nbase_model: {json.dumps(name)}\n---\n"

    family, _ = drafted(put(tmp_path / "toy", card=card))

    assert claim(family, "license").value.split() == name.split()


def test_control_characters_of_a_card_are_left_out(tmp_path: Path) -> None:
    card = '---\nlicense: other\nlicense_name: "\\u001b[31mred"\n---\n'

    family, text = drafted(put(tmp_path / "toy", card=card))

    assert "\x1b" not in claim(family, "license").value
    assert "u001b" not in text
