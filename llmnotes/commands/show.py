"""`llmnotes show`: everything known of a model or family."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Attributes, Format, Name, Output, base, say, split
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: Name,
    claims: Annotated[
        bool, typer.Option("--claims", help="Every claim, not only the one that resolves.")
    ] = False,
    attributes: Attributes = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Everything known of a model or family, grouped, with sources."""
    check_format(format)
    from llmnotes.knowledge.show import show
    from llmnotes.schema import attributes_called
    from llmnotes.views.subject import subject_answer

    wanted = attributes_called(split(attributes))
    with base(context) as connection:
        found = show(connection, name)
    say(subject_answer(found.only(wanted) if wanted else found, every_claim=claims), format, output)
