"""Commas, `!` and quotes in what stands after an option."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.knowledge.choices import condition_of, read_choices
from llmnotes.knowledge.conditions import And, Comparison, Not, Or
from llmnotes.schema import ATTRIBUTES
from tests.knowledge.asked import ids


def values(text):
    found = read_choices(text)
    return [value.text for value in found.values], found.negated


@pytest.mark.parametrize(
    ("text", "expected", "negated"),
    [
        ("GQA", ["GQA"], False),
        ("GQA,MQA", ["GQA", "MQA"], False),
        (" GQA , MQA ", ["GQA", "MQA"], False),
        ("!GQA", ["GQA"], True),
        ("! GQA, MQA", ["GQA", "MQA"], True),
        ("!GQA,!MQA", ["GQA", "MQA"], True),
        ('"a, b"', ["a, b"], False),
        ("'a, b',c", ["a, b", "c"], False),
        ('!"!important, really"', ["!important, really"], True),
        ("it's, not quoted", ["it's", "not quoted"], False),
        ("!=GQA", ["!=GQA"], False),
        ("Yahoo!", ["Yahoo!"], False),
    ],
)
def test_a_comma_is_or_a_leading_mark_is_not_and_quotes_keep_both(text, expected, negated):
    assert values(text) == (expected, negated)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "a value is missing"),
        ("GQA,", "a value is missing in 'GQA,'"),
        (",GQA", "a value is missing"),
        ("!", "a value is missing"),
        ("!!GQA", "says not twice"),
        ("GQA,!MQA", "mixes or with not"),
        ('"GQA', "opens a quote"),
        ("MQA,'GQA", "opens a quote"),
    ],
)
def test_what_may_mean_two_things_is_refused(text, complaint):
    with pytest.raises(InputError, match=complaint):
        read_choices(text)


@given(st.text(alphabet="ab,! '\"", max_size=10))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    try:
        found = read_choices(text)
    except InputError as refused:
        assert str(refused)
    else:
        assert found.values
        assert all(value.text or value.quoted for value in found.values)


@given(st.lists(st.text(alphabet="ab,! '", min_size=1, max_size=5), min_size=1, max_size=4))
def test_every_text_in_quotes_comes_back_as_it_was(texts):
    found = read_choices(",".join(f'"{text}"' for text in texts))

    assert [value.text for value in found.values] == texts


def conditions_of(name, *texts, **options):
    """The condition with each comparison as its operator and text."""

    def plain(condition):
        match condition:
            case Comparison():
                return f"{condition.operator} {condition.text}"
            case Not(inner):
                return ("not", plain(inner))
            case And(parts):
                return ("and", *map(plain, parts))
            case Or(parts):
                return ("or", *map(plain, parts))

    return plain(condition_of(ATTRIBUTES[name], texts, **options))


def test_repeats_are_or_and_what_is_negated_is_always_left_out():
    assert conditions_of("attention", "GQA", "MQA") == ("or", "= GQA", "= MQA")
    assert conditions_of("attention", "!GQA", "!MQA") == ("and", ("not", "= GQA"), ("not", "= MQA"))
    assert conditions_of("attention", "!GQA,MQA") == ("and", ("not", "= GQA"), ("not", "= MQA"))
    assert conditions_of("attention", "GQA,MQA", "!MLA") == (
        "and", ("or", "= GQA", "= MQA"), ("not", "= MLA"),
    )  # fmt: skip
    assert conditions_of("attention", excluded=["GQA"]) == ("not", "= GQA")
    assert conditions_of("attention", "MHA", excluded=["GQA"]) == ("and", "= MHA", ("not", "= GQA"))
    with pytest.raises(InputError, match="says not twice"):
        conditions_of("attention", excluded=["!GQA"])


def test_an_unequal_sign_before_a_list_is_not():
    assert conditions_of("attention", "GQA,MQA", operator="!=") == (
        "and", ("not", "= GQA"), ("not", "= MQA"),
    )  # fmt: skip
    assert conditions_of("attention", "!GQA", operator="!=") == "= GQA"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">=7B", ">= 7B"), ("<= 7B", "<= 7B"), (">7B", "> 7B"), ("<7B", "< 7B"), ("=7B", "= 7B"),
        ("==7B", "= 7B"), ("!=7B", "!= 7B"), ("<>7B", "!= 7B"), ("≥7B", ">= 7B"), ("≠7B", "!= 7B"),
    ],
)  # fmt: skip
def test_an_operator_may_stand_before_the_value(text, expected):
    assert conditions_of("params_total", text) == expected


@pytest.mark.parametrize(
    ("texts", "complaint"),
    [
        (["<1B,>2B"], "write a range"),
        ([">1B,<2B"], "a comma is or; write a range"),
        ([">1B", "<2B"], "which is every number here"),
        ([">"], "a value is missing"),
    ],
)
def test_two_bounds_that_or_would_join_are_refused(texts, complaint):
    with pytest.raises(InputError, match=complaint):
        conditions_of("params_total", *texts)


def test_two_bounds_on_one_side_are_no_mistake():
    assert conditions_of("params_total", ">1B", ">2B") == ("or", "> 1B", "> 2B")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("vocab_size", "32,000", "= 32000"),
        ("d_model", "4,096..8,192", None),
        ("d_model", "4,096..16,000", "= 4096..16000"),
        ("training_tokens", "1,000,128", "= 1000128"),
        ("n_layers", "12,24", ("or", "= 12", "= 24")),
        ("n_layers", "12, 240", ("or", "= 12", "= 240")),
        ("n_layers", "1000,240", ("or", "= 1000", "= 240")),
        ("n_layers", "1.5,240", ("or", "= 1.5", "= 240")),
        ("release_date", "Feb 24, 2023", "= Feb 24 2023"),
        ("release_date", "2022,2023", ("or", "= 2022", "= 2023")),
        ("release_date", "Feb 24, 2023, 2024", ("or", "= Feb 24 2023", "= 2024")),
        (
            "positional_encoding",
            "absolute positional encoding, learnable positional encoding",
            "= absolute positional encoding, learnable positional encoding",
        ),
        (
            "lr_schedule",
            "cosine, linear warmup, linear decay",
            ("or", "= cosine", "= linear warmup, linear decay"),
        ),
    ],
)
def test_a_comma_inside_a_value_is_none(name, text, expected):
    if expected is None:
        with pytest.raises(InputError, match="may be one number or several"):
            conditions_of(name, text)
    else:
        assert conditions_of(name, text) == expected


@pytest.mark.parametrize("text", ["6,7B", "1,5 million", "7B,6,7B"])
def test_a_comma_that_may_be_a_decimal_sign_is_refused(text):
    with pytest.raises(InputError, match=r"may be one number or several: write \d\.\d"):
        conditions_of("params_total", text)


def test_a_number_that_may_be_a_list_is_refused_but_not_in_a_list_in_parentheses():
    with pytest.raises(
        InputError, match="32,128 may be one number or several: write 32128, or 32, 128"
    ):
        conditions_of("n_heads", "32,128")
    assert conditions_of("n_heads", "32,128", listed=True) == ("or", "= 32", "= 128")


NEGATED = [
    ("attention", "GQA"), ("objective", "MLM"), ("organization", "meta"), ("based_on", "llama-2-7b"),
    ("license", "MIT"), ("training_data", "wikipedia"), ("hardware", "A100"), ("languages", "german"),
    ("gated_ffn", "yes"), ("params_total", "7B..70B"), ("context_length", "2k"),
    ("release_date", "2023"), ("batch_size", "512 sequences"), ("batch_size", "4M tokens"),
    ("warmup", "2000 steps"), ("learning_rate", "3e-4"), ("evaluation", "MMLU"), ("n_kv_heads", "8"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), NEGATED)
def test_a_value_and_not_it_part_the_models_of_which_it_is_known(connection, name, value):
    yes = set(ids(connection, options={name: [value]}, variants="all"))
    no = set(ids(connection, options={name: [f"!{value}"]}, variants="all"))

    assert yes
    assert no
    assert not yes & no
    assert no == set(ids(connection, excluded={name: [value]}, variants="all"))
    assert no == set(ids(connection, options={name: [f"!={value}"]}, variants="all"))
    if name not in {"batch_size", "warmup"}:  # there another unit is neither
        known = set(ids(connection, where=f"{name} is known", variants="all"))
        assert yes | no == known


@pytest.mark.parametrize(("name", "value"), NEGATED)
def test_a_comma_is_or_and_not_of_a_list_is_neither(connection, name, value):
    other = {"attention": "MHA", "objective": "NSP", "organization": "google"}.get(name, value)
    both = set(ids(connection, options={name: [f"{value},{other}"]}))

    one, two = (set(ids(connection, options={name: [text]})) for text in (value, other))
    assert both == one | two
    assert both == set(ids(connection, options={name: [value, other]}))
    neither = set(ids(connection, options={name: [f"!{value},{other}"]}))
    assert neither == set(ids(connection, options={name: [f"!{value}", f"!{other}"]}))
    assert not neither & both


@pytest.mark.parametrize(
    ("name", "text"), [("license", "-MIT"), ("license", "~MIT"), ("organization", "-meta")]
)
def test_a_sign_that_looks_like_not_is_refused_for_texts_too(connection, name, text):
    with pytest.raises(InputError, match="for not write !"):
        ids(connection, options={name: [text]})


def test_in_quotes_signs_and_commas_are_part_of_a_name(connection):
    assert ids(connection, options={"license": ['"-MIT"']}) == ids(
        connection, options={"license": ["MIT"]}
    )
    with pytest.raises(InputError, match="no model has 'MIT, Apache'"):
        ids(connection, options={"license": ['"MIT, Apache"']})
