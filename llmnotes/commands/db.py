"""`llmnotes db`: the stores."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Format, Output, say
from llmnotes.errors import StoreError
from llmnotes.export import check_format
from llmnotes.lazy import LeanCommand, LeanGroup

app = typer.Typer(
    name="db",
    cls=LeanGroup,
    help="The stores: where they are and how they are.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def db() -> None:
    """The stores: the curated one ships with the package, the other is yours."""


@app.command(cls=LeanCommand)
def path(context: typer.Context) -> None:
    """Where your own store is, or would be: a path on one line."""
    from llmnotes.store.paths import user_store

    console.write(str(user_store((context.obj or {}).get("db"))))


@app.command(cls=LeanCommand)
def status(context: typer.Context, format: Format = "table", output: Output = None) -> None:
    """Both stores: path, size, schema, edition and how much they hold."""
    check_format(format)
    from llmnotes.export.answer import Answer, simple_table
    from llmnotes.knowledge.status import stores

    found = stores((context.obj or {}).get("db"))
    rows = [
        (name, key, ", ".join(value) if isinstance(value, list) else value)
        for name, facts in found.items()
        for key, value in facts.items()
    ]
    say(Answer([simple_table(("store", "what", "value"), rows)], found), format, output)


@app.command(cls=LeanCommand)
def check(context: typer.Context) -> None:
    """Whether both stores are sound: their files, their schema, their references."""
    from llmnotes.knowledge.status import problems
    from llmnotes.store.paths import user_store

    found = problems((context.obj or {}).get("db"))
    if found:
        raise StoreError("; ".join(found))
    user = user_store((context.obj or {}).get("db"))
    console.write(
        "both stores are sound"
        if user.exists()
        else f"the curated store is sound; there is none of yours at {user} yet"
    )


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Where to; else beside the store.")
    ] = None,
) -> None:
    """Copy your store to a file, whole, while others may read and write it."""
    from llmnotes.store.backup import backup as copy
    from llmnotes.store.guard import refuse_store
    from llmnotes.store.paths import expanded, user_store

    user = user_store((context.obj or {}).get("db"))
    target = expanded(file) if file else None
    if target is not None:
        refuse_store(target, user)
    console.write(str(copy(user, target)))


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A backup.")],
) -> None:
    """Put a backup in your store's place; what was there is kept beside it."""
    from llmnotes.store.backup import restore as put_back
    from llmnotes.store.paths import expanded, user_store

    user = user_store((context.obj or {}).get("db"))
    kept = put_back(user, expanded(file))
    console.write(str(user))
    if kept:
        console.remark(f"the store that was there is kept as {kept}")


@app.command()
def upgrade(context: typer.Context) -> None:
    """Bring your store to this package's schema; every write does so by itself."""
    from llmnotes.store.backup import upgrade as bring_up
    from llmnotes.store.paths import user_store

    before, after = bring_up(user_store((context.obj or {}).get("db")))
    console.write(f"schema {after}" + ("" if before == after else f" (was {before})"))


@app.command()
def push(
    context: typer.Context,
    address: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS", help="As in postgresql://user@host:5432/database?sslmode=require."
        ),
    ],
    schema: Annotated[
        str, typer.Option(metavar="NAME", help="The schema of the database that the tables are in.")
    ] = "llmnotes",
) -> None:
    """Write what both stores show into a PostgreSQL database, for dashboards and other programs.

    One way: nothing is read back. What the schema holds is replaced in one transaction, or stays.
    Your models, values, names and sources go along (layer 'user'); your notes, tags, reviews and
    log of writes stay here. A password is also taken from PGPASSWORD or ~/.pgpass.
    """
    from llmnotes.commands.common import base
    from llmnotes.commands.progress import progress
    from llmnotes.store.postgres import push as write

    with base(context) as connection, progress("pushing") as show:
        made = write(connection, address, schema, show)
    rows = made.rows
    console.write(
        f"{made.place}, schema {made.schema} ({made.revision}): {rows['model_record']:,} models, "
        f"{rows['claim']:,} claims, {rows['source']:,} sources"
    )
