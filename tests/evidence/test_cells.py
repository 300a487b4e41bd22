"""A locator of a comma-separated list names one cell of it."""

import pytest

from llmnotes.evidence.copies import Copy
from llmnotes.evidence.places import places

LIST = """\ufeffModel,Parameters,Notes
Meena,2600000000.0,"two,
lines"
"Small, tied",7.0,
Meena,1.0,a second of that name
"""


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(LIST)
    return Copy(path)


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ("Meena, Parameters", "2600000000.0"),
        ("Small, tied, Parameters", "7.0"),
        ("Small, tied, Notes", ""),
        ("Meena, Parameters, Model", "2600000000.0\nMeena"),
    ],
)
def test_a_row_and_a_column_name_that_cell_alone(locator, text, copy):
    assert [place.text for place in places(locator, copy)] == [text]


def test_a_cell_of_several_lines_is_one_place(copy):
    (place,) = places("Meena, Notes", copy)

    assert place.text.split() == ["two,", "lines"]


@pytest.mark.parametrize("columns", ["Layers", "Parameters, Layers", "Layers, Parameters"])
def test_a_column_that_the_list_lacks_is_no_place(columns, copy):
    assert [place.text for place in places(f"Meena, {columns}", copy)] == [None]


def test_a_column_with_a_comma_in_its_name_is_one_column(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('Model,Size,"Size, active",Notes\nMeena,8,2,dense\n')

    (place,) = places("Meena, Size, active, Notes", Copy(path))

    assert place.text == "2\ndense"


def test_a_locator_that_begins_with_no_row_is_looked_for_in_the_whole_list(copy):
    (place,) = places("the list", copy)

    assert "Meena" in place.text


def test_commas_of_a_text_that_is_no_list_make_no_cells(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text(LIST)

    (place,) = places("Meena, Parameters", Copy(path))

    assert "tied" in place.text
