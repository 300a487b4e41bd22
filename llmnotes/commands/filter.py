"""`llmnotes filter`: models that satisfy conditions, one option for each attribute."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from llmnotes import console
from llmnotes.attributes.entities import KIND_OF
from llmnotes.commands.common import (
    DATA,
    ExitCode,
    Format,
    Lake,
    Output,
    Variants,
    WithClaims,
    WithSources,
    WithStatus,
    base,
    complete_attribute,
    complete_called,
    complete_name,
    refuse_elsewhere,
    refuse_with_lake,
    say,
    whole_number,
)  # fmt: skip
from llmnotes.export import check_format
from llmnotes.schema import ATTRIBUTES, Attribute, admitted
from llmnotes.shortcut import ExtraOption, chosen

if TYPE_CHECKING:
    from llmnotes.export.answer import Answer
    from llmnotes.knowledge.filtering import Query


def run(
    context: typer.Context,
    where: Annotated[
        str | None,
        typer.Option(metavar="CONDITION", help="As in 'attention = GQA and params >= 7B'."),
    ] = None,
    family: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Only members of a family or line.", autocompletion=complete_name
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
    lake: Lake = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Models that satisfy conditions.

    Each attribute is an option. A number may be a range: 7B..70B, 8k.., ..2023-06.
    A comma or a repeated option means or, a leading ! or --not-ATTRIBUTE not (!GQA,MQA is neither),
    different options and; quotes keep a comma or ! in a name. Unknown values satisfy nothing.
    --where, --sort and --columns also take ratios, d_ff / d_model, and scores, evaluation.MMLU.
    """  # fmt: skip
    check_format(format)
    refuse_elsewhere({"--with-claims": with_claims}, "json, jsonl and yaml", format, format in DATA)
    beside = {"--with-status": with_status, "--with-sources": with_sources}
    refuse_elsewhere(beside, "models", "--families", not families)
    from llmnotes.knowledge.columns import check_columns
    from llmnotes.knowledge.filtering import Query

    options, excluded = _options(chosen(context))
    query = Query(
        options=options,
        excluded=excluded,
        where=where,
        families=family or (),
        variants=variants,
        tentative=admitted(rumours=include_rumours, estimates=include_estimates),
        sort=sort,
        limit=whole_number(limit, "--limit"),
    )
    if lake is not None:
        of_the_base = {
            "--family": family, "--families": families, "--every": every, **beside,
            "--variants": variants != "base", "--include-rumours": include_rumours,
            "--include-estimates": include_estimates, "--with-claims": with_claims,
        }  # fmt: skip
        refuse_with_lake(of_the_base)
        answer, found = _in_lake(context, lake, query, columns)
        asked, remarks = "configuration of the lake", []
    else:
        chosen_columns = check_columns(columns) if columns else None
        shown = _ShownRecords(chosen_columns, format, with_status, with_sources, with_claims)
        with base(context) as connection:
            if families:
                answer, found = _families(connection, query, every)
            else:
                answer, found = _models(connection, query, shown)
            asked, remarks = "family" if families else "model", _remarks(connection, query, found)
            if found and not families:
                remarks += _left_out(connection, query)
    say(answer, format, output)
    if not found and query.limit != 0:
        console.remark(f"no {asked} satisfies this")
    for remark in remarks:
        console.remark(remark)
    if exit_code and not found:
        raise typer.Exit(console.EXIT_FOUND)


Found = tuple["Answer", list[dict[str, Any]]]
"""An answer, and the records that it shows."""


class _ShownRecords(NamedTuple):
    """What to show of each model: the chosen columns, if any, the format, and what stands beside them."""

    columns: list[str] | None
    format: str
    with_status: bool
    with_sources: bool
    with_claims: bool


def _models(connection: sqlite3.Connection, query: Query, shown: _ShownRecords) -> Found:
    from llmnotes.knowledge.columns import DEFAULT_COLUMNS, measures_of, with_units
    from llmnotes.knowledge.filtering import select
    from llmnotes.knowledge.records import COLUMNS, add_claims, add_sources, only_columns
    from llmnotes.views.records import records_answer

    columns = shown.columns
    if columns and shown.format in {"csv", "tsv"}:
        columns = with_units(columns)
    asked = [*query.options, *query.excluded, *measures_of(query.sort)]
    told = columns
    if columns is None and shown.format in {"table", "markdown", "latex", "html"}:
        told = list(dict.fromkeys([*DEFAULT_COLUMNS, *asked]))
    found = select(connection, query, told)
    if shown.with_claims:
        add_claims(connection, found)
    if shown.with_sources:
        add_sources(connection, found, told or COLUMNS)
    answer = records_answer(
        only_columns(found, with_units(columns)) if columns else found,
        told,
        with_status=shown.with_status,
        with_sources=shown.with_sources,
        dispensable=() if columns else _not_asked_for(asked),
    )
    return answer, found


def _families(connection: sqlite3.Connection, query: Query, every: bool) -> Found:
    from llmnotes.knowledge.families import families_of
    from llmnotes.views.records import families_answer

    found = families_of(connection, query, every=every)
    return families_answer(found), found


def _in_lake(context: typer.Context, lake: str, query: Query, columns: str | None) -> Found:
    from pathlib import Path

    from llmnotes.lake.filtering import DEFAULT_COLUMNS, lake_columns, select
    from llmnotes.views.records import records_answer

    sorted_by = ",".join(part.strip().removeprefix("-") for part in (query.sort or "").split(","))
    told = [*DEFAULT_COLUMNS, *query.options, *query.excluded, *lake_columns(sorted_by, "--sort")]
    shown = lake_columns(columns, "--columns") or list(dict.fromkeys(told))
    with base(context) as connection:
        found = select(connection, Path(lake), query, shown)
    return records_answer(found, shown), found


def _not_asked_for(asked: Sequence[str]) -> tuple[str, ...]:
    """The default columns that may be left out, those that tell least first."""
    least = ("organization", "release_date", "attention", "context_length")
    return tuple(column for column in least if column not in asked)


def _options(typed: dict[str, list[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The values given for options of attributes, and for those with `--not-`."""
    wanted = {key: texts for key, texts in typed.items() if not key.startswith(_NOT)}
    return wanted, {key.removeprefix(_NOT): typed[key] for key in typed if key not in wanted}


_NOT = "not_"


def _remarks(connection: sqlite3.Connection, query: Query, found: Sequence[Any]) -> list[str]:
    """Remarks on the answer; computed only where there may be any."""
    texts = [query.where or "", *(text for texts in query.options.values() for text in texts)]
    if query.limit == 0 or (found and not any(mark in text for text in texts for mark in ",.<>")):
        return []
    from llmnotes.knowledge.emptiness import remarks

    return remarks(connection, query, found=bool(found))


def _left_out(connection: sqlite3.Connection, query: Query) -> list[str]:
    """A remark that post-trained models satisfy the query too, where only base models are asked for."""
    from llmnotes.knowledge.filtering import count

    if query.variants != "base":
        return []
    others = count(connection, query._replace(variants="post-trained"))
    models = (
        f"{others:,} post-trained models satisfy"
        if others > 1
        else "a post-trained model satisfies"
    )
    return [f"{models} this too; --variants all shows them"] if others else []


def _metavar(item: Attribute) -> str:
    if item.kind == "flag":
        return "YES|NO"
    if item.kind == "date":
        return "DATES"
    return "RANGE" if item.is_numeric else "TERM" if item.vocabulary else "TEXT"


def _complete_terms(item: Attribute, incomplete: str) -> list[str]:
    if (kind := KIND_OF.get(item.id)) and not item.vocabulary:
        return complete_called(incomplete, (kind,))
    if item.kind == "models":
        return complete_name(incomplete)
    terms = ["yes", "no"] if item.kind == "flag" else list(item.terms)
    if item.terms_of:
        terms += ATTRIBUTES[item.terms_of].terms
    return [term for term in terms if term.lower().startswith(incomplete.lower())]


def attribute_options() -> list[ExtraOption]:
    """Two options for each attribute of the schema, repeatable.

    `--not-…` options are hidden: they would double the length of the help without adding information.
    """
    return [
        ExtraOption(
            f"{before}{item.id}",
            tuple(f"--{before}{name}".replace("_", "-") for name in (item.option_name, *item.also)),
            _metavar(item),
            item.meaning,
            partial(_complete_terms, item),
            hidden=bool(before),
        )
        for before in ("", _NOT)
        for item in ATTRIBUTES.values()
    ]


def build_command() -> Any:
    """The command with its generated options."""
    from llmnotes.lazy import build

    return build(run, "filter", attribute_options())
