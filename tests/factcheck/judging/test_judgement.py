"""Which of several judgements on one cell counts."""

from __future__ import annotations

from itertools import combinations

import pytest

from llmnotes.factcheck.judging.judgement import Judgement, gravest
from llmnotes.factcheck.judging.verdicts import VERDICTS

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
