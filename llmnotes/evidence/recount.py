"""An exact count that a file derives, held against the shape in the same file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.records import Claim
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES
from llmnotes.sizing import count_parameters, from_attributes
from llmnotes.sizing.architecture import ENCODER
from llmnotes.sizing.parameters import FROM_SHAPE
from llmnotes.values import parse_value


def differing_count(claims: Mapping[str, list[Claim]]) -> tuple[int, int] | None:
    """The derived total in `claims` and the count of their shape, if they differ in every convention.

    None where they agree, where the total is not derived from the shape, or where the shape is
    incomplete or of an unsupported kind.
    """
    total = _best(claims.get("params_total", []))
    if total is None or total.source != FROM_SHAPE:
        return None
    shape = {name: value for name in claims if (value := _value(name, claims[name])) is not None}
    try:
        model = from_attributes(shape)
    except InputError:
        return None
    count, claimed = count_parameters(model), shape["params_total"]
    pooler = model.d_model**2 + model.d_model
    possible = {
        count.total, count.tied_total, count.untied_total, count.total + count.head_apart,
        *((count.total + pooler, count.total - pooler) if model.kind == ENCODER else ()),
    }  # fmt: skip
    return None if claimed in possible else (claimed, count.total)


def excused_counts(path: Path) -> set[tuple[str, int | None]]:
    """Subject and count of the named exceptions from the rule that counts follow from the shape."""
    raw = tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return {
        (item["subject"], item.get("value"))
        for item in raw.get("exception", ())
        if item.get("rule") == "parameters-differ-from-shape"
    }


def _best(claims: list[Claim]) -> Claim | None:
    """The preferred claim that has a value, else the first one."""
    known = [
        claim
        for claim in claims
        if claim.value is not None and claim.status not in TENTATIVE_STATUSES
    ]
    return next((claim for claim in known if claim.preferred), known[0] if known else None)


def _value(name: str, claims: list[Claim]) -> Any:
    best = _best(claims)
    return None if best is None else parse_value(ATTRIBUTES[name], best.value)
