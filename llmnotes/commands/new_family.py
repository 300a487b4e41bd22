"""`llmnotes new-family`: the draft of a curated file from a model's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmnotes import console


def command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help="A configuration, a folder of one or more models, or hf:organization/name.",
        ),
    ],
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The family's id; else the file's, or their name."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What the family is called.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="A new file; else standard output."),
    ] = None,
) -> None:
    """Write the draft of a family file: what its models' files say, and what is left to find.

    Reads configurations, tokenizer, index of the weights and the card's front matter. Each value has
    its key; parameters are counted and held against the checkpoint's. What several models share
    stands once. A file that is there is not written over.
    """
    from llmnotes.curate.new_family import new_family

    found = new_family(source, id=id, name=name, output=output)
    if output is None:
        console.write(found.text)
    for remark in found.remarks:
        console.remark(remark)
