"""The language of `--where`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.knowledge.conditions import And, Comparison, Not, Or, State
from llmnotes.knowledge.where import parse
from llmnotes.schema import ATTRIBUTES


def comparison(name, operator, text, lenient=False):
    return Comparison(ATTRIBUTES[name], operator, text, lenient)


def test_the_example_of_the_documentation_is_understood():
    assert parse("attention = GQA and params >= 7B and not (license is unknown)") == And(
        (
            comparison("attention", "=", "GQA", lenient=False),
            comparison("params_total", ">=", "7B", lenient=True),
            Not(State(ATTRIBUTES["license"], "unknown")),
        )
    )


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("n_layers=12", comparison("n_layers", "=", "12")),
        (
            "n_layers IN (12, 24)",
            Or((comparison("n_layers", "=", "12"), comparison("n_layers", "=", "24"))),
        ),
        ("n_layers in 12..24", comparison("n_layers", "=", "12..24")),
        ("params_total in 7B..", comparison("params_total", "=", "7B..")),
        ("tokenizer = 'byte-level BPE'", comparison("tokenizer", "=", "byte-level BPE")),
        ('tokenizer = "byte-level BPE"', comparison("tokenizer", "=", "byte-level BPE")),
        ("training_data HAS wiki", comparison("training_data", "has", "wiki")),
        ("optimizer is not undisclosed", Not(State(ATTRIBUTES["optimizer"], "undisclosed"))),
        ("context < 4k", comparison("context_length", "<", "4k", lenient=True)),
        ("release_date >= 2020-05", comparison("release_date", ">=", "2020-05")),
        ("learning_rate = 3e-4", comparison("learning_rate", "=", "3e-4")),
        ("qk_norm = none", comparison("qk_norm", "=", "none")),
    ],
)
def test_a_test_is_read(text, condition):
    assert parse(text) == condition


def test_and_binds_closer_than_or_and_not_closest():
    found = parse("not n_layers = 1 and n_layers = 2 or n_layers = 3")

    one, two, three = (comparison("n_layers", "=", str(number)) for number in (1, 2, 3))
    assert found == Or((And((Not(one), two)), three))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("", 1),
        ("attention", 10),
        ("attention =", 12),
        ("attention = GQA and", 20),
        ("attention = GQA or or n_layers = 2", 20),
        ("(attention = GQA", 17),
        ("attention ! GQA", 11),
        ("attention is no", 14),
        ("= GQA", 1),
        ("attention = 'GQA", 13),
    ],
)
def test_a_mistake_is_shown_with_its_column(text, column):
    with pytest.raises(InputError) as refused:
        parse(text)

    assert f"column {column};" in str(refused.value)
    assert "expected" in str(refused.value)


def test_an_unknown_attribute_is_shown_with_its_column():
    with pytest.raises(InputError, match=r"--where, column 18: unknown attribute 'atention'"):
        parse("n_layers = 1 and atention = GQA")


def test_nesting_without_end_is_refused():
    with pytest.raises(InputError):
        parse("(" * 5000 + "n_layers = 1" + ")" * 5000)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        parse(text)
    except InputError as refused:
        assert str(refused)


_WORDS = st.sampled_from(
    [
        "and",
        "or",
        "not",
        "(",
        ")",
        "n_layers",
        "params",
        "=",
        "<",
        "is",
        "unknown",
        "in",
        "has",
        "7B",
        ",",
        "GQA",
    ]
)


@given(st.lists(_WORDS, max_size=12))
def test_any_row_of_words_is_read_or_refused(words):
    try:
        parse(" ".join(words))
    except InputError as refused:
        assert str(refused)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("attention = GQB", "--where, column 13: attention: unknown attention value 'GQB'"),
        ("d_ff = 1 or n_layers in (12, many)", "--where, column 30: n_layers: 'many' is not"),
        ("release_date >= 2023-13", "--where, column 17: "),
        ("n_layers = 12 n_heads", "expected the end, `and`, `,` or `or`"),
    ],
)
def test_a_complaint_names_the_column_and_what_would_be_right(kb, text, complaint):
    with pytest.raises(InputError) as refused:
        kb.filter(text)

    assert complaint in str(refused.value)


def test_what_is_expected_is_told_in_words_of_the_documentation():
    with pytest.raises(
        InputError, match=r"expected `!`, `\(`, a score or a ratio, an attribute or"
    ):
        parse("params > 7B and")
