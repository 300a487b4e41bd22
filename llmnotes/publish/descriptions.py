"""Descriptions of the published tables: data package, Croissant, JSON Schema, citation, read-me."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from llmnotes.relational.typed import Field, TypedTable

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
TITLE = "llmnotes: what is known about language models, with sources"
KEYWORDS = ["language models", "LLM", "transformer", "architecture", "benchmarks"]


class File(NamedTuple):
    """A published file of a table."""

    path: str
    size: int
    sha256: str


class PublishedEdition(NamedTuple):
    """The published state of the base."""

    name: str
    released: str
    counts: str
    digest: str
    url: str | None

    @property
    def about(self) -> str:
        """A description in two sentences."""
        return (
            f"Edition {self.name} of llmnotes: {self.counts}. "
            "Every value names the document it comes from and how far it can be trusted."
        )


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def datapackage(
    edition: PublishedEdition, tables: Iterable[TypedTable], files: dict[str, File]
) -> str:
    """Frictionless Data's `datapackage.json` (Data Package 1, Table Schema) over the CSV files."""
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "llmnotes",
        "title": TITLE,
        "description": edition.about,
        "version": edition.name,
        "created": f"{edition.released}T00:00:00Z",
        "keywords": KEYWORDS,
        "licenses": [{"name": "CC-BY-4.0", "path": LICENSE}],
        "contributors": [{"title": "The llmnotes authors", "role": "author"}],
        "resources": [_resource(table, files[table.name]) for table in tables],
    }
    if edition.url:
        package["homepage"] = edition.url
    return _dump(package)


def _resource(table: TypedTable, file: File) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_table_schema(item, table.key) for item in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table.references:
        schema["foreignKeys"] = [
            {
                "fields": item.field,
                "reference": {
                    "resource": "" if item.table == table.name else item.table,
                    "fields": "name" if item.table == "editions" else "id",
                },
            }
            for item in table.references
        ]
    return {
        "profile": "tabular-data-resource", "name": table.name, "path": file.path,
        "description": table.meaning, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": file.size, "hash": f"sha256:{file.sha256}", "schema": schema,
    }  # fmt: skip


def _table_schema(item: Field, key: tuple[str, ...]) -> dict[str, Any]:
    kind = {"texts": "array", "json": "any"}.get(item.kind, item.kind)
    found: dict[str, Any] = {"name": item.name, "type": kind, "description": item.meaning}
    if item.unit:
        found["unit"] = item.unit
    if item.name in key:
        found["constraints"] = {"required": True}
    return found


_CROISSANT = "http://mlcommons.org/croissant/"
_TYPES = {
    "string": "sc:Text", "texts": "sc:Text", "json": "sc:Text", "integer": "sc:Integer",
    "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date",
}  # fmt: skip
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": _CROISSANT,
    "rai": f"{_CROISSANT}RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    **{
        term: f"cr:{term}"
        for term in (
            "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty",
            "fileObject", "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5",
            "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
            "samplingRate", "separator", "source", "subField", "transform",
        )
    },
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
}  # fmt: skip


def croissant(
    edition: PublishedEdition, tables: Iterable[TypedTable], files: dict[str, File]
) -> str:
    """MLCommons' Croissant 1.0 description of the Parquet files, one record set per table."""
    tables = list(tables)
    found: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "name": "llmnotes",
        "description": edition.about,
        "conformsTo": f"{_CROISSANT}1.0",
        "license": LICENSE,
        "version": f"{edition.name}.0",
        "datePublished": edition.released,
        "creator": {"@type": "sc:Organization", "name": "The llmnotes authors"},
        "keywords": KEYWORDS,
        "citeAs": _bibtex(edition),
        "url": edition.url or ".",
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": files[table.name].path,
                "name": files[table.name].path,
                "description": table.meaning,
                "contentUrl": files[table.name].path,
                "contentSize": f"{files[table.name].size} B",
                "encodingFormat": "application/x-parquet",
                "sha256": files[table.name].sha256,
            }
            for table in tables
        ],
        "recordSet": [_record_set(table, files[table.name].path) for table in tables],
    }
    return _dump(found)


def _record_set(table: TypedTable, path: str) -> dict[str, Any]:
    keys = [{"@id": f"{table.name}/{name}"} for name in table.key]
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.meaning,
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [_croissant_field(table, item, path) for item in table.fields],
    }


def _croissant_field(table: TypedTable, item: Field, path: str) -> dict[str, Any]:
    # No `references`: readers join such record sets, which mlcroissant 1.1 cannot over Parquet.
    says = f"{item.meaning} ({item.unit})" if item.unit else item.meaning
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{item.name}",
        "name": item.name,
        "description": says,
        "dataType": _TYPES[item.kind],
        "source": {"fileObject": {"@id": path}, "extract": {"column": item.name}},
    }
    if item.kind == "texts":
        found["repeated"] = True
    return found


def json_schema(edition: PublishedEdition, tables: Iterable[TypedTable]) -> str:
    """JSON Schema of the rows of every table, as JSON records."""
    kinds: dict[str, dict[str, Any]] = {
        "string": {"type": "string"}, "integer": {"type": "integer"}, "number": {"type": "number"},
        "boolean": {"type": "boolean"}, "date": {"type": "string", "format": "date"},
        "texts": {"type": "array", "items": {"type": "string"}}, "json": {},
    }  # fmt: skip

    def of(item: Field, key: tuple[str, ...]) -> dict[str, Any]:
        says = f"{item.meaning} ({item.unit})" if item.unit else item.meaning
        kind = dict(kinds[item.kind])
        if "type" in kind and item.name not in key:
            kind["type"] = [kind["type"], "null"]
        return {"description": says, **kind}

    return _dump(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"urn:llmnotes:{edition.name}:rows",
            "title": TITLE,
            "$defs": {
                table.name: {
                    "type": "object",
                    "description": table.meaning,
                    "properties": {item.name: of(item, table.key) for item in table.fields},
                    "required": list(table.key),
                    "additionalProperties": False,
                }
                for table in tables
            },
        }
    )


def citation(edition: PublishedEdition) -> str:
    """`CITATION.cff` (Citation File Format 1.2.0)."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use these data, please cite them, and the sources of the values you use.",
        "type: dataset",
        f"title: {json.dumps(TITLE)}",
        "authors:",
        "  - name: The llmnotes authors",
        f"version: {json.dumps(edition.name)}",
        f"date-released: {json.dumps(edition.released)}",
        "license: CC-BY-4.0",
    ]
    if edition.url:
        lines.append(f"url: {json.dumps(edition.url)}")
    return "\n".join(lines) + "\n"


def _bibtex(edition: PublishedEdition) -> str:
    year, month, _ = edition.released.split("-")
    return (
        f"@misc{{llmnotes-{edition.name}, title={{{TITLE}}}, author={{{{The llmnotes authors}}}}, "
        f"year={{{year}}}, month={{{int(month)}}}, note={{Edition {edition.name}}}}}"
    )


def read_me(edition: PublishedEdition, tables: Iterable[TypedTable]) -> str:
    """A description of the folder, for people."""
    lines = [
        f"# {TITLE}",
        "",
        edition.about,
        "",
        "Licence: CC BY 4.0. Cite it as `CITATION.cff` says, and the sources of the values you use.",
        "",
        "| Table | Rows | What it holds |",
        "|---|---:|---|",
        *(f"| `{table.name}` | {len(table.rows):,} | {table.meaning} |" for table in tables),
        "",
        "Each table is in `parquet/` (types, meanings and units in the schema), in `csv/` (lists as "
        "JSON) and in `llmnotes.sqlite`.",
        "`datapackage.json` and `schema.json` describe the CSV, `croissant.json` the Parquet files; "
        "`changes.json` and `changes.atom` tell what this edition changed, "
        "`sha256sum -c SHA256SUMS` whether all arrived.",
        "A value without a source does not exist here: where `value` is empty, `status` says whether "
        "it is withheld or has no meaning, and what has no row is unknown.",
        "",
        f"State of the curated files: {edition.digest}.",
        "",
    ]
    return "\n".join(lines)
