"""The same function under other engines gives the same rows, by running the examples."""

from __future__ import annotations

import importlib.util
import shutil
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from llmnotes.lake.convert import make_lake
from tests.running import REPOSITORY


def example(name):
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "examples" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def local(configs, tmp_path):
    """The input, and the rows written by the command."""
    source = configs(210)
    make_lake(source, tmp_path / "lake", workers=1, part_rows=40)
    return source, written(tmp_path / "lake")


def written(folder):
    """A folder's rows, sorted, as bytes, without file metadata."""
    return as_bytes(
        pa.concat_tables(pq.read_table(path) for path in sorted(folder.glob("*.parquet")))
    )


def as_bytes(table):
    bare = pa.schema([pa.field(field.name, field.type) for field in table.schema])
    rows = table.cast(bare).sort_by("id").combine_chunks()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, bare) as writer:
        writer.write_table(rows)
    return sink.getvalue().to_pybytes()


def test_duckdb(local):
    duckdb = pytest.importorskip("duckdb", minversion="2.0", reason="the example is DuckDB 2's")
    source, rows = local
    with duckdb.connect() as connection:
        reader = example("lake_duckdb").normalized(connection, str(source), 50)
        assert as_bytes(reader.read_all()) == rows


@pytest.mark.filterwarnings("ignore")  # Spark's own
def test_spark(local, tmp_path, monkeypatch):
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    from pyspark.sql import SparkSession

    source, rows = local
    module = example("lake_spark")
    # Spark's workers load what they run by its name.
    monkeypatch.setenv("PYTHONPATH", f"{REPOSITORY}:{REPOSITORY / 'examples'}")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.syspath_prepend(str(REPOSITORY / "examples"))
    monkeypatch.setitem(sys.modules, "lake_spark", module)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark = builder.config("spark.driver.bindAddress", "127.0.0.1").config(
        "spark.driver.host", "127.0.0.1").getOrCreate()  # fmt: skip
    try:
        configs = spark.read.parquet(str(source)).repartition(3)
        module.normalized(configs).write.parquet(str(tmp_path / "spark"))
        assert spark.read.parquet(str(tmp_path / "lake")).count() == 210, "Spark reads a lake"
    finally:
        spark.stop()
    assert written(tmp_path / "spark") == rows


@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray(local, tmp_path, monkeypatch):
    ray = pytest.importorskip("ray", reason="ray is not installed")
    pytest.importorskip("ray.data", reason="ray[data] is not installed")
    source, rows = local
    monkeypatch.setenv("PYTHONPATH", str(REPOSITORY))
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        configs = ray.data.read_parquet(str(source), columns=["id", "config"])
        configs.map_batches(example("lake_ray").rows, batch_format="pyarrow").write_parquet(
            str(tmp_path / "ray")
        )
    finally:
        ray.shutdown()
    assert written(tmp_path / "ray") == rows
