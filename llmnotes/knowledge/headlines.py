"""Shortens long lists of results to the benchmarks that most reports lead with."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.display import result_text
from llmnotes.knowledge.folding import Value, result_lines
from llmnotes.schema import Attribute

HEADLINES = (
    "MMLU", "MMLU-Pro", "GPQA", "GSM8K", "MATH", "HumanEval", "SWE-bench Verified", "HellaSwag",
    "ARC-Challenge", "GLUE", "SuperGLUE", "SQuAD", "LAMBADA", "TriviaQA",
)  # fmt: skip
"""Headline benchmarks, the most informative first."""

_SHOWN, _FEW = 4, 6
"""Results kept of a long list, and the length up to which a list is shown whole."""


def headline_text(item: Attribute, values: Sequence[Value]) -> str:
    """The headline results and the number of others; empty where the list is short enough."""
    if item.kind != "results" or not all(isinstance(value.value, list) for value in values):
        return ""
    lines = result_lines(values) if len(values) > 1 else list(map(result_text, values[0].value))
    if len(lines) <= _FEW:
        return ""
    chosen = sorted(sorted(range(len(lines)), key=lambda at: (_rank(lines[at]), at))[:_SHOWN])
    return ", ".join([*(lines[at] for at in chosen), f"+{len(lines) - _SHOWN} (show)"])


def _rank(line: str) -> int:
    """The position of a result's benchmark among the headlines, after all of them where it is not one."""
    for rank, name in enumerate(HEADLINES):
        if line == name or line.startswith(f"{name} "):
            return rank
    return len(HEADLINES)
