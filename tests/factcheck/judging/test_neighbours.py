"""What stands around a cell: the nearest other models first, each once, and no further than a reach."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.neighbours import Neighbours
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Layout, Line, Spot
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Place, Table

LAYERS = Header("Layers", attributes=("n_layers", "d_model"))
HEADS = Header("Heads", attributes=("n_heads",))
EMPTY = Table("md", "table", Place(1, 1, 0, 0), [])


def subject(name: str | None) -> TableSubject | None:
    return TableSubject("model", name, (name,)) if name else None


def rows(*names: str | None, offset: int = 0) -> Layout:
    """A table of models in its rows; None is a row of nobody known."""
    lines = [
        Line(
            number + offset,
            f"row {name}",
            [],
            [
                Spot(subject(name), "Layers", (LAYERS,), 1),
                Spot(subject(name), "Heads", (HEADS,), 2),
            ],
        )
        for number, name in enumerate(names)
    ]
    return Layout(EMPTY, "rows", lines)


def columns(*names: str | None) -> Layout:
    """A table of models in its columns, of two rows."""
    lines = [
        Line(
            number,
            header.text,
            [],
            [Spot(subject(name), f"column {name}", (header,), at) for at, name in enumerate(names)],
        )
        for number, header in enumerate((LAYERS, HEADS))
    ]
    return Layout(EMPTY, "models as columns", lines)


def around(layout: Layout, line: int, spot: int = 0) -> list[str]:
    at = layout.lines[line]
    found = Neighbours(layout).around(at, at.spots[spot])
    return [one.id for _, one in found.neighbours]


def test_the_models_of_other_rows_stand_around_the_nearest_first():
    layout = rows("a", "b", "c", "d", "e")
    assert around(layout, 2) == ["b", "d", "a", "e"]
    assert around(layout, 0) == ["b", "c", "d", "e"]
    assert around(layout, 4) == ["d", "c", "b", "a"]


def test_a_row_is_found_by_its_number_wherever_the_table_begins():
    assert around(rows("a", "b", "c", "d", "e", offset=7), 2) == ["b", "d", "a", "e"]


def test_a_model_of_several_rows_stands_around_once_with_its_nearest_name():
    layout = rows("x", "b", "a", "b")
    layout.lines[1].label = "nearest"
    line = layout.lines[2]
    found = Neighbours(layout).around(line, line.spots[0]).neighbours
    assert [(name, one.id) for name, one in found] == [("nearest", "b"), ("row x", "x")]


def test_a_row_of_nobody_known_is_passed_over():
    assert around(rows("a", None, "c"), 0) == ["c"]


def test_the_models_of_other_columns_stand_around():
    layout = columns("a", "b", "c", "d")
    assert around(layout, 1, 2) == ["b", "d", "a"]
    line = layout.lines[0]
    found = Neighbours(layout).around(line, line.spots[3]).neighbours
    assert [name for name, _ in found] == ["column c", "column b", "column a"]


def test_a_spot_that_is_none_of_its_line_is_looked_at_from_the_first():
    layout = columns("a", "b", "c")
    other = Spot(subject("z"), "z", (LAYERS,), 9)
    found = Neighbours(layout).around(layout.lines[0], other).neighbours
    assert [one.id for _, one in found] == ["b", "c"]


def test_a_line_that_is_none_of_the_table_is_looked_at_from_the_first():
    layout = rows("a", "b", "c")
    line = Line(99, "z", [], [Spot(subject("z"), "z", (LAYERS,), 1)])
    found = Neighbours(layout).around(line, line.spots[0]).neighbours
    assert [one.id for _, one in found] == ["b", "c"]


@pytest.mark.parametrize(("count", "reach"), [(40, 15), (500, 15), (501, 2)])
def test_neighbours_reach_fifteen_rows_and_two_in_a_table_that_nobody_wrote_by_hand(count, reach):
    layout = rows(*(f"m{number}" for number in range(count)))
    assert around(layout, 20) == [
        f"m{20 + way * step}" for step in range(1, reach + 1) for way in (-1, 1)
    ]


def test_a_unit_is_a_row_or_where_models_are_columns_a_column():
    layout = rows("a", "b", offset=3)
    line = layout.lines[1]
    assert Neighbours(layout).unit(line, line.spots[1]) == ("row", 4, -1)
    layout.naming = [0, 2]  # tables side by side
    assert Neighbours(layout).unit(line, line.spots[0]) == ("row", 4, 0)
    assert Neighbours(layout).unit(line, line.spots[1]) == ("row", 4, 2)
    layout = columns("a", "b")
    line = layout.lines[1]
    assert Neighbours(layout).unit(line, line.spots[1]) == ("column", 1, -1)


def test_the_attributes_of_all_headers_stand_around():
    layout = rows("a")
    line = layout.lines[0]
    found = Neighbours(layout)
    assert found.attributes == {"n_layers", "d_model", "n_heads"}
    assert found.around(line, line.spots[0]).attributes == found.attributes


def test_a_line_without_spots_is_nobody():
    layout = rows("a", "b")
    layout.lines.append(Line(2, "empty", [], []))
    assert around(layout, 0) == ["b"]
