"""Charts for a terminal, and as tables."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from llmnotes.export.answer import Answer, simple_table
from llmnotes.quantities import compact, exact
from llmnotes.study.drawable import Chart, Datum
from llmnotes.views.sparkline import bars, sparkline

_FEWEST_YEARS = 2
_NAMED = 4
"""The number of omitted models that are named."""


def chart_answer(chart: Chart) -> Answer:
    """The rows of a chart as a table and as data."""
    columns = tuple(chart.rows[0])
    rows = [
        tuple(
            ", ".join(map(str, item)) if isinstance(item := row[name], list) else item
            for name in columns
        )
        for row in chart.rows
    ]
    table = simple_table(columns, rows, chart.title)
    return Answer([table], chart.as_json(), records="rows")


def terminal_picture(chart: Chart, width: int) -> str:
    """The chart in characters: one bar for each family, kind or line."""
    lines = [chart.title, "", *_PICTURES[chart.kind](chart, width)]
    if chart.left_out:
        few = chart.left_out[:_NAMED]
        more = len(chart.left_out) - len(few)
        rest = f" and {more} more" if more else ""
        said = f"no value that may be drawn: {', '.join(few)}{rest}"
        lines += ["", *textwrap.wrap(said, width)]
    return "\n".join(lines)


def _largest(chart: Chart, value: str) -> list[Datum]:
    """The largest model of each family, in the order of the chart."""
    found: dict[str, Datum] = {}
    for row in chart.rows:
        if row["family"] not in found or row[value] > found[row["family"]][value]:
            found[row["family"]] = row
    return list(found.values())


def _by_year(rows: list[Datum], value: str, what: str) -> list[str]:
    """A sparkline of the highest value of each year."""
    highest: dict[int, float] = {}
    for row in rows:
        year = int(row["year"])
        highest[year] = max(row[value], highest.get(year, 0))
    years = range(min(highest), max(highest) + 1)
    if len(years) < _FEWEST_YEARS:
        return []
    line = sparkline([highest.get(year) for year in years], log=True)
    return ["", f"{what}, {years[0]}–{years[-1]}: {line}"]


def _params(chart: Chart, width: int) -> list[str]:
    rows = _largest(chart, "params_total")
    drawn = [
        (f"{row['release_date'][:7]:<7}  {row['name']}", row["params_total"],
         compact(row["params_total"]))
        for row in rows
    ]  # fmt: skip
    return [
        "largest model of each family, log scale", "",
        *bars(drawn, width=width, log=True),
        *_by_year(chart.rows, "params_total", "largest of the year"),
    ]  # fmt: skip


def _tokens(chart: Chart, width: int) -> list[str]:
    rows = sorted(_largest(chart, "params_total"), key=lambda row: row["tokens_per_parameter"])
    drawn = [
        (row["name"], row["tokens_per_parameter"],
         f"{row['tokens_per_parameter']:,.4g}  ({compact(row['training_tokens'])} / "
         f"{compact(row['params_total'])})")
        for row in rows
    ]  # fmt: skip
    ratios = [point["training_tokens"] / point["params_total"] for point in chart.line]
    ratio = f"{min(ratios):.0f} to {max(ratios):.0f}"
    return [
        "tokens per parameter, largest model of each family, log scale", "",
        *bars(drawn, width=width, log=True), "",
        f"compute-optimal: {ratio} (Hoffmann et al. 2022, arXiv:2203.15556, Table 3)",
    ]  # fmt: skip


def _context(chart: Chart, width: int) -> list[str]:
    rows = _largest(chart, "context_length")
    drawn = [
        (f"{row['release_date'][:7]:<7}  {row['family_name']}", row["context_length"],
         exact(row["context_length"]))
        for row in rows
    ]  # fmt: skip
    return [
        "longest context of each family in tokens, log scale", "",
        *bars(drawn, width=width, log=True),
        *_by_year(chart.rows, "context_length", "longest of the year"),
    ]  # fmt: skip


def _kv_cache(chart: Chart, width: int) -> list[str]:
    drawn = [
        (row["name"], row["kv_cache_bytes_per_token"], f"{_kept(row)}  {row['attention']}")
        for row in _largest(chart, "kv_cache_bytes_per_token")
    ]
    return ["model of each family that keeps most", "", *bars(drawn, width=width)]


def _kept(row: Datum) -> str:
    """The cache per token, and its growth where windows or states limit it."""
    whole, growth = row["kv_cache_bytes_per_token"], row["kv_cache_growth_bytes_per_token"]
    grows = "" if growth == whole else f", {_kib(growth)} grow"
    return f"{_kib(whole)} KiB{grows}"


def _kib(size: float) -> str:
    """Bytes in KiB, in full from a thousand on."""
    kib = size / 1024
    return f"{kib:,.0f}" if kib >= 1000 else f"{kib:,.4g}"


def _attention(chart: Chart, width: int) -> list[str]:
    drawn = [
        (f"{row['year']}  {row['attention']}", row["count"], str(row["count"]))
        for row in chart.rows
    ]
    return [
        "families" if chart.counted == "families" else "base models",
        "",
        *bars(drawn, width=width),
    ]


def _tree(chart: Chart, width: int) -> list[str]:
    """Lines one below the other, with the family that each builds on."""
    named = {row["id"]: row["name"] for row in chart.rows}
    built = {edge["to"]: named[edge["from"]] for edge in chart.edges if edge["why"] == "based on"}
    lines: dict[str, list[Datum]] = {}
    for row in chart.rows:
        lines.setdefault(row["line"], []).append(row)
    found = []
    for line, families in lines.items():
        found.append(f"{line}")
        for number, row in enumerate(families, start=1):
            branch = "└─" if number == len(families) else "├─"
            origin = f", based on {built[row['id']]}" if row["id"] in built else ""
            told = f"{branch} {row['release_date'][:7]:<7}  {row['name']} ({row['organization']}{origin})"
            found.append(told if len(told) <= width else told[: width - 1] + "…")
    return found


_PICTURES: dict[str, Callable[[Chart, int], list[str]]] = {
    "params": _params,
    "tokens": _tokens,
    "context": _context,
    "kv-cache": _kv_cache,
    "attention": _attention,
    "tree": _tree,
}
