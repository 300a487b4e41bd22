"""Languages are found by their codes and by their own names."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.knowledge.filtering import Query, select
from llmnotes.knowledge.languages import english_name


@pytest.mark.parametrize(
    ("text", "name"),
    [("de", "German"), ("Deutsch", "German"), ("NL", "Dutch"), ("Klingon", "Klingon")],
)
def test_a_code_stands_for_the_english_name(text: str, name: str) -> None:
    assert english_name(text) == name


@pytest.mark.parametrize("text", ["de", "deutsch", "!de", "fr,de"])
def test_a_filter_takes_codes_and_own_names(connection: Any, text: str) -> None:
    spelt = text.replace("deutsch", "German").replace("de", "German").replace("fr", "French")

    def found(value: str) -> list[dict[str, Any]]:
        return select(connection, Query(options={"languages": [value]}), ["id"])

    assert [item["id"] for item in found(text)] == [item["id"] for item in found(spelt)] != []
