"""Every attribute is declared once, and everything else follows from it."""

import subprocess
import sys

import pytest

from llmnotes.errors import InputError
from llmnotes.schema import ATTRIBUTES, GROUPS, attribute, attributes_in

NOTES_ROWS = {
    "Company", "Time", "Architecture", "ModelSize", "Objective", "Data", "Preprocessing",
    "Tokenizer", "PositionalEncoding", "Attention", "FFW+Activation+related", "ContextLength",
    "Layers", "BatchSize", "Evaluation", "Training technique", "Optimizer",
}  # fmt: skip


def test_all_seventeen_rows_of_the_starting_notes_are_covered():
    assert {item.row for item in ATTRIBUTES.values()} - {None} == NOTES_ROWS


def test_every_attribute_has_a_sentence_a_label_and_a_group():
    for item in ATTRIBUTES.values():
        assert item.meaning.endswith(".")
        assert item.label
        assert item.group in GROUPS


def test_no_two_attributes_share_an_option_or_a_column():
    options = [item.option_name for item in ATTRIBUTES.values()]
    columns = [column.name for item in ATTRIBUTES.values() for column in item.columns]

    assert len(set(options)) == len(options)
    assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("name", ["context_length", "context", "Context length", "CONTEXT-LENGTH"])
def test_an_attribute_is_found_by_id_option_and_label(name):
    assert attribute(name).id == "context_length"


def test_an_unknown_attribute_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="unknown attribute 'atention'. Nearest: attention"):
        attribute("atention")


def test_a_group_is_found_by_its_heading():
    assert [item.id for item in attributes_in("Batch")] == ["batch_size"]
    with pytest.raises(InputError, match="unknown group"):
        attributes_in("nonsense")


def test_importing_the_declarations_builds_no_pydantic_class():
    code = "import llmnotes.schema, sys; sys.exit('pydantic' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
