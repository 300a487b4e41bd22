"""`llmnotes factcheck`: somebody's tables against the base."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Output, base, say, split, write_file
from llmnotes.export import FORMATS, check_format

if TYPE_CHECKING:
    from llmnotes.factcheck.reporting.report import Checked

_FORMATS = (*FORMATS, "sarif")


def command(
    context: typer.Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files or directories; - is standard input."),
    ],
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Verdicts that end with 1 besides wrong and misplaced: partly-wrong, rumour, …",
            autocompletion=lambda incomplete: _complete(incomplete),
        ),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Correct false cells in the files.")] = False,
    fill: Annotated[
        bool, typer.Option("--fill", help="With --fix or --diff: fill blank cells too.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change.")] = False,
    ignore: Annotated[
        bool,
        typer.Option("--ignore/--no-ignore", help="Heed llmnotes-ignore comments in the files."),
    ] = True,
    all_cells: Annotated[
        bool, typer.Option("--all", help="Report true and unsupported cells too.")
    ] = False,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help=f"One of {', '.join(_FORMATS)}.",
            autocompletion=lambda incomplete: [n for n in _FORMATS if n.startswith(incomplete)],
        ),
    ] = "table",
    output: Output = None,
) -> None:
    """Somebody's table against the base.

    Reads every table of Markdown, HTML, LaTeX, CSV and TSV files, and facts in lists, and says of each
    cell whether it is true. Ends with 1 when a cell is wrong or misplaced. A file without a table, or
    without a model that the base knows, is passed over with a remark.

    A comment with llmnotes-ignore on a row's line, or above a table, keeps it from being reported.
    """  # fmt: skip
    check_format(format, _FORMATS)
    from llmnotes.factcheck.judging.verdicts import FAILING, check_verdicts

    verdicts = [*FAILING, *check_verdicts(split(fail_on))]
    with base(context) as connection:
        found = _check(connection, files, ignore)
        if fix or diff:
            left = _correct(connection, found, verdicts, fill, diff, output)
        else:
            _say(connection, found, verdicts, all_cells, format, output)
            left = sum(_failing(file, verdicts) for file in found)
    if left:
        raise typer.Exit(console.EXIT_FOUND)


def _complete(incomplete: str) -> list[str]:
    from llmnotes.factcheck.judging.verdicts import VERDICTS

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in VERDICTS if name.startswith(last)]


def _failing(file: Checked, verdicts: list[str]) -> int:
    from llmnotes.factcheck.reporting.report import failing

    return failing([file], verdicts)


def _check(connection: sqlite3.Connection, paths: list[str], heed: bool) -> list[Checked]:
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.reporting.files import documents
    from llmnotes.factcheck.reporting.report import Checked
    from llmnotes.tables import read

    checker = Checker(connection)
    files = []
    for document in documents(paths):
        tables = read(document.text, document.name)
        checked = [one for table in tables if (one := checker.check(table)) is not None]
        known = [one for one in checked if one.speaks]
        file = Checked(document.name, document.text, known)
        if heed and "llmnotes-ignore" in document.text:
            from llmnotes.factcheck.reporting.ignore import apply, comments

            rules = comments(document.text)
            file.ignored = sum(apply(one, rules) for one in known)
        if document.named and not known:
            console.remark(_nothing(document.name, bool(tables), bool(checked)))
        files.append(file)
    return files


def _nothing(name: str, tables: bool, attributes: bool) -> str:
    if not tables:
        return f"{name}: no table found"
    if not attributes:
        return f"{name}: no table speaks of models and their attributes"
    return (
        f"{name}: no table names a model that the base knows; `llmnotes list` shows what it knows"
    )


def _say(
    connection: sqlite3.Connection,
    files: list[Checked],
    verdicts: list[str],
    all_cells: bool,
    format: str,
    output: str | None,
) -> None:
    if format == "sarif":
        from llmnotes.export import sarif
        from llmnotes.views.factcheck_sarif import findings, rules

        _write(sarif.render(rules(), list(findings(files, verdicts))), output)
    elif format == "table":
        from llmnotes.views.factcheck_report import report

        width = console.width() if console.is_terminal() else 100
        lines = list(report(files, width, everything=all_cells))
        if lines or output is not None:
            _write("".join(f"{line}\n" for line in lines), output)
    else:
        from llmnotes.factcheck.reporting.report import used_sources
        from llmnotes.knowledge.sources import sources
        from llmnotes.views.factcheck import factcheck_answer

        used = sources(connection, used_sources(files))
        say(factcheck_answer(files, used, everything=all_cells), format, output)


def _write(text: str, output: str | None) -> None:
    if output is None:
        console.write(text)
    else:
        write_file(output, text)


def _correct(
    connection: sqlite3.Connection,
    files: list[Checked],
    verdicts: list[str],
    fill: bool,
    diff: bool,
    output: str | None,
) -> int:
    """Show or make the corrections; returns how many false cells are left."""
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.reporting.fix import corrections, fixed
    from llmnotes.knowledge.sources import short_reference, sources

    checker = Checker(connection)
    left = 0
    for file in files:
        found = [(one, corrections(checker, one, verdicts, fill=fill)) for one in file.tables]
        made = sum(len(changes) for _, changes in found)
        ids = [source for _, changes in found for change in changes for source in change.sources]
        notes = {item["id"]: short_reference(item) for item in sources(connection, ids)}
        text = fixed(file.text, found, notes)
        corrected = sum(
            change.judged.judgement.verdict in verdicts
            for _, changes in found
            for change in changes
        )
        if diff:
            _write(_difference(file.name, file.text, text), output)
            left += _failing(file, verdicts)
            continue
        left += _failing(file, verdicts) - corrected
        _save(file, text, made, output)
    return left


def _difference(name: str, before: str, after: str) -> str:
    import difflib

    return "".join(
        line if line.endswith("\n") else line + "\n"
        for line in difflib.unified_diff(
            before.splitlines(keepends=True),
            after.splitlines(keepends=True),
            name,
            f"{name} (fixed)",
        )
    )


def _save(file: Checked, text: str, made: int, output: str | None) -> None:
    """Write a corrected file in place, whole or not at all; standard input goes to standard output."""
    from llmnotes.factcheck.reporting.files import STANDARD_INPUT_NAME
    from llmnotes.output import write_whole

    cells = "1 cell" if made == 1 else f"{made} cells"
    if file.name == STANDARD_INPUT_NAME or output is not None:
        _write(text, output)
    elif text != file.text:
        write_whole(file.name, text.encode())
        console.remark(f"{file.name}: corrected {cells}")
    else:
        console.remark(f"{file.name}: nothing to correct")
