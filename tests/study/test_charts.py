"""A chart's data is compared with the store by independent code; its pixels are not."""

from __future__ import annotations

import json
import sqlite3
from itertools import pairwise
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.study.charts import CHARTS, CHINCHILLA, chart
from tests.running import FIRST

TENTATIVE = {"estimated", "rumoured"}


def stored(connection: sqlite3.Connection, column: str) -> dict[str, Any]:
    """The drawable values of every base model, from the table of resolved values."""
    found = {}
    for key, value, status in connection.execute(
        f"SELECT id, {column}, status FROM model_record WHERE variant = 'base'"
    ):
        said = json.loads(status or "{}").get(column.removesuffix("_max"))
        if value is not None and said not in TENTATIVE:
            found[key] = value
    return found


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("params", ("release_date", "params_total")),
        ("tokens", ("params_total", "training_tokens")),
        ("context", ("release_date", "context_length_max")),
    ],
)
def test_points_are_the_stores_values_and_none_is_missing(
    connection: sqlite3.Connection, kind: str, columns: tuple[str, ...]
) -> None:
    values = [stored(connection, column) for column in columns]
    expected = {key: tuple(value[key] for value in values) for key in values[0] if key in values[1]}

    drawn = chart(connection, kind)

    names = [column.removesuffix("_max") for column in columns]
    assert {row["id"]: tuple(row[name] for name in names) for row in drawn.rows} == expected
    everyone = {row[0] for row in connection.execute("SELECT id FROM model WHERE variant = 'base'")}
    assert set(drawn.left_out) == everyone - set(expected)


def test_a_rumoured_size_is_not_drawn(connection: sqlite3.Connection) -> None:
    said = connection.execute(
        "SELECT count(*) FROM claim WHERE subject = 'gpt-4' AND attribute = 'params_total' "
        "AND status = 'rumoured'"
    ).fetchone()[0]

    assert said > 0
    assert "gpt-4" in chart(connection, "params").left_out


def test_the_compute_optimal_line_is_the_papers_table(connection: sqlite3.Connection) -> None:
    drawn = chart(connection, "tokens")

    assert [(row["params_total"], row["training_tokens"]) for row in drawn.line] == list(CHINCHILLA)
    assert all(19 < tokens / params < 23 for params, tokens in CHINCHILLA)
    assert drawn.sources[-1]["arxiv"] == "2203.15556"


@pytest.mark.whole_base
def test_the_cache_chart_tells_what_still_grows(connection: sqlite3.Connection) -> None:
    """Windows end 50 of 60 layers of Gemma 4 31B; 20 of 100 layers of Llama 3.2 90B see the image."""
    rows = {row["id"]: row for row in chart(connection, "kv-cache").rows}
    kib = {
        name: (
            rows[name]["kv_cache_bytes_per_token"] / 1024,
            rows[name]["kv_cache_growth_bytes_per_token"] / 1024,
        )
        for name in ("gemma-4-31b", "llama-3.2-90b-vision", "llama-2-7b")
    }

    assert kib == {
        "gemma-4-31b": (880, 80),
        "llama-3.2-90b-vision": (320, 320),
        "llama-2-7b": (512, 512),
    }


def test_the_cache_per_token_is_two_vectors_for_every_kv_head_and_layer(
    connection: sqlite3.Connection,
) -> None:
    """Recomputed from the table's columns: 2 (key, value) × layers × KV heads × width × 2 bytes."""
    rows = {
        row["id"]: row["kv_cache_bytes_per_token"] for row in chart(connection, "kv-cache").rows
    }

    expected = {
        key: 2 * layers * heads * width * 2
        for key, layers, heads, width in connection.execute(
            "SELECT id, coalesce(n_decoder_layers, n_layers), n_kv_heads, head_dim "
            "FROM model_record WHERE variant = 'base' AND architecture != 'encoder-only' "
            "AND attention IN ('MHA', 'GQA', 'MQA') AND v_head_dim IS NULL AND family IN ("
            + ", ".join(f"'{name}'" for name in FIRST)
            + ")"
        )
        if key in rows
    }
    assert {key: rows[key] for key in expected} == expected
    assert len(expected) > 20
    assert rows["llama-2-70b"] == 327_680
    assert "bert-base" not in rows


def said(kind: str) -> str:
    """The kinds of a model whose layers differ, joined."""
    return " + ".join(json.loads(kind)) if kind.startswith("[") else kind


def test_attention_kinds_count_a_family_once_for_each_year_and_kind(
    connection: sqlite3.Connection,
) -> None:
    kinds, dates = stored(connection, "attention"), stored(connection, "release_date")
    homes = dict(connection.execute("SELECT id, family FROM model"))
    expected: dict[tuple[int, str], set[str]] = {}
    for key, kind in kinds.items():
        if key not in dates:
            continue  # it stands nowhere on an axis of years
        expected.setdefault((int(dates[key][:4]), said(kind)), set()).add(homes[key])

    drawn = chart(connection, "attention")

    assert drawn.counted == "families"
    assert {(row["year"], row["attention"]): row["count"] for row in drawn.rows} == {
        place: len(families) for place, families in expected.items()
    }
    assert {(row["year"], row["attention"]): set(row["families"]) for row in drawn.rows} == expected


def test_attention_kinds_of_models_count_every_model_once(connection: sqlite3.Connection) -> None:
    drawn = chart(connection, "attention", each_model=True)
    kinds, dates = stored(connection, "attention"), stored(connection, "release_date")

    counted = {(row["year"], row["attention"]): row["count"] for row in drawn.rows}

    expected: dict[tuple[int, str], int] = {}
    for key, kind in kinds.items():
        if key not in dates:
            continue
        place = (int(dates[key][:4]), said(kind))
        expected[place] = expected.get(place, 0) + 1
    assert counted == expected


def test_the_tree_joins_each_family_to_the_one_before_it_in_its_line(
    connection: sqlite3.Connection,
) -> None:
    drawn = chart(connection, "tree")
    lines: dict[str, list[str]] = {}
    for family, line in connection.execute(
        "SELECT f.id, f.line FROM family f JOIN model_record m ON m.family = f.id "
        "WHERE m.variant = 'base' GROUP BY f.id "
        "HAVING min(m.release_date_min) IS NOT NULL ORDER BY min(m.release_date_min)"
    ):
        lines.setdefault(line or family, []).append(family)

    joined = [(one["from"], one["to"]) for one in drawn.edges if one["why"] == "same line"]

    expected = [pair for line in lines.values() for pair in pairwise(line)]
    assert sorted(joined) == sorted(expected)
    assert {row["id"] for row in drawn.rows} == {key for line in lines.values() for key in line}


@pytest.mark.parametrize("kind", CHARTS)
def test_the_sources_are_those_of_the_values(connection: sqlite3.Connection, kind: str) -> None:
    cited = {source["id"] for source in chart(connection, kind).sources} - {"chinchilla-line"}
    known = {row[0] for row in connection.execute("SELECT source FROM claim")}

    assert cited
    assert cited <= known


def test_named_models_and_families_alone_are_drawn(connection: sqlite3.Connection) -> None:
    rows = chart(connection, "params", ["llama2", "gpt-1"]).rows

    assert [row["id"] for row in rows] == [
        "llama-2-7b", "llama-2-13b", "llama-2-34b", "llama-2-70b", "gpt-1",
    ]  # fmt: skip
    with pytest.raises(InputError, match="there is nothing to draw"):
        chart(connection, "params", ["gpt-4"])
