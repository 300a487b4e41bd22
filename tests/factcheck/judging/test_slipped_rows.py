"""Rows whose cells have slipped, and rows that are only short."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.slipped_rows import RowFinding
from tests.factcheck.judging.cells import verdicts
from tests.factcheck.judging.rows import Row


def test_a_short_row_whose_values_slipped_is_said_to_have_slipped(check):
    found = check(
        "| | BERT | GPT-2 XL | PaLM 540B | LLaMA 65B |\n|---|---|---|---|---|\n"
        "| Vocabulary | 30522 | 256000 | 32000 |\n"
    )
    (finding,) = found.findings
    assert (finding.finding, finding.cause) == ("ragged", "shifted-row")
    assert verdicts(found) == ["agrees", "misplaced", "misplaced"]
    assert {e.judgement.cause for e in found.judged_cells[1:]} == {"shifted-row"}


def test_a_full_row_whose_values_slipped_is_found_too(check):
    found = check(
        "| Model | Layers | d_model | Heads | Vocabulary |\n|---|---|---|---|---|\n"
        "| LLaMA 65B | | 80 | 8192 | 64 |\n"
    )
    assert found.findings[0].finding == "shifted"
    assert [e.judgement.cause for e in found.judged_cells if e.filled] == ["shifted-row"] * 3


def test_a_row_that_fits_where_it_stands_is_only_called_ragged(check):
    found = check("| | BERT | GPT-1 | GPT-4 |\n|---|---|---|---|\n| Context | 512 | 512 |\n")
    assert [f.finding for f in found.findings] == ["ragged"]
    assert "every cell fits" in found.findings[0].text


def test_one_text_in_two_columns_of_a_slipped_row_has_one_story(check):
    found = check(
        "| | BERT | GPT-3 | GPT-4 | PaLM | LLaMA | LLaMA 2 |\n|---|---|---|---|---|---|---|\n"
        "| Tokenizer | wordpiece | BPE (SentencePiece) | SentencePiece 256k | BPE (SentencePiece) |"
        " BPE (SentencePiece, 32k) |\n"
    )
    same = [c.judgement for c in found.judged_cells if c.cell.text == "BPE (SentencePiece)"]
    assert len(same) == 2
    assert {(one.verdict, one.cause) for one in same} == {("misplaced", "shifted-row")}


def test_yes_and_no_say_nothing_of_a_slip(check):
    found = check(
        "| | BERT | GPT-3 | LLaMA | PaLM |\n|---|---|---|---|---|\n| MQA | ✓ | ✓ | ✗ | ✗ |\n"
    )
    assert found.findings == []
    assert "misplaced" not in verdicts(found)


def test_a_row_is_moved_only_where_another_placing_is_clearly_better(check):
    """A true cell weighs four more than one of an unknown model, which is enough; a disputed one three."""
    true = check("| | Foo | LLaMA 65B |\n|---|---|---|\n| Layers | 80 |\n")
    assert [finding.missing for finding in true.findings] == [((0, 1),)]
    disputed = check("| | Foo | T5-11B |\n|---|---|---|\n| Batch size | 128 sequences |\n")
    assert [finding.undecided for finding in disputed.findings] == [True]


def test_a_gap_is_found_where_the_values_fit():
    row = Row("a", "b", "c", columns=4, a=0, b=2, c=3)
    found = row.aligned()
    assert (found.row, found.label, found.finding, found.cause) == (
        7, "label", "ragged", "shifted-row",
    )  # fmt: skip
    assert found.text == (
        "the row is one cell short; its cells from 'n1' on fit one or more columns further right"
    )
    assert (found.missing, found.moves, found.undecided) == (((1, 1),), (), False)
    assert row.told() == ["agrees", "misplaced", "misplaced"]
    reasons = [cell.judgement.reason for cell in row.judged[1:]]
    assert reasons == [f"fits n{at}; the row has slipped; so it is" for at in (2, 3)]
    assert {cell.judgement.cause for cell in row.judged[1:]} == {"shifted-row"}


def test_several_gaps_are_found_each_with_its_width():
    found = Row("a", "b", "c", "d", columns=7, a=0, b=2, c=3, d=6).aligned()
    assert found.missing == ((1, 1), (3, 2))
    assert found.text.startswith("the row is 3 cells short; ")


def test_a_value_that_fits_two_places_leaves_the_gap_undecided():
    row = Row("a", "b", columns=4, a=0, b={2: "agrees", 3: "agrees"})
    found = row.aligned()
    assert found.text.endswith(" further right; where exactly cannot be decided")
    assert (found.missing, found.cause, found.undecided) == ((), "shifted-row", True)
    assert row.told() == ["agrees", "wrong"]


def test_what_is_certain_of_an_undecided_row_is_said_all_the_same():
    row = Row(
        "a", "b", "c", columns=5, a={1: "agrees"}, b={2: "agrees"}, c={3: "agrees", 4: "agrees"}
    )
    found = row.aligned()
    assert (found.missing, found.undecided) == ((), True)
    assert row.told() == ["misplaced", "misplaced", "wrong"]


STANDS = "the row is one cell short; every cell fits where it stands"
UNDECIDED = "the row is one cell short; where the gap is cannot be decided from the values"


@pytest.mark.parametrize(
    ("verdicts", "text"),
    [
        ({"a": 0, "b": 1}, STANDS),
        ({"a": 0, "b": {"else": "unsupported"}}, STANDS),  # one that fits is enough
        ({"a": {"else": "unsupported"}, "b": {"else": "unsupported"}}, UNDECIDED),
        ({"a": 0, "b": {"else": "unreadable"}}, UNDECIDED),
        ({"a": 0, "b": {1: "unsupported/undisclosed"}}, UNDECIDED),
        ({"a": 0, "b": {1: "rumour", 2: "partly-wrong"}}, UNDECIDED),  # three better, not four
        ({"a": 0, "b": {1: "unreadable", 2: "unsupported"}}, UNDECIDED),
        ({"a": 0, "b": {1: "unsupported/undisclosed", 2: "partly-wrong"}}, UNDECIDED),
    ],
)
def test_a_row_that_does_not_clearly_fit_better_elsewhere_is_only_short(verdicts, text):
    found = Row("a", "b", columns=3, **verdicts).aligned()
    assert (found.finding, found.cause, found.text) == ("ragged", None, text)
    assert found.undecided


@pytest.mark.parametrize(
    ("there", "here"),
    [("agrees", "unsupported"), ("misspelt", "blank"), ("agrees-normalised", "unsupported"),
     ("disputed", "rumour"), ("partly-wrong", "unreadable"), ("unsupported", "wrong"),
     ("blank", "misplaced"), ("disputed", "unsupported/undisclosed")],
)  # fmt: skip
def test_four_better_is_clearly_better(there, here):
    found = Row("a", "b", columns=3, a=0, b={1: here, 2: there}).aligned()
    assert found.missing == ((1, 1),)


def test_a_row_that_is_too_long_is_counted():
    found = Row("a", "b", "c", columns=1, a=0).aligned()
    assert (found.text, found.cause, found.undecided) == (
        "the row is 2 cells too long", None, True,
    )  # fmt: skip
    assert Row("a", "b", columns=1).aligned().text == "the row is one cell too long"


@pytest.mark.parametrize(("columns", "found"), [(60, ((1, 1),)), (61, ())])
def test_a_row_of_more_than_sixty_columns_is_only_counted(columns, found):
    texts = [f"c{at}" for at in range(columns - 1)]
    verdicts = {text: at + (at > 0) for at, text in enumerate(texts)}
    assert Row(*texts, columns=columns, **verdicts).aligned().missing == found


def test_a_table_of_one_column_has_no_gap_to_look_for():
    assert Row(columns=1).aligned().text == "the row is one cell short"
    assert Row("a", columns=1).aligned() is None


def test_no_more_is_asked_of_a_ragged_row_than_may_be():
    row = {"columns": 4, "a": 0, "b": 2, "c": 3}
    assert Row("a", "b", "c", **row).aligned(Effort(questions=6)).missing == ((1, 1),)
    assert (
        Row("a", "b", "c", **row).aligned(Effort(questions=5)).text == "the row is one cell short"
    )


def test_a_label_stands_where_it_stands():
    found = Row("name", "b", "c", columns=4, head=0, b=2, c=3).aligned()
    assert found.missing == ((1, 1),)
    row = Row("name", "b", columns=3, head=0, name=1, b=2)
    assert row.aligned().missing == ((1, 1),)


def test_a_column_that_is_not_read_holds_nothing_from_elsewhere():
    # Moved by one, `b` would be true and `a` stand in a column of something else.
    found = Row("a", "b", columns=3, unread=(1,), a={0: "unsupported"}, b={2: "unsupported"})
    assert found.aligned().text == UNDECIDED
    found = Row("m", "b", columns=3, unread=(0,), m={1: "unsupported"}, b={2: "agrees"}).aligned()
    assert found.missing == ((1, 1),)


def test_a_blank_cell_fits_everywhere():
    row = Row("a", " ", "c", columns=4, a=0, c=3)
    assert row.aligned().missing == ((2, 1),)
    assert Row("a", None, "c", columns=4, a=0, c=3).aligned().missing == ((2, 1),)


@pytest.mark.parametrize(
    ("texts", "verdicts", "side", "moves"),
    [
        (["a", "b", ""], {"a": 1, "b": 2}, "right", ((0, 1), (1, 2))),
        (["", "a", "b"], {"a": 0, "b": 1}, "left", ((1, 0), (2, 1))),
        (["a", "", "b", ""], {"a": 1, "b": 3}, "right", ((0, 1), (1, 2), (2, 3))),
        (["a", "b", "c"], {"a": 1, "b": 2, "c": 2}, "right", ()),  # the next place is taken
        (["c", "a", "b"], {"a": 0, "b": 1, "c": 0}, "left", ()),
        (["m", "a", "b", "", "p"], {"m": 0, "a": 2, "b": 3, "p": 4}, "right", ((1, 2), (2, 3))),
    ],
)
def test_a_run_of_cells_that_fit_the_next_column_has_shifted(texts, verdicts, side, moves):
    row = Row(*texts, **verdicts)
    found = row.aligned()
    first, last = texts.index("a"), texts.index("b")
    assert (found.row, found.label, found.finding, found.cause) == (
        7, "label", "shifted", "shifted-row",
    )  # fmt: skip
    assert found.text == f"2 cells from 'n{first}' to 'n{last}' fit one column further {side}"
    assert (found.moves, found.missing, found.undecided) == (moves, (), moves == ())
    blamed = [cell.cell.text for cell in row.judged if cell.judgement.cause == "shifted-row"]
    assert blamed == ["a", "b"]


@pytest.mark.parametrize(
    ("texts", "verdicts"),
    [
        (["a", "b", ""], {"a": 1, "b": 1}),  # one alone is no run
        (["a", "b", ""], {"a": {1: "unsupported"}, "b": {2: "unsupported"}}),  # nothing true there
        (["a", "b", ""], {"a": 1, "b": {2: "agrees", 1: "partly-wrong"}}),  # not false here
        (["a", "m", "b", ""], {"a": 1, "m": 1, "b": 3}),  # parted by one that stands right
        (["a", "m", "b", ""], {"a": 1, "m": {1: "unsupported", 2: "rumour"}, "b": 3}),
        (["✓", "✗", ""], {"✓": 1, "✗": 2}),  # true of so much
        (["a", "b"], {"a": 2, "b": 3}),
    ],
)
def test_cells_that_do_not_all_fit_the_next_column_have_not_shifted(texts, verdicts):
    row = Row(*texts, **verdicts)
    assert row.aligned() is None
    assert "misplaced" not in row.told()


def test_of_both_directions_the_one_that_fits_better_counts():
    row = Row(
        "", "a", "b", "c", "", a={0: "agrees", 2: "agrees"}, b={1: "agrees", 3: "agrees"}, c=2
    )
    assert row.aligned().moves == ((1, 0), (2, 1), (3, 2))
    row = Row(
        "", "a", "b", "c", "", a={0: "agrees", 2: "agrees"}, b={1: "agrees", 3: "agrees"}, c=4
    )
    assert row.aligned().moves == ((1, 2), (2, 3), (3, 4))


def test_a_run_is_not_moved_into_a_label_or_a_column_that_is_not_read():
    assert Row("", "a", "b", head=0, a=0, b=1).aligned().moves == ()
    row = Row("", "", "a", "b", "c", head=1, a=1, b=2, c=3)
    assert row.aligned().moves == ()
    row = Row("", "", "a", "b", "c", unread=(1,), a=1, b=2, c=3)
    assert row.aligned().moves == ()


def test_a_quick_look_spares_rows_that_can_not_have_shifted():
    row = Row("a", "b", "", a=1, b=2)
    before = row.asked
    assert row.aligned(may=lambda text, spot, subject: text == "a") is None
    assert row.asked == before
    looked = []

    def may(text, spot, subject):
        looked.append((text, spot.column))
        return True

    assert row.aligned(may=may).moves
    assert looked[:2] == [("a", 1), ("b", 2)]


def test_no_more_is_asked_of_a_shifted_row_than_may_be():
    assert Row("a", "b", "", a=1, b=2).aligned(Effort(questions=4)) is not None
    assert Row("a", "b", "", a=1, b=2).aligned(Effort(questions=3)) is None
    assert Row("a", "b", "", a=1, b=1).aligned(Effort(questions=100)) is None


@pytest.mark.parametrize(
    ("here", "told"),
    [
        ("wrong", "misplaced"),
        ("misplaced", "misplaced"),
        ("rumour", "misplaced"),
        ("unreadable", "misplaced"),
        ("unsupported/undisclosed", "misplaced"),
        ("unsupported", "unsupported"),
        ("partly-wrong", "partly-wrong"),
    ],
)
def test_a_cell_of_a_slipped_row_is_blamed_where_it_is_not_true(here, told):
    row = Row("a", "b", "c", columns=4, a=0, b={1: here, 2: "agrees"}, c=3)
    assert row.aligned().missing == ((1, 1),)
    assert row.told() == ["agrees", told, "misplaced"]


def test_a_place_is_called_by_its_model_or_where_all_are_one_models_by_its_header():
    row = Row("a", "b", "c", columns=4, names=["LLaMA"] * 4, a=0, b=2, c=3)
    row.aligned()
    assert row.judged[2].judgement.reason.startswith("fits Layers; the row has slipped")
    two = ["LLaMA", "LLaMA", "GPT-2 ", "GPT-2 "]
    row = Row("a", "b", "c", columns=4, names=two, a=0, b=2, c=3)
    row.aligned()
    assert row.judged[2].judgement.reason.startswith("fits GPT-2; the row has slipped")


@pytest.mark.parametrize(
    ("finding", "moves", "missing", "undecided"),
    [
        ("ragged", (), (), True),
        ("shifted", (), (), True),
        ("ragged", (), ((1, 1),), False),
        ("shifted", ((1, 2),), (), False),
        ("contradiction", (), (), False),
    ],
)
def test_a_row_is_undecided_where_it_has_slipped_and_nobody_can_tell_how(
    finding, moves, missing, undecided
):
    assert RowFinding(1, "x", finding, None, "", moves, missing).undecided is undecided
