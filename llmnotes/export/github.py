"""Workflow commands of GitHub Actions, shown as annotations beside the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.escapes import one_line
from llmnotes.export.sarif import Level, SarifResult

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(findings: Sequence[SarifResult]) -> str:
    """A line for each finding."""
    return "".join(f"{_command(finding)}\n" for finding in findings)


def _command(finding: SarifResult) -> str:
    places = {"file": finding.file, "line": str(finding.line)}
    if finding.column is not None:
        places["col"] = str(finding.column)
    if finding.end is not None:
        places["endColumn"] = str(finding.end)
    places["title"] = finding.rule
    said = ",".join(f"{name}={_property(text)}" for name, text in places.items())
    return f"::{_COMMANDS[finding.level]} {said}::{_data(finding.text)}"


def _data(text: str) -> str:
    return one_line(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
