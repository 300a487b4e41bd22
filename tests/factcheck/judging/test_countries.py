"""Countries against the seats of the publishers."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.countries import countries_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("USA", {"US"}), ("United States", {"US"}), ("🇨🇳", {"CN"}), ("中国", {"CN"}), ("Франция", {"FR"}),
        ("USA, France", {"US", "FR"}), ("🇺🇸 USA", {"US"}), ("US & UK", {"US", "GB"}),
        ("somewhere", set()), ("USA, somewhere", set()), ("", set()),
    ],
)  # fmt: skip
def test_countries_are_read_in_words_codes_and_flags(text, codes):
    assert countries_in(text) == codes


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Mistral 7B", "Country", "France", "agrees-normalised"),
        ("Mistral 7B", "国家", "法国", "agrees-normalised"),
        ("Mistral 7B", "Country", "🇨🇳", "wrong"),
        ("Mistral 7B", "Country", "Europe", "unreadable"),
        ("Mistral 7B", "Country", "-", "blank"),
        ("Nobody's Model 7B", "Country", "France", "unsupported"),
    ],
)
def test_a_country_is_held_against_the_publishers(cell, model, header, text, verdict):
    assert cell(model, header, text).verdict == verdict
