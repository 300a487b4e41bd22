"""Long lists of results cut down to the benchmarks that most reports lead with."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.display import result_text
from llmnotes.knowledge.folding import Value, result_lines
from llmnotes.schema import Attribute

HEADLINES = (
    "MMLU", "MMLU-Pro", "GPQA", "GSM8K", "MATH", "HumanEval", "SWE-bench Verified", "HellaSwag",
    "ARC-Challenge", "GLUE", "SuperGLUE", "SQuAD", "LAMBADA", "TriviaQA",
)  # fmt: skip
"""The most telling first."""

_SHOWN, _FEW = 4, 6
"""Results that stay of a long list, and how many make no long list yet."""


def headline_text(item: Attribute, values: Sequence[Value]) -> str:
    """The headline results and how many more there are; empty where all find room."""
    if item.kind != "results" or not all(isinstance(value.value, list) for value in values):
        return ""
    lines = result_lines(values) if len(values) > 1 else list(map(result_text, values[0].value))
    if len(lines) <= _FEW:
        return ""
    chosen = sorted(sorted(range(len(lines)), key=lambda at: (_rank(lines[at]), at))[:_SHOWN])
    return ", ".join([*(lines[at] for at in chosen), f"+{len(lines) - _SHOWN} (show)"])


def _rank(line: str) -> int:
    """The place of a result's benchmark among the headlines, behind them where it is none."""
    for rank, name in enumerate(HEADLINES):
        if line == name or line.startswith(f"{name} "):
            return rank
    return len(HEADLINES)
