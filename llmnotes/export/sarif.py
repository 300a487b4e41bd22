"""SARIF 2.1.0, which code review and CI services show beside the lines (OASIS, 2020)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import quote

from llmnotes.escapes import json_text, one_line
from llmnotes.version import __version__

Level = Literal["error", "warning", "note"]
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class ReportingDescriptor:
    """The meaning of a finding, and its default severity."""

    meaning: str
    level: Level


@dataclass(frozen=True, slots=True)
class SarifResult:
    """One finding at a position in a file; lines and columns count from 1, `end` is the column after it."""

    rule: str
    level: Level
    text: str
    file: str
    line: int
    column: int | None = None
    end: int | None = None
    properties: Mapping[str, Any] = field(default_factory=dict)


def render(rules: Mapping[str, ReportingDescriptor], findings: Sequence[SarifResult]) -> str:
    """All findings as one run."""
    driver = {
        "name": "llmnotes",
        "version": __version__,
        "rules": [_rule(name, rule) for name, rule in rules.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _rule(name: str, rule: ReportingDescriptor) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": rule.meaning},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(finding: SarifResult) -> dict[str, Any]:
    region = {"startLine": finding.line}
    if finding.column is not None:
        region["startColumn"] = finding.column
    if finding.end is not None:
        region |= {"endLine": finding.line, "endColumn": finding.end}
    place = {"artifactLocation": {"uri": quote(finding.file.replace("\\", "/"))}, "region": region}
    found: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.level,
        "message": {"text": one_line(finding.text)},
        "locations": [{"physicalLocation": place}],
    }
    if finding.properties:
        found["properties"] = dict(finding.properties)
    return found
