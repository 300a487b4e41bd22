"""A parameter stands beside a word for it, or is told as one that stands elsewhere."""

from decimal import Decimal

import pytest

from llmnotes.evidence.nearness import contradicted, misplaced

FAR = "The weights are kept in files. " * 40
TEXT = (
    "We use Adam with β1 = 0.9 and β2 = 0.95 and ε = 10-8. "
    + FAR
    + "A threshold of 0.73 is taken, and an epsilon of 1e-5 in the norms. "
    + FAR
    + "The rotary base is 500,000. "
    + FAR
    + "The rate decays to a tenth of its peak. "
    + FAR
    + "There are 0.25 million pages and 30,000 books."
)


def test_code_calls_the_betas_of_adam_b1_and_b2():
    code = f"class AdamWOptimizerFactory: {FAR} config.b1 = 0.9 config.b2 = 0.95"
    assert not list(misplaced({"beta1": 0.9, "beta2": 0.95}, code))


@pytest.mark.parametrize(
    "parameters",
    [
        {"beta1": 0.9, "beta2": 0.95},
        {"eps": 1e-8},
        {"eps": 1e-5},
        {"theta": 500000},
        {"final_fraction": 0.1},
        {"momentum": 0.4},  # the text has no word for it
        {"merges": 123},  # and none is known for this one
        {"factored": False},
    ],
)
def test_a_parameter_beside_its_word_is_fine(parameters):
    assert not list(misplaced(parameters, TEXT))


@pytest.mark.parametrize(
    ("name", "number"),
    [("beta2", 0.73), ("beta1", 0.25), ("theta", 30000), ("eps", 0.25)],
)
def test_a_parameter_that_stands_elsewhere_is_told(name, number):
    ((told, value, stands),) = misplaced({name: number}, TEXT)

    assert (told, value, stands) == (name, Decimal(repr(number)).normalize(), True)


def test_a_parameter_that_stands_nowhere_is_told_as_such():
    ((name, _, stands),) = misplaced({"theta": 20000}, TEXT)

    assert (name, stands) == ("theta", False)


@pytest.mark.parametrize(
    ("parameters", "printed"),
    [
        ({"eps": 1e-6}, "norm_eps: float = 1e-5"),
        ({"theta": 10000}, "theta of 500,000"),
    ],
)
def test_another_number_right_beside_the_name_in_the_printed_figures_is_told(parameters, printed):
    (name,) = parameters

    assert contradicted(parameters, printed) == (name, Decimal(repr(parameters[name])).normalize())


@pytest.mark.parametrize(
    ("parameters", "printed"),
    [
        ({"eps": 1e-5}, "norm_eps: float = 1e-5"),
        ({"eps": 1e-5}, "class RMSNorm"),
        ({"eps": 1e-5}, "steps in all, of which 2,000 warm up; norm_eps"),
        ({"beta2": 0.95}, "β1 = 0.9"),
        ({"theta": 500000}, "theta of 500k"),
    ],
)
def test_printed_figures_that_say_the_same_or_nothing_are_fine(parameters, printed):
    assert contradicted(parameters, printed) is None
