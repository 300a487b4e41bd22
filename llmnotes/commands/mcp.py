"""`llmnotes mcp`: answers for agents over the Model Context Protocol."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.errors import InputError


def command(
    context: typer.Context,
    http: Annotated[
        bool, typer.Option("--http", help="Streamable HTTP on this machine instead of stdio.")
    ] = False,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="With --http: 127.0.0.1, ::1 or localhost.")
    ] = "127.0.0.1",
    port: Annotated[
        str, typer.Option(metavar="N", help="With --http: the port; 0 takes a free one.")
    ] = "8001",
) -> None:
    """Answers for agents over the Model Context Protocol: eight tools that only read.

    They are find, get, compare, filter, estimate, factcheck, explain and sources. An answer is Markdown
    of at most 10 kB with source ids. Agents start `llmnotes mcp` themselves and talk to it over its
    standard streams.
    """  # fmt: skip
    from llmnotes.agents.run import run_http, run_stdio
    from llmnotes.store.paths import user_store

    user = user_store((context.obj or {}).get("db"))
    if http:
        if not (port.isascii() and port.isdecimal() and int(port[:6]) < 65_536):
            raise InputError(f"--port takes a number from 0 to 65535, not {port[:40]!r}")
        run_http(user, host, int(port))
        return
    if host != "127.0.0.1" or port != "8001":
        raise InputError("--host and --port are for --http only")
    run_stdio(user)
