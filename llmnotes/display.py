"""Values as display text, the same in every view."""

from __future__ import annotations

from typing import Any, TypeVar

from llmnotes.quantities import compact, exact
from llmnotes.schema import Attribute
from llmnotes.values import pattern_of

UNKNOWN = "unknown"
WITHOUT_VALUE = {"undisclosed": "undisclosed", "not-applicable": "not applicable"}

_GREEK = {"beta1": "β1", "beta2": "β2", "eps": "ε", "theta": "θ"}

_Value = TypeVar("_Value")


def value_text(
    attribute: Attribute,
    value: Any,
    parameters: dict[str, Any] | None = None,
    *,
    short: bool = True,
) -> str:
    """The display text of a value; `short` rounds counts of parameters and tokens."""
    text = _plain(attribute, value, short)
    if parameters:
        numbers = ", ".join(
            f"{_GREEK.get(key, key)} {_scalar(item)}" for key, item in parameters.items()
        )
        text = f"{text} ({numbers})"
    return text


def figure_text(number: float, unit: str) -> str:
    """A computed figure with its unit: `128 KiB`, `13.5 GFLOP`, `27.6 %`, `6.74B`."""
    if unit == "fraction":
        return f"{number * 100:.3g} %"
    if unit == "bytes":
        return _scaled(number, 1024, ("bytes", "KiB", "MiB", "GiB", "TiB", "PiB"))
    if unit == "FLOP":
        return _scaled(number, 1000, ("FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP", "PFLOP", "EFLOP"))
    return _large(number, True)


def _scaled(number: float, step: int, units: tuple[str, ...]) -> str:
    for unit in units[:-1]:
        if abs(number) < step:
            return f"{number:.4g} {unit}"
        number /= step
    return f"{number:.4g} {units[-1]}"


def status_text(status: str | None) -> str:
    """The text of a cell without a value: undisclosed, not applicable or unknown."""
    return WITHOUT_VALUE.get(status or "", UNKNOWN)


def _plain(attribute: Attribute, value: Any, short: bool) -> str:
    pattern = pattern_of(value)
    if pattern is not None:
        return pattern.replace(",", ", ")
    kind = attribute.kind
    if kind == "integer":
        numbers = value if isinstance(value, list) else [value]
        return " or ".join(_count(attribute, number, short) for number in numbers)
    if kind == "number":
        return exact(value)
    if kind == "flag":
        return "yes" if value else "no"
    if kind == "batch":
        stages = " → ".join(_large(stage, short) for stage in value["stages"])
        return f"{stages} {value['unit']}"
    if kind == "quantity":
        if value["unit"] == "fraction":
            return f"{value['value'] * 100:g} % of training"
        return f"{_large(value['value'], short)} {value['unit']}"
    if kind == "datasets":
        return ", ".join(_dataset(item) for item in value)
    if kind == "results":
        return ", ".join(result_text(item) for item in value)
    if attribute.is_list:
        return ", ".join(str(item) for item in value)
    return str(value)


def _count(attribute: Attribute, number: int, short: bool) -> str:
    if attribute.unit in {"parameters", "tokens"} and not attribute.binary:
        return _large(number, short)
    return exact(number)


def _large(number: float, short: bool) -> str:
    return compact(number) if short and abs(number) >= 1_000_000 else exact(number)


def without_point(value: _Value) -> _Value | int:
    """A whole number as an integer, so that no point is shown; any other value unchanged."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return exact(value) if isinstance(value, int | float) else str(value)


def _dataset(item: dict[str, Any]) -> str:
    details = []
    if "weight" in item:
        details.append(f"{item['weight'] * 100:g} %")
    if "size" in item:
        details.append(_size(item["size"], item["unit"]))
    return f"{item['name']} ({', '.join(details)})" if details else str(item["name"])


def _size(size: float, unit: str) -> str:
    if unit == "bytes":
        for name, scale in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
            if size >= scale:
                return f"{size / scale:g} {name}"
    return f"{_large(size, True)} {unit}"


def result_name(item: dict[str, Any]) -> str:
    """The benchmark with its metric and setting, without the score."""
    details = ", ".join(item[key] for key in ("metric", "setting") if key in item)
    return f"{item['benchmark']} ({details})" if details else str(item["benchmark"])


def result_text(item: dict[str, Any]) -> str:
    """The benchmark with its metric, setting and score."""
    return f"{result_name(item)} {item['score']:g}" if "score" in item else result_name(item)
