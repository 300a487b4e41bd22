"""Days and months next to the base's, which an announcement or an upload may have."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.near_dates import left_open_date
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [  # Gemma 2 was released on 2024-06-27, and LLaMA on 2023-02-24
        ("Gemma 2 27B", "2024-06-27", "agrees"),
        ("Gemma 2 27B", "2024-06-24", "unsupported"),
        ("Gemma 2 27B", "2024-07-03", "unsupported"),
        ("Gemma 2 27B", "2024-07-10", "wrong"),
        ("Gemma 2 27B", "2024-07", "unsupported"),
        ("Gemma 2 27B", "2024-05", "wrong"),
        ("LLaMA 7B", "2023-03", "unsupported"),
        ("LLaMA 7B", "2023-04", "wrong"),
        ("LLaMA 7B", "2023-01", "wrong"),
        ("Gemini 1.0 Ultra", "2023-11", "wrong"),  # 6 December: more than three days before
        ("OLMo 7B", "2024-01", "unsupported"),  # 1 February
    ],
)
def test_a_date_within_a_week_is_left_open(cell, model, text, verdict):
    assert cell(model, "Release date", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [  # Llama 4 was released on 2025-04-05
        ("GA on April 29, 2025", "unsupported"),
        ("API: April 29, 2025", "unsupported"),
        ("April 29, 2025", "wrong"),
        ("Released April 29, 2025 (Google Cloud)", "wrong"),
        ("GA in 2027-04", "wrong"),  # two years later is no event of its release
    ],
)
def test_the_day_of_another_event_that_a_cell_names_is_left_open(cell, text, verdict):
    assert cell("Llama 4", "Release date", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Uncertain: between September 2021 and April 2023", "partly-wrong"),
        ("Uncertain: between September 2022 and April 2023", "wrong"),
    ],
)
def test_of_dates_that_a_cell_doubts_one_may_be_true(cell, text, verdict):
    assert cell("GPT-4", "Knowledge cutoff", text).verdict == verdict


def stated(*values):
    about = ATTRIBUTES["release_date"]
    claims = (
        Statement(f"m{i}", about.id, value, "reported", None, None, "curated")
        for i, value in enumerate(values)
    )
    return [Known(claim.subject, about, (claim,), (), None) for claim in claims]


@pytest.mark.parametrize(
    ("values", "left"),
    [
        (["2021-07", "2021-07", "2021-03-01"], True),
        (["2021-07", "2021-03-01"], False),  # half of them by the day
        (["2021-03-01"], False),
    ],
)
def test_beside_the_month_of_most_models_another_is_left_open(values, left):
    items = [Item("2021-08", "2021-08")]
    assert bool(left_open_date("2021-08", items, stated(*values))) is left
