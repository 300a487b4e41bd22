"""`llmnotes who-uses`: the models that use a technique, a dataset, a licence, a machine …"""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import ExitCode, Format, Output, base, complete_called, say
from llmnotes.commands.study import complete_technique
from llmnotes.export import check_format
from llmnotes.schema import admitted


def complete_used(incomplete: str) -> list[str]:
    """Completions of ids of techniques and entities."""
    from llmnotes.attributes.entities import PLURALS

    entities = complete_called(incomplete, tuple(PLURALS))
    return list(dict.fromkeys([*complete_technique(incomplete), *entities]))


def command(
    context: typer.Context,
    term: Annotated[
        list[str],
        typer.Argument(
            metavar="TERM",
            help="A technique, a value, or a dataset, benchmark, license, machine, organization.",
            autocompletion=complete_used,
        ),
    ],
    variants: Annotated[
        str | None,
        typer.Option(
            metavar="WHICH",
            help="base, post-trained or all; else base, and all of benchmarks and of work after pretraining.",
        ),
    ] = None,
    include_rumours: Annotated[
        bool, typer.Option("--include-rumours", help="Count rumoured values too.")
    ] = False,
    include_estimates: Annotated[
        bool, typer.Option("--include-estimates", help="Count estimated values too.")
    ] = False,
    exit_code: ExitCode = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """The models that use a technique, or are trained on, measured on, run by or licensed under
    something, as their values say, with where each is said."""
    check_format(format)
    from llmnotes.study.users import users
    from llmnotes.views.users import users_answer

    tentative = admitted(rumours=include_rumours, estimates=include_estimates)
    with base(context) as connection:
        found = users(connection, " ".join(term), variants=variants, tentative=tentative)
    if not found["stands_for"]:
        console.remark(f"no attribute of the base records {found['name']}")
    say(users_answer(found), format, output)
    if exit_code and not found["used_by"]:
        raise typer.Exit(console.EXIT_FOUND)
