"""A technique can stand for the numbers of an attribute from one on."""

import pytest
from pydantic import ValidationError

from llmnotes.course_records import Technique
from llmnotes.study.explain import explain
from llmnotes.study.users import users

FIELDS = {"id": "x", "name": "X", "category": "moe", "definition": "It is.", "no_paper": "None."}


@pytest.mark.parametrize("pair", ["n_experts = 2..", "n_token_types = 1.."])
def test_a_range_without_an_end_is_taken(pair):
    assert Technique(**FIELDS, stands_for=[pair]).stands_for == [pair]


@pytest.mark.parametrize("pair", ["n_experts = 2", "n_experts = ..2", "n_experts = 2..4"])
def test_any_other_way_of_writing_numbers_is_refused_with_the_right_one(pair):
    with pytest.raises(ValidationError, match=r"`n_experts = 2\.\.`"):
        Technique(**FIELDS, stands_for=[pair])


def test_segments_are_used_by_the_models_with_two_token_types(connection):
    found = users(connection, "segment-embedding")["used_by"]

    models = {use["model"] for use in found}
    assert {"bert-base", "bert-large"} <= models
    assert not any(model.startswith(("roberta", "xlm-roberta")) for model in models), (
        "they have one"
    )


def test_a_models_page_leads_to_what_its_numbers_stand_for(connection):
    page = explain(connection, "mixtral-8x7b").pages[0]

    assert {"id": "top-k-routing", "stands_for": ["n_experts_active = 1.."]} in page["techniques"]
    assert "shared-experts" not in [item["id"] for item in page["techniques"]]
