"""The output of the readers of outside formats: models as found, with their claims."""

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
    """The source where it differs from that of the whole import."""


@dataclass(slots=True)
class RawModel:
    """One model as the source names it.

    `publisher` is the organization as the source names it; `aliases` are names of exactly this model, not
    merely similar ones; `variant` None means that it is inferred from the name.
    """

    name: str
    claims: list[RawClaim]
    title: str | None = None
    publisher: str | None = None
    aliases: tuple[str, ...] = ()
    variant: str | None = None
    size: str | None = None
    id: str | None = None
    """The id chosen by the user; None derives it from the name."""
    popularity: int = 0
    """Its popularity according to the source: downloads, or number of providers."""


_KEPT = 3
"""Examples kept per remark."""


@dataclass(slots=True)
class Remarks:
    """What a reader left out or doubted: reason, count, a few examples.

    `n_malformed` counts values of the wrong type, `malformed_examples` has the first of them.
    """

    reasons: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    n_malformed: int = 0
    malformed_examples: list[str] = field(default_factory=list)

    def leave_out(self, reason: str, example: str) -> None:
        """Count an item left out for `reason`."""
        count, examples = self.reasons.get(reason, (0, []))
        if len(examples) < _KEPT:
            examples = [*examples, safe_text(example, 80) or "?"]
        self.reasons[reason] = (count + 1, examples)

    def kept(self, text: str | None, what: str, place: str, most: int = 300) -> str | None:
        """A text as it is stored, on one line; what is beyond `most` characters is counted as left out."""
        if text and len(text) > most and len(" ".join(text.split())) > most:
            self.leave_out(f"the end of a {what} of more than {most:,} characters", place)
        return safe_text(text, most)

    def malformed(self, place: str, what: str, kind: str | None = None) -> None:
        """Count an item left out because it does not conform to the format.

        `kind` is `what` without the value, to count several values as one reason.
        """
        self.leave_out(f"malformed: {kind or what}", place)
        self.n_malformed += 1
        if len(self.malformed_examples) < _KEPT:
            self.malformed_examples.append(f"{safe_text(place, 120) or '?'}: {what}")


@dataclass(slots=True)
class RawContents:
    """The content of a source: its metadata, and its models.

    `total` is the number of models, where that is known before they are read.
    """

    format: str
    source: dict[str, Any]
    models: Iterable[RawModel]
    remarks: Remarks
    layer: str = "imported"
    total: int | None = None
    notices: list[str] = field(default_factory=list)
    """Notes on the source as a whole: that it came from a cache, and how old it is."""
