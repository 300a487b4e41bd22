"""The columns of a lake, with meaning, type and unit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from llmnotes.errors import quoted
from llmnotes.ingest.architecture_claims import DESCRIBED
from llmnotes.ingest.config_keys import STATED
from llmnotes.relational.arrow import arrow_schema
from llmnotes.relational.models import attribute_fields
from llmnotes.relational.typed import Field, TypedTable
from llmnotes.schema import ATTRIBUTES, Attribute

if TYPE_CHECKING:
    import pyarrow

EXACT, REFUSED = "exact", "refused"

IN_LAKE: tuple[Attribute, ...] = tuple(
    item for item in ATTRIBUTES.values() if item.id in STATED | DESCRIBED
)
"""The attributes that a configuration determines."""


def absent(name: str) -> str:
    """The error message for an attribute that no configuration determines."""
    return f"{quoted(name)} is not in a lake, which holds what a configuration alone can tell"


KV_DTYPE = "bf16"

_BESIDE = (
    Field("not_counted", "string", "What the checkpoint holds beside the parameters counted, and why."),
    Field(
        "kv_cache_bytes_per_token", "number",
        f"What one token takes in the KV cache, all layers together, in {KV_DTYPE}.", "bytes/token",
    ),
    Field(
        "status", "string",
        f"`{EXACT}`: counted to the last parameter; `{REFUSED}`: nothing is said of it.",
    ),
    Field("reason", "string", "Why it was refused, in one sentence."),
    Field(
        "config", "string", "The configuration as it was given, for what else is to be worked out; "
        "empty where it was refused.",
    ),
)  # fmt: skip


@cache
def table() -> TypedTable:
    """The table of configurations, without rows."""
    fields = (
        Field("id", "string", "Identifier, as the configuration was given."),
        *(field for item in IN_LAKE for field in attribute_fields(item)),
        *_BESIDE,
    )
    return TypedTable("models", "Configurations of models, one row each, normalised.", fields, ())


@cache
def schema() -> pyarrow.Schema:
    """The Arrow schema of the output of `normalize`, with meanings and units in the fields' metadata.

    Raises `InputError` where pyarrow is not installed.
    """
    return arrow_schema(table())
