"""What is asked of a copy of a model is answered of the model, and says so."""

import warnings

import pytest

from llmnotes.errors import InputError, StandInWarning
from llmnotes.knowledge.stand_ins import collected, look_up


@pytest.mark.parametrize(
    "name",
    ["meta-llama/Llama-2-7b-AWQ", "someone/Llama-2-7b-GPTQ-4bit", "Llama-2-7b-hf-FP8-dynamic"],
)
def test_packed_weights_stand_for_their_model_with_a_warning(connection, name):
    with pytest.warns(
        StandInWarning, match="repackaged weights of llama-2-7b; the answer is about"
    ):
        assert look_up(connection, name).id == "llama-2-7b"


def test_a_mirror_stands_for_the_model_that_it_is_called_after(connection):
    with pytest.warns(StandInWarning, match="another publisher's copy of llama-2-70b;"):
        assert look_up(connection, "someone/Llama-2-70b").id == "llama-2-70b"


@pytest.mark.parametrize("name", ["llama-2-7b", "meta-llama/Llama-2-7b-hf", "llama 2"])
def test_a_model_s_own_name_warns_of_nothing(connection, name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        look_up(connection, name)


@pytest.mark.parametrize(
    "name",
    [
        "someone/Llama-2-7b-AWQ-medical",  # says more than its packing
        "someone/Llama-2-7b-medical",  # another model
        "some/one/Llama-2-7b",  # no repository
        "someone/Llama-2",  # a family has no copy
    ],
)
def test_nothing_else_stands_for_a_model(connection, name):
    with pytest.raises(InputError, match="Nearest|ask for"):
        look_up(connection, name)


def test_a_family_is_not_looked_for_among_copies_of_models(connection):
    with pytest.raises(InputError, match="ask for llama-2-7b"):
        look_up(connection, "someone/Llama-2-7b", ("family",))


def test_collected_sentences_are_not_warned_of(connection):
    with warnings.catch_warnings(), collected() as sentences:
        warnings.simplefilter("error")
        look_up(connection, "someone/Llama-2-7b")
        look_up(connection, "llama-2-13b")
    assert len(sentences) == 1
    assert sentences[0].endswith("copy of llama-2-7b; the answer is about llama-2-7b")
