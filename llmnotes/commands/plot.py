"""`llmnotes plot`: pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import base, complete_format, complete_name, no_store, say, write_file
from llmnotes.errors import InputError, unknown
from llmnotes.escapes import printable
from llmnotes.export import FORMATS, check_format

KINDS = {
    "params": "parameters over time",
    "tokens": "training tokens against parameters, with the Chinchilla line",
    "context": "context length over time",
    "kv-cache": "KV cache per token",
    "attention": "attention kinds by year",
    "tree": "families and what they descend from",
}


def complete_kind(incomplete: str) -> list[str]:
    """Completions of a chart."""
    return [kind for kind in KINDS if kind.startswith(incomplete)]


def command(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(
            metavar="PICTURE",
            help="; ".join(f"{key}: {text}" for key, text in KINDS.items()) + ".",
            autocompletion=complete_kind,
        ),
    ],
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME]...",
            help="Only these models and families.",
            autocompletion=complete_name,
        ),
    ] = None,
    models: Annotated[
        bool, typer.Option("--models", help="attention: count base models instead of families.")
    ] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            autocompletion=complete_format,
            help=f"The picture's data instead: {', '.join(FORMATS)}.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            callback=no_store,
            help="Draw to a file that ends in .svg, .png, .pdf, .html or .json (Vega-Lite); "
            "needs `pip install 'llmnotes[plot]'`.",
        ),
    ] = None,
) -> None:
    """A picture for a paper with -o FILE, else a small one for the terminal.

    Rumours and estimates are never drawn; the sources are in the file's metadata.
    """  # fmt: skip
    if kind not in KINDS:
        raise unknown("picture", kind, KINDS)
    if format is not None:
        check_format(format)
    if models and kind != "attention":
        raise InputError(f"--models is for attention only; {kind} shows every model anyway")
    from llmnotes.study.charts import chart

    path = Path(output) if output is not None and format is None else None
    if path is not None:
        from llmnotes.study.picture import picture_format

        picture_format(path)
    with base(context) as connection:
        found = chart(connection, kind, names or (), each_model=models)
    if format is not None:
        from llmnotes.views.plot import chart_answer

        say(chart_answer(found), format, output)
    elif path is not None:
        from llmnotes import __version__
        from llmnotes.study.picture import picture

        write_file(str(path), picture(found, picture_format(path), f"llmnotes {__version__}"))
    else:
        from llmnotes.views.plot import terminal_picture

        console.write(printable(terminal_picture(found, console.width())))
