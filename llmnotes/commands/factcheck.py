"""`llmnotes factcheck`: somebody's tables against the base."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Output, base, say, split, write_file
from llmnotes.export import FORMATS, check_format

if TYPE_CHECKING:
    from llmnotes.factcheck.judging.check import Checker
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
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Move slipped rows back and correct false cells in the files."),
    ] = False,
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
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.judging.verdicts import FAILING, check_verdicts

    verdicts = [*FAILING, *check_verdicts(split(fail_on))]
    with base(context) as connection:
        checker = Checker(connection)
        found = _check(checker, files, ignore)
        if fix or diff:
            left = _correct(checker, found, verdicts, output, fill=fill, diff=diff, heed=ignore)
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


def _check(checker: Checker, paths: list[str], heed: bool) -> list[Checked]:
    from llmnotes.factcheck.reporting.files import documents
    from llmnotes.factcheck.reporting.report import check_text

    files = []
    for document in documents(paths):
        file = check_text(checker, document.name, document.text, heed=heed)
        if document.named and not file.tables:
            console.remark(_nothing(file))
        if left := file.passed_over:
            console.remark(
                f"{file.name}: {left:,} long cells were not looked at, as too many are not true; "
                "check the tables one by one"
            )
        files.append(file)
    return files


def _nothing(file: Checked) -> str:
    if not file.found:
        return f"{file.name}: no table found"
    if not file.understood:
        return f"{file.name}: no table speaks of models and their attributes"
    return (
        f"{file.name}: no table names a model that the base knows; "
        "`llmnotes list` shows what it knows"
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
    checker: Checker,
    files: list[Checked],
    verdicts: list[str],
    output: str | None,
    *,
    fill: bool,
    diff: bool,
    heed: bool,
) -> int:
    """Show or make the corrections; returns how many false cells are left, with `diff` were there."""
    from llmnotes.errors import InputError
    from llmnotes.factcheck.reporting.files import STANDARD_INPUT_NAME
    from llmnotes.factcheck.reporting.fix import fix
    from llmnotes.output import write_whole
    from llmnotes.views.factcheck_changes import change_lines, difference

    if output is not None and len(files) > 1 and not diff:
        raise InputError(
            f"--output takes one corrected file, not {len(files)}; leave it out to correct each in place"
        )
    differences, left = [], 0
    for file in files:
        fixed = fix(checker, file, verdicts, _citing(checker.base.connection), fill=fill, heed=heed)
        left += _failing(file if diff else fixed.checked, verdicts)
        if diff:
            differences.append(difference(file.name, file.text, fixed.text))
            continue
        for line in change_lines(fixed, verdicts):
            console.remark(line)
        if file.name == STANDARD_INPUT_NAME or output is not None:
            _write(fixed.text, output)
        elif fixed.text != file.text:
            write_whole(file.name, fixed.text.encode())
    if diff:
        _write("".join(differences), output)
    return left


def _citing(connection: sqlite3.Connection) -> Callable[[str], str | None]:
    """The short reference of a source by its id, each read once."""
    from functools import cache

    from llmnotes.knowledge.sources import short_reference, sources

    @cache
    def cite(source: str) -> str | None:
        found = sources(connection, [source])
        return short_reference(found[0]) if found else None

    return cite
