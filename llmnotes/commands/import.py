"""`llmnotes import`: models from files, catalogs and the hub."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Format, Output, say
from llmnotes.commands.progress import progress
from llmnotes.export import check_format


def complete_form(incomplete: str) -> list[str]:
    """Formats of sources that begin as typed."""
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
    format: Format = "table",
    output: Output = None,
) -> None:
    """Bring in models, claims or a bundle, in one write that `undo` takes back.

    Reads bundles, Hugging Face repositories, every configuration that `estimate` reads (and folders
    of them), safetensors, GGUF, models.dev, llmfit, litellm, OpenRouter, Epoch AI, LLMStats,
    genai-prices, Ollama, and tables. Entries that are not as they should be are left out and named;
    the others are imported, and the exit code is 0.
    """
    check_format(format)
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
