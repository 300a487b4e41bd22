"""The settings of an evaluation as people write them."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.eval_settings import all_settings, eval_settings, only_settings


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("MMLU, 0-shot", {"zero"}),
        ("1-shot", {"one"}),
        ("2-shot", {"few"}),
        ("25 shots", {"few"}),
        ("Few Shot", {"few"}),
        ("multi-shot", {"few"}),
        ("zero-one-few shot", {"zero", "one", "few"}),
        ("zero- and few-shot", {"zero", "few"}),
        ("zero and few shot", {"zero", "few"}),
        ("zero, one and few-shot", {"zero", "one", "few"}),
        ("0/5-shot", {"zero", "few"}),
        ("0 & 1 shot", {"zero", "one"}),
        ("zero or one shot", {"zero", "one"}),
        ("0-shot MMLU, 5-shot GSM8K", {"zero", "few"}),
        ("zero one 2 3 4 5 shot", {"zero", "one", "few"}),  # six are a list
        ("zero one 2 3 4 5 6 shot", {"one", "few"}),  # of seven the last six
        ("1000-shot", set()),
        ("x0-shot", set()),
        ("0-shotgun", set()),
        ("a shot in the dark", set()),
        ("", set()),
    ],
)
def test_settings_are_counted_as_zero_one_or_few(text, settings):
    assert eval_settings(text) == settings


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        ("few-shot", {"few"}),
        ("zero-shot and few-shot learning", {"zero", "few"}),
        ("0-shot or 5-shot settings", {"zero", "few"}),
        ("5-shot setting.", {"few"}),
        ("MMLU 5-shot", set()),
        ("few-shot ordering", set()),  # `or` is no word of its own here
        ("learning", set()),
    ],
)
def test_a_text_of_settings_alone_names_nothing_else(text, settings):
    assert only_settings(text) == settings


def test_the_settings_of_results_are_those_of_each():
    results = [{"setting": "5-shot"}, {"benchmark": "MMLU, 1-shot"}, {"setting": "zero-shot"}]
    assert all_settings(results) == {"few", "zero"}
    assert all_settings([]) == frozenset()
