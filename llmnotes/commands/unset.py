"""`llmnotes unset`: take your own claims away."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, Name, Output, complete_attribute
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: Name,
    attributes: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ATTRIBUTE...", help="As in context_length.", autocompletion=complete_attribute
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option(metavar="URL|TEXT", help="Only what rests on this source.")
    ] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Take your own claims of some attributes away; curated and imported ones stay."""
    check_format(format)
    from llmnotes.commands.writes import store, tell
    from llmnotes.edits.claims import unset

    tell(unset(store(context), name, attributes or [], source), format, output)
