"""What is published, as its consumers read it: frictionless, Croissant, JSON Schema, Parquet, SQLite."""

from __future__ import annotations

import json
import sqlite3
import warnings
from contextlib import closing

import jsonschema
import pytest

from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import open_curated
from tests.publish.reading import rows


def test_the_data_package_is_valid_and_says_every_row(published):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        frictionless = pytest.importorskip("frictionless")
        report = frictionless.validate(str(published / "datapackage.json"))
    assert report.flatten(["message"]) == []

    package = json.loads((published / "datapackage.json").read_text())
    with closing(open_curated()) as store:
        for table in ("models", "claims", "sources", "families", "techniques", "entities"):
            expected = store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            assert len(rows(published, table)) == expected
    assert {item["name"] for item in package["resources"]} == {
        path.stem for path in (published / "csv").iterdir()
    }


def test_the_data_package_tells_a_torn_file(published, tmp_path):
    """The validation bites: one claim of a source that there is not is enough."""
    frictionless = pytest.importorskip("frictionless")
    package = json.loads((published / "datapackage.json").read_text())
    package["resources"] = [
        {key: value for key, value in item.items() if key not in {"bytes", "hash"}}
        for item in package["resources"]
        if item["name"] in {"families", "models"}
    ]
    (tmp_path / "csv").mkdir()
    for name in ("families", "models"):
        text = (published / "csv" / f"{name}.csv").read_text(encoding="utf-8")
        if name == "families":
            text = text.replace("\ngpt-1,", "\ngpt-one,")
        (tmp_path / "csv" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(json.dumps(package))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert any("gpt-1" in message for [message] in report.flatten(["message"]))


def test_croissant_reads_the_records(published, connection):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mlcroissant = pytest.importorskip("mlcroissant")
        dataset = mlcroissant.Dataset(jsonld=published / "croissant.json")
        assert not dataset.metadata.issues.errors
        found = list(dataset.records(record_set="editions"))
        scores = list(dataset.records(record_set="evaluations"))
    assert [item["editions/name"].decode() for item in found] == [
        row[0] for row in connection.execute("SELECT name FROM editions ORDER BY name")
    ]
    assert len(scores) == len(rows(published, "evaluations"))


def test_the_rows_are_as_the_json_schema_says(published):
    schema = json.loads((published / "schema.json").read_text())
    import pyarrow.parquet as pq

    for name, table in schema["$defs"].items():
        validator = jsonschema.Draft202012Validator(table)
        fields = table["properties"]
        for row in pq.read_table(published / "parquet" / f"{name}.parquet").to_pylist()[:20]:
            plain = {
                key: str(value) if fields[key].get("format") == "date" and value else value
                for key, value in row.items()
            }
            assert list(validator.iter_errors(plain)) == []


@pytest.mark.parametrize("attribute", [item for item in ATTRIBUTES.values() if item.unit])
def test_parquet_has_the_unit_of_each_number(published, attribute):
    import pyarrow.parquet as pq

    field = pq.read_schema(published / "parquet" / "models.parquet").field(attribute.id)

    if attribute.is_numeric:
        assert field.metadata[b"unit"].decode() == attribute.unit


def test_duckdb_polars_and_pandas_read_what_the_base_says(published, kb):
    duckdb = pytest.importorskip("duckdb")
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    models = published / "parquet" / "models.parquet"
    asked = kb.filter(attention="GQA", variants="all")
    expected = {(m.id, m.n_layers) for m in asked if m.attention_pattern is None}
    assert len(expected) > 5

    with duckdb.connect() as database:
        found = database.execute(
            f"SELECT id, n_layers FROM '{models}' WHERE attention = 'GQA'"
        ).fetchall()
    table = polars.read_parquet(models).filter(polars.col("attention") == "GQA")
    frame = pandas.read_parquet(models, dtype_backend="pyarrow")
    frame = frame[frame["attention"] == "GQA"]

    assert set(found) == expected
    assert set(table.select("id", "n_layers").iter_rows()) == expected
    pairs = zip(frame["id"], frame["n_layers"], strict=True)
    assert {(key, None if layers is pandas.NA else layers) for key, layers in pairs} == expected
    assert table.schema["release_date_min"] == polars.Date
    assert str(frame["n_layers"].dtype) == "int64[pyarrow]"


def test_the_sqlite_file_is_whole_and_its_references_hold(published):
    with closing(sqlite3.connect(published / "llmnotes.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        [layers] = database.execute(
            "SELECT number FROM model_values WHERE model = 'gpt-2-xl' AND attribute = 'n_layers'"
        ).fetchone()
        says = database.execute("SELECT sql FROM sqlite_master WHERE name = 'models'").fetchone()[0]
    assert layers == 48
    assert ATTRIBUTES["n_layers"].meaning.split()[0] in says
