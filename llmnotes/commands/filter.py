"""`llmnotes filter`: models that satisfy conditions, one option for each attribute."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import typer

from llmnotes import console
from llmnotes.commands.common import (
    DATA,
    ExitCode,
    Format,
    Output,
    Variants,
    WithClaims,
    WithSources,
    WithStatus,
    base,
    complete_attribute,
    complete_name,
    complete_organization,
    refuse_elsewhere,
    say,
    whole_number,
)  # fmt: skip
from llmnotes.export import check_format
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.shortcut import ExtraOption, chosen

DEFAULT_COLUMNS = (
    "id",
    "params_total",
    "context_length",
    "attention",
    "release_date",
    "organization",
)


def run(
    context: typer.Context,
    where: Annotated[
        str | None,
        typer.Option(metavar="CONDITION", help="As in 'attention = GQA and params >= 7B'."),
    ] = None,
    family: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Only members of a family.", autocompletion=complete_name
        ),
    ] = None,
    families: Annotated[
        bool, typer.Option("--families", help="Families of which any member satisfies all this.")
    ] = False,
    every: Annotated[
        bool, typer.Option("--every", help="With --families: every member must satisfy it.")
    ] = False,
    variants: Variants = "base",
    include_rumours: Annotated[
        bool, typer.Option("--include-rumours", help="Let rumoured values satisfy a condition.")
    ] = False,
    include_estimates: Annotated[
        bool, typer.Option("--include-estimates", help="Let estimated values satisfy a condition.")
    ] = False,
    sort: Annotated[
        str | None,
        typer.Option(
            metavar="A,B",
            help="Sort by these; -A sorts downwards.",
            autocompletion=complete_attribute,
        ),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="Show these.", autocompletion=complete_attribute),
    ] = None,
    limit: Annotated[str | None, typer.Option(metavar="N", help="At most so many.")] = None,
    with_status: WithStatus = False,
    with_sources: WithSources = False,
    with_claims: WithClaims = False,
    exit_code: ExitCode = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Models that satisfy conditions.

    Each attribute is an option. A number may be a range: 7B..70B, 8k.., ..2023-06.
    An option given twice means or, different options mean and. Unknown values satisfy nothing.
    """  # fmt: skip
    check_format(format)
    refuse_elsewhere({"--with-claims": with_claims}, "json, jsonl and yaml", format, format in DATA)
    beside = {"--with-status": with_status, "--with-sources": with_sources}
    refuse_elsewhere(beside, "models", "--families", not families)
    from llmnotes.knowledge.columns import check_columns
    from llmnotes.knowledge.filtering import Query, select
    from llmnotes.knowledge.records import COLUMNS, add_claims, add_sources, only_columns
    from llmnotes.views.records import records_answer

    options = chosen(context)
    tentative = {"rumoured"} if include_rumours else set()
    tentative |= {"estimated"} if include_estimates else set()
    query = Query(
        options=options,
        where=where,
        families=family or (),
        variants=variants,
        tentative=frozenset(tentative),
        sort=sort,
        limit=whole_number(limit, "--limit"),
    )
    shown = check_columns(columns) if columns else None
    text_columns = shown or list(dict.fromkeys([*DEFAULT_COLUMNS, *options]))
    narrow = shown or (text_columns if format in {"table", "markdown", "latex", "html"} else None)
    with base(context) as connection:
        if families:
            from llmnotes.knowledge.families import families_of
            from llmnotes.views.records import families_answer

            found = families_of(connection, query, every=every)
            answer = families_answer(found)
        else:
            found = select(connection, query, narrow)
            if with_claims:
                add_claims(connection, found)
            if with_sources:
                add_sources(connection, found, shown or narrow or COLUMNS)
            answer = records_answer(
                only_columns(found, shown) if shown else found,
                shown or narrow,
                with_status=with_status,
                with_sources=with_sources,
            )
    say(answer, format, output)
    if not found and query.limit != 0:
        console.remark("no model satisfies this" if not families else "no family satisfies this")
    if exit_code and not found:
        raise typer.Exit(console.EXIT_FOUND)


def _metavar(item: Attribute) -> str:
    if item.kind == "flag":
        return "YES|NO"
    if item.kind == "date":
        return "DATES"
    return "RANGE" if item.is_numeric else "TERM" if item.vocabulary else "TEXT"


def _complete_terms(item: Attribute, incomplete: str) -> list[str]:
    if item.kind == "organizations":
        return complete_organization(incomplete)
    if item.kind == "models":
        return complete_name(incomplete)
    terms = ["yes", "no"] if item.kind == "flag" else list(item.terms)
    return [term for term in terms if term.lower().startswith(incomplete.lower())]


def attribute_options() -> list[ExtraOption]:
    """An option for each attribute of the schema, repeatable."""
    return [
        ExtraOption(
            item.id,
            (f"--{item.option_name.replace('_', '-')}",),
            _metavar(item),
            item.meaning,
            partial(_complete_terms, item),
        )
        for item in ATTRIBUTES.values()
    ]


def build_command() -> Any:
    """The command with its generated options."""
    from llmnotes.lazy import build

    return build(run, "filter", attribute_options())
