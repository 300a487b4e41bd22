"""A name with its base in brackets is of the tunes that were made of it."""

import pytest

from llmnotes.factcheck.layout.table_subject import TableSubject


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("OpenAssistant (Pythia family)", "pythia"),
        ("OpenAssistant (LLaMA)", "llama"),
        ("OpenAssistant (Llama family)", "llama"),
    ],
)
def test_only_the_tunes_of_the_base_named_are_meant(names, text, base):
    found = names.find(text)
    assert isinstance(found, TableSubject)
    assert found.models
    assert all(base in model for model in found.models)
    assert set(found.models) < set(names.find("OpenAssistant").models)


@pytest.mark.parametrize("text", ["OpenAssistant (GPT-4)", "OpenAssistant (open)", "LLaMA (Meta)"])
def test_brackets_that_name_no_base_of_it_change_nothing(names, text):
    assert names.find(text).models == names.find(text.split(" (")[0]).models


def test_the_bare_name_of_a_line_means_all_its_generations(names):
    found = names.find("OpenAssistant (Llama family)").models
    assert {"oasst-sft-6-llama-30b", "llama2-70b-oasst-sft-v10"} <= set(found)
