"""Whether a claim's value satisfies a comparison: the same answer as the store gives."""

import json

import pytest

from llmnotes.knowledge.conditions import Comparison
from llmnotes.knowledge.predicate import satisfies
from llmnotes.schema import ATTRIBUTES


def holds(connection, attribute, value, text, operator="=", lenient=False):
    comparison = Comparison(ATTRIBUTES[attribute], operator, text, lenient)
    return satisfies(connection, comparison)(json.dumps(value))


@pytest.mark.parametrize(
    ("attribute", "value", "text", "operator", "expected"),
    [
        ("n_layers", 12, "12", "=", True),
        ("n_layers", 12, "13", "=", False),
        ("n_layers", 12, "12", ">=", True),
        ("n_layers", 12, "12", ">", False),
        ("n_layers", 12, "12", "<=", True),
        ("n_layers", 12, "12", "<", False),
        ("n_layers", 12, "12..12", "=", True),
        ("context_length", [8192, 32768], "32k", "=", True),
        ("context_length", [8192, 32768], "10k..20k", "=", False),
        ("d_ff", {"runs": [[2, 100], [1, 300]]}, "300", "=", True),
        ("d_ff", {"runs": [[2, 100], [1, 300]]}, "200", "=", False),
        ("batch_size", {"stages": [256, 512], "unit": "sequences"}, "512 sequences", "=", True),
        ("batch_size", {"stages": [256, 512], "unit": "sequences"}, "256 sequences", "=", False),
        ("batch_size", {"stages": [1, 2, 4], "unit": "tokens"}, "4 tokens", "=", True),
        ("batch_size", {"stages": [1, 2, 4], "unit": "tokens"}, "2 tokens", "=", False),
        ("batch_size", {"stages": [512], "unit": "sequences"}, "512 tokens", "=", False),
        ("warmup", {"value": 2000, "unit": "steps"}, "2000 steps", "=", True),
        ("warmup", {"value": 2000, "unit": "steps"}, "2000 tokens", "=", False),
        ("gated_ffn", False, "no", "=", True),
        ("gated_ffn", True, "no", "=", False),
        ("attention", "GQA", "grouped-query", "=", True),
        ("attention", {"runs": [[1, "linear"], [1, "GQA"]]}, "GQA", "=", True),
        ("attention", "MHA", "GQA", "=", False),
        ("organization", ["google", "meta"], "Meta AI", "=", True),
        ("training_data", [{"name": "English Wikipedia"}], "wikipedia", "=", True),
        ("training_data", [{"name": "English Wikipedia"}], "synthetic", "=", False),
        ("training_data", [{"name": "English Wikipedia"}], "wiki", "has", True),
        ("evaluation", [{"benchmark": "MMLU", "score": 60}], "mmlu", "=", True),
        ("release_date", "2023-02", "2023", "=", True),
        ("release_date", "2023-02", "2023-02-10..", "=", False),
        ("release_date", "2023-02", "2023-03", "<", True),
        ("release_date", "2023-02-10", "2023-02..2023-03", "=", True),
        ("release_date", "2023-01-31", "2023-02..2023-03", "=", False),
        ("release_date", "2023-04-01", "2023-02..2023-03", "=", False),
    ],
)
def test_a_value_satisfies_or_not(connection, attribute, value, text, operator, expected):
    assert holds(connection, attribute, value, text, operator) is expected


def test_a_lenient_date_need_only_perhaps_lie_inside(connection):
    assert holds(connection, "release_date", "2023-02", "2023-02-10..", lenient=True)
    assert not holds(connection, "release_date", "2023-02", "2023-03-01..", lenient=True)


def test_a_lenient_size_takes_what_rounds_to_it(connection):
    assert holds(connection, "params_total", 6_738_415_616, "7B", lenient=True)
    assert not holds(connection, "params_total", 6_738_415_616, "7B")


def test_a_claim_without_a_value_satisfies_nothing(connection):
    comparison = Comparison(ATTRIBUTES["n_layers"], "<", "1000")

    assert not satisfies(connection, comparison)(None)
