"""HTML: unclosed cells, spans, entities, nested tables, scripts and comments."""

from __future__ import annotations

from llmnotes.tables import read
from tests.tables.reading import only, texts


def test_cells_that_are_never_closed_end_where_the_next_begins() -> None:
    table = only("<TABLE><tr><th>a<th>b\n<tr><td>1 <td> 2\n</table>")

    assert texts(table) == [["a", "b"], ["1", "2"]]
    assert [cell.header for cell in table.rows[0]] == [True, True]


def test_an_end_tag_without_its_bracket_is_no_text() -> None:
    table = only(
        "<table><tr><th>a</th</th><th>b</ th</th></tr><tr><td>1 </td</td><td>2</td></tr></table>"
    )

    assert [row[0] for row in texts(table)] == ["a", "1"]


def test_spans_entities_and_breaks_are_read() -> None:
    text = "<table><tr><td rowspan='2' colspan=3>a &amp; b<br/>c</td></tr></table>"
    cell = only(text).rows[0][0]

    assert (cell.text, cell.rowspan, cell.colspan) == ("a & b\nc", 2, 3)


def test_an_exponent_is_no_footnote() -> None:
    [row] = only("<table><tr><td>10<sup>-4</sup><td>4096<sup>1</sup></table>").rows

    assert [(cell.text, cell.marks) for cell in row] == [("10^-4", ()), ("4096", ("[1]",))]


def test_a_raised_link_leads_to_a_note() -> None:
    [row] = only("<table><tr><td>2<sup><a href='#n8'>8</a></sup><td>2<sup>8</sup></table>").rows

    assert [(cell.text, cell.marks) for cell in row] == [("2", ("[8]",)), ("2^8", ())]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = "<table><tr><td>x<td>y</table>"
    tables = read(f"<table><tr><td>a{inner}<td>b</table>", "x.html")

    assert [texts(table) for table in tables] == [[["a", "b"]], [["x", "y"]]]


def test_scripts_and_comments_hold_no_table() -> None:
    inner = "<table><tr><td>x<td>y</table>"
    assert read(f"<script>'{inner}'</script><!-- {inner} -->", "x.html") == []


def test_a_remark_set_below_the_words_of_a_cell_is_a_line_of_its_own() -> None:
    [row] = only(
        "<table><tr><td>175B<span class='cell-note'>174,600M exact</span></td>"
        "<td>LLa<span class='name'>MA</span><td><small class=muted>x</small></table>"
    ).rows

    assert [cell.text for cell in row] == ["175B\n174,600M exact", "LLaMA", "x"]
