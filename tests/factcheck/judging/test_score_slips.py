"""A deviating score in a row copied from one source is a slip, and in a row of other runs it is none."""

from __future__ import annotations

import pytest

BENCHMARKS = ("MMLU", "CMMLU", "BBH", "MATH", "HumanEval", "GPQA")
PUBLISHED = ("53.52", "65.44", "41.16", "27.28", "35.98", "24.24")


def checked(check, scores):
    head = f"| Model | {' | '.join(BENCHMARKS)} |\n|{'---|' * 7}\n"
    return check(f"{head}| InternLM2.5-1.8B | {' | '.join(scores)} |\n").judged_cells


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        ({}, "agrees"),
        ({0: "64.52"}, "wrong"),
        ({0: "54.52"}, "unsupported"),  # as near as another prompt may bring it
        ({0: "64.52", 1: "55.44", 2: "51.16"}, "unsupported"),  # another run
    ],
)
def test_one_far_score_among_those_of_one_source_is_wrong(check, changed, verdict):
    scores = [changed.get(at, score) for at, score in enumerate(PUBLISHED)]
    found = checked(check, scores)
    # `agrees-normalised` where the base says how it was measured and the header does not
    assert found[0].judgement.verdict.startswith(verdict)
    assert not any(cell.judgement.is_false for cell in found[1:])


def test_a_reason_names_the_source_of_the_others(check):
    reason = checked(check, ("64.52", *PUBLISHED[1:]))[0].judgement.reason
    assert "53.52" in reason
    assert "5 other scores of its row" in reason
