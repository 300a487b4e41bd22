"""The judgement of one cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.resolve import Statement


class Judgement(NamedTuple):
    """The judgement of a cell, with the expected value and its claims.

    `false_items` are the values that no claim confirms, for which causes are sought. `true_of` and
    `true_as` are the models and the attribute that the wrong values are true of. `otherwise` is the
    judgement of the named model alone, where the cell is true of a kin of it.
    """

    attribute: str
    verdict: str
    reason: str = ""
    cause: str | None = None
    expected: str = ""
    models: tuple[str, ...] = ()
    claims: tuple[Statement, ...] = ()
    false_items: tuple[Item, ...] = ()
    known: tuple[Known, ...] = ()
    true_of: tuple[str, ...] = ()
    true_as: str = ""
    otherwise: Judgement | None = None

    @property
    def is_false(self) -> bool:
        """Whether the cell is judged wrong in its place."""
        return self.verdict in {"wrong", "misplaced"}

    @property
    def is_unknown(self) -> bool:
        """Whether the base has nothing to hold against the cell."""
        return self.verdict == "unsupported" and self.cause is None

    @property
    def sources(self) -> list[str]:
        """Ids of the sources of the expected value."""
        return list(dict.fromkeys(claim.source for claim in self.claims if claim.source))


PASSED_OVER = "passed-over"
"""The cause of a cell that was skipped because its file is too large."""


def passed_over(attribute: str) -> Judgement:
    """The judgement of a long cell beyond the limit of its file."""
    reason = "not looked at: the file holds too many long cells that are not true"
    return Judgement(attribute, "unsupported", reason, PASSED_OVER)


NO_SUCH_DATE = "no-such-date"
"""The cause of a date that is none: whatever the cell may mean, it is wrong."""


def withdrawn(found: Judgement, why: str) -> Judgement:
    """A withdrawn judgement, where the cell may mean something other than assumed."""
    if found.cause == NO_SUCH_DATE:
        return found
    return found._replace(
        verdict="unsupported", cause=None, reason=f"{found.reason}; {why}", false_items=()
    )


def is_slip_of_length(found: Judgement) -> bool:
    """Whether a context length is a digit away from the right one, and one that nobody would choose."""
    return (
        found.cause == "digit-slip"
        and found.attribute == "context_length"
        and all(item.low is not None and is_no_length(item) for item in found.false_items)
    )


def is_no_length(item: Item) -> bool:
    """Whether nobody would choose a number of tokens for a context.

    Lengths are multiples of 256 or of 500 tokens, or next to one: 6,048 and 2,548 are slips. None is longer
    than some hundred millions.
    """
    value = int(item.value)
    near = any(min(value % step, -value % step) <= _NEXT_TO for step in (256, 500))
    return value > _LONGEST_CONTEXT or not (near or item.scale)


_NEXT_TO = 2
_LONGEST_CONTEXT = 200_000_000


_GRAVITY = (
    "misplaced", "wrong", "rumour", "partly-wrong", "disputed", "misspelt", "agrees-normalised", "agrees",
    "unsupported", "unreadable", "blank",
)  # fmt: skip


def gravest(found: Iterable[Judgement]) -> Judgement:
    """The most severe of several judgements of one cell; withheld counts like a rumour."""
    return min(found, key=_gravity)


def _gravity(found: Judgement) -> int:
    withheld = found.verdict == "unsupported" and found.cause == "undisclosed"
    return _GRAVITY.index("rumour" if withheld else found.verdict)
