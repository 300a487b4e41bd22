"""`llmnotes export`: records in any format."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from llmnotes import console
from llmnotes.commands.common import (
    DATA,
    Format,
    Output,
    WithClaims,
    WithSources,
    WithStatus,
    base,
    complete_attribute,
    complete_name,
    refuse_elsewhere,
    say,
    say_utf8,
)  # fmt: skip
from llmnotes.errors import InputError
from llmnotes.export import check_format

if TYPE_CHECKING:
    from llmnotes.knowledge.filtering import Query


def command(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Models or families; all without a name.",
            autocompletion=complete_name,
        ),
    ] = None,
    where: Annotated[
        str | None, typer.Option(metavar="CONDITION", help="Only models that satisfy this.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="Only these.", autocompletion=complete_attribute),
    ] = None,
    variants: Annotated[
        str, typer.Option(metavar="WHICH", help="base, post-trained or all.")
    ] = "all",
    with_status: WithStatus = False,
    with_sources: WithSources = False,
    with_claims: WithClaims = False,
    bundle: Annotated[
        bool, typer.Option("--bundle", help="The lossless form: claims, sources, names (JSON).")
    ] = False,
    layer: Annotated[
        str,
        typer.Option(metavar="LAYER", help="With --bundle: all, or some of user,curated,imported."),
    ] = "all",
    format: Format = "table",
    output: Output = None,
) -> None:
    """Records in any format: every attribute a column, values as they are.

    As a table only the columns that fit are shown; CSV, JSON and the others have them all.
    """  # fmt: skip
    check_format(format)
    refuse_elsewhere({"--with-claims": with_claims}, "json, jsonl and yaml", format, format in DATA)
    beside = {"--with-status": with_status, "--with-sources": with_sources}
    refuse_elsewhere(beside, "records", "--bundle", not bundle)
    with base(context) as connection:
        if bundle:
            _bundle(connection, names or [], layer, format, output)
            return
        narrowed = names or where or columns or variants != "all"
        more = with_status or with_sources or with_claims
        if format == "json" and not narrowed and not more:
            from llmnotes.views.whole_base import all_records

            if (written := all_records(connection)) is not None:
                say_utf8(written, output)
                return
        from llmnotes.knowledge.columns import DEFAULT_COLUMNS, check_columns
        from llmnotes.knowledge.filtering import Query
        from llmnotes.views.records import records_answer

        shown = check_columns(columns) if columns else None
        fitting = shown or (list(DEFAULT_COLUMNS) if format == "table" else None)
        chosen = _ExportedRecords(
            names or [], Query(where=where, variants=variants), shown, fitting
        )
        records = _records(connection, chosen, with_claims=with_claims, with_sources=with_sources)
        answer = records_answer(
            records, fitting, with_status=with_status, with_sources=with_sources
        )
        say(answer, format, output)
    if fitting and not shown:
        console.remark("only some columns; --columns or another format shows the rest")


def _bundle(
    connection: sqlite3.Connection, names: list[str], layer: str, format: str, output: str | None
) -> None:
    from llmnotes.export.answer import Answer
    from llmnotes.knowledge.bundle import bundle, left_out

    if format not in {"table", "json", "yaml"}:
        raise InputError("--bundle is written as json or yaml")
    as_data = "yaml" if format == "yaml" else "json"
    say(Answer([], bundle(connection, names, layer)), as_data, output)
    if missing := left_out(connection, layer):
        console.remark(
            f"left out {missing:,} claims of your store; --layer user,imported takes all of it"
        )


class _ExportedRecords(NamedTuple):
    """The records to export: by names and a query; the columns asked for, and those of a table."""

    names: list[str]
    query: Query
    columns: list[str] | None
    fitting: list[str] | None


def _records(
    connection: sqlite3.Connection,
    chosen: _ExportedRecords,
    *,
    with_claims: bool,
    with_sources: bool,
) -> Sequence[dict[str, Any]]:
    """Records of all columns are read when they are written, a part at a time."""
    from llmnotes.knowledge.columns import with_units
    from llmnotes.knowledge.filtering import mark_layers, select
    from llmnotes.knowledge.later_records import LaterRecords
    from llmnotes.knowledge.names import models_called
    from llmnotes.knowledge.records import (
        COLUMNS,
        add_claims,
        add_sources,
        only_columns,
        read_records,
    )

    found = select(connection, chosen.query, chosen.fitting or ["id"])
    if chosen.names:
        wanted = models_called(connection, chosen.names)
        found = [item for item in found if item["id"] in wanted]
    columns = chosen.columns

    def completed(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if with_claims:
            add_claims(connection, records)
        if with_sources:
            add_sources(connection, records, columns or COLUMNS)
        return only_columns(records, with_units(columns)) if columns else records

    def read(ids: Sequence[str]) -> list[dict[str, Any]]:
        return completed(mark_layers(connection, read_records(connection, ids)))

    if chosen.fitting:
        return completed(found)
    return LaterRecords([item["id"] for item in found], read)
