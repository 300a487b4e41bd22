"""`llmnotes check`: consistency of the base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import FLAT, AnyNames, Format, Output, base, say
from llmnotes.commands.progress import progress
from llmnotes.errors import InputError
from llmnotes.export import check_format


def complete_rule(incomplete: str) -> list[str]:
    """Completions of a rule."""
    from llmnotes.checks.catalogue import all_rules

    return [rule.name for rule in all_rules() if rule.name.startswith(incomplete)]


def command(
    context: typer.Context,
    names: AnyNames = None,
    rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE", help="Only this rule; repeat for more.", autocompletion=complete_rule
        ),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(
            metavar="RULE", help="What a rule says, in a sentence.", autocompletion=complete_rule
        ),
    ] = None,
    list_rules: Annotated[
        bool, typer.Option("--list", help="All rules with their sentence.")
    ] = False,
    file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A family file instead of the base: all its faults."),
    ] = None,
    copies: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="With --file: copies of its sources, one per source id, to find its claims in.",
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 also for what is merely worth knowing.")
    ] = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """The base against itself: what cannot be true, contradicts or lacks its source.

    Ends with 1 when an error or a warning is found. Exceptions are named, with their reasons, in
    the package's data/exceptions.toml; --format json lists those that were met. With --file one
    family file is looked at, and with --copies its claims are looked up in copies of their sources.
    """  # fmt: skip
    check_format(format)
    if (explain or list_rules) and (names or rule or (explain and list_rules)):
        raise InputError("--explain and --list stand alone; leave names and other options out")
    if copies and not file:
        raise InputError("--copies needs --file FILE: the family file to hold against the copies")
    if file:
        if names or rule or explain or list_rules:
            raise InputError("--file stands alone; leave names, --rule, --explain and --list out")
        _file(file, copies, format, output)
        return
    from llmnotes.checks import catalogue
    from llmnotes.views import check as views

    if explain or list_rules:
        rules = [catalogue.rule(explain)] if explain else catalogue.all_rules()
        say(views.rules_answer(rules), format, output)
        return
    from llmnotes.knowledge.check import check

    with base(context) as connection, progress("checking") as show:
        report = check(connection, names or (), rule or (), progress=show)
    answer = views.report_answer(report, flat=format in FLAT)
    if answer.tables or output or format in {"json", "jsonl", "yaml"}:
        say(answer, format, output)
    console.remark(views.summary_text(report))
    counts = report.counts()
    if counts["error"] or counts["warning"] or (strict and counts["info"]):
        raise typer.Exit(console.EXIT_FOUND)


def _file(path: Path, copies: Path | None, format: str, output: str | None) -> None:
    """Show all faults of a family file; exits with 1 where there are any."""
    from llmnotes.evidence.copies import Copies
    from llmnotes.evidence.files import check_file
    from llmnotes.knowledge.others import declared_elsewhere
    from llmnotes.views.check import faults_answer

    faults = check_file(
        path, Copies(copies) if copies else None, others=declared_elsewhere(path.stem)
    )
    answer = faults_answer(path.name, faults, flat=format in FLAT)
    if answer.tables or output or format in {"json", "jsonl", "yaml"}:
        say(answer, format, output)
    console.remark(f"{len(faults)} fault{'' if len(faults) == 1 else 's'} in {path.name}")
    if faults:
        raise typer.Exit(console.EXIT_FOUND)
