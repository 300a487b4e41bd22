"""Which of several judgements on one cell counts."""

from __future__ import annotations

from itertools import combinations

import pytest

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.judgement import (
    NO_SUCH_DATE,
    PASSED_OVER,
    Judgement,
    gravest,
    is_slip_of_length,
    passed_over,
    withdrawn,
)
from llmnotes.factcheck.judging.verdicts import CAUSES, FAILING, VERDICTS
from llmnotes.resolve import Statement

ORDER = (
    "misplaced", "wrong",  # what is false comes first, the better explained before the other
    "rumour",  # then what nobody can bear out
    "partly-wrong", "disputed", "misspelt",  # then what needs a remark, the weightier first
    "agrees-normalised", "agrees",  # then what is true
    "unsupported", "unreadable", "blank",  # last what says nothing
)  # fmt: skip


def test_every_verdict_has_its_place():
    assert set(ORDER) == set(VERDICTS)


@pytest.mark.parametrize(("first", "second"), list(combinations(ORDER, 2)))
def test_the_graver_of_two_judgements_counts_whichever_comes_first(first, second):
    graver, lighter = Judgement("n_layers", first), Judgement("n_layers", second)
    assert gravest([graver, lighter]) is graver
    assert gravest([lighter, graver]) is graver


def test_what_the_publisher_withholds_counts_like_a_rumour():
    withheld = Judgement("tokenizer", "unsupported", cause="undisclosed")
    assert gravest([Judgement("tokenizer_library", "agrees"), withheld]) is withheld
    wrong = Judgement("vocab_size", "wrong")
    assert gravest([wrong, withheld]) is wrong


def test_a_judgement_says_nothing_that_is_not_given():
    found = Judgement("n_layers", "agrees")
    assert tuple(found) == ("n_layers", "agrees", "", None, "", (), (), (), (), (), "", None)


def test_only_two_verdicts_hold_a_cell_to_be_false():
    false = {verdict for verdict in VERDICTS if Judgement("n_layers", verdict).is_false}
    assert false == {"wrong", "misplaced"} == set(FAILING)


def test_sources_are_named_once_in_the_order_of_the_claims():
    claims = tuple(
        Statement("toy", "n_layers", 12, "reported", source, None, "curated")
        for source in ("paper", None, "card", "paper")
    )
    assert Judgement("n_layers", "agrees", claims=claims).sources == ["paper", "card"]


def test_what_was_passed_over_is_not_judged_and_says_why():
    found = passed_over("n_layers")
    assert (found.attribute, found.verdict, found.cause) == ("n_layers", "unsupported", PASSED_OVER)
    assert PASSED_OVER in CAUSES
    assert found.reason == "not looked at: the file holds too many long cells that are not true"


def test_a_date_that_is_none_is_wrong_whatever_the_cell_may_mean():
    found = Judgement("release_date", "wrong", "there is no such day", NO_SUCH_DATE)
    assert withdrawn(found, "another version") is found
    assert withdrawn(found._replace(cause="wrong-date"), "another version").verdict == "unsupported"


@pytest.mark.parametrize(
    ("attribute", "cause", "text", "slip"),
    [
        ("context_length", "digit-slip", "6048", True),
        ("context_length", "digit-slip", "6144", False),  # 24 × 256
        ("context_length", "digit-slip", "6500", False),
        ("context_length", "other-size", "6048", False),
        ("n_layers", "digit-slip", "33", False),
    ],
)
def test_a_length_that_nobody_would_choose_is_a_slip(attribute, cause, text, slip):
    items = read_cell(text, attribute).items
    found = Judgement(attribute, "wrong", "", cause, false_items=items)
    assert is_slip_of_length(found) is slip
