"""A finding: one sentence about one attribute of one subject, with its severity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning", "info"]

SEVERITIES: dict[str, str] = {
    "error": "cannot be true as it stands",
    "warning": "can hardly be true, or lacks what a reader needs to trust it",
    "info": "worth knowing, and often right",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule reports; `kind` tells whether the subject is a model, a family or a source."""

    rule: str
    kind: str
    subject: str
    family: str | None
    attribute: str | None
    message: str
    severity: Severity
    layer: str
    values: tuple[dict[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The finding in the JSON shape; `model` is null where it is not about one model."""
        return {
            "rule": self.rule,
            "model": self.subject if self.kind == "model" else None,
            "attribute": self.attribute,
            "message": self.message,
            "severity": self.severity,
            "values": list(self.values),
            "subject": self.subject,
            "kind": self.kind,
            "family": self.family,
            "layer": self.layer,
        }
