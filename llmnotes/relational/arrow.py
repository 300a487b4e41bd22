"""Serialization of tables as Arrow and Parquet, with types, meanings and units in the schema."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError
from llmnotes.relational.typed import Field, TypedTable

if TYPE_CHECKING:
    import pyarrow

MISSING = "this needs pyarrow, which is not installed: `pip install 'llmnotes[arrow]'`"


def pyarrow_module() -> Any:
    """The pyarrow module; raises `InputError` with installation advice where it is missing."""
    try:
        import pyarrow as found
    except ImportError:
        raise InputError(MISSING) from None
    return found


def parquet(table: TypedTable) -> bytes:
    """The table as a Parquet file; output is deterministic."""
    pyarrow_module()
    import pyarrow.parquet as pq

    file = BytesIO()
    pq.write_table(arrow_table(table), file, compression="zstd")
    return file.getvalue()


def arrow_table(table: TypedTable) -> pyarrow.Table:
    """The table as an Arrow table."""
    pa = pyarrow_module()
    schema = arrow_schema(table)
    columns = list(zip(*table.rows, strict=True)) if table.rows else [()] * len(table.fields)
    arrays = [
        pa.array([_plain(item, value) for value in column], type=field.type)
        for item, field, column in zip(table.fields, schema, columns, strict=True)
    ]
    return pa.table(arrays, schema=schema)


def arrow_schema(table: TypedTable) -> pyarrow.Schema:
    """The Arrow schema of a table, with types, meanings and units."""
    pa = pyarrow_module()
    metadata = {"title": table.name, "description": table.meaning}
    return pa.schema([_field(pa, item, table.key) for item in table.fields], metadata=metadata)


def _field(pa: Any, item: Field, key: tuple[str, ...]) -> Any:
    types = {
        "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
        "date": pa.date32(), "texts": pa.list_(pa.string()), "json": pa.string(),
    }  # fmt: skip
    metadata = {"description": item.meaning}
    if item.unit:
        metadata["unit"] = item.unit
    if item.kind == "json":
        metadata["format"] = "json"
    return pa.field(item.name, types[item.kind], nullable=item.name not in key, metadata=metadata)


def _plain(item: Field, value: Any) -> Any:
    if value is None:
        return None
    if item.kind == "json":
        return json_text(value)
    return date.fromisoformat(value) if item.kind == "date" else value


def json_text(value: Any) -> str:
    """JSON in the form used in all serializations of the tables."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
