"""`llmnotes add`: a model, family or organization of your own."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, Output, complete_name
from llmnotes.commands.writes import Assignments, At, Note, Prefer, Source, Status
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    assignments: Assignments = None,
    kind: Annotated[
        str, typer.Option(metavar="KIND", help="model, family or organization.")
    ] = "model",
    family: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The family a model belongs to.", autocompletion=complete_name
        ),
    ] = None,
    variant: Annotated[str, typer.Option(metavar="WHICH", help="base or post-trained.")] = "base",
    size: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What tells it from its siblings, as 7B.")
    ] = None,
    source: Source = None,
    at: At = None,
    status: Status = "reported",
    note: Note = None,
    prefer: Prefer = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Add a model of your own, with what you claim of it."""
    check_format(format)
    from llmnotes.commands.writes import provenance, store, tell
    from llmnotes.edits.subjects import add

    found = add(
        store(context),
        name,
        assignments or [],
        provenance(source, at, status, note, prefer),
        kind=kind,
        family=family,
        variant=variant,
        size=size,
    )
    tell(found, format, output)
