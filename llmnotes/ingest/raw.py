"""What a reader of an outside format hands over: models as found, with what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from llmnotes.files import safe_text


@dataclass(slots=True)
class RawClaim:
    """One value of one attribute, as the source writes it or (`canonical`) as the store keeps it."""

    attribute: str
    value: Any
    locator: str | None = None
    status: str = "reported"
    note: str | None = None
    canonical: bool = False
    source: dict[str, Any] | None = None
    """The source where it is not the one of the whole import."""


@dataclass(slots=True)
class RawModel:
    """One model as the source names it.

    `publisher` is the organization as the source names it; `aliases` are names that mean this model
    for certain, not merely names like it; `variant` None means that the name decides.
    """

    name: str
    claims: list[RawClaim]
    title: str | None = None
    publisher: str | None = None
    aliases: tuple[str, ...] = ()
    variant: str | None = None
    size: str | None = None
    id: str | None = None
    """The id that the user chose for it; None lets its name decide."""
    popularity: int = 0
    """How many ask for it, as the source counts: downloads, or providers that offer it."""


_KEPT = 3
"""Examples that a remark keeps."""


@dataclass(slots=True)
class Remarks:
    """What a reader left out or took with a grain of salt: reason, how often, a few examples.

    `n_malformed` counts what was not of the type it should be, `malformed_examples` names the first.
    """

    reasons: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    n_malformed: int = 0
    malformed_examples: list[str] = field(default_factory=list)

    def leave_out(self, reason: str, example: str) -> None:
        """Count one thing left out for `reason`."""
        count, examples = self.reasons.get(reason, (0, []))
        if len(examples) < _KEPT:
            examples = [*examples, safe_text(example, 80) or "?"]
        self.reasons[reason] = (count + 1, examples)

    def malformed(self, place: str, what: str, kind: str | None = None) -> None:
        """Count one thing left out because it is not what the format says.

        `kind` is `what` without the value, where many that differ in it count as one reason.
        """
        self.leave_out(f"malformed: {kind or what}", place)
        self.n_malformed += 1
        if len(self.malformed_examples) < _KEPT:
            self.malformed_examples.append(f"{safe_text(place, 120) or '?'}: {what}")


@dataclass(slots=True)
class RawContents:
    """All that a source holds: who speaks, and the models it speaks of.

    `total` is how many models there are, where that is known before they are read.
    """

    format: str
    source: dict[str, Any]
    models: Iterable[RawModel]
    remarks: Remarks
    layer: str = "imported"
    total: int | None = None
    notices: list[str] = field(default_factory=list)
    """What the user should know of the source as a whole: that it came from a cache, and how old."""
