"""Values of attributes: from what people write to one canonical, JSON-ready form.

| kind | canonical form |
| --- | --- |
| integer | `4096`; a set `[8192, 32768]`; per layer `{"runs": [[5, 4], [1, 8]]}` |
| number, flag, text, date | the number, true or false, the text, `2023-02` |
| term | the term; per layer `{"runs": [[5, "sliding"], [1, "full"]]}` |
| terms, texts, organizations, models | a list of them |
| batch | `{"stages": [512, 1024], "unit": "sequences"}`, a plain batch has one stage |
| quantity | `{"value": 2000, "unit": "steps"}` |
| datasets | a list of `{"name", "size", "unit", "weight"}`, absent keys left out |
| results | a list of `{"benchmark", "metric", "score", "setting"}`, likewise |

Runs are repeated until every layer has one: `5×sliding,1×full` is five sliding layers, one full,
five sliding, and so on; runs that add up to the number of layers stand for themselves. A period
that repeats within them is written once: `22×(3×linear,1×MLA),3×linear,2×MLA`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from llmnotes import dates, quantities
from llmnotes.errors import InputError
from llmnotes.pattern import late
from llmnotes.schema import Attribute
from llmnotes.vocabulary import canonical

_MOST_LAYERS = 10_000
_RUN = late(r"\s*(\d+)\s*[×x*]\s*(.+?)\s*$")
_PERIOD = late(r"(\d+)\s*[×x*]\s*\(([^()]*)\)")


def parse_value(attribute: Attribute, raw: Any, place: str = "") -> Any:
    """The canonical form of `raw` for `attribute`.

    Raises `InputError` that begins with `place` and gives the correction.
    """
    try:
        if isinstance(raw, list) and not raw:
            raise InputError("an empty list says nothing; leave the attribute out")
        if attribute.many and isinstance(raw, list):
            found = sorted({_integer(attribute, item) for item in raw})
            return found if len(found) > 1 else found[0]
        if attribute.per_layer and isinstance(raw, str) and ("," in raw or _RUN.match(raw)):
            return _runs(attribute, raw)
        return _PARSERS[attribute.kind](attribute, raw)
    except InputError as error:
        raise InputError(f"{place}{attribute.id}: {error}") from error
    except (TypeError, LookupError, AttributeError, ValueError, ArithmeticError) as error:
        raise InputError(
            f"{place}{attribute.id}: {_shown(raw)} is not a value of kind {attribute.kind!r}"
        ) from error


def _shown(raw: object) -> str:
    try:
        text = repr(raw)
    except ValueError:  # Python prints no number of more than 4,300 digits
        return "a number of thousands of digits"
    return text if len(text) <= 60 else text[:57] + "..."


def _integer(attribute: Attribute, raw: Any) -> int:
    if isinstance(raw, bool):
        raise InputError(f"{_shown(raw)} is not a number")
    if isinstance(raw, str):
        quantity = quantities.parse(raw, binary=attribute.binary)
        if quantity.unit and attribute.unit and not attribute.unit.startswith(quantity.unit[:5]):
            raise InputError(f"{_shown(raw)} is in {quantity.unit!r}, expected {attribute.unit}")
        number = quantity.integer
    elif isinstance(raw, float) and not raw.is_integer():
        raise InputError(f"{_shown(raw)} is not a whole number")
    else:
        number = int(raw)
    return _count(number, raw)


def _count(number: int, raw: object) -> int:
    """`number` where the store can hold it; raises `InputError` otherwise."""
    if not 0 <= number < 2**63:
        raise InputError(f"{_shown(raw)} is outside the range of a count")
    return number


def _number(_: Attribute, raw: Any) -> float:
    if isinstance(raw, bool):
        raise InputError(f"{_shown(raw)} is not a number")
    number = float(quantities.parse(raw).value) if isinstance(raw, str) else float(raw)
    if not math.isfinite(number):
        raise InputError(f"{_shown(raw)} is not a finite number")
    return number


def _flag(_: Attribute, raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word in {"yes", "true", "1"}:
        return True
    if word in {"no", "false", "0"}:
        return False
    raise InputError(f"{raw!r} is neither yes nor no")


def _text(_: Attribute, raw: Any) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise InputError(f"{_shown(raw)} is not a text")
    return " ".join(raw.split())


def _term(attribute: Attribute, raw: Any) -> str:
    return canonical(str(attribute.vocabulary), _text(attribute, raw))


def _list_of(parse: Callable[[Attribute, Any], Any]) -> Callable[[Attribute, Any], list[Any]]:
    def parse_list(attribute: Attribute, raw: Any) -> list[Any]:
        items = raw if isinstance(raw, list) else [raw]
        return list(dict.fromkeys(parse(attribute, item) for item in items))

    return parse_list


def _runs(attribute: Attribute, raw: str) -> Any:
    runs: list[list[Any]] = []
    for part in _outside_parentheses(raw):
        match = _PERIOD.fullmatch(part.strip())
        times, text = (_layers(match[1], part), match[2]) if match else (1, part)
        period = [_run(attribute, run) for run in text.split(",")]
        if times * len(period) > _MOST_LAYERS:
            raise InputError(f"{part!r} has more than {_MOST_LAYERS:,} layers")
        for count, value in period * times:
            if runs and runs[-1][1] == value:
                runs[-1][0] += count
            else:
                runs.append([count, value])
    return runs[0][1] if len(runs) == 1 else {"runs": runs}


def _outside_parentheses(raw: str) -> Iterator[str]:
    """The parts of `raw` between commas that no parenthesis holds."""
    depth = start = 0
    for at, sign in enumerate(raw):
        if sign == "," and depth == 0:
            yield raw[start:at]
            start = at + 1
        elif sign in "()":
            depth += 1 if sign == "(" else -1
    yield raw[start:]


def _run(attribute: Attribute, part: str) -> tuple[int, Any]:
    match = _RUN.match(part)
    count, text = (_layers(match[1], part), match[2]) if match else (1, part)
    return count, _PARSERS[attribute.kind](attribute, text)


def _layers(count: str, part: str) -> int:
    if not 1 <= int(count) <= _MOST_LAYERS:
        raise InputError(f"{part!r} repeats {count} layers")
    return int(count)


def _batch(attribute: Attribute, raw: Any) -> dict[str, Any]:
    stages = [quantities.parse(str(part)) for part in (raw if isinstance(raw, list) else [raw])]
    units = {canonical("batch_unit", stage.unit) for stage in stages if stage.unit}
    if len(units) != 1:
        raise InputError(f"{_shown(raw)} needs one unit, tokens or sequences")
    return {"stages": [_count(stage.integer, raw) for stage in stages], "unit": units.pop()}


def _quantity(attribute: Attribute, raw: Any) -> dict[str, Any]:
    quantity = quantities.parse(str(raw))
    if quantity.unit is None:
        raise InputError(f"{raw!r} needs a unit")
    number = _number(attribute, float(quantity.value))
    unit = canonical(str(attribute.vocabulary), quantity.unit)
    return {"value": _count(int(number), raw) if number.is_integer() else number, "unit": unit}


def _datasets(attribute: Attribute, raw: Any) -> list[dict[str, Any]]:
    found = []
    for item in raw if isinstance(raw, list) else [raw]:
        item = {"name": item} if isinstance(item, str) else dict(item)
        _only(item, {"name", "size", "unit", "weight"})
        dataset: dict[str, Any] = {"name": _text(attribute, item["name"])}
        if "size" in item:
            size = quantities.parse(f"{item['size']} {item.get('unit', '')}".strip())
            if size.unit is None:
                raise InputError(f"the size of {item['name']!r} needs a unit")
            dataset |= {
                "size": _number(attribute, float(size.value)),
                "unit": _data_unit(size.unit),
            }
            scale = _BYTE_SCALES.get(size.unit.upper())
            if scale:
                dataset["size"] *= scale
            if dataset["size"].is_integer():
                dataset["size"] = int(dataset["size"])
        if "weight" in item:
            weight = _number(attribute, item["weight"])
            if not 0 < weight <= 1:
                raise InputError(f"weight {weight} of {item['name']!r} is not between 0 and 1")
            dataset["weight"] = weight
        found.append(dataset)
    return found


_BYTE_SCALES = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "GIB": 2**30, "TIB": 2**40}


def _data_unit(unit: str) -> str:
    return "bytes" if unit.upper() in _BYTE_SCALES else canonical("data_unit", unit)


def _results(attribute: Attribute, raw: Any) -> list[dict[str, Any]]:
    found = []
    for item in raw if isinstance(raw, list) else [raw]:
        item = {"benchmark": item} if isinstance(item, str) else dict(item)
        _only(item, {"benchmark", "metric", "score", "setting"})
        result: dict[str, Any] = {"benchmark": _text(attribute, item["benchmark"])}
        for key in ("metric", "setting"):
            if key in item:
                result[key] = _text(attribute, item[key])
        if "score" in item:
            result["score"] = _number(attribute, item["score"])
        found.append(result)
    return found


def _only(item: dict[str, Any], allowed: set[str]) -> None:
    extra = set(item) - allowed
    if extra:
        raise InputError(f"unknown key {min(extra)!r}; allowed: {', '.join(sorted(allowed))}")


_PARSERS: dict[str, Callable[[Attribute, Any], Any]] = {
    "integer": _integer,
    "number": _number,
    "flag": _flag,
    "term": _term,
    "terms": _list_of(_term),
    "text": _text,
    "texts": _list_of(_text),
    "date": lambda _, raw: dates.parse(str(raw)),
    "batch": _batch,
    "quantity": _quantity,
    "datasets": _datasets,
    "results": _results,
    "organizations": _list_of(_text),
    "models": _list_of(_text),
}


def kinds_of(value: Any) -> list[Any]:
    """The distinct values of a per-layer value, in the order of the layers."""
    if isinstance(value, dict) and "runs" in value:
        return list(dict.fromkeys(run[1] for run in value["runs"]))
    return [value]


def pattern_of(value: Any) -> str | None:
    """The run-length pattern of a per-layer value, `5×sliding,1×full`; None where all layers agree."""
    if isinstance(value, dict) and "runs" in value:
        return ",".join(_folded([f"{count}×{item}" for count, item in value["runs"]]))
    return None


def _folded(runs: list[str]) -> Iterator[str]:
    """The runs, a period that repeats written once with how often: `22×(3×linear,1×MLA)`."""
    start = 0
    while start < len(runs):
        length, times = _period(runs, start)
        if times > 1:
            yield f"{times}×({','.join(runs[start : start + length])})"
        else:
            yield runs[start]
        start += length * times


def _period(runs: list[str], start: int) -> tuple[int, int]:
    """The length of the period from `start` that covers most runs, and how often it stands there."""
    best = (1, 1)
    for length in range(2, (len(runs) - start) // 2 + 1):
        period, times = runs[start : start + length], 1
        while runs[start + length * times : start + length * (times + 1)] == period:
            times += 1
        if times > 1 and length * times > best[0] * best[1]:
            best = (length, times)
    return best


def elements(attribute: Attribute, value: Any) -> list[Any]:
    """The elements of a value that filters match: list items, set members, layer kinds."""
    if attribute.kind == "datasets":
        return [item["name"] for item in value]
    if attribute.kind == "results":
        return list(dict.fromkeys(item["benchmark"] for item in value))
    if attribute.is_list or isinstance(value, list):
        return list(value)
    return kinds_of(value)
