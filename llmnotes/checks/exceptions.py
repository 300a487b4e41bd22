"""Exceptions from rules: a closed list in `data/exceptions.toml`, each with a reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmnotes.checks.findings import Finding
from llmnotes.errors import InputError, unknown

FILE = Path(__file__).parent.parent / "data" / "exceptions.toml"

_REQUIRED, _ALLOWED = (
    {"rule", "subject", "reason"},
    {"rule", "subject", "attribute", "value", "reason"},
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """One exception: a rule, the subject and attribute it may report, and the reason.

    With `value` it holds only while the subject has this value, so that a new error is not covered.
    """

    rule: str
    subject: str
    attribute: str | None
    value: Any
    reason: str

    def covers(self, finding: Finding) -> bool:
        """Whether the exception applies to a finding; only curated claims have exceptions."""
        return (
            finding.layer == "curated"
            and (finding.rule, finding.subject) == (self.rule, self.subject)
            and self.attribute in (None, finding.attribute)
            and (self.value is None or self.value in [item["value"] for item in finding.values])
        )


def read(file: Path = FILE, rules: Iterable[str] = ()) -> tuple[Exemption, ...]:
    """The exceptions in a file.

    Raises `InputError` that names the file, the entry and the fault.
    """
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file.name}: {error}") from error
    if set(raw) - {"exception"} or not isinstance(raw.get("exception", []), list):
        raise InputError(f"{file.name}: holds [[exception]] entries and nothing else")
    known = list(rules)
    return tuple(
        _exemption(item, f"{file.name}: exception {number}: ", known)
        for number, item in enumerate(raw.get("exception", []), start=1)
    )


def _exemption(item: Any, place: str, rules: list[str]) -> Exemption:
    keys = set(item) if isinstance(item, dict) else set()
    if _REQUIRED - keys:
        raise InputError(f"{place}{min(_REQUIRED - keys)} is missing")
    if keys - _ALLOWED:
        raise unknown("key", min(keys - _ALLOWED), _ALLOWED, place)
    if rules and item["rule"] not in rules:
        raise unknown("rule", str(item["rule"]), rules, place)
    if len(str(item["reason"]).split()) < 3:
        raise InputError(f"{place}the reason must say why the rule is wrong here")
    return Exemption(
        item["rule"], item["subject"], item.get("attribute"), item.get("value"), item["reason"]
    )
