"""The tools: eight questions of the command line, each with its arguments and its handler."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from llmnotes.agents.arguments import Parameter, checked
from llmnotes.agents.fitting import LARGEST, fitted, led_by
from llmnotes.errors import InputError, unknown
from llmnotes.knowledge.stand_ins import collected
from llmnotes.schema import ATTRIBUTES, TENTATIVE_STATUSES, admitted, attributes_called

if TYPE_CHECKING:
    from llmnotes.knowledge.show import Portrait

Arguments = Mapping[str, Any]

_MOST_NAMES = 12
_FOR_THE_REST = 200
"""Bytes kept for what is said of the subjects that do not fit."""
_ROWS, _MOST_ROWS, _COUNTED = 25, 200, 1_000
"""Rows of an answer by default and at most, and rows beyond them that are counted."""


class Tool(NamedTuple):
    """A tool: its description in a line for agents, its arguments, and its handler."""

    says: str
    parameters: dict[str, Parameter]
    answer: Callable[[sqlite3.Connection, Arguments], str]


def answer(connection: sqlite3.Connection, name: str, given: Mapping[str, Any] | None) -> str:
    """The answer of a tool as Markdown of at most 10 kB.

    Raises `InputError` for an unknown tool, for arguments that it does not take, and for unknown names,
    with the nearest ones.
    """
    if name not in TOOLS:
        raise unknown("tool", name, TOOLS)
    tool = TOOLS[name]
    with collected() as notices:
        text = tool.answer(connection, checked(name, tool.parameters, given))
    return led_by(notices, text)


def _find(connection: sqlite3.Connection, given: Arguments) -> str:
    from llmnotes.export.answer import Answer, simple_table
    from llmnotes.knowledge.names import find
    from llmnotes.knowledge.search import search

    most = _limit(given)
    found = search(connection, given["text"], most + _COUNTED)
    if not found:
        find(connection, given["text"])  # reports the nearest names
        return "Nothing found.\n"
    rows = [tuple(item.values()) for item in found[:most]]
    table = simple_table(("kind", "id", "name", "text"), rows)
    return fitted(Answer([table], None), "use more words", more=max(0, len(found) - most))


def _get(connection: sqlite3.Connection, given: Arguments) -> str:
    """With attributes, every claim on them; otherwise the resolved values."""
    from llmnotes.views.shown import shown_answer

    wanted = attributes_called(given.get("attributes") or ())
    found = shown_answer(
        connection, given["name"], kind=given.get("kind"), attributes=wanted,
        every_claim=bool(wanted),
    )  # fmt: skip
    also = [f"This name is also of the {other} (kind, id)" for other in found.others]
    if found.portrait is None:
        return fitted(found.answer, "`filter` lists the models", also)
    if not wanted:
        hint = "name `attributes` (or a group of them) to see those, with every claim"
        return fitted(found.answer, hint, [*_tentative(found.portrait), *also])
    said = {claim.attribute for _, claim in found.portrait.claims}
    remarks = [f"{ATTRIBUTES[key].label}: unknown (no claim)" for key in wanted if key not in said]
    return fitted(found.answer, "name fewer attributes", [*remarks, *also])


def _tentative(found: Portrait) -> list[str]:
    """A line that names the attributes with rumours or estimates."""
    said = {
        claim.attribute: ATTRIBUTES[claim.attribute].label
        for _, claim in found.claims
        if claim.status in TENTATIVE_STATUSES
    }
    if not said:
        return []
    return [f"Rumours or estimates beside these: {', '.join(said)}; `attributes` shows them"]


def _compare(connection: sqlite3.Connection, given: Arguments) -> str:
    from llmnotes.knowledge.compare import compare
    from llmnotes.views.comparison import ComparisonLayout, comparison_answer

    names, wanted = given["names"], attributes_called(given.get("attributes") or ())
    if len(names) > _MOST_NAMES:
        raise InputError(f"compare takes at most {_MOST_NAMES} names, not {len(names)}")
    differing = len(names) > 1 and not wanted and not given.get("all", False)
    found = compare(
        connection, names, attributes=wanted, only_differences=differing,
        each_size=given.get("each_size", False), variants=given.get("variants", "base"),
    )  # fmt: skip
    if not found.rows:
        return "No attribute of which both have a known value differs; `all` shows every row.\n"
    layout = ComparisonLayout(with_effects=not wanted)
    return fitted(comparison_answer(found, layout), "name `attributes` to see those")


def _filter(connection: sqlite3.Connection, given: Arguments) -> str:
    from llmnotes.knowledge.columns import DEFAULT_COLUMNS, check_columns, measures_of, with_units
    from llmnotes.knowledge.emptiness import remarks
    from llmnotes.knowledge.filtering import Query, select
    from llmnotes.knowledge.records import add_sources
    from llmnotes.views.records import records_answer

    most = _limit(given)
    tentative = admitted(
        rumours=bool(given.get("include_rumours")), estimates=bool(given.get("include_estimates"))
    )
    query = Query(
        where=given.get("where"), variants=given.get("variants", "base"), sort=given.get("sort"),
        tentative=tentative, limit=most + _COUNTED,
    )  # fmt: skip
    named = re.findall(r"[a-z][a-z_]*", query.where or "")
    by_name = {
        name: item.id for item in ATTRIBUTES.values() for name in (item.id, item.option_name)
    }
    told = [
        *DEFAULT_COLUMNS,
        *(by_name[n] for n in named if n in by_name),
        *measures_of(query.sort),
    ]
    columns = check_columns(",".join(given["columns"])) if given.get("columns") else told
    columns = list(dict.fromkeys(["id", *columns]))
    found = select(connection, query, with_units(columns))
    if not found:
        why = remarks(connection, query, found=False)
        return "\n".join(["No model satisfies this.", *why]) + "\n"
    shown, more = found[:most], len(found) - most
    add_sources(connection, shown, columns)
    hint = "narrow the condition or raise `limit`"
    notes = ["there are more yet"] if more == _COUNTED else []
    return fitted(records_answer(shown, columns, footnotes=True), hint, notes, max(0, more))


def _estimate(connection: sqlite3.Connection, given: Arguments) -> str:
    from llmnotes.knowledge.estimate import estimate
    from llmnotes.knowledge.estimate_options import read_options
    from llmnotes.knowledge.estimate_subject import pasted_shape
    from llmnotes.knowledge.shapes import Shapes, named_shapes
    from llmnotes.views.estimate import estimate_answer

    if bool(given.get("name")) == bool(given.get("config")):
        raise InputError("estimate takes either `name`, a model or family, or `config`, its JSON")
    own = ("context", "batch", "dtype", "quant", "kv_dtype")
    options = read_options(
        hardware=given.get("hardware") or (), **{key: given[key] for key in own if key in given}
    )
    if given.get("config"):
        config = given["config"]
        text = config if isinstance(config, str) else json.dumps(config)
        found = Shapes([pasted_shape(text.encode("utf-8", "replace"))])
    else:
        found = named_shapes(connection, given["name"])  # never a path: tools read no files
    made = [estimate(shape, options) for shape in found.shapes]
    remarks = [*found.remarks, *(text for shape in found.shapes for text in shape.remarks)]
    remarks += [f"{model} left out: {reason}" for model, reason in found.refused]
    shown = estimate_answer(made, found.group, found.refused, formulas=len(made) == 1)
    return fitted(shown, "name one model", remarks)


def _factcheck(connection: sqlite3.Connection, given: Arguments) -> str:
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.reporting.report import check_text, used_sources
    from llmnotes.knowledge.sources import sources
    from llmnotes.views.factcheck import factcheck_answer

    file = check_text(Checker(connection), "table", given["text"])
    if not file.found:
        raise InputError("no table was found; paste Markdown, CSV, TSV, LaTeX or HTML")
    if not file.tables:
        raise InputError(
            "no table names a model that the base knows and an attribute of it; `find` tells names"
        )
    shown = factcheck_answer(
        [file], sources(connection, used_sources([file])), everything=given.get("all", False)
    )
    rows = [
        f"Row {finding.label.strip()}: {finding.finding}: {finding.text}"
        for checked_table in file.tables
        for finding in checked_table.findings
    ]
    if not shown.tables[0].rows:
        rows.insert(0, "No cell that the base knows is wrong; `all` lists every cell.")
    return fitted(shown, "check fewer rows at once", rows)


def _explain(connection: sqlite3.Connection, given: Arguments) -> str:
    from llmnotes.study.explain import explain
    from llmnotes.views.explain import explanation_answer

    found = explain(connection, given["term"])
    hint = "`filter` with the value as condition lists every model"
    return fitted(explanation_answer(found), hint, found.remarks)


def _sources(connection: sqlite3.Connection, given: Arguments) -> str:
    """The sources with these ids, or all sources of models and families."""
    from llmnotes.export.answer import Answer, simple_table
    from llmnotes.knowledge.cite import cited
    from llmnotes.knowledge.sources import short_reference, sources

    wanted = attributes_called(given.get("attributes") or ())
    known = {item["id"]: item for item in sources(connection, given["names"])}
    others = [name for name in given["names"] if name not in known]
    found = [*known.values(), *(cited(connection, others, wanted) if others else ())]
    found = list({item["id"]: item for item in found}.values())
    hint = "name `attributes`, or fewer names"
    if not given.get("bibtex"):
        rows = [(item["id"], short_reference(item), item["url"]) for item in found]
        return fitted(Answer([simple_table(("id", "source", "url"), rows)], None), hint)
    return _entries(found, hint)


def _entries(found: list[dict[str, Any]], hint: str) -> str:
    """As many whole BibTeX entries as fit in an answer."""
    from llmnotes.export.bibliography import bibtex

    kept, size = 0, 0
    for source in found:
        size += len(bibtex([source]).encode()) + 1
        if size > LARGEST - _FOR_THE_REST:
            break
        kept += 1
    entries = f"```bibtex\n{bibtex(found[:kept])}```\n"
    return entries + (f"\n{len(found) - kept} more; {hint}\n" if kept < len(found) else "")


def _limit(given: Arguments) -> int:
    limit: int = given.get("limit", _ROWS)
    if limit > _MOST_ROWS:
        raise InputError(f"limit is at most {_MOST_ROWS}, not {limit:,}")
    return limit


_NAMES = Parameter("texts", "Models or families, as people write them", required=True)
_ATTRIBUTES = Parameter("texts", "Attribute ids or groups")
_VARIANTS = Parameter("text", "base (default), post-trained or all")
_COUNT = Parameter("count")
_FLAG = Parameter("flag")
_TEXT = Parameter("text")

TOOLS: dict[str, Tool] = {
    "find": Tool(
        "Find models, families and techniques by words.",
        {"text": Parameter("text", required=True), "limit": _COUNT}, _find,
    ),
    "get": Tool(
        "All values of a model or family with sources. With attributes: every claim on them, "
        "rumours and estimates marked. Also a line, dataset, benchmark, license or publisher.",
        {
            "name": Parameter("text", required=True), "attributes": _ATTRIBUTES,
            "kind": Parameter("text", "Where a name means several"),
        },
        _get,
    ),
    "compare": Tool(
        "Models or families side by side: what differs, and what that costs.",
        {
            "names": _NAMES, "attributes": _ATTRIBUTES, "all": Parameter("flag", "Equal rows too"),
            "each_size": _FLAG, "variants": _VARIANTS,
        },
        _compare,
    ),
    "filter": Tool(
        "Models that satisfy a condition. Unknown satisfies nothing.",
        {
            "where": Parameter(
                "text", "As: attention = GQA and params >= 7B and released > 2023 and not (license is unknown)"  # noqa: E501
            ),
            "columns": _ATTRIBUTES, "sort": Parameter("text", "Attributes; -A downwards"),
            "variants": _VARIANTS, "limit": _COUNT, "include_rumours": _FLAG,
            "include_estimates": _FLAG,
        },
        _filter,
    ),
    "estimate": Tool(
        "Parameters by part, KV cache, memory and FLOPs, with formulas: of a model, or a pasted "
        "config.json.",
        {
            "name": _TEXT, "config": Parameter("config"), "context": Parameter("text", "As 8k"),
            "batch": Parameter("text"), "dtype": _TEXT, "quant": _TEXT, "kv_dtype": _TEXT,
            "hardware": Parameter("texts"),
        },
        _estimate,
    ),
    "factcheck": Tool(
        "Hold a pasted table (Markdown, CSV, LaTeX, HTML) against the base, cell by cell.",
        {"text": Parameter("paste", required=True), "all": Parameter("flag", "True cells too")},
        _factcheck,
    ),
    "explain": Tool(
        "What a technique, attribute, value or unit means, with formula, papers and users.",
        {"term": Parameter("text", required=True)}, _explain,
    ),
    "sources": Tool(
        "The documents behind models or families, or what source ids stand for.",
        {
            "names": Parameter("texts", "Models, families or source ids", required=True),
            "attributes": _ATTRIBUTES, "bibtex": _FLAG,
        },
        _sources,
    ),
}  # fmt: skip
