"""Lays out the findings of `check`, and the rules."""

from __future__ import annotations

from llmnotes.checks.catalogue import THEMES
from llmnotes.checks.findings import SEVERITIES, Finding
from llmnotes.checks.rules import Rule
from llmnotes.checks.run import Report
from llmnotes.evidence.faults import Fault
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row


def report_answer(report: Report, *, flat: bool = False) -> Answer:
    """The findings rule by rule, the most severe first; `flat` has columns instead of headings."""
    if flat:
        columns = ("Severity", "Rule", "Subject", "Attribute", "Layer", "What is found")
        rows = [Row(_flat_cells(item)) for item in report.findings]
        return Answer([AnswerTable(columns, rows)], report.as_json(), "findings")
    rows = []
    last = ""
    for item in report.findings:
        heading = f"{item.severity}: {item.rule}"
        rows.append(Row(_cells(item), heading if heading != last else None))
        last = heading
    tables = [AnswerTable(("Subject", "Attribute", "What is found"), rows)] if rows else []
    return Answer(tables, report.as_json(), "findings")


def _cells(item: Finding) -> tuple[Cell, ...]:
    message = item.message if item.layer == "curated" else f"{item.message} ({item.layer})"
    return (
        Cell(item.subject, item.subject),
        Cell(item.attribute or "", item.attribute),
        Cell(message, item.message),
    )


def _flat_cells(item: Finding) -> tuple[Cell, ...]:
    words = (
        item.severity, item.rule, item.subject, item.attribute or "", item.layer, item.message,
    )  # fmt: skip
    return tuple(Cell(word, word) for word in words)


def summary_text(report: Report) -> str:
    """One line: how much was checked and the result."""
    counts = [
        f"{count:,} {severity if severity == 'info' or count == 1 else severity + 's'}"
        for severity, count in report.counts().items()
        if count
    ]
    looked = (
        f"{report.rules} rules over {report.models:,} models, the parameters of "
        f"{report.recounted:,} recounted from their shape"
    )
    number = len(report.excused)
    excused = f"; {number} named exception{'s' if number > 1 else ''}" if number else ""
    return f"{', '.join(counts) or 'nothing found'} ({looked}{excused})"


def rules_answer(rules: list[Rule]) -> Answer:
    """The rules with their explanations."""
    rows = []
    last = ""
    for rule in rules:
        heading = THEMES[rule.theme]
        cells = (
            Cell(rule.name, rule.name),
            Cell(rule.severity, rule.severity),
            Cell(rule.explanation, rule.explanation),
        )
        rows.append(Row(cells, heading if heading != last else None))
        last = heading
    data = [
        {"rule": rule.name, "severity": rule.severity, "theme": THEMES[rule.theme],
         "explanation": rule.explanation, "severity_meaning": SEVERITIES[rule.severity]}
        for rule in rules
    ]  # fmt: skip
    return Answer([AnswerTable(("Rule", "Severity", "What holds"), rows)], data)


def faults_answer(file: str, faults: list[Fault], *, flat: bool = False) -> Answer:
    """The faults of a family file by line, each with its repair."""
    columns = ("Line", "Place", "What is wrong", "Repair")
    rows = [Row(tuple(Cell(str(part), part) for part in fault)) for fault in faults]
    data = {"file": file, "faults": [fault.as_json() for fault in faults]}
    return Answer([AnswerTable(columns, rows)] if rows or flat else [], data, "faults")
