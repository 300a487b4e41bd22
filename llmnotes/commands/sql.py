"""`llmnotes sql`: read-only SQL."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, Lake, Output, base, say
from llmnotes.errors import InputError, quoted
from llmnotes.export import check_format


def command(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="A SELECT over models, claims, sources, ….")],
    timeout: Annotated[
        str, typer.Option(metavar="SECONDS", help="Stop the query after so many seconds.")
    ] = "60",
    lake: Lake = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """A read-only SQL query on the store.

    Views: models, model_values, claims, sources, families, organizations, techniques, topics, names.
    Writing, attaching and pragmas are refused. With --lake the query is DuckDB's, over its `models`.
    """
    check_format(format)
    from llmnotes.export.answer import Answer, simple_table
    from llmnotes.knowledge.sql import limit_memory, run

    try:
        seconds = float(timeout)
    except ValueError:
        raise InputError(
            f"--timeout takes a number of seconds above 0, not {quoted(timeout)}"
        ) from None
    if lake is not None:
        from pathlib import Path

        from llmnotes.lake.query import run as run_in_lake

        columns, rows = run_in_lake(Path(lake), query, seconds)
    else:
        with base(context) as connection:
            limit_memory(connection)
            columns, rows = run(connection, query, seconds)
    data = [dict(zip(columns, row, strict=True)) for row in rows]
    table = simple_table(columns, rows)._replace(turnable=len(rows) <= _FEW)
    say(Answer([table], data), format, output)


_FEW = 3
"""Rows that are shown below each other, a line for each column, where the columns do not fit."""
