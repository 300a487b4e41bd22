"""The command line: the list of commands, each imported only when it runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Annotated, Any, NoReturn

import typer

from llmnotes import console
from llmnotes.errors import LlmnotesError, OutputError, ReaderGoneError, StandInWarning
from llmnotes.lazy import LazyGroup
from llmnotes.streams import drop_output, flush_output, prepare_streams

CONTENTS = {
    "list": "What there is: families, models, organizations, attributes, sources.",
    "show": "Everything known of a model or family, with sources.",
    "compare": "Models and families side by side.",
    "diff": "Only what differs between two models or families, and what it costs.",
    "filter": "Models that satisfy conditions.",
    "search": "Full text over models and techniques.",
    "sql": "A read-only SQL query on the store.",
    "export": "Records in any format.",
    "cite": "The sources used, for a bibliography.",
    "explain": "What a word means: technique, attribute, value or unit.",
    "topics": "The course: what there is to learn, what is read and what is not.",
    "path": "What to learn first, in order.",
    "timeline": "Models and techniques on one axis of time.",
    "lineage": "What a model descends from and led to, and what changed.",
    "who-uses": "The models that use a technique, with sources.",
    "quiz": "Questions from the base, repeated when they are due.",
    "anki": "A deck of cards for Anki.",
    "book": "Your notes, techniques and tables as one Markdown book.",
    "plot": "Pictures for a paper, and small ones for the terminal.",
    "estimate": "Parameters by part, KV cache, memory and FLOPs, with the formulas.",
    "check": "The base against itself.",
    "conflicts": "Claims that disagree, which one is shown, and why.",
    "changes": "What was added, corrected and withdrawn since an edition.",
    "factcheck": "Somebody's tables against the base.",
    "import": "Bring in models from files, catalogs and the Hugging Face hub.",
    "add": "Add a model of your own.",
    "new-family": "Draft a curated file from a model's own files.",
    "set": "Claim something of a model or family yourself.",
    "unset": "Take your own claims away.",
    "alias": "Let a name mean a model or family.",
    "note": "Notes on models, families and techniques.",
    "tag": "Tag models, families and techniques.",
    "log": "Every write to your store.",
    "undo": "Take a write back.",
    "site": "The base as web pages, for any static host.",
    "publish": "The base as Parquet, CSV and SQLite, for other programs.",
    "serve": "The same pages over your own store.",
    "mcp": "Answers for agents over the Model Context Protocol.",
    "schema": "The attributes, and the JSON Schema of a family file.",
    "db": "The stores: where they are and how they are.",
}
"""Every command with its one-line help; `llmnotes.commands.NAME` holds it."""


class Contents(LazyGroup):
    """The commands of `CONTENTS`."""

    contents = CONTENTS
    package = "llmnotes.commands"


app = typer.Typer(
    name="llmnotes",
    cls=Contents,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        from llmnotes.version import __version__

        console.write(f"llmnotes {__version__}")
        raise typer.Exit


@app.callback()
def llmnotes(
    context: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="Your own store; LLMNOTES_DB names it too."),
    ] = None,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="Print long answers at once, without a pager.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A cited, self-checking knowledge base of language models.

    Names are forgiving: llama2, "LLaMA 2" and meta-llama/Llama-2-7b-hf all work.
    Data goes to standard output, remarks to standard error.
    """
    context.obj = {"db": db}
    if no_pager:
        os.environ["LLMNOTES_PAGER"] = ""


def _remark_warnings() -> None:
    """Tell a warning of llmnotes in one sentence, as all remarks are; others stay as they are."""
    import warnings

    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        if issubclass(category, StandInWarning):
            console.remark(f"llmnotes: {message}")
        else:
            usual(message, category, *place, **more)

    warnings.showwarning = show
    warnings.simplefilter("always", StandInWarning)


def main() -> NoReturn:
    """Run the command line; every error ends in one sentence on standard error and an exit code."""
    prepare_streams()
    _remark_warnings()
    code = _exit_code(lambda: app(prog_name="llmnotes"))
    unwritten = _exit_code(flush_output)
    raise SystemExit(unwritten or code)


def _exit_code(step: Callable[[], None]) -> int:
    """Run `step` and return its exit code; an error is reported on standard error."""
    try:
        step()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else console.EXIT_OK
    except LlmnotesError as error:
        if isinstance(error, OutputError | ReaderGoneError):
            drop_output()
        if error.exit_code:
            console.remark(f"llmnotes: {error}")
        return error.exit_code
    except KeyboardInterrupt:
        return console.EXIT_INTERRUPTED
    except Exception as error:
        if os.environ.get("LLMNOTES_DEBUG"):
            raise
        console.remark(
            f"llmnotes: an error of llmnotes itself ({type(error).__name__}: {error}); please report "
            "the command with this line (LLMNOTES_DEBUG=1 shows where it comes from)"
        )
        return console.EXIT_INPUT
    return console.EXIT_OK
