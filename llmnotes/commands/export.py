"""`llmnotes export`: records in any format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

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
            from llmnotes.export.answer import Answer
            from llmnotes.knowledge.bundle import bundle as whole
            from llmnotes.knowledge.bundle import left_out

            if format not in {"table", "json", "yaml"}:
                raise InputError("--bundle is written as json or yaml")
            as_data = "yaml" if format == "yaml" else "json"
            say(Answer([], whole(connection, names or [], layer)), as_data, output)
            missing = left_out(connection, layer)
            if missing:
                console.remark(
                    f"left out {missing:,} claims of your store; --layer user,imported takes all of it"
                )
            return
        narrowed = names or where or columns or variants != "all"
        more = with_status or with_sources or with_claims
        if format == "json" and not narrowed and not more:
            from llmnotes.views.whole_base import all_records

            if (written := all_records(connection)) is not None:
                say_utf8(written, output)
                return
        from llmnotes.knowledge.columns import DEFAULT_COLUMNS, check_columns, with_units
        from llmnotes.knowledge.filtering import Query, mark_layers, select
        from llmnotes.knowledge.later_records import LaterRecords
        from llmnotes.knowledge.names import models_called
        from llmnotes.knowledge.records import (
            COLUMNS,
            add_claims,
            add_sources,
            only_columns,
            read_records,
        )
        from llmnotes.views.records import records_answer

        shown = check_columns(columns) if columns else None
        fitting = shown or (list(DEFAULT_COLUMNS) if format == "table" else None)
        query = Query(where=where, variants=variants)
        found = select(connection, query, fitting or ["id"])
        if names:
            wanted = models_called(connection, names)
            found = [item for item in found if item["id"] in wanted]

        def completed(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
            if with_claims:
                add_claims(connection, records)
            if with_sources:
                add_sources(connection, records, shown or COLUMNS)
            return only_columns(records, with_units(shown)) if shown else records

        def read(ids: Sequence[str]) -> list[dict[str, Any]]:
            return completed(mark_layers(connection, read_records(connection, ids)))

        records = (
            completed(found) if fitting else LaterRecords([item["id"] for item in found], read)
        )
        answer = records_answer(
            records, fitting, with_status=with_status, with_sources=with_sources
        )
        say(answer, format, output)
        if fitting and not shown:
            console.remark("only some columns; --columns or another format shows the rest")
