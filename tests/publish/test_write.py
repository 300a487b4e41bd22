"""The published folder: deterministic, complete, and readable by its consumers."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from xml.etree import ElementTree

import pytest
import yaml

from llmnotes.editions.files import ClaimedValue, Edition, ValueChange
from llmnotes.errors import InputError
from llmnotes.publish.write import publish
from llmnotes.store.connect import open_curated
from tests.publish.reading import files, rows
from tests.running import FIRST, keep_families


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


def test_reading_loads_none_of_it():
    code = (
        "import sys, llmnotes; kb = llmnotes.open(); kb.filter(attention='GQA');"
        "print([m for m in ('pyarrow', 'pandas', 'polars', 'llmnotes.publish') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
