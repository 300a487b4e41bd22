"""Tables whose rows and columns change places lose nothing."""

from llmnotes.export.answer import AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote
from llmnotes.export.turning import in_columns, stacked, transposed

TABLE = AnswerTable(
    ("Attribute", "A", "B", "C"),
    [
        Row((Cell("Layers", mark="≠"), Cell("12", notes=(1,)), Cell("24"), Cell("?")), "Size"),
        Row((Cell("Heads"), Cell("8"), Cell("16", notes=(2,)), Cell("32"))),
    ],
    ("", "1B", "", "3B"),
    footnotes=[Footnote(1, "one", key="one"), Footnote(2, "two", key="two")],
    caption="Models",
)


def texts(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_transposed_table_has_a_row_for_each_column():
    turned = transposed(TABLE)

    assert turned.columns == ("Model", "Layers ≠", "Heads")
    assert texts(turned) == [["A (1B)", "12", "8"], ["B", "24", "16"], ["C (3B)", "?", "32"]]
    assert turned.rows[0].cells[1].notes == (1,)
    assert (turned.footnotes, turned.caption) == (TABLE.footnotes, "Models")


def test_a_stacked_table_has_a_group_for_each_row_and_sizes_once():
    turned = stacked(TABLE)

    assert turned.columns == ("Model", "Value")
    assert [row.heading for row in turned.rows if row.heading] == ["Sizes", "Layers ≠", "Heads"]
    assert texts(turned)[:2] == [["A", "1B"], ["C", "3B"]]
    assert texts(turned)[2:5] == [["A", "12"], ["B", "24"], ["C", "?"]]


def test_a_table_goes_on_in_parts_with_their_own_notes():
    first, second = in_columns(TABLE, 2)

    assert (first.columns, second.columns) == (("Attribute", "A", "B"), ("Attribute", "C"))
    assert texts(second) == [["Layers", "?"], ["Heads", "32"]]
    assert [note.key for note in first.footnotes] == ["one", "two"]
    assert second.footnotes == []
    assert (first.details, second.details) == (("", "1B", ""), ("", "3B"))


def test_a_table_of_one_column_is_one_part():
    alone = AnswerTable(("id",), [Row((Cell("a"),))])

    assert [part.columns for part in in_columns(alone, 3)] == [("id",)]
