"""What differences cost: parameters, active share, KV cache and compute of each subject.

Figures are worked out from the resolved attributes by `llmnotes.sizing`. A family spans its
members, so its figure is a range where they differ; what cannot be worked out is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from llmnotes.errors import InputError
from llmnotes.resolve import Statements, certain_values
from llmnotes.sizing import (
    Architecture,
    count_parameters,
    flops_per_token,
    from_attributes,
    kv_cache_growth,
    kv_cache_per_token,
)
from llmnotes.store.claims import Claims

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Effect:
    """One quantity of every subject, and its ratio to the first subject's."""

    quantity: str
    label: str
    unit: str
    values: list[Bounds | None]

    @property
    def ratios(self) -> list[Bounds | None]:
        """Each subject's figure over the first's, from the smallest to the largest quotient."""
        first = self.values[0]
        return [
            None
            if first is None or value is None or not first[0]
            else (value[0] / first[1], value[1] / first[0])
            for value in self.values[1:]
        ]

    def as_json(self) -> dict[str, Any]:
        """`values` and `ratio` hold a number, `[low, high]` where members differ, or null.

        `ratio` is of the second to the first subject; with more subjects it is a list of each to
        the first.
        """
        ratios = [_plain(ratio) for ratio in self.ratios]
        return {
            "quantity": self.quantity,
            "label": self.label,
            "unit": self.unit,
            "values": [_plain(value) for value in self.values],
            "ratio": ratios[0] if len(ratios) == 1 else ratios,
        }


def _plain(bounds: Bounds | None) -> Any:
    if bounds is None:
        return None
    low, high = (int(number) if float(number).is_integer() else number for number in bounds)
    return low if low == high else [low, high]


_GROWTH = "kv_cache_growth_bytes_per_token"

QUANTITIES: tuple[tuple[str, str, str, Callable[[Architecture], float | None]], ...] = (
    ("params_total", "Parameters", "parameters", lambda model: count_parameters(model).total),
    (
        "active_share",
        "Active share",
        "fraction",
        lambda model: count_parameters(model).active / count_parameters(model).total,
    ),
    (
        "kv_cache_bytes_per_token",
        "KV cache per token (bf16)",
        "bytes",
        lambda model: kv_cache_per_token(model, "bf16").value or None,  # an encoder keeps none
    ),
    (
        _GROWTH,
        "KV cache growth per token (bf16)",
        "bytes",
        lambda model: kv_cache_growth(model, "bf16").value if _caches(model) else None,
    ),
    (
        "flops_per_token",
        "Forward FLOPs per token",
        "FLOP",
        lambda model: flops_per_token(model).value,
    ),
)


def _caches(model: Architecture) -> bool:
    return bool(kv_cache_per_token(model).value)


def effects(claims: Claims, subjects: Iterable[Sequence[str]]) -> list[Effect]:
    """The effects of subjects, each given as the ids of its models."""
    members = [[architecture(claims.of_model(model)) for model in models] for models in subjects]
    published = [[_published(claims.of_model(model)) for model in models] for models in subjects]
    found: list[Effect] = []
    for quantity, label, unit, figure in QUANTITIES:
        values = []
        for models, totals in zip(members, published, strict=True):
            numbers = [figure(model) if model is not None else None for model in models]
            if quantity == "params_total":
                numbers = [total or number for total, number in zip(totals, numbers, strict=True)]
            values.append(_bounds(numbers))
        if not any(values):
            continue
        # The growth of the cache says something of its own only where windows end it somewhere.
        if quantity != _GROWTH or values != found[-1].values:
            found.append(Effect(quantity, label, unit, values))
    return found


def architecture(statements: Statements) -> Architecture | None:
    """The architecture that a model's claims describe; None where they do not say enough."""
    try:
        return from_attributes(certain_values(statements)[0])
    except InputError:
        return None


def _published(statements: Statements) -> float | None:
    count = certain_values(statements)[0].get("params_total")
    return None if count is None else float(count)


def _bounds(numbers: list[float | None]) -> Bounds | None:
    """A family whose members cannot all be worked out has no range to show."""
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if known and len(known) == len(numbers) else None
