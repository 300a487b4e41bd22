"""`llmnotes tag`: words by which models, families and techniques are found again."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, NotedName, Output, base, say
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: NotedName = None,
    words: Annotated[list[str] | None, typer.Argument(metavar="[TAG]...", help="Tags.")] = None,
    delete: Annotated[bool, typer.Option("--delete", help="Take these tags away.")] = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Tag a model, a family or a technique; without tags, list them."""
    check_format(format)
    from llmnotes.commands.writes import store, tell
    from llmnotes.edits.notes import set_tags, tags
    from llmnotes.views.writes import rows_answer

    if name is not None and words:
        tell(set_tags(store(context), name, words, take_away=delete), format, output)
        return
    with base(context) as connection:
        found = tags(connection, name)
    say(rows_answer(("tag", "subject_kind", "subject"), found), format, output)
