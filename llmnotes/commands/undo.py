"""`llmnotes undo`: take a write back."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import whole_number
from llmnotes.errors import InputError

_LARGE = 2**24
"""Size in bytes of a store from which a write is undone on a copy, so that readers are not blocked."""


def command(
    context: typer.Context,
    number: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A write of the log; else the latest.")
    ] = None,
) -> None:
    """Take a write back, an import too. Undoing an undo brings the write again."""
    from llmnotes.commands.writes import store
    from llmnotes.store.paths import is_there
    from llmnotes.store.undo import undo
    from llmnotes.store.write import writing

    chosen = whole_number(number, "undo")
    user = store(context)
    if not is_there(user):
        raise InputError("there is nothing to undo: you have not written anything yet")
    large = user.stat().st_size > _LARGE
    with writing(user, large=large) as connection:
        entry = undo(connection, chosen)
    console.write(f"took back write {entry['id']} ({entry['command']}): {entry['summary']}")
