"""A quick look at a text at a spot."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.orientation import Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from tests.curated import checker

CHECKER = checker()


@pytest.mark.parametrize(
    ("attribute", "text", "may"),
    [
        ("n_layers", "32", True),
        ("n_layers", "33", False),
        ("n_layers", "40, 32", True),
        ("activation", "SwiGLU", True),
        ("activation", "GELU", False),
        ("activation", "32", False),
        ("license", "32", False),
        ("n_layers", "", False),
    ],
)
def test_a_quick_look_tells_whether_any_value_of_a_cell_may_be_true(attribute, text, may):
    subject = TableSubject("model", "llama-7b", ("llama-7b",))
    header = Header(attribute, attributes=(attribute,), certainty=1.0)
    spot = Spot(subject, "LLaMA 7B", (header,), 1)
    assert CHECKER.spots.may_stand(text, spot, subject) is may
    assert not CHECKER.spots.may_stand(text, spot, None)
    for other in (header._replace(term="GQA"), header._replace(benchmark="MMLU")):
        assert CHECKER.spots.may_stand(text, spot._replace(headers=(other,)), subject)
