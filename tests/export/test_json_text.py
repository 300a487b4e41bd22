"""Indented JSON: the standard library's text, with nothing in it that acts on a terminal."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.escapes import json_text
from llmnotes.export.answer import Answer
from llmnotes.export.json_text import _MOST_TEXTS, pieces

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text())
DATA = st.recursive(
    SCALARS.filter(lambda value: value not in (float("inf"), float("-inf"))),
    lambda inner: st.one_of(
        st.lists(inner),
        st.dictionaries(st.one_of(st.text(), st.integers(), st.booleans(), st.none()), inner),
    ),
    max_leaves=20,
)


def indented(data):
    text = "".join(pieces(Answer([], data), "json"))
    assert text.endswith("\n")
    return text[:-1]


@given(DATA)
def test_it_is_the_text_of_the_standard_library_escaped(data):
    assert indented(data) == json_text(json.dumps(data, ensure_ascii=False, indent=2))


@pytest.mark.parametrize("place", ["key", "value", "list", "subclass"])
def test_characters_that_act_on_a_terminal_are_escaped_in_every_place(place):
    class Named(str):
        pass

    data = {
        "key": {"\x9b31m": 1},
        "value": {"a": "\x9b31m"},
        "list": ["\u202e"],
        "subclass": [Named("\u202e")],
    }[place]
    text = indented(data)
    assert text.isascii()
    assert json.loads(text) == data


def test_keys_that_are_equal_in_python_are_written_as_they_are():
    assert indented([{1: "a"}, {True: "b"}, {1.0: "c"}]) == json.dumps(
        [{1: "a"}, {True: "b"}, {1.0: "c"}], indent=2
    )


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_has_not_are_refused(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        indented({"a": number})


@pytest.mark.parametrize("count", [_MOST_TEXTS, _MOST_TEXTS + 1])
def test_more_texts_than_are_kept_are_written_as_few_are(count):
    data = [f"text {number}" for number in [*range(count), *range(3)]]
    assert indented(data) == json.dumps(data, indent=2)
