"""`llmnotes alias`: another name for a model or family."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, Output, complete_name
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The other name.")],
    target: Annotated[
        str,
        typer.Argument(
            metavar="MODEL", help="The model or family it means.", autocompletion=complete_name
        ),
    ],
    delete: Annotated[bool, typer.Option("--delete", help="Take the name away again.")] = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Let a name mean a model or family.

    Where the name is a model that an import brought in, the two become one: what was claimed of it
    is claimed of MODEL, and later imports know. This decides what `import` listed as ambiguous.
    """
    check_format(format)
    from llmnotes.commands.writes import store, tell
    from llmnotes.edits.subjects import alias

    tell(alias(store(context), name, target, take_away=delete), format, output)
