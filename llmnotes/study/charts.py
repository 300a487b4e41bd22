"""The data of the charts: rows of resolved values, with their sources."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from llmnotes.errors import InputError
from llmnotes.study.drawable import Chart, Datum, Models, decimal_year
from llmnotes.values import kinds_of

CHINCHILLA = (
    (400e6, 8.0e9), (1e9, 20.2e9), (10e9, 205.1e9), (67e9, 1.5e12), (175e9, 3.7e12),
    (280e9, 5.9e12), (520e9, 11.0e12), (1e12, 21.2e12), (10e12, 216.2e12),
)  # fmt: skip
"""Parameters and the compute-optimal number of training tokens: Hoffmann et al. 2022, "Training Compute-
Optimal Large Language Models", arXiv:2203.15556, Table 3 (Approach 1)."""

CHINCHILLA_SOURCE: Datum = {
    "id": "chinchilla-line", "kind": "paper",
    "title": "Training Compute-Optimal Large Language Models", "authors": ["Jordan Hoffmann et al."],
    "year": 2022, "url": "https://arxiv.org/abs/2203.15556", "arxiv": "2203.15556", "doi": None,
    "locator": "Table 3, Approach 1",
}  # fmt: skip


def _gathered(
    models: Models, kind: str, title: str, wanted: Sequence[str], row: Callable[[str], Datum | None]
) -> Chart:
    """A chart with a row for every model with drawable values of all `wanted` attributes."""
    rows, left_out = [], []
    for key, base in models.rows.items():
        before = len(models.used)
        values = {name: models.value(key, name) for name in wanted}
        more = None if None in values.values() else row(key)
        if more is None:
            left_out.append(key)
            del models.used[before:]
        else:
            named = {
                "family_name": models.families.get(base["family"], base["name"]),
                "organization": models.publisher(key),
            }
            rows.append({**base, **named, **values, **more})
    return Chart(
        kind, title, rows, models.sources(), left_out, publishers=models.all_publishers()
    )  # fmt: skip


def params(models: Models) -> Chart:
    """Parameters over time."""
    return _gathered(
        models, "params", "Parameters of language models over time",
        ("release_date", "params_total"),
        lambda key: {"year": decimal_year(models.value(key, "release_date"))},
    )  # fmt: skip


def tokens(models: Models) -> Chart:
    """Training tokens against parameters, with the compute-optimal line."""
    chart = _gathered(
        models, "tokens", "Training tokens against parameters",
        ("params_total", "training_tokens"),
        lambda key: {
            "tokens_per_parameter": round(
                models.value(key, "training_tokens") / models.value(key, "params_total"), 2
            )
        },
    )  # fmt: skip
    line = [{"params_total": n, "training_tokens": d} for n, d in CHINCHILLA]
    cited = [*chart.sources, CHINCHILLA_SOURCE]
    return replace(chart, sources=cited, line=line)


def context(models: Models) -> Chart:
    """The longest stated context over time."""

    def row(key: str) -> Datum:
        found = models.value(key, "context_length")
        longest = max(found) if isinstance(found, list) else found
        year = decimal_year(models.value(key, "release_date"))
        return {"context_length": longest, "year": year}

    return _gathered(
        models, "context", "Context length over time", ("release_date", "context_length"), row
    )


def kv_cache(models: Models) -> Chart:
    """Bytes of key-value cache per token in bf16, and the part that grows without limit."""
    from llmnotes.attributes.sizing_roles import SIZING_ROLES
    from llmnotes.knowledge.effects import described
    from llmnotes.sizing.cache import kv_cache_growth, kv_cache_per_token

    def row(key: str) -> Datum | None:
        known = {name: models.value(key, name) for name, own in SIZING_ROLES.items() if own.role}
        try:
            model = described({name: value for name, value in known.items() if value is not None})
        except InputError:
            return None
        figure = kv_cache_per_token(model)
        if not figure.value:  # an encoder has no cache
            return None
        kind = " + ".join(map(str, kinds_of(known["attention"])))
        return {
            "attention": kind, "kv_cache_bytes_per_token": figure.value,
            "kv_cache_growth_bytes_per_token": kv_cache_growth(model).value,
            "formula": figure.formula,
        }  # fmt: skip

    chart = _gathered(
        models, "kv-cache", "KV cache per token (bf16)", ("attention", "architecture"), row
    )
    chart.rows.sort(key=lambda item: (-item["kv_cache_bytes_per_token"], item["name"]))
    return chart


def attention(models: Models) -> Chart:
    """The number of families per year that use each kind of attention in some size."""
    return _attention(models, "families")


def attention_of_models(models: Models) -> Chart:
    """The number of base models per year that use each kind of attention."""
    return _attention(models, "models")


def _attention(models: Models, counted: str) -> Chart:
    what = "families" if counted == "families" else "base models"
    chart = _gathered(
        models, "attention", f"Attention kinds of {what} by year",
        ("release_date", "attention"), lambda key: {},
    )  # fmt: skip
    found: dict[tuple[int, str], Datum] = {}
    for item in chart.rows:
        kind = " + ".join(map(str, kinds_of(item["attention"])))
        year = int(item["release_date"][:4])
        row = found.setdefault((year, kind), {"year": year, "attention": kind, "count": 0})
        for key, value in (("families", item["family"]), ("models", item["id"])):
            row[key] = list(dict.fromkeys([*row.get(key, []), value]))
        row["count"] = len(row[counted])
    rows = [found[key] for key in sorted(found)]
    return replace(chart, rows=rows, counted=counted)


def tree(models: Models) -> Chart:
    """Families by date and line, joined where one follows or builds on another."""
    lines = dict(models.connection.execute("SELECT id, line FROM families"))
    first: dict[str, Datum] = {}
    left_out, edges = [], []
    for key, base in models.rows.items():
        family = base["family"]
        released = models.value(key, "release_date")
        if released is None:
            left_out.append(key)
            continue
        node = first.get(family)
        if node is None or decimal_year(released) < node["year"]:
            first[family] = {
                "id": family, "name": models.families.get(family, base["name"]),
                "line": lines.get(family) or family, "organization": models.publisher(key),
                "release_date": released, "year": decimal_year(released),
            }  # fmt: skip
    nodes = sorted(first.values(), key=lambda node: (node["year"], node["id"]))
    latest: dict[str, str] = {}
    for node in nodes:
        if node["line"] in latest:
            edges.append({"from": latest[node["line"]], "to": node["id"], "why": "same line"})
        latest[node["line"]] = node["id"]
    edges += _built_on(models, first)
    return Chart(
        "tree", "Families of language models", nodes, models.sources(), left_out, [], edges,
        models.all_publishers(),
    )  # fmt: skip


def _built_on(models: Models, nodes: dict[str, Datum]) -> Iterable[Datum]:
    """Edges from the family whose weights a base model is initialised from."""
    seen = set()
    homes = dict(models.connection.execute("SELECT id, family FROM models"))
    for key, row in models.rows.items():
        for parent in models.value(key, "based_on") or ():
            pair = (homes.get(parent) or parent, row["family"])
            if pair[0] != pair[1] and pair[0] in nodes and pair[1] in nodes and pair not in seen:
                seen.add(pair)
                yield {"from": pair[0], "to": pair[1], "why": "based on"}


CHARTS: dict[str, Callable[[Models], Chart]] = {
    "params": params,
    "tokens": tokens,
    "context": context,
    "kv-cache": kv_cache,
    "attention": attention,
    "tree": tree,
}
"""Every chart by its name."""


def chart(
    connection: sqlite3.Connection,
    kind: str,
    names: Sequence[str] = (),
    *,
    each_model: bool = False,
) -> Chart:
    """The chart called `kind` of the models and families called `names`, by default of all.

    `each_model` counts models instead of families in the charts of counts. Raises `InputError` for an
    unknown name, and where there is nothing to draw.
    """
    make = attention_of_models if kind == "attention" and each_model else CHARTS[kind]
    found = make(Models(connection, names))
    if not found.rows:
        raise InputError(f"there is nothing to draw: no {kind} is known of these models")
    return found
