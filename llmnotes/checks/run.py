"""Runs the rules and separates the exceptions from the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from llmnotes.checks.exceptions import Exemption
from llmnotes.checks.findings import SEVERITIES, Finding
from llmnotes.checks.rules import Rule, Violation
from llmnotes.checks.subjects import CheckedBase, CheckedFamily, CheckedModel
from llmnotes.resolve import Statement

_WEAKEST_FIRST = ("user", "imported")


@dataclass(frozen=True, slots=True)
class FamilyModels:
    """A family with its models to check; models without a family form a group of their own."""

    family: CheckedFamily | None
    models: tuple[CheckedModel, ...]


@dataclass
class Report:
    """The findings of a run, and how much was checked."""

    findings: list[Finding] = field(default_factory=list)
    excused: list[tuple[Finding, Exemption]] = field(default_factory=list)
    models: int = 0
    recounted: int = 0
    rules: int = 0

    def counts(self) -> dict[str, int]:
        """Findings by severity."""
        return {
            severity: sum(item.severity == severity for item in self.findings)
            for severity in SEVERITIES
        }

    def as_json(self) -> dict[str, Any]:
        """Findings, their counts, and the exceptions that applied, in the JSON shape."""
        summary = {
            "findings": len(self.findings),
            **self.counts(),
            "models": self.models,
            "recounted": self.recounted,
            "rules": self.rules,
            "exceptions": len(self.excused),
            "by_rule": dict(Counter(item.rule for item in self.findings)),
        }
        excused = [{**item.as_json(), "reason": excuse.reason} for item, excuse in self.excused]
        return {
            "findings": [item.as_json() for item in self.findings],
            "summary": summary,
            "exceptions": excused,
        }


def run(
    groups: Iterable[FamilyModels],
    base: CheckedBase,
    rules: list[Rule],
    exceptions: tuple[Exemption, ...] = (),
    *,
    whole: bool = True,
) -> Report:
    """Apply the rules to the groups and, with `whole`, to the base as a whole."""
    report = Report(rules=len(rules))
    used: set[int] = set()
    exempted: dict[tuple[str, str], list[Exemption]] = {}
    for item in exceptions:
        exempted.setdefault((item.rule, item.subject), []).append(item)

    def take(findings: Iterable[Finding]) -> None:
        for finding in _once(findings):
            near = exempted.get((finding.rule, finding.subject), ())
            excuse = next((item for item in near if item.covers(finding)), None)
            if excuse is None:
                report.findings.append(finding)
            else:
                used.add(id(excuse))
                report.excused.append((finding, excuse))

    for group in groups:
        take(_of_group(group, base, rules))
        report.models += len(group.models)
        report.recounted += sum(_is_recounted(model) for model in group.models)
    if whole:
        take(_of_base(base, [rule for rule in rules if rule.name != "exception-unused"]))
        names = {rule.name for rule in rules}
        idle = tuple(item for item in exceptions if id(item) not in used and item.rule in names)
        take(
            _of_base(
                replace(base, idle_exceptions=idle),
                [rule for rule in rules if rule.name == "exception-unused"],
            )
        )
    order = {rule.name: number for number, rule in enumerate(rules)}
    severities = list(SEVERITIES)
    report.findings.sort(
        key=lambda item: (severities.index(item.severity), order[item.rule], item.subject)
    )
    return report


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings without duplicates: a claim of a family is seen again in every member."""
    seen: set[tuple[str, ...]] = set()
    for item in findings:
        key = (item.rule, item.kind, item.subject, item.attribute or "", item.message)
        if key not in seen:
            seen.add(key)
            yield item


def _is_recounted(model: CheckedModel) -> bool:
    return "d_model" in model.claims and model.recount is not None


def _of_group(group: FamilyModels, base: CheckedBase, rules: list[Rule]) -> list[Finding]:
    found: list[Finding] = []
    family = group.family
    wanted = {model.id for model in group.models}
    for rule in rules:
        if rule.scope in ("model", "claims"):
            for model in group.models:
                looked = model.claims if rule.scope == "claims" else model
                for violation in rule.check(looked, base):
                    found.append(_finding(rule, violation, "model", model.id, model.family))
        if family is None:
            continue
        if rule.scope == "claims":
            for violation in rule.check(family.claims, base):
                found.append(_finding(rule, violation, "family", family.id, family.id))
        if rule.scope == "family":
            for violation in rule.check(family, base):
                if violation.subject is None or violation.subject in wanted:
                    kind = "family" if violation.subject is None else "model"
                    found.append(_finding(rule, violation, kind, family.id, family.id))
    return found


def _of_base(base: CheckedBase, rules: list[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if rule.scope == "base":
            for violation in rule.check(base):
                kind = "source" if violation.subject in base.sources else "family"
                kind = "model" if violation.subject in base.released else kind
                yield _finding(rule, violation, kind, violation.subject or "", None)


def _finding(
    rule: Rule, violation: Violation, kind: str, subject: str, family: str | None
) -> Finding:
    """A violation as a finding; one that only involves a family's claims is reported for the family."""
    subject = violation.subject or subject
    if (
        kind == "model"
        and family
        and _said_of(violation.claims) == {family}
        and violation.subject is None
    ):
        kind, subject = "family", family
    computed = (
        {"attribute": violation.attribute, "value": value, "status": "derived", "source": formula,
         "locator": None, "layer": None}
        for formula, value in (violation.computed or {}).items()
    )  # fmt: skip
    return Finding(
        rule.name, kind, subject, family, violation.attribute, violation.message,
        violation.severity or rule.severity, _layer(violation.claims),
        (*map(_value, violation.claims), *computed),
    )  # fmt: skip


def _said_of(claims: Iterable[Statement]) -> set[str]:
    return {claim.inherited_from or claim.subject for claim in claims}


def _layer(claims: tuple[Statement, ...]) -> str:
    layers = {claim.layer for claim in claims}
    return next((layer for layer in _WEAKEST_FIRST if layer in layers), "curated")


def _value(claim: Statement) -> dict[str, Any]:
    return {
        "attribute": claim.attribute,
        "value": claim.value,
        "status": claim.status,
        "source": claim.source,
        "locator": claim.locator,
        "layer": claim.layer,
    }
