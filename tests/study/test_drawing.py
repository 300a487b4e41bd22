"""Specifications contain their chart's data."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmnotes.commands.plot import KINDS
from llmnotes.study.charts import chart
from llmnotes.study.drawing import draw


def marks(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every row of data in a Vega-Lite specification."""
    for rows in spec.get("datasets", {}).values():
        yield from rows
    for layer in layers(spec):
        yield from layer.get("data", {}).get("values", [])


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A specification with all its nested layers."""
    yield spec
    for part in [*spec.get("layer", []), *spec.get("vconcat", [])]:
        yield from layers(part)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("params", "params_total"), ("tokens", "training_tokens"), ("context", "context_length"),
        ("kv-cache", "kv_cache_bytes_per_token"), ("attention", "count"), ("tree", "year"),
    ],
)  # fmt: skip
def test_what_is_drawn_is_the_charts_data(
    run: Any, tmp_path: Path, connection: sqlite3.Connection, kind: str, field: str
) -> None:
    pytest.importorskip("altair")
    data = chart(connection, kind)

    done = run("plot", kind, "-o", "chart.json")
    spec = json.loads((tmp_path / "chart.json").read_text())

    assert done.err == "wrote chart.json\n"
    drawn = {row[field] for row in marks(spec) if field in row}
    assert {row[field] for row in data.rows} <= drawn
    assert spec["usermeta"]["sources"] == data.sources
    assert spec["title"] == data.title


def test_every_axis_is_labelled_with_its_unit(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("altair")
    titles = {}
    for kind in KINDS:
        run("plot", kind, "-o", f"{kind}.json")
        text = (tmp_path / f"{kind}.json").read_text()
        titles[kind] = {
            axis: found["title"]
            for layer in layers(json.loads(text))
            for axis, encoding in layer.get("encoding", {}).items()
            if axis in {"x", "y"} and (found := {**encoding, **(encoding.get("axis") or {})}).get("title")
        }  # fmt: skip

    assert titles == {
        "params": {"x": "Release date (year)", "y": "Parameters (log scale)"},
        "tokens": {"x": "Parameters (log scale)", "y": "Training tokens (log scale)"},
        "context": {"x": "Release date (year)", "y": "Context length (tokens, log scale)"},
        "kv-cache": {"x": "KV cache per token (KiB, bf16, log scale)"},
        "attention": {"x": "Release date (year)", "y": "Families"},
        "tree": {"x": "Release date (year)"},
    }


def test_a_publisher_looks_the_same_in_every_picture(connection: sqlite3.Connection) -> None:
    pytest.importorskip("altair")
    looks: dict[str, set[tuple[str, str]]] = {}
    pictures = [
        chart(connection, kind, names)
        for kind, names in (
            ("params", ()), ("params", ("llama",)), ("tokens", ()), ("context", ("palm", "llama-2")),
            ("tree", ()),
        )
    ]  # fmt: skip
    for found in pictures:
        for layer in layers(draw(found).to_dict()):
            encoding = layer.get("encoding", {})
            if "shape" in encoding:
                scales = [encoding[channel]["scale"] for channel in ("color", "shape")]
                for name, colour, shape in zip(
                    scales[0]["domain"], scales[0]["range"], scales[1]["range"], strict=True
                ):
                    looks.setdefault(name, set()).add((colour, shape))

    assert {"Meta", "Google", "OpenAI"} <= set(looks)
    assert all(len(one) == 1 for one in looks.values())
    assert len(set.union(*looks.values())) == len(looks)
