"""`llmnotes anki`: a deck of cards."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import base, no_store
from llmnotes.commands.study import QuizTopic
from llmnotes.errors import InputError


def command(
    context: typer.Context,
    topic: QuizTopic = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="The deck's file.", callback=no_store),
    ] = "llmnotes.apkg",
) -> None:
    """A deck of cards for Anki, with sources; needs `pip install 'llmnotes[anki]'`.

    Import a newer deck over an older one: cards are found again and keep what you learnt.
    """
    path = Path(output)
    if path.suffix.lower() != ".apkg":
        raise InputError(f"a deck's file ends in .apkg; write `-o {path.with_suffix('.apkg')}`")
    from llmnotes.study.anki import write_deck
    from llmnotes.study.questions import items
    from llmnotes.study.quiz import reference_line, references
    from llmnotes.study.tags import about

    with base(context) as connection:
        known = items(connection)
        if topic is not None:
            known = about(known, topic)
        known = [item for item in known if item.front]
        cited = references(connection, known)
    if not known:
        raise InputError(f"there is no card on {topic!r}")
    count = write_deck(path, known, {key: reference_line(found) for key, found in cited.items()})
    console.remark(f"wrote {output}: {count} cards")
