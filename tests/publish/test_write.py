"""The published folder: deterministic, complete, and readable by its consumers."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
import warnings
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from llmnotes.editions.files import ClaimedValue, Edition, ValueChange
from llmnotes.errors import InputError
from llmnotes.publish.write import publish
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import open_curated
from tests.running import FIRST, keep_families

csv.field_size_limit(10**7)


def rows(published: Path, table: str) -> list[dict[str, str]]:
    with (published / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_two_runs_of_one_edition_write_the_same_bytes(published, tmp_path, connection):
    publish(connection, tmp_path / "again", url="https://data.example/llmnotes")

    assert files(tmp_path / "again") == files(published)


def test_a_second_run_writes_nothing_and_takes_away_what_is_no_more(
    published, connection, tmp_path
):
    publish(connection, tmp_path)
    manifest = tmp_path / ".llmnotes-publish.json"
    listed = json.loads(manifest.read_text())
    (tmp_path / "csv" / "gone.csv").write_text("x\n")
    (tmp_path / "mine.txt").write_text("x\n")
    manifest.write_text(json.dumps(listed | {"csv/gone.csv": "0" * 16}))

    _, done = publish(connection, tmp_path)

    assert (done.written, done.removed) == (0, 1)
    assert not (tmp_path / "csv" / "gone.csv").exists()
    assert (tmp_path / "mine.txt").exists()


def test_the_sums_are_of_every_other_file(published):
    lines = (published / "SHA256SUMS").read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}

    found = files(published)
    assert set(listed) == set(found) - {"SHA256SUMS", ".llmnotes-publish.json"}
    assert all(sha256(found[name]).hexdigest() == digest for name, digest in listed.items())


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


def test_every_value_names_its_source_or_says_why_there_is_none(published):
    for row in rows(published, "model_values"):
        if row["value"]:
            assert row["source"], row
        else:
            assert row["status"] in {"undisclosed", "not-applicable"}, row


def test_no_part_of_an_element_is_left_out(published):
    """The tables of scores and of datasets hold all that the values hold."""
    for table, attribute in (("evaluations", "evaluation"), ("training_data", "training_data")):
        found = rows(published, table)
        values = [
            (row["model"], element)
            for row in rows(published, "model_values")
            if row["attribute"] == attribute and row["value"]
            for element in json.loads(row["value"])
        ]
        assert len(found) == len(values)
        for row, (model, element) in zip(found, values, strict=True):
            assert row["model"] == model
            for key, value in element.items():
                assert (row[key] if isinstance(value, str) else float(row[key])) == value


def test_no_cell_begins_a_formula(published):
    for path in (published / "csv").iterdir():
        for row in rows(published, path.stem):
            for text in row.values():
                assert not text.startswith(("=", "+", "@")), (path.name, text)


@pytest.fixture
def changed_store(tmp_path):
    """A curated store whose next edition corrects a value, withdraws one and adds a family."""
    from llmnotes.catalog import DATA
    from llmnotes.editions import files as edition_files
    from llmnotes.store.build import build

    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("*.sqlite", "built"))
    keep_families(data, FIRST)
    last = list(edition_files.editions(data / "editions"))[-1]
    told = [
        ValueChange("corrected", "gpt-2", ["gpt-2-xl"], "n_layers",
                    ClaimedValue(47, "reported", "old-paper", "TypedTable 1", "An <old> paper"),
                    ClaimedValue(48, "reported", "radford-2019-gpt-2", "TypedTable 2", "Language Models"),
                    "Read TypedTable 2 again", 1),
        ValueChange("withdrawn", "gpt-2", ["gpt-2-xl"], "dropout",
                    ClaimedValue(0.1, "reported", "old-paper", "§2", "An <old> paper"), None,
                    "Not said there", 1),
    ]  # fmt: skip
    edition_files.write(
        Edition("2027.01", "2027-01-15", "c0ffee", last.name, 1, 1, 9, told), data / "editions"
    )
    return build(tmp_path / "curated.sqlite", data)


def test_a_changed_value_is_told_with_both_values_and_sources(changed_store, tmp_path):
    with closing(open_curated(changed_store)) as store:
        edition, _ = publish(store, tmp_path / "out")

    found = json.loads((tmp_path / "out" / "changes.json").read_text())
    corrected, withdrawn = found["changes"]
    assert edition.name == "2027.01"
    assert (corrected["before"]["value"], corrected["after"]["value"]) == (47, 48)
    assert corrected["before"]["source"] == "old-paper"
    assert corrected["after"]["source"] == "radford-2019-gpt-2"
    assert (withdrawn["after"], withdrawn["reason"]) == (None, "Not said there")
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.parse(tmp_path / "out" / "changes.atom").getroot()
    first, second = feed.findall("a:entry/a:content", space)
    assert first.text is not None
    assert second.text is not None
    assert "47 (old-paper) → 48 (radford-2019-gpt-2). Read TypedTable 2 again" in first.text
    assert "0.1 (old-paper) → nothing" in second.text
    assert feed.findtext("a:updated", None, space) == "2027-01-15T00:00:00Z"
    ids = [item.text for item in feed.findall("a:entry/a:id", space)]
    assert len(set(ids)) == 2


@pytest.mark.thorough
def test_since_tells_all_editions_after_it(changed_store, tmp_path):
    with closing(open_curated(changed_store)) as store:
        publish(store, tmp_path / "out", since="2026.11")

    found = json.loads((tmp_path / "out" / "changes.json").read_text())
    assert {item["edition"] for item in found["changes"]} == {"2026.12", "2027.01"}


def test_the_citation_names_edition_and_day(published, connection):
    found = yaml.safe_load((published / "CITATION.cff").read_text())

    name, day = connection.execute(
        "SELECT name, released FROM editions ORDER BY name DESC"
    ).fetchone()
    assert (found["version"], found["date-released"]) == (name, day)
    assert (found["cff-version"], found["license"]) == ("1.2.0", "CC-BY-4.0")
    assert found["url"] == "https://data.example/llmnotes"


def test_a_folder_of_something_else_is_left_alone(connection, tmp_path):
    (tmp_path / "thesis.tex").write_text("x")

    with pytest.raises(InputError, match=r"thesis\.tex.*no published edition"):
        publish(connection, tmp_path)
    assert [item.name for item in tmp_path.iterdir()] == ["thesis.tex"]


def test_an_unknown_edition_is_refused_before_anything_is_written(connection, tmp_path):
    with pytest.raises(InputError, match=r"no edition '1999\.01'"):
        publish(connection, tmp_path / "out", since="1999.01")
    assert not (tmp_path / "out").exists()


def test_without_pyarrow_it_says_how_to_get_it(connection, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(InputError, match=r"pip install 'llmnotes\[arrow\]'"):
        publish(connection, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_says_what_it_wrote_and_refuses_what_is_no_address(run, tmp_path):
    done = run("publish", "out")
    again = run("publish", "out")
    wrong = run("publish", "other", "--url", "nowhere")

    assert done.code == 0
    assert "wrote" in done.err
    assert "wrote 0 files" in again.err
    assert (wrong.code, "--url: 'nowhere' is no web address" in wrong.err) == (2, True)
    assert not (tmp_path / "other").exists()


def test_your_own_edits_stay_yours(run, tmp_path):
    assert run("set", "gpt-2-xl", "batch_size=7 sequences").code == 0
    assert run("note", "gpt-2", "a secret thought").code == 0
    run("publish", "out")

    assert b"a secret thought" not in b"".join(files(tmp_path / "out").values())
    assert not [row for row in rows(tmp_path / "out", "claims") if row["source"] == "user"]


def test_reading_loads_none_of_it():
    code = (
        "import sys, llmnotes; kb = llmnotes.open(); kb.filter(attention='GQA');"
        "print([m for m in ('pyarrow', 'pandas', 'polars', 'llmnotes.publish') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
