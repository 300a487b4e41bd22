"""`llmnotes conflicts`: claims that disagree."""

from __future__ import annotations

import typer

from llmnotes import console
from llmnotes.commands.common import (
    FLAT,
    AnyNames,
    Attributes,
    ExitCode,
    Format,
    Output,
    base,
    say,
    split,
)
from llmnotes.export import check_format


def command(
    context: typer.Context,
    names: AnyNames = None,
    attributes: Attributes = None,
    exit_code: ExitCode = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Claims that disagree, with both sources, which one is shown and why."""  # fmt: skip
    check_format(format)
    from llmnotes.knowledge.conflicts import conflicts
    from llmnotes.knowledge.sources import sources
    from llmnotes.views.conflicts import conflicts_answer

    with base(context) as connection:
        found = conflicts(connection, names or (), split(attributes))
        claims = [claim for item in found for claim in
                  (item.resolved, *(other.claim for other in item.others))]  # fmt: skip
        cited = sources(connection, [claim.source for claim in claims if claim.source])
    answer = conflicts_answer(found, cited, flat=format in FLAT)
    if found or output or format in {"json", "jsonl", "yaml"}:
        say(answer, format, output)
    subjects = len({item.subject for item in found})
    console.remark(
        f"{_count(len(found), 'attribute')} of {_count(subjects, 'subject')} on which claims disagree"
        if found
        else "no claims disagree"
    )
    if found and exit_code:
        raise typer.Exit(console.EXIT_FOUND)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
