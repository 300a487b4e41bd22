"""`llmnotes note`: remarks on models, families and techniques."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.commands.common import Format, NotedName, Output, base, say, whole_number
from llmnotes.errors import InputError
from llmnotes.export import check_format


def command(
    context: typer.Context,
    name: NotedName = None,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT]...", help="The note; - reads it.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Write it in $EDITOR.")] = False,
    delete: Annotated[str | None, typer.Option(metavar="NUMBER", help="Take a note away.")] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Write a note on a model, a family or a technique; without a text, read the notes.

    The text may come from standard input (`-`, or a pipe) or from $EDITOR (`--edit`).
    """
    check_format(format)
    from llmnotes.commands.writes import store, tell
    from llmnotes.edits.notes import add_note, delete_note, notes
    from llmnotes.views.writes import rows_answer

    number = whole_number(delete, "--delete")
    if number is not None:
        tell(delete_note(store(context), number), format, output)
        return
    written = _written(name, text, edit)
    if written is not None and name is not None:
        tell(add_note(store(context), name, written), format, output)
        return
    with base(context) as connection:
        found = notes(connection, name)
    say(rows_answer(("id", "subject", "text", "created"), found), format, output)


def _written(name: str | None, text: list[str] | None, edit: bool) -> str | None:
    """The text of the note: typed, piped in, or edited; None where notes are to be listed."""
    import sys

    if edit:
        if name is None:
            raise InputError("--edit needs the name of a model, family or technique")
        return _edited(name)
    if text and text != ["-"]:
        return " ".join(text)
    if text == ["-"] or (name is not None and _is_piped()):
        piped = sys.stdin.read(1_000_000)
        return piped if piped.strip() or text else None
    return None


def _is_piped() -> bool:
    """Whether standard input is piped or redirected: neither a terminal nor absent."""
    import os
    import stat
    import sys

    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def _edited(name: str) -> str:
    """The text written in the user's editor, without lines that begin with `#`."""
    import os
    import shlex
    import subprocess
    import tempfile
    from pathlib import Path

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise InputError("--edit needs an editor; set EDITOR, or pass the text")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note.md"
        path.write_text(
            f"\n# Your note on {name}. Lines that begin with # are left out.\n", "utf-8"
        )
        try:
            done = subprocess.run([*shlex.split(editor), str(path)], check=False)
        except (OSError, ValueError) as error:
            raise InputError(f"the editor {editor!r} cannot be started ({error})") from error
        if done.returncode:
            raise InputError(f"the editor ended with {done.returncode}; nothing was written")
        lines = path.read_text("utf-8", errors="replace").splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))
