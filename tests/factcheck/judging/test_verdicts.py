"""The closed list of verdicts, and what asks for one of them."""

from __future__ import annotations

import pytest

from llmnotes.errors import InputError
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.verdicts import (
    CAUSES,
    FAILING,
    ROW_FINDINGS,
    TRUE_VERDICTS,
    VERDICTS,
    check_verdicts,
)


def test_verdicts_are_known_by_their_names():
    assert check_verdicts(["wrong", "disputed"]) == ["wrong", "disputed"]
    assert check_verdicts([]) == []
    with pytest.raises(InputError, match=r"unknown verdict .*wrnog.*Nearest: wrong"):
        check_verdicts(["agrees", "wrnog"])


def test_what_may_stand_is_not_false_and_what_fails_is():
    assert set(VERDICTS) > TRUE_VERDICTS
    assert not any(Judgement("n_layers", verdict).is_false for verdict in TRUE_VERDICTS)
    assert all(Judgement("n_layers", verdict).is_false for verdict in FAILING)


@pytest.mark.parametrize(
    "table", [VERDICTS, CAUSES, ROW_FINDINGS], ids=["verdicts", "causes", "rows"]
)
def test_every_name_is_one_word_in_small_letters_and_is_explained_in_a_sentence_part(table):
    for name, meaning in table.items():
        assert name == name.lower().strip()
        assert " " not in name
        assert len(meaning.split()) > 3
        assert not meaning.endswith(".")
