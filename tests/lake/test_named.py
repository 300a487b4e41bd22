"""`compare --lake` and `estimate --lake`: configurations of a lake by name."""

from __future__ import annotations

import json
import shutil

import pytest

pytest.importorskip("duckdb", reason="asking a lake needs llmnotes[lake]")

import pyarrow as pa
import pyarrow.parquet as pq

from llmnotes.lake.convert import make_lake
from tests.lake.conftest import GROUPED, LLAMA, PARAMS

NAMED = {
    "org/llama": json.dumps(LLAMA),
    "org/grouped": json.dumps(GROUPED),
    "other/Params": json.dumps(PARAMS),
    "org/broken": '{"model_type": "nonsense"}',
}


@pytest.fixture(scope="module")
def lake(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lake")
    rows = {"id": list(NAMED), "config": list(NAMED.values())}
    pq.write_table(pa.table(rows), folder / "configs.parquet")
    make_lake(folder / "configs.parquet", folder / "lake", workers=1)
    return str(folder / "lake")


def test_an_estimate_is_that_of_the_configuration(run, lake, tmp_path):
    (tmp_path / "config.json").write_text(NAMED["org/grouped"])
    arguments = ("--context", "8k", "--quant", "q4_k", "-f", "json")
    from_lake = run("estimate", "org/grouped", "--lake", lake, *arguments).json
    from_file = run("estimate", "config.json", *arguments).json

    assert from_lake["model"] == "org/grouped"
    for key in ("params", "memory", "flops", "kv_cache_bytes_per_token"):
        assert from_lake[key] == from_file[key]
    row = run("filter", "--lake", lake, "--columns", "params_total,kv_cache_bytes_per_token",
              "--n-kv-heads", "8", "-f", "json").json[0]  # fmt: skip
    assert row["params_total"] == from_lake["params"]["total"]
    assert row["kv_cache_bytes_per_token"] == from_lake["kv_cache_bytes_per_token"]


def test_configurations_are_compared_by_the_attributes_of_the_base(run, lake):
    done = run("compare", "org/llama", "org/grouped", "--lake", lake, "-f", "json")
    found = done.json
    rows = {row["attribute"]: row for row in found["rows"]}

    assert [item["id"] for item in found["subjects"]] == ["org/llama", "org/grouped"]
    assert [cell["text"] for cell in rows["attention"]["cells"]] == ["MHA", "GQA"]
    assert rows["attention"]["differs"]
    assert not rows["d_model"]["differs"]
    assert rows["n_kv_heads"]["cells"][1]["values"][0]["locator"], "the key it is from"
    effects = {item["quantity"]: item for item in found["effects"]}
    assert effects["kv_cache_bytes_per_token"]["ratio"] == 0.25
    assert effects["params_total"]["values"][0] == 6_738_415_616

    only = run("compare", "org/llama", "org/grouped", "--lake", lake, "--only-differences")
    assert "GQA" in only.out
    assert "4,096" not in only.out


def test_a_name_is_found_in_any_case(run, lake):
    done = run(
        "compare", "OTHER/params", "--lake", lake, "--attributes", "d_model,n_layers", "-f", "json"
    )

    assert [item["id"] for item in done.json["subjects"]] == ["other/Params"]
    assert [row["attribute"] for row in done.json["rows"]] == ["d_model", "n_layers"]


@pytest.mark.parametrize("command", [["estimate"], ["compare", "org/llama"]])
def test_a_wrong_name_is_answered_with_the_nearest(run, lake, command):
    done = run(*command, "org/lama", "--lake", lake)

    assert done.code == 2
    assert "holds no configuration 'org/lama'. Nearest: org/llama" in done.err


@pytest.mark.parametrize("command", [["estimate"], ["compare", "org/llama"]])
def test_what_was_refused_is_refused_for_the_same_reason(run, lake, command):
    done = run(*command, "org/broken", "--lake", lake)

    assert done.code == 2
    assert "org/broken was refused: " in done.err
    assert "nonsense" in done.err


def test_two_configurations_of_one_name_are_not_taken_for_one(run, lake, tmp_path):
    lake = shutil.copytree(lake, tmp_path / "lake")
    rows = {"id": ["org/llama"] * 2, "config": [NAMED["org/llama"], NAMED["org/grouped"]]}
    pq.write_table(pa.table(rows), tmp_path / "more.parquet")
    make_lake(tmp_path / "more.parquet", tmp_path / "lake", workers=1)
    done = run("estimate", "org/llama", "--lake", lake)

    assert done.code == 2
    assert "holds several configurations 'org/llama'" in done.err
    assert run("estimate", "org/grouped", "--lake", lake).code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--attributes", "license"], "'license' is not in a lake"),
        (["--attributes", "d_modle"], "d_model"),
        (["--each-size"], "--each-size does not go with --lake"),
        (["--variants", "all"], "--variants does not go with --lake"),
        (["--bib", "x.bib"], "--bib does not go with --lake"),
        (["-f", "latex", "--cite"], "--cite does not go with --lake"),
    ],
)
def test_what_a_lake_does_not_hold_is_refused(run, lake, arguments, says):
    done = run("compare", "org/llama", "org/grouped", "--lake", lake, *arguments)

    assert done.code == 2
    assert says in done.err


def test_a_group_shows_what_configurations_say_of_it(run, lake):
    done = run(
        "compare", "org/llama", "org/grouped", "--lake", lake, "--group", "attention", "-f", "json"
    )

    assert done.code == 0, done.err
    assert "attention" in {row["attribute"] for row in done.json["rows"]}
