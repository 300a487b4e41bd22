"""`llmnotes factcheck`: somebody's tables against the base."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Output, base, no_store, say, say_text, split
from llmnotes.commands.correcting import Correcting, Spare, correct, failing_cells
from llmnotes.commands.progress import progress
from llmnotes.errors import InputError, quoted
from llmnotes.export import FORMATS, check_format

if TYPE_CHECKING:
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.reporting.files import Document
    from llmnotes.factcheck.reporting.ignore_file import IgnoreFiles
    from llmnotes.factcheck.reporting.report import Checked

_FORMATS = (*FORMATS, "sarif", "github")


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
    since: Annotated[
        str | None,
        typer.Option(metavar="REV", help="Only lines that changed since a git revision."),
    ] = None,
    ignore: Annotated[
        bool,
        typer.Option(
            "--ignore/--no-ignore", help="Heed llmnotes-ignore comments and .llmnotes-ignore."
        ),
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
    also: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FORMAT=FILE", help="Write the report in another format too; repeat for more."
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Somebody's table against the base.

    Reads every table of Markdown, HTML, LaTeX, CSV, TSV and Org files, of notebooks, reStructuredText,
    Word documents, workbooks and PDFs, and facts in lists, and says of each cell whether it is true; and
    of the entries of a .bib file whether title, year and id are those of the paper. Ends with 1 when a
    cell is wrong or misplaced. A file without a table, or without a model that the base knows, is passed
    over with a remark.

    A comment with llmnotes-ignore on a row's line, or above a table, keeps it from being reported; the
    file .llmnotes-ignore lists exceptions, each with its reason and last day.
    """  # fmt: skip
    check_format(format, _FORMATS)
    if since is not None and (fix or diff):
        raise InputError(
            "--since only reports; leave it out to correct, or --fix and --diff to report"
        )
    reports = [(format, output), *_also(context, also or [], bool(fix or diff))]
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.judging.verdicts import FAILING, check_verdicts

    verdicts = [*FAILING, *check_verdicts(split(fail_on))]
    with base(context) as connection:
        checker = Checker(connection)
        spared = _spared(checker) if ignore else _nothing_spared
        found = _check(checker, files, ignore, since, spared)
        if fix or diff:
            correcting = Correcting(fill=fill, diff=diff, heed=ignore, spared=spared)
            left = correct(checker, found, verdicts, output, correcting)
        else:
            for chosen, file in reports:
                _say(connection, found, verdicts, all_cells, chosen, file)
            left = sum(failing_cells(one, verdicts) for one in found)
    if left:
        raise typer.Exit(console.EXIT_FOUND)


def _also(
    context: typer.Context, written: list[str], correcting: bool
) -> Iterator[tuple[str, str]]:
    """The formats and files of `--also`; raises `InputError` for one without a format."""
    for text in written:
        format, equals, file = text.partition("=")
        if not (equals and file):
            raise InputError(f"--also takes FORMAT=FILE, as sarif=report.sarif, not {quoted(text)}")
        if correcting:
            raise InputError("--also writes reports; leave it out with --fix and --diff")
        no_store(context, file)
        yield check_format(format, _FORMATS), file


def _complete(incomplete: str) -> list[str]:
    from llmnotes.factcheck.judging.verdicts import VERDICTS

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in VERDICTS if name.startswith(last)]


def _nothing_spared(file: Checked) -> None:
    """An exception filter that excludes nothing."""


def _spared(checker: Checker) -> Spare:
    """A filter that excludes what the exceptions of `.llmnotes-ignore` cover, where there is one."""
    from functools import cache

    from llmnotes.factcheck.reporting.files import STANDARD_INPUT_NAME, nearest_ignore_file

    @cache
    def exceptions() -> IgnoreFiles:
        from datetime import date

        from llmnotes.factcheck.reporting.ignore_file import IgnoreFiles

        return IgnoreFiles(checker, date.today(), console.remark)

    def spared(file: Checked) -> None:
        if file.name != STANDARD_INPUT_NAME and nearest_ignore_file(file.name):
            exceptions().apply(file, file.name)

    return spared


def _check(
    checker: Checker, paths: list[str], heed: bool, since: str | None, spared: Spare
) -> list[Checked]:
    from llmnotes.factcheck.reporting.files import documents, files_of

    wanted, changes = list(files_of(paths)), None
    if since is not None:
        from llmnotes.factcheck.reporting.changes import Changes

        changes = Changes(since)
        wanted = [one for one in wanted if changes.touched(one.path)]
    files = []
    with progress("checking") as done:
        for number, document in enumerate(documents(wanted, console.remark)):
            done(number, len(wanted))
            file = _checked(checker, document, heed)
            spared(file)
            lines = changes.lines(document.name) if changes else None
            if lines is not None and not document.is_binary:
                from llmnotes.factcheck.reporting.changes import keep_changed

                keep_changed(file, lines)
            files.append(file)
    return files


def _checked(checker: Checker, document: Document, heed: bool) -> Checked:
    from llmnotes.factcheck.reporting.report import check_text

    name, text, named, rendition = document
    file = check_text(checker, name, text, heed=heed, rendition=rendition)
    if named and not file.tables and not file.entries:
        console.remark(_nothing(file))
    if left := file.passed_over:
        console.remark(
            f"{name}: {left:,} long cells were not looked at, as too many are not true; "
            "check the tables one by one"
        )
    return file


def _nothing(file: Checked) -> str:
    if not file.found and file.name.lower().endswith(".bib"):
        return f"{file.name}: no entry found"
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
    if format in {"github", "sarif"}:
        from llmnotes.export import github, sarif
        from llmnotes.views.factcheck_sarif import findings, rules

        every = list(findings(files, verdicts))
        text = github.render(every) if format == "github" else sarif.render(rules(), every)
        if text or output is not None:
            say_text(text, output)
    elif format == "table":
        from llmnotes.views.factcheck_report import report

        width = console.width() if console.is_terminal() else 100
        lines = list(report(files, width, everything=all_cells))
        if lines or output is not None:
            say_text("".join(f"{line}\n" for line in lines), output)
    else:
        from llmnotes.factcheck.reporting.report import used_sources
        from llmnotes.knowledge.sources import sources
        from llmnotes.views.factcheck import factcheck_answer

        used = sources(connection, used_sources(files))
        say(factcheck_answer(files, used, everything=all_cells), format, output)
