"""`llmnotes import`: models from files, catalogs and the hub."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Format, Output, say
from llmnotes.commands.progress import progress
from llmnotes.errors import InputError
from llmnotes.export import check_format


def complete_form(incomplete: str) -> list[str]:
    """Completions of a source format."""
    from llmnotes.ingest.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def command(
    context: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="SOURCE", help="A file, a folder, or hf:organization/name.")
    ],
    form: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="FORM",
            help="Its format, where it should not be recognised.",
            autocompletion=complete_form,
        ),
    ] = None,
    id: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="The id of its one model, or of a known one."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="What its one model is called.")
    ] = None,
    organization: Annotated[
        str | None,
        typer.Option("--organization", metavar="NAME", help="Who published its one model."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be claimed; write nothing.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="List every contradiction and ambiguity.")
    ] = False,
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="LAKE",
            help="Normalise Parquet files of configurations (columns id, config) into a folder.",
        ),
    ] = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Bring in models, claims or a bundle, in one write that `undo` takes back.

    Reads bundles, Hugging Face repositories, every configuration that `estimate` reads (and folders
    of them), safetensors, GGUF, models.dev, llmfit, litellm, OpenRouter, Epoch AI, LLMStats,
    genai-prices, Ollama, and tables. Entries that are not as they should be are left out and named;
    the others are imported, and the exit code is 0.

    With --to, configurations by the million become a folder of Parquet files that `filter --lake`,
    `sql --lake`, DuckDB, Polars and Spark read; a run that was stopped goes on where it was.
    """
    check_format(format)
    if to is not None:
        beside = {"--as": form, "--id": id, "--name": name, "--organization": organization,
                  "--dry-run": dry_run, "--all": every}  # fmt: skip
        _to_lake(source, to, beside, format, output)
        return
    if source.endswith(".parquet"):
        raise InputError(f"{source}: configurations in Parquet become a lake; add `--to FOLDER`")
    from llmnotes.commands.writes import store
    from llmnotes.ingest.chosen import Chosen
    from llmnotes.ingest.run import import_source
    from llmnotes.views.imports import report_answer, spoken_remarks

    with progress("importing") as show:
        report = import_source(
            store(context),
            source,
            form=form,
            chosen=Chosen(id, name, organization),
            dry_run=dry_run,
            progress=show,
        )
    say(report_answer(report, every=every), format, output)
    for remark in spoken_remarks(report):
        console.remark(remark)
    if report.write is not None:
        console.remark(f"`llmnotes undo {report.write}` takes this back")
    else:
        console.remark("nothing was written")


def _to_lake(
    source: str, lake: str, beside: Mapping[str, object], format: str, output: str | None
) -> None:
    for option, given in beside.items():
        if given:
            raise InputError(f"{option} does not go with --to: a lake takes every row as it is")
    from pathlib import Path

    from llmnotes.lake.convert import make_lake
    from llmnotes.views.lake import lake_answer

    with progress("normalising") as show:
        made = make_lake(Path(source), Path(lake), progress=show)
    say(lake_answer(made), format, output)
    for path in made.same:
        console.remark(f"{path} has the bytes of another file; its rows are there once")
