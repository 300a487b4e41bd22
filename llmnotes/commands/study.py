"""Common parts of the study commands."""

from __future__ import annotations

from typing import Annotated

import typer


def complete_technique(incomplete: str) -> list[str]:
    """Completions of a technique's id."""
    from llmnotes.store.connect import connect
    from llmnotes.store.paths import user_store

    rows = connect(user_store()).execute(
        "SELECT id FROM techniques WHERE id >= ? AND id < ? ORDER BY id",
        (incomplete, incomplete + "\U0010ffff"),
    )
    return [row[0] for row in rows]


Technique = Annotated[
    str,
    typer.Argument(metavar="TECHNIQUE", help="A technique.", autocompletion=complete_technique),
]
QuizTopic = Annotated[
    str | None,
    typer.Option(
        metavar="TOPIC",
        help="Only on an attribute, technique, category, model, family or item of the course.",
    ),
]
