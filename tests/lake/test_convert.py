"""`import --to`: converting Parquet files of configurations to a lake, again, and after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from llmnotes.errors import InputError
from llmnotes.lake import normalize
from llmnotes.lake.convert import make_lake
from tests.lake.conftest import batch, many
from tests.running import REPOSITORY


def held(lake):
    """The rows of a lake by id."""
    rows = [
        row for path in sorted(lake.glob("*.parquet")) for row in pq.read_table(path).to_pylist()
    ]
    return sorted(rows, key=lambda row: int(row["id"].removeprefix("org/m")))


def expected(count):
    return normalize(batch(many(count))).to_pylist()


@pytest.mark.parametrize("part_rows", [30, 1000])
def test_a_lake_holds_every_row_however_it_is_cut(configs, tmp_path, part_rows):
    made = make_lake(configs(210), tmp_path / "lake", workers=2, part_rows=part_rows)

    assert (made.rows, made.kept) == (210, 0)
    assert made.refused == sum(row["status"] == "refused" for row in expected(210)) > 0
    assert held(tmp_path / "lake") == expected(210)


def test_a_second_run_keeps_what_is_there(configs, tmp_path):
    lake, source = tmp_path / "lake", configs(210)
    make_lake(source, lake, workers=1)
    before = {path: path.stat().st_mtime_ns for path in lake.glob("*.parquet")}

    assert make_lake(source, lake, workers=1).kept == 210
    assert {path: path.stat().st_mtime_ns for path in lake.glob("*.parquet")} == before


def test_what_is_missing_alone_is_done_again(configs, tmp_path):
    lake, source = tmp_path / "lake", configs(210)
    make_lake(source, lake, workers=1, part_rows=30)
    sorted(lake.glob("*.parquet"))[1].unlink()
    (lake / ".x.parquet-1.unfinished").write_bytes(b"half")

    assert make_lake(source, lake, workers=1, part_rows=30).kept == 180
    assert held(lake) == expected(210)
    assert not list(lake.glob(".*.unfinished"))


def test_a_changed_file_is_done_again_and_its_old_rows_go(configs, tmp_path):
    lake = tmp_path / "lake"
    make_lake(configs(210), lake, workers=1)

    assert make_lake(configs(90), lake, workers=1).kept == 0
    assert held(lake) == expected(90)


@pytest.mark.thorough
def test_steps_of_another_size_leave_no_row_twice(configs, tmp_path):
    lake, source = tmp_path / "lake", configs(210)
    for part_rows in (30, 50, 20):
        make_lake(source, lake, workers=1, part_rows=part_rows)
        assert held(lake) == expected(210)


def test_a_lake_takes_several_files(configs, tmp_path):
    lake = tmp_path / "lake"
    configs(50, "in/a.parquet")
    configs(60, "in/b.parquet")
    configs(60, "in/c.parquet")
    make_lake(tmp_path / "in" / "a.parquet", lake, workers=1)
    made = make_lake(tmp_path / "in", lake, workers=1)

    assert (made.rows, made.kept, made.files) == (110, 50, 3)
    assert made.same == [str(tmp_path / "in" / "c.parquet")]
    assert len(held(lake)) == 110


@pytest.mark.thorough
def test_a_run_that_was_killed_goes_on(configs, tmp_path):
    lake, source = tmp_path / "lake", configs(25_000, group=25_000)
    command = [sys.executable, "-m", "llmnotes", "import", str(source), "--to", str(lake)]
    running = subprocess.Popen(command, cwd=REPOSITORY, start_new_session=True)
    for _ in range(1_200):
        if list(lake.glob("*.parquet")):
            break
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    deadline = time.monotonic() + 60
    while _alive(running.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(running.pid), "no worker is left"

    made = make_lake(source, lake)
    assert made.kept >= 10_000
    assert made.rows == 25_000
    assert [row["id"] for row in held(lake)] == [f"org/m{place}" for place in range(25_000)]


def _alive(group):
    """Whether a process of the group is running."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_foreign_files_are_left_alone(configs, tmp_path):
    lake = tmp_path / "lake"
    lake.mkdir()
    pq.write_table(pa.table({"a": [1]}), lake / "mine.parquet")

    with pytest.raises(InputError, match="did not write"):
        make_lake(configs(7), lake, workers=1)
    assert [path.name for path in lake.glob("*.parquet")] == ["mine.parquet"]


def test_a_file_without_the_columns_is_refused_before_anything_is_written(tmp_path):
    source = tmp_path / "x.parquet"
    pq.write_table(pa.table({"id": ["a"], "text": ["{}"]}), source)

    with pytest.raises(InputError, match=r"x\.parquet: .*`config`; the columns are id, text"):
        make_lake(source, tmp_path / "lake", workers=1)
    assert not (tmp_path / "lake").exists()


def test_polars_and_duckdb_read_the_folder(configs, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    polars = pytest.importorskip("polars")
    lake = tmp_path / "lake"
    make_lake(configs(210), lake, workers=1)
    total = sum(row["params_total"] or 0 for row in expected(210))

    with duckdb.connect() as database:
        query = f"SELECT sum(params_total) FROM '{lake}/*.parquet'"
        assert database.execute(query).fetchone() == (total,)
    assert polars.scan_parquet(lake).select("params_total").sum().collect().item() == total


def test_the_command_says_what_it_did(configs, tmp_path, run):
    source = configs(70)
    done = run("import", str(source), "--to", "lake", "--format", "json")

    assert done.code == 0, done.err
    assert (done.json["rows"], done.json["exact"], done.json["refused"]) == (70, 60, 10)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "lake", "--dry-run"], "--dry-run does not go with --to"),
        ([], "add `--to FOLDER`"),
    ],
)
def test_options_that_do_not_fit_are_refused(configs, run, arguments, says):
    done = run("import", str(configs(7)), *arguments)

    assert done.code == 2
    assert says in done.err
