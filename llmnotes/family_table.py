"""The compact form of a family file: a table of sizes, each row of which gives a model claims.

    [[sizes]]
    columns = ["model", "n_layers", "d_model", "config"]
    rows = [
      ["toy-1b", 12, 768, "models/1B.yml"],
      ["toy-7b", 32, 4096, "models/7B.yml"],
    ]

    [sizes.claims]
    n_layers = { source = "toy-code", at = "{config} num-layers", printed = "num-layers: {n_layers}" }
    d_model = { source = "toy-code", at = "{config} hidden-size", printed = "hidden-size: {d_model}" }
    n_decoder_layers = { value = "{n_layers}", status = "derived", source = "product", at = "n_layers" }

A column is called as an attribute and holds its values, or holds words for the texts of claims. In a
text `{column}` stands for what the row has there, `{column:,}` for a number with commas; a `value` that
is nothing else is what the row has, a number a number. A claim without `value` takes the column of
its attribute. Where a row has "" the claims that need the column are left out. What a model claims
itself comes after what a table claims of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from llmnotes.errors import InputError, unknown
from llmnotes.pattern import late

_WITHOUT_VALUE = frozenset({"undisclosed", "not-applicable"})
_COLUMN = late(r"\{(?P<name>[a-z0-9_]+)(?P<commas>:,)?\}")
_KEYS = ("columns", "rows", "claims")

Keys = tuple[str | int, ...]
"""Keys and indices from the top of the file: `("models", 1, "claims", "d_model", 0)`."""


class WrittenOut(NamedTuple):
    """A family with the claims of its tables moved to its models, and the original place of each."""

    family: dict[str, Any]
    places: dict[Keys, Keys]


def written_out(raw: Mapping[str, Any]) -> WrittenOut:
    """Expand the tables of sizes of a family into claims of its models.

    Raises `InputError` that names the table, the row or the claim, and the correction.
    """
    family = {key: value for key, value in raw.items() if key != "sizes"}
    places: dict[Keys, Keys] = {}
    if "sizes" not in raw:
        return WrittenOut(family, places)
    models = raw.get("models")
    family["models"] = [
        {**model, "claims": dict(model.get("claims", {}))} if isinstance(model, dict) else model
        for model in (models if isinstance(models, list) else [])
    ]
    tables = raw["sizes"]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise InputError("sizes: is no table; write [[sizes]] above its keys")
    for number, table in enumerate(tables):
        _write(table, number, family["models"], places)
    return WrittenOut(family, places)


def _write(table: dict[str, Any], number: int, models: list[Any], places: dict[Keys, Keys]) -> None:
    """Add the claims of one table to its models."""
    place = f"sizes.{number}"
    columns, claims = _parts(table, place)
    numbers = {
        model["id"]: at
        for at, model in enumerate(models)
        if isinstance(model, dict) and isinstance(model.get("id"), str)
    }
    seen: set[str] = set()
    for at, row in enumerate(table["rows"]):
        here = f"{place}.rows.{at}"
        if not isinstance(row, list) or len(row) != len(columns):
            size = len(row) if isinstance(row, list) else 1
            raise InputError(f"{here}: has {size} values for {len(columns)} columns")
        cells = dict(zip(columns, row, strict=True))
        model = str(cells["model"])
        if model not in numbers:
            raise unknown("model", model, numbers, f"{here}: ")
        if model in seen:
            raise InputError(f"{here}: {model} has a row already; put both into one")
        seen.add(model)
        own = models[numbers[model]]["claims"]
        for attribute, said in claims.items():
            found = [
                claim
                for item in (said if isinstance(said, list) else [said])
                if (claim := _claim(attribute, item, cells, f"{place}.claims.{attribute}"))
            ]
            if found:
                more = own.get(attribute, [])
                own[attribute] = [*found, *(more if isinstance(more, list) else [more])]
                places["models", numbers[model], "claims", attribute] = (
                    "sizes",
                    number,
                    "rows",
                    at,
                )


def _parts(table: dict[str, Any], place: str) -> tuple[list[str], dict[str, Any]]:
    """The columns and the claims of a table; raises `InputError` where they do not fit each other."""
    for key in table:
        if key not in _KEYS:
            raise unknown("key", key, _KEYS, f"{place}: ")
    for key, kind in zip(_KEYS, (list, list, dict), strict=True):
        if not isinstance(table.get(key), kind):
            raise InputError(f"{place}.{key}: is missing; a table has columns, rows and claims")
    columns: list[str] = table["columns"]
    if columns[:1] != ["model"] or len(set(map(str, columns))) != len(columns):
        raise InputError(
            f'{place}.columns: are a list of different names, of which the first is "model"'
        )
    used = {"model", *table["claims"]}
    for attribute, said in table["claims"].items():
        for item in said if isinstance(said, list) else [said]:
            if not isinstance(item, dict):
                raise InputError(f"{place}.claims.{attribute}: is no claim; write {{source, at}}")
            for name in _named(item):
                if name not in columns:
                    raise unknown("column", name, columns, f"{place}.claims.{attribute}: ")
                used.add(name)
    for name in columns:
        if name not in used:
            raise InputError(f"{place}.columns: no claim uses {name!r}; leave it out")
    return columns, table["claims"]


def _named(value: Any) -> Iterator[str]:
    """The columns that a claim's texts refer to."""
    if isinstance(value, str):
        yield from (match["name"] for match in _COLUMN.finditer(value))
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _named(item)


def _claim(
    attribute: str, said: dict[str, Any], cells: dict[str, Any], place: str
) -> dict[str, Any] | None:
    """The claim for one row; None where a column that it needs is blank."""
    if "value" not in said and said.get("status") not in _WITHOUT_VALUE:
        if attribute not in cells:
            raise InputError(f"{place}: `value` is missing, and no column is called {attribute}")
        said = {"value": f"{{{attribute}}}", **said}
    if any(cells[name] == "" for name in _named(said)):
        return None
    return {key: _filled(value, cells, place, typed=key in _TYPED) for key, value in said.items()}


_TYPED = frozenset({"value", "parameters"})
"""Keys of a claim whose values may be numbers; all others are texts."""


def _filled(value: Any, cells: dict[str, Any], place: str, *, typed: bool) -> Any:
    if isinstance(value, list):
        return [_filled(item, cells, place, typed=typed) for item in value]
    if isinstance(value, dict):
        return {key: _filled(item, cells, place, typed=typed) for key, item in value.items()}
    if not isinstance(value, str):
        return value
    whole = _COLUMN.fullmatch(value)
    if typed and whole and not whole["commas"]:
        return cells[whole["name"]]
    return _COLUMN.sub(lambda match: _text(cells[match["name"]], match["commas"], place), value)


def _text(value: Any, commas: str | None, place: str) -> str:
    if commas and not isinstance(value, int):
        raise InputError(f"{place}: {value!r} is no whole number to be written with commas")
    return f"{value:,}" if commas else str(value)
