"""`filter --lake` and `sql --lake`: the conditions of `filter` on configurations by the million."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("duckdb", reason="asking a lake needs llmnotes[lake]")

import pyarrow as pa
import pyarrow.parquet as pq

from llmnotes.lake import normalize
from llmnotes.lake.convert import make_lake
from tests.lake.conftest import GROUPED, LLAMA, batch, many, write_configs


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lake")
    make_lake(write_configs(folder / "configs.parquet", 210), folder / "lake", workers=1)
    return folder / "lake"


def ids(run, lake, *arguments):
    done = run("filter", "--lake", str(lake), *arguments, "--format", "json")
    assert done.code == 0, done.err
    return [row["id"] for row in done.json]


ROWS = normalize(batch(many(210))).to_pylist()


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (["--attention", "GQA"], lambda row: row["attention"] == "GQA"),
        (["--not-attention", "GQA"], lambda row: row["attention"] not in {None, "GQA"}),
        (["--n-layers", "30..35"], lambda row: row["n_layers"] and 30 <= row["n_layers"] <= 35),
        (["--n-kv-heads", "8"], lambda row: row["n_kv_heads"] == 8),
        (["--where", "d_ff / d_model > 2"], lambda row: row["d_ff"] and row["d_ff"] > 2 * row["d_model"]),
        (["--where", "params is unknown"], lambda row: row["params_total"] is None),
        (["--where", "tied_embeddings = no or n_layers > 50"],
         lambda row: row["tied_embeddings"] is False or (row["n_layers"] or 0) > 50),
        (["--where", "not (n_layers > 20)"], lambda row: row["n_layers"] and row["n_layers"] <= 20),
        (["--params", "7B"], lambda row: row["params_total"] and 6.5e9 <= row["params_total"] < 7.5e9),
    ],
)  # fmt: skip
def test_conditions_mean_what_they_mean_of_the_base(run, lake, arguments, holds):
    wanted = sorted(row["id"] for row in ROWS if holds(row))

    assert wanted
    assert ids(run, lake, *arguments) == wanted


def test_what_changes_from_layer_to_layer_is_found_by_any_layer(run, tmp_path):
    table = pa.Table.from_batches([normalize(batch([json.dumps(LLAMA)] * 3))])
    columns = {
        "attention": ["MHA", '["MHA", "MQA"]', "MQA"],
        "attention_pattern": [None, "2×MHA,1×MQA", None],
        "n_kv_heads": [8, 16, 4], "n_kv_heads_min": [8, 2, 4], "n_kv_heads_max": [8, 16, 4],
        "n_kv_heads_pattern": [None, "5×2,1×16", None],
    }  # fmt: skip
    for name, values in columns.items():
        place = table.schema.get_field_index(name)
        field = table.schema.field(place)
        table = table.set_column(place, field, pa.array(values, field.type))
    pq.write_table(table, tmp_path / "x.parquet")

    assert ids(run, tmp_path, "--attention", "MQA") == ["org/m1", "org/m2"]
    assert ids(run, tmp_path, "--n-kv-heads", "4..8") == ["org/m0", "org/m2"]
    assert ids(run, tmp_path, "--n-kv-heads", "15..") == ["org/m1"]
    assert ids(run, tmp_path, "--n-kv-heads", "2") == ["org/m1"]


def test_order_limit_and_columns(run, lake):
    done = run("filter", "--lake", str(lake), "--sort=-n_layers", "--limit", "2", "--columns",
               "n_layers,kv_cache_bytes_per_token", "-f", "json")  # fmt: skip

    cached = 60 * 2 * 32 * 128 * 2  # keys and values of 32 heads of 128, two bytes each
    assert [(row["n_layers"], row["kv_cache_bytes_per_token"]) for row in done.json] == [
        (60, cached), (60, cached),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--license", "MIT"], "'license' is not in a lake"),
        (["--where", "evaluation.MMLU > 3"], "'evaluation' is not in a lake"),
        (["--where", "n_layers is rumoured"], "keeps no statuses"),
        (["--columns", "license"], "'license' is not in a lake"),
        (["--sort", "license"], "'license' is not in a lake"),
        (["--family", "llama"], "--family does not go with --lake"),
        (["--variants", "all"], "--variants does not go with --lake"),
        (["--with-sources"], "--with-sources does not go with --lake"),
    ],
)
def test_what_a_lake_does_not_hold_is_refused(run, lake, arguments, says):
    done = run("filter", "--lake", str(lake), *arguments)

    assert done.code == 2
    assert says in done.err


def test_nothing_found_is_told(run, lake):
    done = run("filter", "--lake", str(lake), "--n-layers", "99", "--exit-code")

    assert done.code == 1
    assert "no configuration" in done.err


def test_sql_asks_the_lake(run, lake):
    query = "SELECT count(*) AS n, max(n_layers) AS deepest FROM models WHERE status = 'exact'"
    done = run("sql", "--lake", str(lake), query, "-f", "json")

    assert done.json == [{"n": 180, "deepest": 60}]


@pytest.mark.parametrize(
    "query",
    [
        "COPY (SELECT 1) TO '{lake}/x.parquet'", "CREATE TABLE x (a INT)", "SELECT 1; SELECT 2", "SELEC 1",
        "SELECT * FROM read_text('{lake}/../secret.txt')", "SET threads = 1", "",
        "ATTACH '{lake}/y.db'", "SELECT nothing FROM models",
    ],
)  # fmt: skip
def test_a_lake_is_only_read(run, lake, query):
    (lake.parent / "secret.txt").write_text("secret")
    before = sorted(lake.iterdir())
    done = run("sql", "--lake", str(lake), query.replace("{lake}", str(lake)))

    assert done.code == 2
    assert done.err.startswith("llmnotes: SQL: ")
    assert sorted(lake.iterdir()) == before


def test_a_query_without_end_is_stopped(run, lake):
    done = run("sql", "--lake", str(lake), "--timeout", "0.5",
               "SELECT count(*) FROM range(100000000000) a, range(10000) b")  # fmt: skip

    assert (done.code, done.err) == (2, "llmnotes: SQL: stopped after 0.5 seconds (--timeout)\n")


@pytest.mark.parametrize("name", ["[1]*?", "it's a lake"])
def test_a_folder_may_be_called_anything(run, configs, tmp_path, name):
    make_lake(configs(7), tmp_path / name, workers=1)

    assert run("sql", "--lake", name, "SELECT count(*) AS n FROM models", "-f", "json").json == [
        {"n": 7}
    ]


def test_a_folder_without_rows_is_no_lake(run, tmp_path):
    done = run("filter", "--lake", str(tmp_path), "--attention", "GQA")

    assert done.code == 2
    assert "import FILE.parquet --to" in done.err


def test_grouped_heads_take_a_quarter():
    whole, grouped = normalize(batch([json.dumps(LLAMA), json.dumps(GROUPED)])).to_pylist()

    assert grouped["kv_cache_bytes_per_token"] * 4 == whole["kv_cache_bytes_per_token"]


def test_parquet_files_of_something_else_are_no_lake(run, configs):
    done = run("filter", "--lake", str(configs(7).parent), "--attention", "GQA")

    assert done.code == 2
    assert "no lake of this version: it lacks `architecture`" in done.err
