"""Notebooks of every format, their outputs, and the origins of their lines."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.documents.notebook import read
from llmnotes.errors import InputError

ROWS = ["| Model | Layers |", "|---|---|", "| BERT-Base | 13 |"]


def cell(source, kind="markdown", **more):
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def written(*cells, indent=1):
    return json.dumps({"cells": cells, "nbformat": 4}, indent=indent).encode()


@pytest.mark.parametrize("source", ["\n".join(ROWS), [f"{row}\n" for row in ROWS]])
@pytest.mark.parametrize("indent", [None, 1, 4])
def test_a_cell_is_read_as_a_text_or_a_list_of_lines(source, indent):
    made = read(written(cell(source), indent=indent), "a.ipynb")
    assert made.text.splitlines()[:3] == ROWS
    assert [origin.where for origin in made.origins[:3]] == [f"cell 1, line {n}" for n in (1, 2, 3)]


def test_a_notebook_of_format_3_is_read():
    old = {"worksheets": [{"cells": [cell(ROWS)]}], "nbformat": 3}
    assert "BERT-Base" in read(json.dumps(old).encode(), "a.ipynb").text


def test_a_table_that_code_printed_is_read_and_its_plain_text_is_not():
    html = [
        "<table><tr><th>Model</th><th>Layers</th></tr>\n",
        "<tr><td>BERT-Base</td><td>13</td></tr></table>",
    ]
    output = {"output_type": "execute_result", "data": {"text/html": html, "text/plain": ROWS}}
    made = read(written(cell("x", "code", outputs=[output])), "a.ipynb")
    assert "BERT-Base" in made.text
    assert "|" not in made.text
    assert made.origins[1].where == "cell 1, output, line 2"


def test_source_code_is_not_read():
    assert read(written(cell(ROWS, "code", outputs=[]), cell(ROWS, "raw")), "a.ipynb").text == ""


def test_a_comment_in_a_cell_keeps_its_row_from_being_reported(run, tmp_path):
    rows = [*ROWS[:2], "| BERT-Base | 13 | <!-- llmnotes-ignore -->", "| T5-Base | 13 |"]
    (tmp_path / "a.ipynb").write_bytes(written(cell([f"{row}\n" for row in rows])))
    result = run("factcheck", "a.ipynb", "-f", "json")
    assert [c["name"] for t in result.json["tables"] for c in t["cells"]] == ["T5-Base"]


@settings(deadline=None, max_examples=60)
@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1), min_size=1
    ),
    indent=st.sampled_from((None, 1)),
)
def test_every_line_leads_to_the_line_of_the_file_that_holds_it(texts, indent):
    data = written(cell([f"{text}\n" for text in texts]), indent=indent)
    made = read(data, "a.ipynb")
    lines = data.decode().split("\n")
    assert len(made.origins) >= len(texts)
    for text, origin in zip(texts, made.origins, strict=False):
        assert json.dumps(f"{text}\n") in lines[origin.line - 1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ("cells", "cell_type", "source", "outputs", "data", "text/html", "worksheets", "x")), inner),
)  # fmt: skip


@settings(deadline=None)
@given(found=JSON)
def test_any_json_is_read_or_refused(found):
    try:
        read(json.dumps(found).encode(), "a.ipynb")
    except InputError as error:
        assert "a.ipynb" in str(error)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"cells": [\n  x]}', "a.ipynb:2:3"), (b"[" * 100_000, "nested too deep"),
        (b'{"cells": ' + b"[" * 50_000, "nested too deep"), (b"{}", "no list of cells"),
        (b'{"cells": 7}', "no list of cells"), (b"\xff\xfe\x00", "a.ipynb"),
        (b'{"cells": [' + b"1" * 5_000 + b"]}", "not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_notebook_is_refused_with_its_place(data, words):
    with pytest.raises(InputError, match=words):
        read(data, "a.ipynb")
