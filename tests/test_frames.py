"""Filtered models as tables and data frames, and answers as a notebook shows them."""

from __future__ import annotations

import json
import sys

import pytest

import llmnotes
from llmnotes.errors import InputError
from llmnotes.frames import ModelRecords
from llmnotes.schema import ATTRIBUTES

pytest.importorskip("pyarrow", reason="tables need llmnotes[arrow]")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """All models, filtered once: no test changes them."""
    with llmnotes.open(tmp_path_factory.mktemp("none") / "notes.sqlite") as opened:
        return opened.filter(variants="all")


def test_whole_numbers_stay_whole_where_some_are_missing(found):
    pandas = pytest.importorskip("pandas")
    frame = found.to_pandas()

    assert frame["n_layers"].isna().any()
    assert str(frame["n_layers"].dtype) == "Int64"
    assert str(frame["gated_ffn"].dtype) == "boolean"
    assert str(frame["learning_rate"].dtype) == "Float64"
    layers = {item.id: item.n_layers for item in found if isinstance(item.n_layers, int)}
    assert dict(zip(frame["id"], frame["n_layers"], strict=True))["gpt-2-xl"] == 48
    known = frame[frame["n_layers"].notna()]
    assert dict(zip(known["id"], known["n_layers"], strict=True)) == layers
    assert frame.groupby("family")["n_layers"].max()["gpt-2"] == 48
    assert isinstance(frame, pandas.DataFrame)


def test_polars_gets_dates_and_lists(found):
    polars = pytest.importorskip("polars")
    frame = found.to_polars()

    assert frame.schema["release_date_min"] == polars.Date
    assert frame.schema["organization"] == polars.List(polars.String)
    row = frame.row(by_predicate=polars.col("id") == "gpt-2-xl", named=True)
    assert (row["organization"], row["n_heads"], row["tied_embeddings"]) == (["openai"], 25, True)


def test_arrow_says_what_each_column_means(found):
    schema = found.to_arrow().schema

    for item in ATTRIBUTES.values():
        for column in item.columns:
            field = schema.field(column.name)
            assert item.meaning in field.metadata[b"description"].decode()


def test_what_differs_by_layer_is_in_the_bounds_and_the_pattern(found):
    rows = {row["id"]: row for row in found.to_arrow().to_pylist()}
    several = [item for item in found if item.n_kv_heads_min != item.n_kv_heads_max]

    assert several, "no model of the base has layers of several numbers of key-value heads"
    for item in several:
        row = rows[item.id]
        assert row["n_kv_heads"] == row["n_kv_heads_max"] > row["n_kv_heads_min"]
        assert (row["n_kv_heads_min"], row["n_kv_heads_max"]) == (
            item.n_kv_heads_min, item.n_kv_heads_max,
        )  # fmt: skip
        assert row["n_kv_heads_pattern"] == item.n_kv_heads_pattern


@pytest.mark.thorough
def test_a_filter_of_everything_is_the_published_table(found, connection):
    from llmnotes.relational.arrow import arrow_table
    from llmnotes.relational.tables import tables

    published = arrow_table(next(item for item in tables(connection) if item.name == "models"))
    expected = {row["id"]: row for row in published.drop_columns(["position"]).to_pylist()}
    got = {row["id"]: row for row in found.to_arrow().to_pylist()}

    status = {key: row.pop("status") for key, row in expected.items()}
    for key, row in got.items():
        assert json.loads(row.pop("status")) == json.loads(status[key] or "{}")
    assert got == expected


def test_the_rows_are_those_of_the_filter_in_its_order(kb):
    found = kb.filter(attention="GQA", sort="-params_total", limit=5)

    assert isinstance(found, ModelRecords)
    assert found.to_arrow()["id"].to_pylist() == [item.id for item in found]
    assert kb.filter(attention="GQA", family="gpt-2").to_arrow().num_rows == 0


@pytest.mark.parametrize("library", ["pandas", "polars", "pyarrow"])
def test_a_missing_library_is_named(found, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    turn = found.to_pandas if library == "pandas" else found.to_polars

    with pytest.raises(InputError, match=library if library != "pyarrow" else "arrow"):
        turn()


def test_a_notebook_shows_models_with_their_status(kb, found):
    page = kb.model("gpt-2-xl")._repr_html_()

    assert "<td style='text-align:left'>48</td>" in page
    assert "undisclosed" in page
    listing = found._repr_html_()
    assert f"{len(found) - 60:,} more" in listing


def test_a_notebook_shows_subjects_side_by_side(kb):
    page = kb.compare("llama", "llama2")._repr_html_()

    assert page.index("LLaMA") < page.index("Llama 2")
    assert "2023-07-18" in page


def test_every_other_answer_has_a_page_too(kb):
    for answer in (
        kb.estimate("llama-2-7b"), kb.explain("GQA"), kb.factcheck("|a|b|\n|-|-|\n|GPT-2|1|\n"),
        kb.family("gpt-2"), kb.search("rotary")[0], kb.check("gpt-2"), kb.changes()[0],
    ):  # fmt: skip
        assert "<table" in answer._repr_html_()


def test_nothing_a_source_wrote_becomes_markup():
    from llmnotes import notebook

    page = notebook.fields({"a": "<b>", "rows": [{"<i>": "<script>x</script>"}]})

    assert "<b>rows</b>" in page
    assert "<i>" not in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
