"""`llmnotes diff`: only what differs between two models or families."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import ExitCode, Format, Name, Output, Variants, base, say
from llmnotes.export import check_format


def command(
    context: typer.Context,
    first: Name,
    second: Name,
    unknown_too: Annotated[
        bool, typer.Option("--unknown-too", help="Also what is said of one of them only.")
    ] = False,
    exit_code: ExitCode = False,
    variants: Variants = "base",
    format: Format = "table",
    output: Output = None,
) -> None:
    """Only what differs between two models or families, with both sources and what it costs."""
    check_format(format)
    from llmnotes.knowledge.compare import compare
    from llmnotes.views.comparison import ComparisonLayout, comparison_answer

    with base(context) as connection:
        found = compare(
            connection,
            [first, second],
            only_differences=True,
            unknown_too=unknown_too,
            variants=variants,
        )
    style = None
    if format == "latex":
        from llmnotes.export.typesetting import Typesetting

        style = Typesetting()
    say(comparison_answer(found, ComparisonLayout(typesetting=style)), format, output)
    if not found.rows:
        console.remark("no difference")
    if exit_code and found.rows:
        raise typer.Exit(console.EXIT_FOUND)
