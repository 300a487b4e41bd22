"""`llmnotes publish`: the base as a data package."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import no_store
from llmnotes.commands.progress import progress


def command(
    context: typer.Context,
    out: Annotated[str, typer.Argument(metavar="OUT", help="A folder, new or of an earlier run.")],
    since: Annotated[
        str | None,
        typer.Option(metavar="EDITION", help="Tell all changes after it, not the last edition's."),
    ] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the folder will stand, for its feed.")
    ] = None,
) -> None:
    """The base as Parquet, CSV and SQLite with all their descriptions; needs `llmnotes[arrow]`.

    What is published is the edition that came with llmnotes: your own edits stay in your store.
    """
    from llmnotes.escapes import web_address
    from llmnotes.publish.write import publish
    from llmnotes.store.connect import open_curated
    from llmnotes.store.paths import expanded

    if url is not None and not web_address(url):
        from llmnotes.errors import InputError

        raise InputError(f"--url: {url!r} is no web address; write https://…")
    no_store(context, out)
    connection = open_curated()
    try:
        with progress("writing tables") as show:
            edition, done = publish(connection, expanded(out), since=since, url=url, progress=show)
    finally:
        connection.close()
    console.remark(
        f"edition {edition.name}: wrote {done.written} files to {out}, {done.unchanged} were the "
        f"same" + (f", {done.removed} removed" if done.removed else "")
    )
