"""Common parts of the writing commands: the user's store, options of a claim, and the answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import complete_attribute, say

if TYPE_CHECKING:
    from llmnotes.edits.claims import Provenance
    from llmnotes.store.session import Outcome

Assignments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ATTRIBUTE=VALUE]...",
        help="As in context_length=8192.",
        autocompletion=complete_attribute,
    ),
]
Source = Annotated[
    str | None,
    typer.Option(metavar="URL|TEXT", help="Where it is said: a URL, a source's id, or words."),
]
At = Annotated[
    str | None, typer.Option("--at", metavar="PLACE", help="Where in the source: Table 2, p. 4.")
]
Status = Annotated[
    str,
    typer.Option(
        metavar="STATUS",
        help="reported, derived, estimated, rumoured, undisclosed or not-applicable.",
    ),
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="TEXT", help="What a reader should know of it.")
]
Prefer = Annotated[
    str | None,
    typer.Option("--prefer", metavar="REASON", help="Let it win over your other claims, and why."),
]


def store(context: typer.Context) -> Path:
    """The user's store given by `--db`."""
    from llmnotes.store.paths import user_store

    return user_store((context.obj or {}).get("db"))


def provenance(
    source: str | None, at: str | None, status: str, note: str | None, prefer: str | None
) -> Provenance:
    """The options of a claim as one object."""
    from llmnotes.edits.claims import Provenance

    return Provenance(source, at, status, note, prefer)


def tell(outcome: Outcome, format: str, output: str | None) -> None:
    """Print the changes of a write, and how to undo it."""
    from llmnotes.views.writes import write_answer

    say(write_answer(outcome.write, outcome.done), format, output)
    if outcome.write is None:
        console.remark("nothing was written")
    else:
        console.remark(f"`llmnotes undo {outcome.write}` takes this back")
