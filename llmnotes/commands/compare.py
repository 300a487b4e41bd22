"""`llmnotes compare`: models and families side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

from llmnotes.commands.common import (
    DATA,
    Attributes,
    Format,
    Lake,
    Names,
    Output,
    Variants,
    base,
    no_store,
    refuse_elsewhere,
    refuse_with_lake,
    say,
    split,
    whole_number,
    write_file,
)  # fmt: skip
from llmnotes.errors import InputError
from llmnotes.export import check_format

if TYPE_CHECKING:
    from llmnotes.export.typesetting import Typesetting

_ROWS = ("csv", "tsv")


class _Rows(TypedDict):
    """The selection of a comparison's rows."""

    attributes: list[str]
    group: str | None
    only_differences: bool
    unknown_too: bool


def command(
    context: typer.Context,
    names: Names,
    attributes: Attributes = None,
    group: Annotated[str | None, typer.Option(help="Only the attributes of a group.")] = None,
    only_differences: Annotated[
        bool, typer.Option("--only-differences", help="Only rows in which the subjects differ.")
    ] = False,
    unknown_too: Annotated[
        bool, typer.Option("--unknown-too", help="Also what is said of one of them only.")
    ] = False,
    each_size: Annotated[
        bool, typer.Option("--each-size", help="A column for each size of a family.")
    ] = False,
    sources: Annotated[
        bool, typer.Option("--sources/--no-sources", help="Footnotes with the sources.")
    ] = True,
    transpose: Annotated[
        bool, typer.Option("--transpose", help="A row for each model or family.")
    ] = False,
    columns_per_table: Annotated[
        str | None, typer.Option(metavar="N", help="Go on in a further table after N columns.")
    ] = None,
    caption: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The table's caption.")
    ] = None,
    label: Annotated[
        str | None, typer.Option(metavar="KEY", help="LaTeX: what \\ref finds the table by.")
    ] = None,
    cite: Annotated[
        bool,
        typer.Option("--cite", help="LaTeX: \\cite in the cells instead of a list of sources."),
    ] = False,
    cite_notes: Annotated[
        bool,
        typer.Option("--cite-notes", help="LaTeX: marks in the cells, \\cite in a note below."),
    ] = False,
    longtable: Annotated[
        bool, typer.Option("--longtable", help="LaTeX: a table that breaks over pages.")
    ] = False,
    bib: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Also write BibTeX: exactly the sources of the table.",
            callback=no_store,
        ),
    ] = None,
    variants: Variants = "base",
    lake: Lake = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Models and families side by side.

    A family stands for its sizes: where they differ, each value says for which.
    A row marked ≠ differs between the subjects; one marked ? says something of some of them only.
    """
    check_format(format)
    latex = {
        "--label": label, "--cite": cite, "--cite-notes": cite_notes, "--longtable": longtable,
    }  # fmt: skip
    refuse_elsewhere(latex, "latex", format, format == "latex")
    laid_out = {"--caption": caption, "--columns-per-table": columns_per_table}
    refuse_elsewhere(laid_out, "printed tables", format, format not in (*DATA, *_ROWS))
    refuse_elsewhere({"--transpose": transpose}, "tables", format, format not in DATA)
    from llmnotes.knowledge.compare import compare
    from llmnotes.views.comparison import ComparisonLayout, comparison_answer

    most = _columns(columns_per_table)
    style = _style(label, caption, cite, cite_notes, longtable) if format == "latex" else None
    if bib is not None and bib == output:
        raise InputError(f"--bib and --output are both {bib}; each needs a file of its own")
    if not sources and (cite or cite_notes):
        raise InputError("--no-sources leaves nothing to cite; take one of the two away")
    rows = _rows(split(attributes), group, only_differences, unknown_too)
    if lake is not None:
        of_the_base = {
            "--each-size": each_size, "--variants": variants != "base", "--bib": bib,
            "--cite": cite, "--cite-notes": cite_notes,
        }  # fmt: skip
        refuse_with_lake(of_the_base)
        from pathlib import Path

        from llmnotes.lake.named import compare as compare_in_lake

        found = compare_in_lake(Path(lake), names, **rows)
    else:
        with base(context) as connection:
            found = compare(connection, names, each_size=each_size, variants=variants, **rows)
    layout = ComparisonLayout(
        with_sources=sources,
        with_effects=not attributes and group is None,
        caption=caption or "",
        transpose=transpose,
        columns_per_table=most,
        typesetting=style,
    )
    say(comparison_answer(found, layout), format, output)
    if bib is not None:
        from llmnotes.export.bibliography import bibtex

        write_file(bib, bibtex(found.sources))


def _rows(
    attributes: list[str], group: str | None, only_differences: bool, unknown_too: bool
) -> _Rows:
    if unknown_too and not only_differences:
        raise InputError(
            "--unknown-too adds to --only-differences; without that all rows are shown"
        )
    return {
        "attributes": attributes, "group": group,
        "only_differences": only_differences, "unknown_too": unknown_too,
    }  # fmt: skip


def _columns(text: str | None) -> int | None:
    most = whole_number(text, "--columns-per-table")
    if most == 0:
        raise InputError("--columns-per-table takes a number from 1, not 0")
    return most


def _style(
    label: str | None, caption: str | None, cite: bool, cite_notes: bool, longtable: bool
) -> Typesetting:
    import re

    from llmnotes.export.typesetting import Typesetting

    if label is not None and not caption:
        raise InputError("--label names a caption's number; give --caption too")
    if label is not None and not re.fullmatch(r"[A-Za-z0-9:._/+-]+", label):
        raise InputError(f"--label takes letters, digits and :._/+-, not {label!r}; try tab:models")
    if cite and cite_notes:
        raise InputError("--cite and --cite-notes are two ways of citing; take one")
    return Typesetting(
        label or "", long=longtable, cites="cells" if cite else "notes" if cite_notes else ""
    )
