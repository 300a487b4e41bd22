"""Long lists of results, cut down to what most reports lead with."""

from llmnotes.knowledge.folding import Value
from llmnotes.knowledge.headlines import headline_text
from llmnotes.schema import ATTRIBUTES

EVALUATION = ATTRIBUTES["evaluation"]


def value(*names, models=("m",)):
    results = [{"benchmark": name, "score": 50} for name in names]
    return Value(list(models), results, "reported", None, None, "")


def test_a_long_list_shows_its_headlines_in_their_order_and_counts_the_rest():
    names = [f"Own {number}" for number in range(10)]

    text = headline_text(EVALUATION, [value(*names[:5], "MMLU", "GSM8K", *names[5:])])

    assert text == "Own 0 50, Own 1 50, MMLU 50, GSM8K 50, +8 (show)"


def test_a_short_list_is_shown_whole():
    assert headline_text(EVALUATION, [value(*"abcdef")]) == ""
    assert headline_text(EVALUATION, [value(*"abcdefg")]) == "a 50, b 50, c 50, d 50, +3 (show)"


def test_sizes_are_folded_first():
    sizes = [value(*"abcdefg"), value(*"abcdefg", models=("n", "o"))]

    assert headline_text(EVALUATION, sizes).startswith("a 50 / 50 / 50, b 50 / 50 / 50")


def test_a_name_is_no_headline_because_another_begins_like_it():
    names = ["MMLU-Redux", *"abcd", "MATH", "e", "f"]

    assert "MATH 50" in headline_text(EVALUATION, [value(*names)])


def test_nothing_else_is_cut():
    unknown = Value(["m"], None, None, None, None, "unknown")

    assert headline_text(EVALUATION, [unknown]) == ""
    assert headline_text(ATTRIBUTES["languages"], [value(*"abcdefgh")]) == ""
