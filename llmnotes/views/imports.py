"""The report of an import."""

from __future__ import annotations

import json
from typing import Any

from llmnotes.export.answer import Answer, AnswerTable, simple_table
from llmnotes.ingest.report import ImportReport

_SHOWN = 20
"""Rows shown without `--all`."""
_LONGEST = 60
"""Characters of a text in a row."""


def report_answer(report: ImportReport, *, every: bool = False) -> Answer:
    """The additions, contradictions, ambiguities and omissions; long lists are cut."""
    tables = [simple_table(("what", "count"), _counts(report), _caption(report))]
    tables += _ambiguous(report, every)
    tables += _contradicted(report, every)
    tables += _left_out(report)
    return Answer(tables, _data(report))


def spoken_remarks(report: ImportReport) -> list[str]:
    """Remarks beside the report: the origin, and malformed input."""
    remarks = report.remarks
    said = [] if report.format == "bundle" else list(report.notices)
    said += [f"left out: {example}" for example in remarks.malformed_examples]
    more = remarks.n_malformed - len(remarks.malformed_examples)
    if more:
        said.append(f"left out: {more:,} more that are not as the format says")
    return said


def _caption(report: ImportReport) -> str:
    verb = "would be imported" if report.dry_run else "imported"
    return f"{report.source}: {report.format}, {verb}"


def _counts(report: ImportReport) -> list[tuple[Any, ...]]:
    if report.format == "bundle":
        return [(notice, None) for notice in report.notices] or [("nothing new", None)]
    return [
        ("models added", report.models_added),
        ("models known already", report.models_known),
        ("claims added", report.claims_added),
        ("claims unchanged", report.claims_unchanged),
        ("claims replaced (the same source says otherwise now)", report.claims_replaced),
        ("organizations added", report.organizations_added),
        ("values that contradict what is known", len(report.contradicted)),
        ("names that are ambiguous", len(report.ambiguous)),
    ]


def _ambiguous(report: ImportReport, every: bool) -> list[AnswerTable]:
    rows = [(item["name"], ", ".join(item["candidates"]), item["why"]) for item in report.ambiguous]
    caption = "Ambiguous: kept apart; `llmnotes alias NAME MODEL` makes them one"
    return _cut(("name", "may be", "why not taken for it"), rows, caption, every)


def _contradicted(report: ImportReport, every: bool) -> list[AnswerTable]:
    rows = [
        (item["model"], item["attribute"], _text(item["incoming"]), _text(item["known"]), item["layer"])
        for item in report.contradicted
    ]  # fmt: skip
    caption = "Contradicted: both claims are kept"
    return _cut(("model", "attribute", "incoming", "known", "layer"), rows, caption, every)


def _left_out(report: ImportReport) -> list[AnswerTable]:
    rows = [
        (_cut_text(reason, 90), count, _cut_text(", ".join(examples), 90))
        for reason, (count, examples) in sorted(
            report.remarks.reasons.items(), key=lambda item: -item[1][0]
        )
    ]
    caption = "Left out, or not taken for a fact"
    return [simple_table(("reason", "count", "such as"), rows, caption)] if rows else []


def _cut(
    columns: tuple[str, ...], rows: list[tuple[Any, ...]], caption: str, every: bool
) -> list[AnswerTable]:
    if not rows:
        return []
    if len(rows) > _SHOWN and not every:
        caption += f" ({_SHOWN} of {len(rows):,}; `--all` shows all)"
        rows = rows[:_SHOWN]
    return [simple_table(columns, rows, caption)]


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _cut_text(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _data(report: ImportReport) -> dict[str, Any]:
    counts = {
        name: getattr(report, name)
        for name in (
            "models_added", "models_known", "claims_added", "claims_unchanged", "claims_replaced",
            "organizations_added",
        )
    }  # fmt: skip
    return {
        "format": report.format, "source": report.source, "dry_run": report.dry_run,
        "write": report.write, "counts": counts, "contradicted": report.contradicted,
        "ambiguous": report.ambiguous,
        "left_out": [
            {"reason": reason, "count": count, "examples": examples}
            for reason, (count, examples) in report.remarks.reasons.items()
        ],
        "malformed": report.remarks.n_malformed, "notices": report.notices,
    }  # fmt: skip
