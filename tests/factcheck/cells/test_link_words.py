"""Words that only carry a link."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.link_words import only_leads_elsewhere


@pytest.mark.parametrize(
    "text",
    [
        "here",
        "Blog",
        "🤗 HF",
        "Paper, Code",
        "HF / ModelScope",
        "模型下载",
        "tautan",
        "liên kết",
        "رابط",
        "odnośnik",
        "odkaz",
    ],
)
def test_a_word_with_a_link_behind_it_leads_elsewhere(text):
    assert only_leads_elsewhere(text, f"[{text}](https://a.io)")
    assert only_leads_elsewhere(text, f"<a href='a'>{text}</a>")
    assert not only_leads_elsewhere(text, text)


@pytest.mark.parametrize("text", ["GPT-J", "code model", "Download (7B)", "7B", ""])
def test_other_words_are_values(text):
    assert not only_leads_elsewhere(text, f"[{text}](https://a.io)")
