"""The form of a member and of its claims as written: kinds of values, sizes, repeated claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from llmnotes import quantities
from llmnotes.attributes.bounds import bounds
from llmnotes.attributes.parameters import PARAMETERS, other_names
from llmnotes.errors import InputError
from llmnotes.schema import Attribute
from llmnotes.spelling import nearest
from llmnotes.vocabulary import fold

_DIGITS = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_PARAMETERS = re.compile(r"(\d+(?:\.\d+)?)([KMBT])")
_SIZE_WORDS = frozenset({"tiny", "mini", "small", "medium", "base", "large", "xlarge", "xxlarge"})
_FACTOR = 1.8
"""Names round sizes up or down, and some count embeddings that others leave out."""

_WHOLE = 1.02
"""Shares are rounded, so that they may add up to a little more than one."""

Problem = tuple[str, str]
"""What is wrong, and the correction."""


def kind_problem(attribute: Attribute, raw: Any) -> Problem | None:
    """A value written as a string, or without its list, where the kind is another; None if fine."""
    if attribute.kind == "flag" and raw is not None and not isinstance(raw, bool):
        word = str(raw).lower()
        meant = {"yes": "true", "1": "true", "true": "true"}.get(word, "false")
        return f"{raw!r} is not true or false", f"write value = {meant}"
    if attribute.kind in {"integer", "number"} and isinstance(raw, str) and _DIGITS.fullmatch(raw):
        return f"the number {raw} is written as a text", f"write value = {raw}"
    if attribute.is_list and raw is not None and not isinstance(raw, list):
        return f"{raw!r} is not a list", f"write value = [{_toml(raw)}]"
    if attribute.id == "repository":
        for item in raw or ():
            if not re.match(r"https?://", str(item)):
                return f"{item!r} is not an address", "write it with https://"
    return None


def inner_problems(attribute: str, raw: Any, parameters: set[str]) -> Iterator[Problem]:
    """Parameters that the attribute has not, shares above the whole, and results given twice."""
    known = PARAMETERS.get(attribute, {})
    for name, meant in other_names(attribute, parameters):
        close = [meant] if meant else nearest(name, known) or list(known)
        repair = f"nearest: {', '.join(close)}" if close else "remove it, or say it in `note`"
        yield f"unknown parameter {name!r}", repair
    items = [item for item in raw if isinstance(item, dict)] if isinstance(raw, list) else []
    weights = [item["weight"] for item in items if isinstance(item.get("weight"), int | float)]
    if sum(weights) > _WHOLE:
        yield f"the shares add up to {sum(weights):g}", "write shares of one"
    seen: set[tuple[Any, ...]] = set()
    for item in items if attribute == "evaluation" else ():
        key = tuple(item.get(name) for name in ("benchmark", "metric", "setting"))
        if key in seen:
            yield f"{key[0]} is given twice in one setting", "keep one, or name the other's setting"
        seen.add(key)


def bound_problem(attribute: Attribute, value: Any) -> Problem | None:
    """A rate or share above the range in which every true value of the attribute lies."""
    if attribute.kind != "number" or not isinstance(value, int | float):
        return None
    for bound in bounds():
        of_all = bound.attribute == attribute.id and bound.before is None
        if of_all and bound.most is not None and bound.most <= 1 and value > bound.most:
            return f"{value:g} cannot be: {bound.reason}", "write it in the attribute's unit"
    return None


def repeated_names(raw: dict[str, Any]) -> list[str]:
    """Aliases that repeat the name or another alias of a subject."""
    aliases = raw.get("aliases")
    listed = [raw.get("name"), *(aliases if isinstance(aliases, list) else [])]
    return [str(name) for number, name in enumerate(listed) if name in listed[:number]]


def repetition(raws: list[Any]) -> Iterator[tuple[int, Problem]]:
    """Claims of one attribute that repeat an earlier one, or are preferred beside another."""
    seen: list[tuple[Any, ...]] = []
    preferred = 0
    for number, raw in enumerate(raws):
        if not isinstance(raw, dict):
            continue
        key = tuple(raw.get(name) for name in ("value", "source", "at", "status", "parameters"))
        if key in seen:
            yield number, ("repeats an earlier claim", "remove it, or name its other place")
        seen.append(key)
        preferred += raw.get("preferred") is True
        if preferred > 1 and raw.get("preferred"):
            yield number, ("is preferred beside another that is", "prefer one")


def size_problem(raw: dict[str, Any], claimed: list[int]) -> Problem | None:
    """A size that neither belongs to the name nor agrees with the parameters that are claimed."""
    size = raw.get("size")
    if not isinstance(size, str) or not claimed:
        return None
    names = fold(" ".join(map(str, (raw.get("name"), raw.get("id"), *raw.get("aliases", ())))))
    if not any(sign.isdigit() for sign in size):
        words = {fold(word) for word in re.findall(r"\w+", size)}
        if words & _SIZE_WORDS or any(word in names for word in words):
            return None
        return f"the size {size!r} is neither a figure nor part of the name", "write it as `7B`"
    if found := _PARAMETERS.fullmatch(size):
        number = quantities.parse(found[0]).integer
        if not any(total / _FACTOR < number < total * _FACTOR for total in claimed):
            return (
                f"the size {size} is not that of {claimed[0]:,} parameters",
                "correct the one or the other",
            )
    return None


def parameters_of(raw: Any) -> list[int]:
    """The numbers of parameters that the claims of a member give as values."""
    claims = raw.get("claims") if isinstance(raw, dict) else None
    found = []
    for name in ("params_reported", "params_total"):
        items = claims.get(name, []) if isinstance(claims, dict) else []
        for item in items if isinstance(items, list) else [items]:
            try:
                found.append(quantities.parse(str(item["value"])).integer)
            except (InputError, KeyError, TypeError, ValueError):
                continue
    return [number for number in found if number > 0]


def _toml(raw: Any) -> str:
    return f'"{raw}"' if isinstance(raw, str) else str(raw)
