"""`llmnotes timeline`: models and techniques on one axis of time."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, Output, base, complete_name, say
from llmnotes.commands.study import complete_technique
from llmnotes.export import check_format


def command(
    context: typer.Context,
    family: Annotated[
        list[str] | None,
        typer.Option(
            "--family",
            metavar="NAME",
            help="A family or line with the techniques it uses; repeat for more.",
            autocompletion=complete_name,
        ),
    ] = None,
    technique: Annotated[
        list[str] | None,
        typer.Option(
            "--technique",
            metavar="NAME",
            help="A technique with the models that use it; repeat for more.",
            autocompletion=complete_technique,
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="From this year, month or day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Up to this year, month or day.")
    ] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Models by release and techniques by publication, in order of time."""
    check_format(format)
    from llmnotes.study.timeline import TimelineChoice, timeline
    from llmnotes.views.timeline import timeline_answer

    with base(context) as connection:
        found = timeline(connection, TimelineChoice(family or [], technique or [], since, until))
    say(timeline_answer(found), format, output)
