"""Positions of syntax errors in JSON and YAML, with corrections."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.broken import json_fault, placed, yaml_fault
from llmnotes.configs import parsed
from llmnotes.errors import InputError
from llmnotes.files import parse_json

GOOD = """{
  "model_type": "llama",
  "sizes": [1, 2],
  "rope": {"theta": 10}
}
"""


def fault(text: str) -> str:
    with pytest.raises(json.JSONDecodeError) as caught:
        json.loads(text)
    return json_fault(text, caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "1:2: not JSON: the text breaks off here (} missing)"),
        (GOOD[:26], "2:25: not JSON: the text breaks off here (} missing)"),
        (GOOD[:20], "2:17: not JSON: the text breaks off here (} missing)"),
        (GOOD[:-4], "4:23: not JSON: the text breaks off here (} } missing)"),
        (GOOD.replace("2]", "2"), "4:9: not JSON: a comma before the next entry"),
        (GOOD.replace('llama",', 'llama"'), "3:3: not JSON: a comma before the next entry"),
        (GOOD.replace("[1, 2]", "None"), "3:12: not JSON: a text in double quotes, a number"),
        (GOOD.replace("[1, 2]", "None"), "must stand here, not 'None'"),
        (GOOD.replace('"sizes":', '"sizes"'), "3:11: not JSON: a colon and a value"),
        (GOOD.replace('"sizes"', "sizes"), "3:3: not JSON: a key in double quotes"),
        (GOOD.replace("2]", "2,]"), "the comma before the closing ] must go"),
        (GOOD.replace("10}", "10},"), "the comma before the closing } must go"),
        (GOOD.replace("llama", "lla\nma"), "2:21: not JSON: a line break or tab within a text"),
        (GOOD.replace("llama", "lla\\ma"), "a backslash within a text must be written"),
        (GOOD + "}", "6:1: not JSON: the value is complete; what follows must go, not '}'"),
        ("{ // width", "1:3: not JSON: a key in double quotes must stand here, not '/'"),
    ],
)
def test_line_column_and_repair(text: str, sentence: str) -> None:
    assert sentence in fault(text)


@given(st.integers(1, len(GOOD.rstrip()) - 1))
def test_a_text_cut_anywhere_is_told_with_its_place(cut: int) -> None:
    """Line and column lie in the text; brackets that are named are those still open."""
    text = GOOD[:cut]
    said = fault(text)
    place = re.match(r"(\d+):(\d+): not JSON: ", said)

    assert place
    assert 1 <= int(place[1]) <= text.count("\n") + 1
    closing = re.search(r"\(([]} ]+) missing\)", said)
    if closing and not said.count("Unterminated"):
        whole = text + ('"' if text.count('"') % 2 else "")
        opened = [char for char in whole if char in "[{"]
        closed = [char for char in whole if char in "]}"]
        assert len(closing[1].split()) == len(opened) - len(closed)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_one_line(text: str) -> None:
    for read in (lambda: parse_json(text, "file"), lambda: parsed(text, "file")):
        try:
            read()
        except InputError as error:
            assert str(error).startswith("file:")
            assert "\n" not in str(error)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("model_type: llama\n\thidden_size: 4\n", "file:2:1: not YAML: "),
        ("a: [1\nb: 2\n", "file:2:2: not YAML: while parsing a flow sequence, "),
        ('{"a": 1,\n "b": [2\n', "file:3:1: not JSON: the text breaks off here (] } missing)"),
        ("<!DOCTYPE html><title>404</title>", "file: a web page or XML, not a configuration"),
        ("just a sentence", "file: a configuration must be a mapping"),
    ],
)
def test_a_configuration_that_is_none_is_told_as_what_it_was_meant(
    text: str, sentence: str
) -> None:
    """What begins with a bracket is JSON, the rest YAML."""
    with pytest.raises(InputError) as caught:
        parsed(text, "file")

    assert str(caught.value).startswith(sentence)


def test_lines_before_the_yaml_count() -> None:
    """The front matter of a card begins in the second line of the file."""
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load("license: mit\nlanguage: [en\ntags: a\n")

    assert yaml_fault(caught.value, before=1).startswith("4:5: not YAML: ")


def test_a_fault_stands_behind_the_name_with_its_line_where_there_is_one():
    assert placed("file", "2:5: not YAML: so") == "file:2:5: not YAML: so"
    assert placed("file", "not YAML: so") == "file: not YAML: so"
    assert placed("", "not YAML: so") == "not YAML: so"
