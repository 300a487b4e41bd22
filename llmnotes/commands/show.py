"""`llmnotes show`: everything known of a model, a family, a line, a dataset, a publisher …"""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Attributes, Format, Output, base, complete_any, say, split
from llmnotes.export import check_format


def complete_shown(incomplete: str) -> list[str]:
    """Completions of a kind of entry."""
    from llmnotes.knowledge.subjects import SHOWN

    return [kind for kind in SHOWN if kind.startswith(incomplete)]


def command(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A model, family, line, organization, dataset, benchmark, license, tokenizer "
            "or machine.",
            autocompletion=complete_any,
        ),
    ],
    claims: Annotated[
        bool, typer.Option("--claims", help="Every claim, not only the one that resolves.")
    ] = False,
    attributes: Attributes = None,
    kind: Annotated[
        str | None,
        typer.Option(
            metavar="KIND",
            help="What of several things called so: model, family, line, dataset …",
            autocompletion=complete_shown,
        ),
    ] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Everything known of a model or family, grouped, with sources; the generations of a line; of a
    dataset, benchmark, license, tokenizer, machine or organization what it is and who uses it."""
    check_format(format)
    from llmnotes.schema import attributes_called
    from llmnotes.views.shown import shown_answer

    wanted = attributes_called(split(attributes))
    with base(context) as connection:
        found = shown_answer(connection, name, kind=kind, attributes=wanted, every_claim=claims)
    say(found.answer, format, output)
    for other in found.others:
        of, _, key = other.partition(" ")
        console.remark(
            f"there is also the {of} {key} of this name: llmnotes show {key} --kind {of}"
        )
