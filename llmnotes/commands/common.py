"""Common parts of commands: the open base, output options, completion of names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from llmnotes import console
from llmnotes.errors import InputError
from llmnotes.export import FORMATS, check_format, pieces

if TYPE_CHECKING:
    from llmnotes.export.answer import Answer


def complete_format(incomplete: str) -> list[str]:
    """Completions of an output format."""
    return [name for name in FORMATS if name.startswith(incomplete)]


def complete_name(incomplete: str) -> list[str]:
    """Completions of names of families and models: ids, else names as written."""
    return complete_called(incomplete, ("family", "model"))


def complete_any(incomplete: str) -> list[str]:
    """Completions of names of everything that can be shown."""
    from llmnotes.attributes.entities import PLURALS

    return complete_called(incomplete, ("family", "model", *PLURALS))


def complete_called(incomplete: str, kinds: Sequence[str]) -> list[str]:
    """Completions of names of these kinds: ids, else names as written."""
    from llmnotes.knowledge.completion import names_beginning
    from llmnotes.store.connect import connect
    from llmnotes.store.paths import user_store

    return names_beginning(connect(user_store()), incomplete, kinds)


def complete_attribute(incomplete: str) -> list[str]:
    """Completions of attribute ids, also after a comma."""
    from llmnotes.schema import ATTRIBUTES

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in ATTRIBUTES if name.startswith(last)]


Format = Annotated[
    str,
    typer.Option(
        "--format", "-f", metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.",
        autocompletion=complete_format,
    ),
]  # fmt: skip


def no_store(context: typer.Context, output: str | None) -> str | None:
    """The output file; raises `InputError` where it is a store."""
    if output is not None and not context.resilient_parsing:
        from llmnotes.store.guard import refuse_store
        from llmnotes.store.paths import user_store

        refuse_store(output, user_store((context.obj or {}).get("db")))
    return output


Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to a file.", callback=no_store),
]
Name = Annotated[
    str, typer.Argument(metavar="NAME", help="A model or family.", autocompletion=complete_name)
]
Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME...", help="Models or families.", autocompletion=complete_name),
]
AnyNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME",
        help="Models or families; all where none is named.",
        autocompletion=complete_name,
    ),
]
NotedName = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]", help="A model, family or technique.", autocompletion=complete_name
    ),
]
Lake = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="Ask a lake that `import --to` made, not the base."),
]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help="End with 1 when there is a difference or no result.")
]
Attributes = Annotated[
    str | None,
    typer.Option(metavar="A,B", help="Only these attributes.", autocompletion=complete_attribute),
]
Variants = Annotated[
    str, typer.Option(metavar="WHICH", help="base, post-trained or all.", show_default=True)
]


WithStatus = Annotated[
    bool,
    typer.Option(
        "--with-status", help="A column with each value's status: reported, undisclosed, unknown."
    ),
]
WithSources = Annotated[
    bool, typer.Option("--with-sources", help="Columns with each value's source and locator.")
]
WithClaims = Annotated[bool, typer.Option("--with-claims", help="Add all claims to JSON records.")]
DATA = ("json", "jsonl", "yaml")
"""Formats of records rather than tables."""


def refuse_elsewhere(options: Mapping[str, object], kind: str, format: str, applies: bool) -> None:
    """Raise `InputError` for options that do not apply to the chosen format."""
    for name, value in options.items():
        if value and not applies:
            raise InputError(f"{name} is for {kind} only, not for {format}")


def refuse_with_lake(options: Mapping[str, object]) -> None:
    """Raise `InputError` for an option that does not apply to configurations in a lake."""
    for name, given in options.items():
        if given:
            raise InputError(f"{name} does not go with --lake: a lake holds configurations alone")


FLAT = frozenset({"markdown", "csv", "tsv"})
"""Formats of tables without headings between the rows."""


@contextmanager
def base(context: typer.Context) -> Iterator[sqlite3.Connection]:
    """The open base, read-only, with the store given by `--db`."""
    from llmnotes.store.connect import connect
    from llmnotes.store.paths import user_store

    connection = connect(user_store((context.obj or {}).get("db")))
    try:
        yield connection
    finally:
        connection.close()


def split(text: str | None) -> list[str]:
    """The non-empty parts of a comma-separated list."""
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def whole_number(text: str | None, option: str) -> int | None:
    """The integer value of an option; raises `InputError` where it is not an integer."""
    if text is None:
        return None
    if not text.isdecimal():
        raise InputError(f"{option} takes a whole number, not {text!r}")
    return int(text)


def say(answer: Answer, format: str, output: str | None) -> None:
    """Print an answer or write it to a file, atomically."""
    found = pieces(answer, check_format(format))
    if output is not None:
        write_file(output, (piece.encode("utf-8", "replace") for piece in found))
    elif console.is_terminal():
        say_text("".join(found), None)
    else:
        console.write_pieces(found)


def say_text(text: str, output: str | None) -> None:
    """Print the text of an answer or write it to a file, atomically."""
    if output is not None:
        write_file(output, text)
    elif text:
        console.page(text)


def say_utf8(pieces: Iterable[bytes], output: str | None) -> None:
    """Print an answer that is encoded already or write it to a file, atomically, a piece at a time."""
    if output is not None:
        write_file(output, pieces)
    elif console.is_terminal():
        console.page(b"".join(pieces).decode())
    else:
        console.write_utf8(pieces)


def write_file(output: str, data: str | bytes | Iterable[bytes]) -> None:
    """Write a file atomically; raises `InputError` where that is not possible."""
    from llmnotes.output import write_whole

    write_whole(output, data.encode("utf-8", "replace") if isinstance(data, str) else data)
    console.remark(f"wrote {output}")
