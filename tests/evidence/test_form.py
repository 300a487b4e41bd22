"""Values of the wrong kind, sizes that cannot be and repeated claims are told with the correction."""

import pytest

from llmnotes.evidence.form import (
    inner_problems,
    kind_problem,
    parameters_of,
    repetition,
    size_problem,
)
from llmnotes.schema import ATTRIBUTES


@pytest.mark.parametrize(
    ("name", "raw", "correction"),
    [
        ("tied_embeddings", "yes", "write value = true"),
        ("tied_embeddings", "no", "write value = false"),
        ("tied_embeddings", 1, "write value = true"),
        ("n_layers", "24", "write value = 24"),
        ("learning_rate", "6e-4", "write value = 6e-4"),
        ("weight_decay", "0.1", "write value = 0.1"),
        ("objective", "CLM", 'write value = ["CLM"]'),
        ("repository", ["a/b"], "write it with https://"),
    ],
)
def test_a_value_of_another_kind_is_told_with_what_to_write(name, raw, correction):
    assert kind_problem(ATTRIBUTES[name], raw)[1] == correction


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("tied_embeddings", False),
        ("n_layers", 24),
        ("training_tokens", "1.4T"),
        ("n_kv_heads", "5×8,1×1"),
        ("objective", ["CLM"]),
        ("repository", ["https://github.com/a/b"]),
        ("hardware", None),
    ],
)
def test_a_value_of_its_kind_is_not(name, raw):
    assert kind_problem(ATTRIBUTES[name], raw) is None


def member(size: str, name: str = "Toy 7B", **fields) -> dict:
    return {"id": "toy", "name": name, "size": size, **fields}


@pytest.mark.parametrize(
    ("size", "claimed"),
    [
        ("7B", 6_738_415_616),
        ("7B", 12_599_999_999),
        ("large", 10**9),
        ("Toy", 10**9),
        ("8x7B", 10**9),
    ],
)
def test_a_size_that_can_be_is_taken(size, claimed):
    assert size_problem(member(size), [claimed]) is None


@pytest.mark.parametrize(
    ("size", "claimed"), [("huge", 10**9), ("7B", 12_600_000_000), ("7M", 7 * 10**9)]
)
def test_a_size_that_cannot_be_is_told(size, claimed):
    assert size_problem(member(size), [claimed]) is not None


def test_a_size_is_not_judged_where_no_parameters_are_claimed():
    assert size_problem(member("huge"), []) is None


def test_a_size_may_be_a_word_of_an_alias():
    assert size_problem(member("huge", aliases=["toy-huge"]), [10**9]) is None


def test_the_parameters_of_a_member_are_those_of_all_its_claims():
    claims = {
        "params_total": {"value": 6_738_415_616},
        "params_reported": [{"value": "7B"}, {"status": "undisclosed"}, {"value": "many"}],
    }
    assert parameters_of({"claims": claims}) == [7 * 10**9, 6_738_415_616]


def test_a_claim_that_repeats_another_is_told():
    first = {"value": 1, "source": "a", "at": "Table 1"}
    found = list(repetition([first, {**first, "at": "Table 2"}, {**first, "note": "Again."}]))

    assert [(number, problem) for number, (problem, _) in found] == [
        (2, "repeats an earlier claim")
    ]


def test_one_claim_is_preferred():
    first = {"value": 1, "source": "a", "preferred": True}
    found = list(repetition([first, {**first, "source": "b"}, {"value": 2, "source": "c"}]))

    assert [number for number, _ in found] == [1]


@pytest.mark.parametrize(
    ("attribute", "value", "parameters", "problem"),
    [
        (
            "positional_encoding",
            "RoPE",
            {"rope_theta"},
            ("unknown parameter 'rope_theta'", "theta"),
        ),
        ("optimizer", "Adam", {"beta_1"}, ("unknown parameter 'beta_1'", "beta1")),
        ("dropout", 0.1, {"rate"}, ("unknown parameter 'rate'", "say it in `note`")),
        ("training_data", [{"name": "a", "weight": 0.9}] * 2, set(), ("add up to 1.8", "of one")),
        ("evaluation", [{"benchmark": "MMLU", "score": 1}] * 2, set(), ("MMLU is given twice", "")),
    ],
)
def test_what_is_wrong_inside_a_value_is_told(attribute, value, parameters, problem):
    ((said, repair),) = inner_problems(attribute, value, parameters)
    assert problem[0] in said
    assert problem[1] in repair


@pytest.mark.parametrize(
    ("attribute", "value", "parameters"),
    [
        ("optimizer", "Adam", {"beta1", "beta2", "eps"}),
        ("training_data", [{"name": "a", "weight": 0.51}, {"name": "b", "weight": 0.5}], set()),
        ("training_data", "C4", set()),
        (
            "evaluation",
            [{"benchmark": "MMLU", "setting": s, "score": 1} for s in ("0-shot", "5-shot")],
            set(),
        ),
    ],
)
def test_what_is_right_inside_a_value_is_not(attribute, value, parameters):
    assert list(inner_problems(attribute, value, parameters)) == []
