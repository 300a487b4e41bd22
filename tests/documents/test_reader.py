"""All readers: the content of a document is read, and invalid documents are refused."""

from __future__ import annotations

import io
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmnotes.documents.reader import SUFFIXES, MissingReaderError, read_document, suffix_of
from llmnotes.errors import InputError
from llmnotes.tables import read
from tests.documents.conftest import FALSE, SAMPLES, sample

PLACES = {
    "a.ipynb": "cell 2, line 5", "a.docx": "table 1, row 2, column 2", "a.xlsx": "Models!C5",
    "a.pdf": "page 1, line 3", "a.rst": "",
}  # fmt: skip


def test_there_is_a_sample_of_every_kind():
    assert {suffix_of(name) for name in SAMPLES} == SUFFIXES - {".xlsm"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_table_is_read_cell_by_cell(name):
    made = read_document(sample(name), name)
    (table,) = (t for t in read(made.text, name, "markdown") if t.kind == "table")
    assert [[cell.text for cell in row] for row in table.rows] == [list(row) for row in FALSE]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_false_cell_is_told_of_with_its_place(name, run, tmp_path):
    (tmp_path / name).write_bytes(sample(name))
    result = run("factcheck", name, "-f", "json")
    assert result.code == 1
    (cell,) = [c for t in result.json["tables"] for c in t["cells"] if c["verdict"] == "wrong"]
    assert (cell["text"], cell["expected"]) == ("60", "80")
    assert (cell["place"] or "") == PLACES[name]


@pytest.mark.parametrize("name", ["a.ipynb", "a.rst"])
def test_a_line_is_that_of_the_file(name, run, tmp_path):
    written = sample(name)
    (tmp_path / name).write_bytes(written)
    result = run("factcheck", name, "-f", "sarif")
    (found,) = result.json["runs"][0]["results"]
    line = found["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert "LLaMA 65B" in written.decode().splitlines()[line - 1]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_is_not_written(name, run, tmp_path):
    written = sample(name)
    (tmp_path / name).write_bytes(written)
    result = run("factcheck", name, "--fix")
    assert result.code == 1
    assert "not corrected" in result.err
    assert (tmp_path / name).read_bytes() == written


@pytest.mark.parametrize("name", SAMPLES)
@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_spoilt_document_is_read_or_refused(name, data):
    written = bytearray(sample(name))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(written) - 1))
        kind = data.draw(st.sampled_from(("change", "cut", "double")))
        if kind == "change":
            written[at] = data.draw(st.integers(0, 255))
        elif kind == "cut":
            del written[at : at + data.draw(st.integers(1, 200))]
        else:
            written[at:at] = written[at : at + data.draw(st.integers(1, 200))]
        if not written:
            return
    try:
        made = read_document(bytes(written), name)
    except InputError as error:
        assert "\n" not in str(error)
        assert name in str(error)
    else:
        read(made.text, name, "markdown")
        assert len(made.origins) == made.text.count("\n")


@pytest.mark.parametrize("name", SAMPLES)
@settings(deadline=None, max_examples=30)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name, data):
    try:
        read_document(data, name)
    except InputError as error:
        assert name in str(error)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(name):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"part{number}.xml", bytes(60 * 2**20))
    with pytest.raises(InputError, match="unpacks to more than 64 MiB"):
        read_document(file.getvalue(), name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_encrypted_or_old_office_file_is_told_from_others(name):
    with pytest.raises(InputError, match="encrypted, or of an older format"):
        read_document(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), name)


MODULES = {"a.docx": "docx", "a.xlsx": "openpyxl", "a.pdf": "pypdf", "a.rst": "docutils.core"}


@pytest.mark.parametrize("name", MODULES)
def test_a_missing_library_is_told_with_what_to_install(name, monkeypatch):
    written = sample(name)
    monkeypatch.setitem(sys.modules, MODULES[name], None)
    with pytest.raises(MissingReaderError, match=r"pip install 'llmnotes\[documents\]'"):
        read_document(written, name)


def test_in_a_folder_what_has_no_reader_is_told_of_and_the_rest_is_checked(run_process, tmp_path):
    from tests.running import REPOSITORY

    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "docx.py").write_text("raise ImportError('no docx', name='docx')")
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "a.docx").write_bytes(sample("a.docx"))
    (tmp_path / "paper" / "b.md").write_text("| Model | Layers |\n|-|-|\n| BERT-Base | 13 |\n")
    path = f"{tmp_path / 'blocked'}:{REPOSITORY}"
    done = run_process("factcheck", "paper", PYTHONPATH=path)
    assert done.code == 1
    assert "BERT-Base" in done.out
    assert "needs python-docx" in done.err
    done = run_process("factcheck", "paper/a.docx", PYTHONPATH=path)
    assert (done.code, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


def test_a_name_that_lies_is_refused(run, tmp_path):
    for name in SAMPLES:
        (tmp_path / name).write_text("just words")
        result = run("factcheck", name)
        assert result.code == (0 if name == "a.rst" else 2)
        assert len(result.err.splitlines()) == 1
