"""The definition of a rule: a function whose name is the rule's and whose docstring explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from llmnotes.checks.findings import Severity
from llmnotes.checks.subjects import CheckedBase, CheckedFamily, CheckedModel
from llmnotes.resolve import Statement, Statements

Scope = Literal["model", "family", "claims", "base"]


class Violation(NamedTuple):
    """A violation of a rule: the attribute, the claims, and the computed values they contradict."""

    attribute: str | None
    message: str
    claims: tuple[Statement, ...] = ()
    computed: dict[str, Any] | None = None
    severity: Severity | None = None
    """Overrides the rule's severity."""
    subject: str | None = None
    """The model, family or source concerned, where it is not the one being checked."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule; `explanation` is the function's docstring."""

    name: str
    explanation: str
    severity: Severity
    scope: Scope
    theme: str
    check: Callable[..., Iterator[Violation]]


RULES: dict[str, Rule] = {}
"""Every rule by name, in the order of declaration; `catalogue.py` imports the modules that register them."""


def _declare(
    function: Callable[..., Iterator[Violation]], severity: Severity, scope: Scope
) -> None:
    name = function.__name__.replace("_", "-")
    if name in RULES:
        raise ValueError(f"the rule {name} is declared twice")
    sentence = " ".join((function.__doc__ or "").split())
    theme = function.__module__.rpartition(".")[2]
    RULES[name] = Rule(name, sentence, severity, scope, theme, function)


ModelCheck = Callable[[CheckedModel, CheckedBase], Iterator[Violation]]
FamilyCheck = Callable[[CheckedFamily, CheckedBase], Iterator[Violation]]
ClaimsCheck = Callable[[Statements, CheckedBase], Iterator[Violation]]
BaseCheck = Callable[[CheckedBase], Iterator[Violation]]


def of_model(severity: Severity) -> Callable[[ModelCheck], ModelCheck]:
    """Register a rule that checks one model at a time."""

    def declare(check: ModelCheck) -> ModelCheck:
        _declare(check, severity, "model")
        return check

    return declare


def of_family(severity: Severity) -> Callable[[FamilyCheck], FamilyCheck]:
    """Register a rule that checks a family with its members."""

    def declare(check: FamilyCheck) -> FamilyCheck:
        _declare(check, severity, "family")
        return check

    return declare


def of_claims(severity: Severity) -> Callable[[ClaimsCheck], ClaimsCheck]:
    """Register a rule that checks the own claims of a model or a family."""

    def declare(check: ClaimsCheck) -> ClaimsCheck:
        _declare(check, severity, "claims")
        return check

    return declare


def of_base(severity: Severity) -> Callable[[BaseCheck], BaseCheck]:
    """Register a rule that checks the base as a whole."""

    def declare(check: BaseCheck) -> BaseCheck:
        _declare(check, severity, "base")
        return check

    return declare
