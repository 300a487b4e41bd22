"""`llmnotes site`: the base as a static web site."""

from __future__ import annotations

import sqlite3
from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import base, no_store, write_file
from llmnotes.commands.progress import progress


def command(
    context: typer.Context,
    out: Annotated[str, typer.Argument(metavar="OUT", help="A folder, new or of an earlier run.")],
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the site will stand, for its sitemap.")
    ] = None,
    issues: Annotated[
        str | None,
        typer.Option(metavar="URL", help="The page on which a reader reports a wrong value."),
    ] = None,
    single_file: Annotated[
        bool, typer.Option("--single-file", help="Write OUT as one HTML file, to mail.")
    ] = False,
) -> None:
    """The base as web pages, for any static host or a folder; works offline and without JavaScript."""
    from llmnotes.escapes import web_address
    from llmnotes.site.build import write_site
    from llmnotes.site.shares import processors
    from llmnotes.store.paths import expanded

    for option, given in (("--url", url), ("--issues", issues)):
        if given is not None and not web_address(given):
            from llmnotes.errors import InputError

            raise InputError(f"{option}: {given!r} is no web address; write https://…")
    no_store(context, out)
    with base(context) as connection:
        if single_file:
            _write_one(connection, out, url, issues)
            return
        with progress("writing pages") as show:
            done = write_site(
                connection, expanded(out), url=url, issues=issues, processes=processors(),
                progress=show,
            )  # fmt: skip
    console.remark(
        f"wrote {done.written} files to {out}, {done.unchanged} were the same"
        + (f", {done.removed} removed" if done.removed else "")
    )


def _write_one(
    connection: sqlite3.Connection, out: str, url: str | None, issues: str | None
) -> None:
    from llmnotes.site.edition import site_of
    from llmnotes.site.library import Library
    from llmnotes.site.single import single_file

    library = Library(connection)
    write_file(out, single_file(library, site_of(library, url, issues)))
