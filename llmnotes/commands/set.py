"""`llmnotes set`: a claim of your own."""

from __future__ import annotations

import typer

from llmnotes.commands.common import Format, Name, Output
from llmnotes.commands.writes import Assignments, At, Note, Prefer, Source, Status
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: Name,
    assignments: Assignments = None,
    source: Source = None,
    at: At = None,
    status: Status = "reported",
    note: Note = None,
    prefer: Prefer = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Claim something of a model or family, in your own layer.

    Yours is shown before curated and imported values, which stay; an earlier claim of yours from
    the same source is replaced. Withheld: `set NAME ATTRIBUTE --status undisclosed`.
    """
    check_format(format)
    from llmnotes.commands.writes import provenance, store, tell
    from llmnotes.edits.claims import set_claims

    words = provenance(source, at, status, note, prefer)
    tell(set_claims(store(context), name, assignments or [], words), format, output)
