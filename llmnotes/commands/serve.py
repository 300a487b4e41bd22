"""`llmnotes serve`: the site over your own store."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.errors import InputError


def command(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[str, typer.Option(metavar="N", help="The port; 0 takes a free one.")] = "8000",
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let other machines read, your notes too.")
    ] = False,
    issues: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The page on which a reader reports a wrong value."),
    ] = None,
) -> None:
    """The site over your own store: your claims and notes included, tables checked, JSON answers.

    It only reads, and only this machine reaches it unless --allow-remote says otherwise.
    """
    if not (port.isascii() and port.isdecimal() and int(port[:6]) < 65_536):
        raise InputError(f"--port takes a number from 0 to 65535, not {port[:40]!r}")
    from llmnotes.serve.run import run
    from llmnotes.store.paths import user_store

    user = user_store((context.obj or {}).get("db"))
    run(user, host, int(port), allow_remote=allow_remote, issues=issues)
