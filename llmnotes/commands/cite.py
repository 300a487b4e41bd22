"""`llmnotes cite`: the sources used."""

from __future__ import annotations

import typer

from llmnotes import console
from llmnotes.commands.common import Attributes, Format, Names, Output, base, say, split
from llmnotes.export import FORMATS, check_format


def command(
    context: typer.Context,
    names: Names,
    attributes: Attributes = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """The sources used for models and families; formats also bibtex and csl-json.

    What llmnotes computed itself has no entry there: a comment says by which formula.
    """
    check_format(format, (*FORMATS, "bibtex", "csl-json"))
    from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
    from llmnotes.knowledge.cite import cited
    from llmnotes.knowledge.sources import short_reference

    with base(context) as connection:
        found = cited(connection, names, split(attributes))
    if format in {"bibtex", "csl-json"}:
        from llmnotes.export import bibliography

        text = bibliography.bibtex(found) if format == "bibtex" else bibliography.csl_json(found)
        if output is None:
            console.page(text)
            return
        from llmnotes.commands.common import write_file

        write_file(output, text)
        return
    rows = []
    for item in found:
        text, url = short_reference(item), item["url"] or ""
        told = (
            text.removesuffix(f". {url}") if url else text
        )  # a terminal shows the address beside it
        rows.append(
            Row(
                (Cell(item["id"], item["id"]), Cell(text, text, short=told), Cell(url, item["url"]))
            )
        )
    say(Answer([AnswerTable(("id", "source", "url"), rows, raw=True)], found), format, output)
