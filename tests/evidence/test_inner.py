"""Numbers inside a value are looked for too: parameters, and shares of data."""

import pytest

from llmnotes.evidence.inner import absent, unprinted
from llmnotes.schema import ATTRIBUTES

ADAM, DATA = ATTRIBUTES["optimizer"], ATTRIBUTES["training_data"]
TEXT = "AdamW with betas of 0.9 and 0.95 and an epsilon of 10^-8; 67% of web pages; theta 500,000."


@pytest.mark.parametrize(
    "parameters",
    [
        {"beta1": 0.9, "beta2": 0.95, "eps": 1e-8},
        {"theta": 500000.0},
        {"factored": False, "beta2": "1 - k^-0.8"},
        {"final_fraction": 0.1},
    ],
)
def test_numbers_that_stand_there_in_any_scale_are_found(parameters):
    assert unprinted(ADAM, "AdamW", parameters, TEXT) is None


def test_a_number_that_does_not_stand_there_is_told_by_its_name():
    said = unprinted(ADAM, "AdamW", {"beta1": 0.9, "beta2": 0.98}, TEXT)
    assert said == "the parameter beta2 is 0.98, which does not stand in the copy"


def test_shares_of_data_are_looked_for_as_percentages():
    assert unprinted(DATA, [{"name": "Web", "weight": 0.67}], {}, TEXT) is None
    said = unprinted(DATA, [{"name": "Web", "weight": 0.76}], {}, TEXT)
    assert said == "the share of Web is 0.76, which does not stand in the copy"


def test_figures_in_the_cells_of_a_row_are_two():
    text = "Source code 633.1 24.4%"
    assert unprinted(DATA, [{"name": "code", "weight": 0.244}], {}, text) is None
    assert unprinted(DATA, [{"name": "code", "weight": 0.124}], {}, text) is not None


@pytest.mark.parametrize(
    ("parameters", "missing"),
    [({"eps": 1e-6}, False), ({"theta": 10000}, False), ({"theta": 1000}, True), ({}, False)],
)
def test_a_parameter_from_a_configuration_is_the_value_of_a_key(parameters, missing):
    data = {"rms_norm_eps": 1e-06, "rope": {"theta": 10000.0}, "flags": [True]}
    said = absent(ATTRIBUTES["positional_encoding"], parameters, data)
    assert (said is not None) is missing
