"""Effects of differences: parameters, active share, KV cache and compute of each subject.

Figures are computed from the resolved attributes by `llmnotes.sizing`. The figure of a family is a range
where its members differ; ratios pair the members nearest in size. A figure that cannot be computed is None.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

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

Bounds = tuple[float, float]


class Pair(NamedTuple):
    """A member of the first subject and the member of another subject nearest to it in size."""

    first: str
    second: str
    ratio: float


class Effect(NamedTuple):
    """One quantity of every subject, and its ratios to the first subject.

    `pairs` has a list for each subject but the first.
    """

    quantity: str
    label: str
    unit: str
    values: list[Bounds | None]
    pairs: list[list[Pair]]

    @property
    def ratios(self) -> list[Bounds | None]:
        """The ratio of each subject's figure to the first's: the smallest and the largest of its pairs."""
        return [
            (min(pair.ratio for pair in pairs), max(pair.ratio for pair in pairs))
            if pairs
            else None
            for pairs in self.pairs
        ]

    def as_json(self) -> dict[str, Any]:
        """`values` and `ratio` hold a number, `[low, high]` where members differ, or null.

        `ratio` is that of the second to the first subject, `pairs` names the members it is computed for;
        with more subjects each is a list with one item per subject.
        """
        ratios = [_plain(ratio) for ratio in self.ratios]
        pairs = [
            [{"from": pair.first, "to": pair.second, "ratio": pair.ratio} for pair in of]
            for of in self.pairs
        ]
        return {
            "quantity": self.quantity,
            "label": self.label,
            "unit": self.unit,
            "values": [_plain(value) for value in self.values],
            "ratio": ratios[0] if len(ratios) == 1 else ratios,
            "pairs": pairs[0] if len(pairs) == 1 else pairs,
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
        lambda model: kv_cache_per_token(model, "bf16").value or None,  # an encoder has no cache
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


class ModelClaims(Protocol):
    """A source of the claims of models: the base, or configurations."""

    def of_model(self, model: str) -> Statements:
        """All claims that hold for a model, by attribute, the resolving claim first."""


def effects(
    claims: ModelClaims,
    subjects: Iterable[Sequence[str]],
    architectures: Mapping[str, Architecture] = MappingProxyType({}),
) -> list[Effect]:
    """The effects of subjects, each given as the ids of its models.

    `architectures` are those known from other sources than claims.
    """
    first, *others = [
        [_SizedModel(model, claims.of_model(model), architectures.get(model)) for model in models]
        for models in subjects
    ]
    matched = [_nearest(first, members) for members in others]
    found: list[Effect] = []
    for quantity, label, unit, figure in QUANTITIES:
        figures = {
            member.id: member.figure(quantity, figure) for of in (first, *others) for member in of
        }
        values = [_bounds([figures[member.id] for member in of]) for of in (first, *others)]
        pairs = [list(_pairs(of, figures)) for of in matched]
        if not any(values):
            continue
        # The growth of the cache is informative only where windows limit it for some model.
        if quantity != _GROWTH or values != found[-1].values:
            found.append(Effect(quantity, label, unit, values, pairs))
    return found


def figures(model: str, statements: Statements) -> dict[str, float | None]:
    """Every quantity of one model by its id; None where it cannot be computed."""
    member = _SizedModel(model, statements)
    return {quantity: member.figure(quantity, figure) for quantity, _, _, figure in QUANTITIES}


class _SizedModel:
    """A model of a subject: its architecture where known, and its published size."""

    def __init__(
        self, model: str, statements: Statements, known: Architecture | None = None
    ) -> None:
        self.id = model
        self._architecture = known or architecture(statements)
        self._published = _published(statements)

    def figure(self, quantity: str, figure: Callable[[Architecture], float | None]) -> float | None:
        if quantity == "params_total" and self._published:
            return self._published
        return figure(self._architecture) if self._architecture is not None else None

    @property
    def size(self) -> float | None:
        return self.figure("params_total", QUANTITIES[0][3])


def _nearest(
    first: Sequence[_SizedModel], others: Sequence[_SizedModel]
) -> list[tuple[_SizedModel, _SizedModel]]:
    """Pairs of the members nearest in size, one for each member of the smaller side.

    Where there is only one pairing, sizes need not be known.
    """
    if len(first) == len(others) == 1:
        return [(first[0], others[0])]
    if len(first) < len(others):
        return [(one, other) for other, one in _nearest(others, first)]
    return [
        (min(first, key=lambda one: _distance(one, other)), other)
        for other in others
        if other.size and any(one.size for one in first)
    ]


def _distance(one: _SizedModel, other: _SizedModel) -> float:
    return abs(math.log(one.size / other.size)) if one.size and other.size else math.inf


def _pairs(
    matched: Iterable[tuple[_SizedModel, _SizedModel]], figures: Mapping[str, float | None]
) -> Iterator[Pair]:
    for one, other in matched:
        before, after = figures[one.id], figures[other.id]
        if before and after is not None:
            yield Pair(one.id, other.id, after / before)


# A larger deviation from the published total means that the shape is of another architecture.
_FAR = 0.01


def agree_on_total(described: Architecture, total: float | None) -> None:
    """Raise `InputError` where a shape's count deviates from the model's own total by more than 1 %.

    The attributes then leave out some kind of layer, which makes every figure wrong, not just the count.
    """
    counted = count_parameters(described).total
    if not total or abs(total - counted) <= _FAR * total:
        return
    from llmnotes.checks.rounding import rounds_to  # here as it loads decimal and is rarely needed

    if not rounds_to(counted, int(total)):
        raise InputError(
            f"its attributes describe {counted:,} parameters and it has {total:,}: one of them is "
            "wrong, or what its layers differ in has no attribute"
        )


def described(values: Mapping[str, Any]) -> Architecture:
    """The architecture described by a model's resolved values.

    Raises:
        InputError: they are incomplete, or contradict the model's own total.
    """
    found = from_attributes(values)
    agree_on_total(found, values.get("params_total"))
    return found


def architecture(statements: Statements) -> Architecture | None:
    """The architecture described by a model's claims; None where they are incomplete."""
    try:
        return described(certain_values(statements)[0])
    except InputError:
        return None


def _published(statements: Statements) -> float | None:
    count = certain_values(statements)[0].get("params_total")
    return None if count is None else float(count)


def _bounds(numbers: list[float | None]) -> Bounds | None:
    """The minimum and maximum; None where a member's figure cannot be computed."""
    known = [number for number in numbers if number is not None]
    return (min(known), max(known)) if known and len(known) == len(numbers) else None
