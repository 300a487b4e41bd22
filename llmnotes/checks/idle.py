"""The rule on exceptions that no longer apply."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.checks.rules import Violation, of_base
from llmnotes.checks.subjects import CheckedBase


@of_base("error")
def exception_unused(base: CheckedBase) -> Iterator[Violation]:
    """Every exception still excuses something; what no longer objects is taken off the list."""
    for item in base.idle_exceptions:
        yield Violation(
            item.attribute,
            f"the exception to {item.rule} excuses nothing any more ({item.reason})",
            subject=item.subject,
        )
