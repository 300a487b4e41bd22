"""Scores and ratios: how they are written, filtered and sorted by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.knowledge.columns import check_columns
from llmnotes.knowledge.conditions import Score
from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.measures import as_measure, read_measure
from tests.running import FIRST


def ids(connection, where, **query):
    return [item["id"] for item in select(connection, Query(where=where, **query), ["id"])]


def figures(connection, name, **query):
    return {item["id"]: item[name] for item in select(connection, Query(**query), ["id", name])}


@pytest.mark.parametrize(
    ("text", "name", "inverse"),
    [
        ("d_ff / d_model", "d_ff/d_model", (False, True)),
        ("training_tokens/params", "training_tokens/params_total", (False, True)),
        ("n_heads*head_dim÷d_model", "n_heads*head_dim/d_model", (False, False, True)),
        ("n_heads × head_dim", "n_heads*head_dim", (False, False)),
        ("params_total / 1e9", "params_total/1000000000", (False, True)),
        ("evaluation.mmlu", "evaluation.mmlu", (False,)),
        ("evaluation.ARC-Challenge", "evaluation.ARC-Challenge", (False,)),
        ('evaluation."SQuAD 1.1"', 'evaluation."SQuAD 1.1"', (False,)),
        ("evaluation.'a/b' / 2", 'evaluation."a/b"/2', (False, True)),
    ],
)
def test_a_measure_is_read_and_named(text, name, inverse):
    found = read_measure(text)

    assert (found.text, found.inverse) == (name, inverse)
    assert read_measure(found.text).text == name


def test_a_measure_divided_by_another_turns_its_factors_round():
    found = as_measure("n_heads * head_dim").over(as_measure("d_model / 2"))

    assert found.inverse == (False, False, True, False)


def test_a_score_keeps_its_benchmark_as_written():
    (factor,) = read_measure("evaluation.LAMBADA.accuracy").factors

    assert isinstance(factor, Score)
    assert factor.benchmark == "LAMBADA.accuracy"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("d_f / d_model", "here: unknown attribute 'd_f'. Nearest: d_ff"),
        ("attention / 2", "attention is no plain number"),
        ("batch_size / n_layers", "batch_size is no plain number"),
        ("training_data.C4", "training_data has no parts"),
        ("d_ff /", "is no ratio or score"),
        ("/ d_ff", "is no ratio or score"),
        ("evaluation.", "is no ratio or score"),
        ("d_ff - d_model / 2", "is no ratio or score"),
    ],
)
def test_what_is_no_measure_is_refused(text, complaint):
    with pytest.raises(InputError, match=complaint):
        read_measure(text, "here: ")


@given(st.text(alphabet="ad_/.*1\"' -", max_size=12))
def test_any_text_is_a_measure_or_refused(text):
    try:
        assert read_measure(text).factors
    except InputError as refused:
        assert str(refused)


def test_models_are_filtered_by_a_ratio(connection):
    narrow = ids(connection, "d_ff / d_model < 3")
    found = figures(connection, "d_ff/d_model")

    assert "llama-7b" in narrow  # 11008 / 4096
    assert "bert-base" not in narrow  # 3072 / 768
    assert set(narrow) == {key for key, value in found.items() if value and value < 3}
    assert found["llama-7b"] == pytest.approx(11008 / 4096)


def test_a_bound_of_a_ratio_is_met_exactly(connection):
    assert "bert-base" in ids(connection, "d_ff / d_model >= 4")
    assert "bert-base" not in ids(connection, "d_ff / d_model > 4")
    assert "bert-base" in ids(connection, "d_ff / d_model = 4")
    assert "bert-base" in ids(connection, "d_ff / d_model in 3.9..4")
    assert "bert-base" not in ids(connection, "d_ff / d_model in 4.01..5")
    assert "bert-base" in ids(connection, "d_ff / d_model in (3, 4)")
    assert "bert-base" not in ids(connection, "d_ff / d_model != 4")
    assert "bert-base" not in ids(connection, "d_ff / d_model in (!3, 4)")
    assert "llama-7b" in ids(connection, "d_ff / d_model in (!3, 4)")


def test_unknown_factors_and_division_by_zero_satisfy_nothing(connection):
    for condition in ("n_experts / n_layers > 0", "d_ff / 0 > 1", "training_tokens / params > 20"):
        yes, no = ids(connection, condition), ids(connection, f"not ({condition})")
        assert "gpt-4" not in [*yes, *no]
        assert not set(yes) & set(no)
    assert ids(connection, "d_ff / 0 > 1 or not d_ff / 0 > 1") == []
    either = ids(connection, "n_experts / n_layers > 0 or not n_experts / n_layers > 0")
    assert "mixtral-8x7b" in either
    assert not {"llama-7b", "gpt-4"} & set(either)


def test_two_measures_are_compared_with_each_other(connection):
    found = ids(connection, "n_heads * head_dim != d_model")

    assert {"palm-540b", "t5-11b"} <= set(found)
    assert "palm-8b" not in found
    assert "bert-base" in ids(connection, "d_model = n_heads * head_dim")
    assert "bert-base" in ids(connection, "d_ff > d_model")
    assert "bert-base" not in ids(connection, "d_ff < d_model")


def test_models_are_filtered_by_a_score(connection):
    found = ids(connection, "evaluation.MMLU > 60")
    scores = figures(connection, "evaluation.MMLU")

    assert {"gpt-4", "llama-2-70b", "mistral-7b"} <= set(found)
    assert set(found) == {key for key, score in scores.items() if score and score > 60}
    assert scores["bert-base"] is None
    assert "bert-base" not in ids(connection, "not evaluation.mmlu > 60")
    assert "llama-7b" in ids(connection, "not evaluation.mmlu > 60")


def test_of_several_results_the_best_counts(connection):
    assert "bert-large" in ids(connection, "evaluation.'SQuAD 1.1' >= 93.2")  # beside 90.9
    assert "bert-large" not in ids(connection, "evaluation.'SQuAD 1.1' < 93")
    # Of perplexities the lowest one is the best.
    assert figures(connection, "evaluation.LAMBADA.perplexity")["gpt-2-xl"] == pytest.approx(8.63)


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("evaluation.MMLX > 60", "--where, column 1: unknown benchmark 'MMLX'. Nearest: MMLU"),
        ("evaluation.LAMBADA > 60", "is measured by accuracy.* name one"),
        ("evaluation.LAMBADA.BLEU > 60", "unknown metric of LAMBADA 'BLEU'"),
        ("evaluation.MMLU > high", "'high' is not a quantity"),
        ("evaluation.MMLU > '60 tokens'", "has a unit where none belongs"),
        ("evaluation.MMLU is unknown", "only an attribute can be unknown"),
    ],
)
def test_an_unknown_benchmark_or_metric_is_refused(connection, where, complaint):
    with pytest.raises(InputError, match=complaint):
        ids(connection, where)


def test_models_are_sorted_by_a_score_or_a_ratio_with_unknown_last(connection):
    query = Query(sort="-evaluation.MMLU", families=list(FIRST))
    best = [i["id"] for i in select(connection, query, ["id"])]
    widest = figures(connection, "d_ff/d_model", sort="-d_ff/d_model,params", variants="all")
    known = [value for value in widest.values() if value is not None]

    assert best[:2] == ["gpt-4", "mixtral-8x7b"]
    assert known == sorted(known, reverse=True)
    assert list(widest.values())[-1] is None


def test_a_limit_takes_the_first_in_the_order_of_a_measure(connection):
    whole = [i["id"] for i in select(connection, Query(sort="-evaluation.MMLU"), ["id"])]
    first = [i["id"] for i in select(connection, Query(sort="-evaluation.MMLU", limit=3), ["id"])]

    assert first == whole[:3]


def test_a_column_may_be_a_measure():
    assert check_columns('id,d_ff / d_model,evaluation."SQuAD 1.1"') == [
        "id", "d_ff/d_model", 'evaluation."SQuAD 1.1"',
    ]  # fmt: skip
    with pytest.raises(InputError, match="--columns: unknown attribute 'foo'"):
        check_columns("foo/d_model")
