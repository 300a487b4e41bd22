"""What a table is taken to speak of is held against its own cells."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.guesses import leave_doubtful, leave_other_runs
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.table_subject import TableSubject
from tests.factcheck.judging.cells import column, layout
from tests.factcheck.judging.toys import TOYS, settled, sizes


def verdicts(checked, column=None):
    return [
        cell.judgement.verdict
        for cell in checked.judged_cells
        if column in (None, cell.spot.headers[0].text)
    ]


SIZES = "## {about}\n\n| Params | Layers | Heads | Hidden dim |\n|---|---|---|---|\n"


def test_a_family_that_the_heading_names_is_kept_where_the_values_are_its_own(check):
    found = check(
        SIZES.format(about="LLaMA") + "| 7B | 32 | 32 | 4096 |\n| 13B | 41 | 40 | 5120 |\n"
    )

    assert [c.judgement.verdict for c in found.judged_cells if c.judgement.is_false] == ["wrong"]
    assert {c.subject.id for c in found.judged_cells if c.subject} == {"llama-7b", "llama-13b"}


def test_another_generation_is_taken_where_the_values_are_its_own(check):
    rows = "| 1B | 16 | 32 | 2048 |\n| 3B | 28 | 24 | 3072 |\n"
    found = check(SIZES.format(about="LLaMA") + rows)

    assert {c.subject.id for c in found.judged_cells if c.subject} == {
        "llama-3.2-1b",
        "llama-3.2-3b",
    }
    assert not any(c.judgement.is_false for c in found.judged_cells)


def test_a_family_whose_values_these_are_not_is_given_up(check):
    rows = "| 7B | 21 | 17 | 1234 |\n| 13B | 23 | 19 | 2345 |\n"
    found = check(SIZES.format(about="LLaMA") + rows)

    assert not any(c.judgement.is_false for c in found.judged_cells)


@pytest.mark.parametrize("header", ["Special tokens", "Trainable parameters", "# Dense layers"])
def test_a_word_that_makes_another_thing_of_a_name_leaves_the_column_unread(check, header):
    found = check(f"| Model | {header} | Layers |\n|---|---|---|\n| LLaMA 7B | 256 | 32 |\n")

    assert header in found.layout.unread
    assert verdicts(found) == ["agrees"]


def test_a_header_that_contains_a_name_needs_more_true_values_than_false_ones(check):
    table = "| Model | Long context |\n|---|---|\n| LLaMA 7B | {} |\n| Llama 2 7B | {} |\n| GPT-2 | {} |\n"
    scores = check(table.format("98.1", "97.4", "12.5"))
    lengths = check(table.format("2048", "4096", "8192"))

    assert verdicts(scores) == ["unsupported"] * 3
    assert verdicts(lengths) == ["agrees", "agrees", "wrong"]


def test_a_sure_header_is_doubted_where_all_of_several_values_are_unexplained(check):
    table = "| Model | Batch size |\n|---|---|\n| LLaMA 7B | 16 |\n| LLaMA 13B | 16 |\n| LLaMA 65B | {} |\n"

    assert verdicts(check(table.format("24"))) == ["unsupported"] * 3
    assert verdicts(check(table.format("4M"))) == ["wrong", "wrong", "agrees"]


def test_a_column_off_by_a_unit_is_false_throughout(check):
    table = "| Model | Params |\n|---|---|\n| LLaMA 7B | 6.7M |\n| LLaMA 13B | 13.0M |\n| LLaMA 65B | 65M |\n"

    assert verdicts(check(table)) == ["wrong"] * 3


def test_scores_of_another_run_are_no_errors_and_one_among_the_publishers_is(check):
    table = "| Model | MMLU 5-shot |\n|---|---|\n| LLaMA 7B | {} |\n| LLaMA 13B | {} |\n| LLaMA 65B | {} |\n"

    assert verdicts(check(table.format("53.1", "41.0", "60.2"))) == ["unsupported"] * 3
    assert verdicts(check(table.format("53.1", "46.9", "63.4"))) == ["wrong", "agrees", "agrees"]


def test_a_size_that_no_member_has_is_nobodys(check):
    rows = "| 7B | 32 | 32 | 4096 |\n| 13B | 40 | 40 | 5120 |\n| 99B | 12 | 12 | 768 |\n"
    found = check(SIZES.format(about="LLaMA") + rows)

    assert [c.subject for c in found.judged_cells[-3:]] == [None] * 3


def test_a_table_of_sizes_that_nothing_names_is_recognized_by_its_values(check):
    rows = (
        "| Params | Layers | d_model | Heads | d_head |\n|---|---|---|---|---|\n"
        "| 70M | 6 | 512 | 8 | 64 |\n| 160M | 12 | 768 | 12 | 64 |\n| 410M | 24 | 1024 | {} | 64 |\n"
    )
    found = check(rows.format(16))

    subjects = {cell.subject.id for cell in found.judged_cells if cell.subject}
    assert subjects == {"pythia-70m", "pythia-160m", "pythia-410m"}
    assert not any(cell.judgement.is_false for cell in found.judged_cells)
    wrong = [c.cell.text for c in check(rows.format(17)).judged_cells if c.judgement.is_false]
    assert wrong == ["17"]


OTHER = "the base has 70; other runs may differ"


@pytest.mark.parametrize(
    ("setting", "cells", "left"),
    [
        # Six of ten comparable scores must be the publishers' own.
        ("", [("1", "agrees")] * 6 + [("2", "wrong", "digit-slip")] * 4, ["wrong"] * 4),
        ("", [("1", "agrees")] * 5 + [("2", "wrong", "digit-slip")] * 4, ["unsupported"] * 4),
        ("", [("1", "agrees")] * 3 + [("2", "wrong", "digit-slip")] * 2, ["wrong"] * 2),
        ("", [("1", "agrees")] * 2 + [("2", "misplaced", "other-column"), ("3", "unsupported", None, OTHER)],
         ["unsupported"]),
        ("", [("1", "agrees")] * 2 + [("2", "wrong", "digit-slip"), ("3", "unsupported", None, "unknown")],
         ["wrong"]),
        # One alone is false where the table says of what setting and the cause is found.
        ("5-shot", [("2", "wrong", "digit-slip")], ["wrong"]),
        ("", [("2 (5-shot)", "wrong", "digit-slip")], ["wrong"]),
        ("", [("2", "wrong", "digit-slip")], ["unsupported"]),
        ("5-shot", [("2", "wrong", "unexplained")], ["unsupported"]),
        # One true and one false are two, and half is less than six tenths.
        ("5-shot", [("1", "agrees"), ("2", "wrong", "digit-slip")], ["unsupported"]),
    ],
)  # fmt: skip
def test_scores_are_false_among_the_publishers_own_alone(setting, cells, left):
    header = Header("MMLU", benchmark="MMLU", setting=setting, certainty=1.0)
    cells = column(*cells, header=header)
    false = [cell for cell in cells if cell.judgement.is_false]
    leave_other_runs(layout(cells), cells)

    assert [cell.judgement.verdict for cell in false] == left
    for cell in false:
        withdrawn = cell.judgement.verdict == "unsupported"
        assert cell.judgement.reason.endswith("other runs may differ") == withdrawn
        assert (cell.judgement.cause is None) == withdrawn


def test_a_number_that_is_no_score_is_left_as_it_is():
    cells = column(("2", "wrong", "unexplained"))
    leave_other_runs(layout(cells), cells)
    assert cells[0].judgement.verdict == "wrong"


SURE, LOOSE = 0.7, 0.69
"""As surely as a header must be read, and a little less."""
EXACT, NEARLY = 0.95, 0.94
"""As surely as an attribute's own name is read, and a little less."""


@pytest.mark.parametrize(
    ("certainty", "cells", "why"),
    [
        (LOOSE, [("1", "wrong", "digit-slip")], "none of its values is the base's"),
        (LOOSE, [("1", "wrong", "digit-slip"), ("2", "agrees")], None),
        (LOOSE, [("1", "wrong", "digit-slip")] * 2 + [("2", "agrees")], "few of its values is"),
        (LOOSE, [("1", "wrong", "digit-slip"), ("2", "agrees"), ("3", "agrees")], None),
        (LOOSE, [("1", "wrong", "unit-slip")], None),  # which shows what was meant
        (LOOSE, [("1", "wrong", "fused-number")], None),
        (LOOSE, [("1", "wrong", "stated-absence")], None),
        (LOOSE, [("1", "misplaced", "shifted-row")], None),
        (LOOSE, [("1", "misplaced", "misheaded-column")], None),
        (LOOSE, [("1", "wrong", "digit-slip"), ("", "wrong", "unit-slip")], "none of its values"),
        (SURE, [("1", "wrong", "unexplained")] * 2, None),
        (SURE, [("1", "wrong", "unexplained")] * 3, "none of its values is the base's"),
        (SURE, [("1", "wrong", "unexplained")] * 3 + [("2", "agrees")], None),
        (SURE, [("1", "wrong", "digit-slip")] * 3, "none of its values is the base's"),
        (NEARLY, [("1", "wrong", "digit-slip")] * 3, "none of its values is the base's"),
        (EXACT, [("1", "wrong", "digit-slip")] * 3, None),
        (EXACT, [("1", "wrong", "digit-slip")] * 3 + [("2", "wrong", "unexplained")] * 2, None),
        (EXACT, [("1", "wrong", "digit-slip")] * 3 + [("2", "wrong", "unexplained")] * 3, "none of"),
        (SURE, [("1", "misplaced", "other-attribute")] * 3, "none of its values is the base's"),
        (SURE, [("1", "wrong", "other-size")] * 3, "none of its values is the base's"),
        (SURE, [("1", "wrong", "other-generation")] * 3, "none of its values is the base's"),
        (SURE, [("1", "wrong", "other-column")] + [("1", "wrong", "unexplained")] * 2, None),
        (SURE, [("1", "wrong", "other-column")] + [("1", "wrong", "unexplained")] * 3, "none of"),
    ],
)  # fmt: skip
def test_a_column_is_doubted_by_its_header_and_by_how_many_of_its_values_are_true(
    certainty, cells, why
):
    header = Header(" Special layers", attributes=("n_layers",), certainty=certainty)
    cells = column(*cells, header=header)
    for cell in cells:
        cell.judgement = cell.judgement._replace(reason="not so far")
    false = [cell for cell in cells if cell.filled and cell.judgement.is_false]
    leave_doubtful(layout(cells), cells)

    assert false
    for cell in false:
        assert cell.judgement.is_false == (why is None)
        if why is not None:
            assert cell.judgement.verdict == "unsupported"
            said = f"not so far; 'Special layers' may mean something else: {why}"
            assert cell.judgement.reason.startswith(said)


def test_a_header_that_is_a_term_is_not_doubted_for_being_read_loosely():
    header = Header("GQA", attributes=("attention",), term="GQA", certainty=LOOSE)
    cells = column(("yes", "wrong", "unexplained"), header=header)
    leave_doubtful(layout(cells), cells)
    assert cells[0].judgement.verdict == "wrong"


def test_a_sizes_table_that_fits_nothing_is_taken_from_nowhere(check):
    found = check(
        SIZES.format(about="LLaMA") + "| 7B | 21 | 17 | 1234 |\n| 13B | 23 | 19 | 2345 |\n"
    )
    assert found.layout.taken == ""


@pytest.mark.parametrize(
    ("rows", "subjects"),
    [
        ([("7B", "32"), ("13B", "40")], ["toy-7B", "toy-13B"]),
        ([("7B", "32", "32"), ("13B", "41", "40")], ["toy-7B", "toy-13B"]),  # three of four
        ([("7B", "?"), ("13B", "?")], ["toy-7B", "toy-13B"]),  # nothing true and nothing false
        ([("7B", "32"), ("13B", "41")], [None, None]),  # as many false as true
        ([("7B", "31"), ("13B", "41")], [None, None]),
        ([("7B", "30"), ("13B", "44")], ["toy-2-7B", "toy-2-13B"]),  # of another generation
        ([("7B", "30"), ("13B", "45")], [None, None]),
        ([("7B", "28"), ("13B", "36")], [None, None]),  # of a family that nothing names
    ],
)  # fmt: skip
def test_a_guessed_family_is_kept_changed_for_another_generation_or_given_up(rows, subjects):
    heads = ("n_layers",) * (len(rows[0]) - 1)
    layout = sizes(TOYS, rows, taken="toy", heads=heads)
    assert settled(TOYS, layout)[0] == subjects
    assert bool(layout.taken) == (None not in subjects)


def test_another_family_that_the_words_around_name_is_tried():
    rows = [("7B", "28"), ("13B", "36")]
    layout = sizes(TOYS, rows, taken="toy", above="zorg")
    assert settled(TOYS, layout)[0] == ["zorg-7B", "zorg-13B"]


def test_a_family_that_a_cell_names_is_no_guess():
    layout = sizes(TOYS, [("7B", "31")], taken="toy")
    own = layout.lines[0].spots[0].subject._replace(taken="")
    layout.lines[0].spots[:] = [s._replace(subject=own) for s in layout.lines[0].spots]
    assert settled(TOYS, layout) == (["toy-7B"], [])


def test_what_a_cell_names_stays_where_the_guess_beside_it_is_given_up():
    layout = sizes(TOYS, [("7B", "31"), ("13B", "41")], taken="toy")
    own = layout.lines[0].spots[0].subject._replace(taken="")
    layout.lines[0].spots[:] = [s._replace(subject=own) for s in layout.lines[0].spots]
    assert settled(TOYS, layout)[0] == ["toy-7B", None]


def test_a_row_without_a_size_is_of_the_whole_family_that_is_taken_instead():
    layout = sizes(TOYS, [("7B", "30"), ("13B", "44"), ("", "30")], taken="toy")
    assert settled(TOYS, layout)[0] == ["toy-2-7B", "toy-2-13B", "toy-2"]
    assert layout.lines[2].spots[1].subject == TableSubject(
        "family", "toy-2", ("toy-2-7B", "toy-2-13B"), taken="toy"
    )


def test_neither_sizes_nor_blanks_nor_unread_columns_bear_a_family_out():
    rows = [("7B", "32", "", "x"), ("13B", " ", "", "x")]
    layout = sizes(TOYS, rows, taken="toy", heads=("n_layers", "n_heads", ""))
    layout.lines[0].spots[3] = layout.lines[0].spots[3]._replace(headers=())
    layout.lines[1].cells[2] = None
    layout.lines[0].head = layout.lines[0].cells[0]
    assert settled(TOYS, layout)[1] == [("32", "n_layers")]


def test_the_label_of_a_row_bears_no_family_out():
    layout = sizes(TOYS, [("7B", "99", "32")], taken="toy", heads=("n_layers", "n_heads"))
    layout.lines[0].head = layout.lines[0].cells[1]
    assert settled(TOYS, layout) == (["toy-7B"], [("32", "n_heads")])


def test_no_more_is_asked_than_may_be():
    layout = sizes(TOYS, [("7B", "31"), ("13B", "41"), ("7B", "31")], taken="toy")
    assert len(settled(TOYS, layout, Effort(questions=2))[1]) == 2


def test_a_cell_that_spans_rows_is_one_value_of_its_column(check):
    table = (
        "<table><tr><th>Model</th><th>Params</th><th>Token count</th></tr>"
        "<tr><td rowspan=3>Llama 3.1</td><td>8B</td><td rowspan=3>25T</td></tr>"
        "<tr><td>70B</td></tr><tr><td>405B</td></tr></table>"
    )
    assert "wrong" in verdicts(check(table, "table.html"), "Token count")


@pytest.mark.parametrize(
    ("embedding", "other", "width", "false"),
    [
        ("128", "Hidden Size", "768", False),  # ALBERT's embedding is narrower than its layers
        ("128", "FFN", "3072", True),
        ("788", "Hidden Size", "768", True),  # a slip
    ],
)
def test_an_embedding_beside_the_width_of_the_layers_is_another_thing(
    check, embedding, other, width, false
):
    found = check(
        f"| Model | Embedding Size | {other} |\n|---|---|---|\n| ALBERT base | {embedding} | {width} |\n"
    )
    assert found.judged_cells[0].judgement.is_false is false


def test_the_vectors_of_an_encoder_may_be_narrower_than_its_layers(check):
    found = check(
        "| Model | Embedding Dim |\n|---|---|\n| GTR-T5 large | 768 |\n| Llama 2 7B | 768 |\n"
    )
    assert [cell.judgement.verdict for cell in found.judged_cells] == ["unsupported", "wrong"]


def test_a_column_of_licences_is_one_though_all_of_them_are_wrong(check):
    rows = "".join(f"| Gemma 3 {size} | MIT |\n" for size in ("1B", "4B", "12B", "27B"))
    found = check("| Model | License |\n|---|---|\n" + rows)
    assert [cell.judgement.verdict for cell in found.judged_cells] == ["wrong"] * 4


@pytest.mark.parametrize(("other", "verdict"), [("-", "unsupported"), ("✓", "wrong")])
def test_a_letter_x_alone_in_its_column_may_be_a_tick(check, other, verdict):
    found = check(
        f"| Model | Layers | Bias |\n|---|---|---|\n| GPT-3 | 96 | X |\n| PaLM | 118 | {other} |\n"
    )
    assert found.judged_cells[1].judgement.verdict == verdict
