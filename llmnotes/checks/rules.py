"""What a rule is: a function whose name is the rule's and whose docstring is its one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from llmnotes.checks.findings import Severity
from llmnotes.checks.subjects import CheckedBase, CheckedFamily, CheckedModel
from llmnotes.resolve import Statement, Statements

Scope = Literal["model", "family", "claims", "base"]


class Violation(NamedTuple):
    """What a rule saw: of which attribute, in which claims, against which computed values."""

    attribute: str | None
    message: str
    claims: tuple[Statement, ...] = ()
    computed: dict[str, Any] | None = None
    severity: Severity | None = None
    """Where it weighs other than the rule usually does."""
    subject: str | None = None
    """The model, family or source, where it is not the one looked at."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule; `explanation` is its one sentence."""

    name: str
    explanation: str
    severity: Severity
    scope: Scope
    theme: str
    check: Callable[..., Iterator[Violation]]


RULES: dict[str, Rule] = {}
"""Every rule by name, in the order of declaration; `catalogue.py` loads the files that fill it."""


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
    """Declares a rule that looks at one model at a time."""

    def declare(check: ModelCheck) -> ModelCheck:
        _declare(check, severity, "model")
        return check

    return declare


def of_family(severity: Severity) -> Callable[[FamilyCheck], FamilyCheck]:
    """Declares a rule that looks at a family with its members."""

    def declare(check: FamilyCheck) -> FamilyCheck:
        _declare(check, severity, "family")
        return check

    return declare


def of_claims(severity: Severity) -> Callable[[ClaimsCheck], ClaimsCheck]:
    """Declares a rule that looks at the own claims of a model or a family."""

    def declare(check: ClaimsCheck) -> ClaimsCheck:
        _declare(check, severity, "claims")
        return check

    return declare


def of_base(severity: Severity) -> Callable[[BaseCheck], BaseCheck]:
    """Declares a rule that looks at the base as a whole."""

    def declare(check: BaseCheck) -> BaseCheck:
        _declare(check, severity, "base")
        return check

    return declare
