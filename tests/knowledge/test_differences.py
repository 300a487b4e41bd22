"""A difference is two known values that cannot both be meant; silence and detail are none."""

import pytest

from llmnotes.knowledge.compare import compare
from llmnotes.knowledge.differences import standing
from llmnotes.knowledge.folding import FoldedCell, Value
from llmnotes.schema import ATTRIBUTES

SILENT = (None, None)


def cell(*values):
    """A cell of values, each as it is, with its details in a pair, or as a status without one."""
    made = []
    for value in values:
        if isinstance(value, str) and value in {"undisclosed", "not-applicable"}:
            made.append(Value(["m"], None, value, None, None, value))
        elif value is SILENT:
            made.append(Value(["m"], None, None, None, None, "unknown"))
        else:
            plain, details = value if isinstance(value, tuple) else (value, None)
            made.append(Value(["m"], plain, "reported", "s", None, str(plain), parameters=details))
    return FoldedCell("subject", "", made)


@pytest.mark.parametrize(
    ("attribute", "cells", "expected"),
    [
        ("n_layers", [cell(12), cell(12)], "same"),
        ("n_layers", [cell(12), cell(13)], "differs"),
        ("n_layers", [cell(12), cell(SILENT)], "one-sided"),
        ("n_layers", [cell(12), cell("undisclosed")], "one-sided"),
        ("n_layers", [cell("undisclosed"), cell(SILENT)], "same"),
        ("n_layers", [cell(SILENT), cell(SILENT)], "same"),
        ("n_layers", [cell(SILENT), cell(12), cell(13)], "differs"),
        ("n_experts", [cell(8), cell("not-applicable")], "differs"),
        ("n_experts", [cell("not-applicable"), cell("not-applicable")], "same"),
        ("n_experts", [cell("not-applicable"), cell(SILENT)], "one-sided"),
        ("n_layers", [cell(12, 24), cell(24, 12)], "same"),
        ("n_layers", [cell(12, 24), cell(12)], "differs"),
        ("n_layers", [cell(12, SILENT), cell(12)], "one-sided"),
        ("n_layers", [cell(12, SILENT), cell(24)], "differs"),
        ("languages", [cell(["English", "Chinese"]), cell(["Chinese", "English"])], "same"),
        ("languages", [cell(["English", "Chinese"]), cell(["English"])], "differs"),
    ],
)
def test_only_known_values_differ(attribute, cells, expected):
    assert standing(ATTRIBUTES[attribute], cells) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("RMSNorm", None), ("RMSNorm", {"eps": 1e-5}), "one-sided"),
        (("RMSNorm", {"eps": 1e-5}), ("RMSNorm", {"eps": 1e-5}), "same"),
        (("RMSNorm", {"eps": 1e-6}), ("RMSNorm", {"eps": 1e-5}), "differs"),
        (("RMSNorm", {"eps": 1e-5}), ("LayerNorm", {"eps": 1e-5}), "differs"),
        (("RMSNorm", {"a": 1}), ("RMSNorm", {"b": 2}), "one-sided"),
        (("RMSNorm", {"a": 1, "b": None}), ("RMSNorm", {"a": 1, "b": 2}), "one-sided"),
    ],
)
def test_a_detail_that_one_side_leaves_out_is_no_difference(one, other, expected):
    assert standing(ATTRIBUTES["normalization"], [cell(one), cell(other)]) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2023", "2023-07-18", "one-sided"), ("2023-07", "2023-07-18", "one-sided"),
        ("2023-07-18", "2023-07-18", "same"), ("2023", "2022-12-31", "differs"),
        ("2023-07-18", "2023-07-19", "differs"),
    ],
)  # fmt: skip
def test_a_date_told_more_exactly_is_no_other_date(one, other, expected):
    assert standing(ATTRIBUTES["release_date"], [cell(one), cell(other)]) == expected


def result(benchmark, score, **more):
    return {"benchmark": benchmark, "score": score, **more}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([result("MMLU", 60)], [result("MMLU", 60)], "same"),
        ([result("MMLU", 60)], [result("MMLU", 61)], "differs"),
        ([result("MMLU", 60)], [result("GLUE", 61)], "one-sided"),
        ([result("MMLU", 60)], [result("MMLU", 61, setting="5-shot")], "one-sided"),
        ([result("MMLU", 60)], [result("MMLU", 60), result("GLUE", 80)], "one-sided"),
    ],
)
def test_scores_differ_where_the_same_was_measured(one, other, expected):
    assert standing(ATTRIBUTES["evaluation"], [cell(one), cell(other)]) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([{"name": "C4"}], [{"name": "C4", "size": 1}], "one-sided"),
        ([{"name": "C4", "size": 2}], [{"name": "C4", "size": 1}], "differs"),
        ([{"name": "C4"}], [{"name": "Pile"}], "differs"),
        ([{"name": "C4"}], [{"name": "C4"}, {"name": "Pile"}], "differs"),
    ],
)
def test_data_differ_by_name_and_by_what_both_say(one, other, expected):
    assert standing(ATTRIBUTES["training_data"], [cell(one), cell(other)]) == expected


def test_the_order_of_a_list_is_no_difference():
    item = ATTRIBUTES["objective"]

    assert standing(item, [cell(["MLM", "NSP"]), cell(["NSP", "MLM"])]) != "differs"
    assert standing(item, [cell(["MLM", "NSP"]), cell(["MLM"])]) == "differs"


def test_only_differences_leaves_out_what_is_said_of_one_only(connection):
    names = ["llama", "llama-2"]
    every = compare(connection, names)
    known = compare(connection, names, only_differences=True)
    more = compare(connection, names, only_differences=True, unknown_too=True)

    assert {row.standing for row in known.rows} == {"differs"}
    assert {row.standing for row in more.rows} == {"differs", "one-sided"}
    assert [row.attribute.id for row in known.rows] == [
        row.attribute.id for row in every.rows if row.differs
    ]
    normalization = next(row for row in every.rows if row.attribute.id == "normalization")
    assert normalization.standing == "one-sided"  # only Llama 2 gives its epsilon


def test_json_says_both(connection):
    rows = {
        row["attribute"]: row for row in compare(connection, ["llama", "llama-2"]).as_json()["rows"]
    }

    assert (rows["normalization"]["differs"], rows["normalization"]["one_sided"]) == (False, True)
    assert (rows["context_length"]["differs"], rows["context_length"]["one_sided"]) == (True, False)
    assert (rows["organization"]["differs"], rows["organization"]["one_sided"]) == (False, False)


def test_python_asks_as_the_command_line_does(kb):
    known = kb.compare("llama", "llama-2", only_differences=True)
    more = kb.compare("llama", "llama-2", only_differences=True, unknown_too=True)

    assert all(row.differs and not row.one_sided for row in known.rows)
    assert {row.attribute for row in more.rows if row.one_sided} >= {"normalization"}
