"""`llmnotes changes`: what changed between editions of the base."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import (
    FLAT,
    AnyNames,
    Attributes,
    Format,
    Output,
    base,
    say,
    split,
)
from llmnotes.editions.files import KINDS
from llmnotes.export import check_format


def complete_change(incomplete: str) -> list[str]:
    """Completions of a kind of change."""
    return [kind for kind in KINDS if kind.startswith(incomplete)]


def command(
    context: typer.Context,
    names: AnyNames = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="EDITION", help="All editions after this one, not the last alone."),
    ] = None,
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--change",
            metavar="KIND",
            help=f"Only what was {', '.join(KINDS)}; repeat for more.",
            autocompletion=complete_change,
        ),
    ] = None,
    attributes: Attributes = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Values added, corrected and withdrawn since an edition, with both values, sources and why.

    Models that are new are told by family, with how many values they brought.
    """
    check_format(format)
    from llmnotes.knowledge.changes import changes
    from llmnotes.views.changes import changes_answer

    with base(context) as connection:
        found = changes(
            connection, names or (), since=since, kinds=change or (), attributes=split(attributes)
        )
    if found["changes"] or output or format in {"json", "jsonl", "yaml"}:
        say(changes_answer(found, flat=format in FLAT), format, output)
    told = ", ".join(item["name"] for item in found["editions"]) or "none after it"
    counts = {
        kind: sum(c["values"] for c in found["changes"] if c["change"] == kind) for kind in KINDS
    }
    numbers = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    console.remark(f"edition {told}: {numbers}")
