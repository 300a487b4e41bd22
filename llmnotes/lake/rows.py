"""Normalizes raw configurations to one row each: a pure function on Arrow batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError
from llmnotes.files import safe_text
from llmnotes.ingest.model_config import described
from llmnotes.lake.schema import EXACT, KV_DTYPE, REFUSED, schema
from llmnotes.model_files.config_file import config_of
from llmnotes.relational.arrow import json_text, pyarrow_module
from llmnotes.resolve import columns_of
from llmnotes.schema import ATTRIBUTES
from llmnotes.sizing import Architecture, kv_cache_per_token
from llmnotes.values import parse_value

if TYPE_CHECKING:
    import pyarrow

INPUT = ("id", "config")
"""The columns of the input."""

_PLACE = "config.json"
_LONGEST_REASON = 400
"""Characters kept of why a configuration was not read."""
_NAMED = 6
"""The number of columns that an error names."""


def normalize(batch: pyarrow.RecordBatch) -> pyarrow.RecordBatch:
    """Normalized attributes, exact parameter counts and the KV cache of raw configurations.

    `batch` has the texts `id` and `config`, a configuration of any program that `estimate` supports; other
    columns are dropped. Each of its rows gives one row in the same position, with the columns of
    `llmnotes.lake.schema`: a configuration that is not understood is `refused` in `status`, with one
    sentence in `reason`. Rows are independent of each other, so a batch may be of any size.

    Raises `InputError` where a column is missing or not text, or pyarrow is not installed.
    """
    pa = pyarrow_module()
    import pyarrow.compute  # noqa: F401 - what `pa.compute` is

    ids, configs = (text_column(pa, batch, name) for name in INPUT)
    rows = [normalized(text.as_py()) for text in configs.cast(pa.binary())]
    refused = pa.array([row["status"] == REFUSED for row in rows], pa.bool_())
    given = {"id": ids, "config": pa.compute.if_else(refused, None, configs)}
    wanted = schema()
    columns = [
        given[field.name] if field.name in given
        else pa.array([row.get(field.name) for row in rows], type=field.type)
        for field in wanted
    ]  # fmt: skip
    return pa.RecordBatch.from_arrays(columns, schema=wanted)


def text_column(pa: Any, rows: Any, name: str) -> Any:
    """The column of a batch or table; raises `InputError` where it is missing or not text."""
    names = rows.schema.names
    if names.count(name) != 1:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        shown = (", ".join(names[:_NAMED]) or "none") + more
        raise InputError(f"configurations need one column `{name}`; the columns are {shown}")
    kind = rows.schema.field(name).type
    text = kind.value_type if pa.types.is_dictionary(kind) else kind
    kinds = (
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_null,
    )
    if not any(is_kind(text) for is_kind in kinds):
        raise InputError(f"the column `{name}` must hold texts, not {kind}")
    return rows.column(names.index(name)).cast(pa.string())


def normalized(config: bytes | None) -> dict[str, Any]:
    """The row of one configuration, without its id; missing values are left out."""
    if config is None:
        return _refused("there is no configuration")
    try:
        return _row(config)
    except InputError as error:
        return _refused(str(error))
    except Exception as error:  # one row of outside data must not end a run of millions
        kind = type(error).__name__
        return _refused(f"{_PLACE}: its values are not of the types a reader expects ({kind})")


def _row(config: bytes) -> dict[str, Any]:
    file = config_of(config, _PLACE)
    architecture = file.architecture()
    row: dict[str, Any] = {}
    for claim in described(file, architecture):
        if claim.attribute not in row:
            row.update(_columns(claim.attribute, claim.value, canonical=claim.canonical))
    if "params_total" not in row:
        return _refused(f"{_PLACE}: it counts no parameters, or more than 2^63")
    row["not_counted"] = _beside(architecture)
    row["kv_cache_bytes_per_token"] = float(kv_cache_per_token(architecture, KV_DTYPE).value)
    row["status"] = EXACT
    return row


def _columns(name: str, value: Any, *, canonical: bool) -> dict[str, Any]:
    attribute = ATTRIBUTES[name]
    if not canonical and type(value) is not int:
        value = parse_value(attribute, value)
    found = columns_of(attribute, value)
    kinds = found[name]
    return found if not isinstance(kinds, list) else {**found, name: json_text(kinds)}


def _beside(architecture: Architecture) -> str | None:
    return "; ".join(f"{what}: {why}" for what, why in architecture.not_counted) or None


def _refused(reason: str) -> dict[str, Any]:
    shown = reason.removeprefix(f"{_PLACE}: ").encode("utf-8", "replace").decode()
    return {"status": REFUSED, "reason": safe_text(shown, _LONGEST_REASON) or "refused"}
