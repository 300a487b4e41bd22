"""`llmnotes schema`: the attributes, and the JSON Schema of a family file."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Format, Output, say
from llmnotes.errors import unknown
from llmnotes.export import check_format, render

PARTS = ("all", "attributes", "family", "entity")


def command(
    part: Annotated[
        str,
        typer.Argument(
            metavar="[PART]",
            help="attributes, family or entity (JSON Schema of their files), or all.",
            autocompletion=lambda incomplete: [p for p in PARTS if p.startswith(incomplete)],
        ),
    ] = "all",
    format: Format = "table",
    output: Output = None,
) -> None:
    """The attributes, and the JSON Schema of a family file."""
    check_format(format)
    if part not in PARTS:
        raise unknown("part", part, PARTS)
    from llmnotes.export.answer import Answer
    from llmnotes.views.listing import attributes_answer

    attributes = attributes_answer()
    if part == "attributes":
        say(attributes, format, output)
        return
    if part == "entity":
        say(Answer([], entity_schema()), format if format in {"yaml", "jsonl"} else "json", output)
        return
    schema = family_schema()
    if part == "family" or format in {"json", "jsonl", "yaml"}:
        every = {"attributes": attributes.data, "family": schema, "entity": entity_schema()}
        data = schema if part == "family" else every
        say(Answer([], data), format if format in {"yaml", "jsonl"} else "json", output)
        return
    if format != "table" or output is not None:
        say(attributes, format, output)
        console.remark("the attributes alone; `llmnotes schema family` prints the JSON Schema")
        return
    written = json.dumps(schema, indent=2)
    text = render(attributes, format).rstrip("\n")
    console.page(f"{text}\n\nJSON Schema of a family file:\n\n{written}")


def entity_schema() -> dict[str, object]:
    """JSON Schema of a file of entities: tables by id."""
    from llmnotes.records import Organization

    schema: dict[str, object] = Organization.model_json_schema()
    fields = schema["properties"]
    assert isinstance(fields, dict)
    del fields["id"]
    schema["required"] = ["name"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Entities of one kind by id; `country` and `became` are of organizations alone",
        "type": "object",
        "additionalProperties": schema,
    }


_SIZES: dict[str, object] = {
    "type": "object",
    "description": "A table of sizes: each row gives claims to one model",
    "additionalProperties": False,
    "required": ["columns", "rows", "claims"],
    "properties": {
        "columns": {
            "description": 'Names, the first "model": of attributes, or of words for texts of claims',
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z0-9_]+$"},
            "minItems": 2,
        },
        "rows": {
            "description": 'A value for each column, the first a model\'s id; "" where there is none',
            "type": "array",
            "items": {"type": "array", "items": {"type": ["string", "number", "boolean"]}},
        },
        "claims": {
            "description": "Claims by attribute; `{column}` in a text is what the row has there",
            "type": "object",
        },
    },
}


def family_schema() -> dict[str, object]:
    """JSON Schema of a curated family file, with the attributes named under `claims`."""
    from llmnotes.records import Family
    from llmnotes.schema import CLAIMABLE

    schema: dict[str, object] = Family.model_json_schema()
    claim = {"$ref": "#/$defs/Claim"}
    claims = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            item.id: {
                "description": item.meaning,
                "anyOf": [claim, {"type": "array", "items": claim, "minItems": 1}],
            }
            for item in CLAIMABLE.values()
        },
    }
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    definitions["Claims"] = claims
    properties = schema["properties"]
    assert isinstance(properties, dict)
    for holder in (properties, definitions["Model"]["properties"]):
        holder["claims"] = {"$ref": "#/$defs/Claims"}
    properties["sizes"] = {"type": "array", "items": _SIZES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": "Written by docs/generate.py; `llmnotes schema family` prints it.",
        **schema,
    }
