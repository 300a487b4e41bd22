"""The SQL of comparisons looks at no more than it must."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.terms import TESTS


@pytest.mark.parametrize(("attribute", "word"), [("languages", "german"), ("languages", "chinese")])
@pytest.mark.parametrize("sign", ["", "!"])
def test_a_word_is_looked_for_once_in_each_element(
    connection: Any, monkeypatch: pytest.MonkeyPatch, attribute: str, word: str, sign: str
) -> None:
    """Not again in the elements of all models for each of them, of which there are hundreds."""
    asked: list[str] = []
    contains = TESTS["words"]

    def counted(value: str, phrase: str) -> bool:
        asked.append(value)
        return contains(value, phrase)

    monkeypatch.setitem(TESTS, "words", counted)
    found = select(connection, Query({attribute: [f"{sign}{word}"]}, variants="all"), ["id"])

    (elements,) = connection.execute(
        "SELECT count(*) FROM model_values WHERE attribute = ?", (attribute,)
    ).fetchone()
    assert found
    assert 0 < len(asked) <= elements
