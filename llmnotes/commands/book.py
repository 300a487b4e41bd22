"""`llmnotes book`: one's notes, techniques and tables as one Markdown text."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Output, base, write_file


def command(
    context: typer.Context,
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", metavar="TOPIC", help="Only this part of the course; repeatable."),
    ] = None,
    read: Annotated[
        bool, typer.Option("--read", help="Only techniques that are marked as read.")
    ] = False,
    title: Annotated[str, typer.Option(metavar="TEXT", help="The book's title.")] = (
        "Language models: a reader's book"
    ),
    output: Output = None,
) -> None:
    """One Markdown book of your notes, the techniques of the course, and tables of the models."""
    from llmnotes.study.book import book
    from llmnotes.views.book import book_text

    with base(context) as connection:
        text = book_text(book(connection, topics=topic or [], only_read=read), title)
    if output is None:
        console.page(text)
    else:
        write_file(output, text)
