"""Coverage: whether the claims about a model cover its architecture, and its training.

docs/conventions.md gives the same definition in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

ARCHITECTURE = ("architecture", "params_total", "n_layers", "d_model", "vocab_size")
"""Attributes that must all have a value before the architecture counts as known."""

TRAINING = (
    "training_data", "training_tokens", "batch_size", "optimizer", "learning_rate", "lr_schedule",
    "warmup", "weight_decay", "dropout", "gradient_clipping", "precision", "training_compute",
    "hardware",
)  # fmt: skip
"""Attributes of the pretraining run; more than half must have a value before training counts as known."""

FORMULA = "coverage-of-claims"
"""The source of the coverage value, which is computed."""

_ENOUGH = len(TRAINING) // 2 + 1
_ORDER = ("withheld", "architecture", "full")
_CLOSED = frozenset({"api-only", "unreleased"})
_SAID = frozenset({"reported", "derived", "not-applicable"})


class StatedValue(Protocol):
    """The part of a claim that coverage depends on."""

    @property
    def value(self) -> Any:
        """Its value."""

    @property
    def status(self) -> str:
        """Status of the claim."""


Claims = Mapping[str, Sequence[StatedValue]]
"""Claims of one model by attribute, the resolving one first."""


class Coverage(NamedTuple):
    """The coverage term, what it was counted from, and what is missing for the next higher term."""

    term: str
    counted: str
    lacking: tuple[str, ...] = ()


def coverage(claims: Claims) -> Coverage | None:
    """The coverage of a model with these claims.

    `full`: every attribute of `ARCHITECTURE` and more than half of `TRAINING` are known; not-applicable
    counts as known. `architecture`: the former alone. `withheld`: the architecture is not completely known,
    and part of it is undisclosed or the weights are not available. None where none of these holds: the
    sources have not been searched yet.
    """
    shape = missing_shape(claims)
    training = [name for name in TRAINING if not _known(claims, name)]
    counted = (
        f"{len(ARCHITECTURE) - len(shape)} of {len(ARCHITECTURE)} attributes of the architecture, "
        f"{len(TRAINING) - len(training)} of {len(TRAINING)} of training"
    )
    if not shape:
        full = len(TRAINING) - len(training) >= _ENOUGH
        return Coverage("full" if full else "architecture", counted, tuple(training))
    availability = claims.get("availability")
    if any(name in claims and claims[name][0].status == "undisclosed" for name in shape) or (
        availability and availability[0].value in _CLOSED
    ):
        return Coverage("withheld", counted, shape)
    return None


def missing_shape(claims: Claims) -> tuple[str, ...]:
    """The attributes of `ARCHITECTURE` that have no value."""
    return tuple(name for name in ARCHITECTURE if not _known(claims, name))


def best(own: Coverage | None, base: str | None) -> bool:
    """Whether a model's own coverage is at least as high as `base`, that of the model it is based on."""
    return own is not None and (base is None or _ORDER.index(own.term) >= _ORDER.index(base))


def _known(claims: Claims, name: str) -> bool:
    found = claims.get(name)
    if found is None and name == "params_total":
        found = claims.get("params_reported")
    return found is not None and found[0].status in _SAID
