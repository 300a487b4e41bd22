"""A picture's data is held against the store, read here by other code; its pixels are not."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.commands.plot import KINDS
from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.study.chart_style import PALETTE, SHAPES, publisher_style
from llmnotes.study.charts import CHARTS, CHINCHILLA, chart
from llmnotes.study.drawable import decimal_year
from llmnotes.study.drawing import draw
from llmnotes.study.labels import place
from llmnotes.study.picture import picture
from llmnotes.study.plot_area import PlotArea
from llmnotes.views.sparkline import bar, bars, sparkline

TENTATIVE = {"estimated", "rumoured"}


def stored(connection: sqlite3.Connection, column: str) -> dict[str, Any]:
    """What may be drawn of every base model, from the table of resolved values."""
    found = {}
    for key, value, status in connection.execute(
        f"SELECT id, {column}, status FROM model_record WHERE variant = 'base'"
    ):
        said = json.loads(status or "{}").get(column.removesuffix("_max"))
        if value is not None and said not in TENTATIVE:
            found[key] = value
    return found


@pytest.mark.parametrize(
    ("kind", "columns"),
    [
        ("params", ("release_date", "params_total")),
        ("tokens", ("params_total", "training_tokens")),
        ("context", ("release_date", "context_length_max")),
    ],
)
def test_points_are_the_stores_values_and_none_is_missing(
    connection: sqlite3.Connection, kind: str, columns: tuple[str, ...]
) -> None:
    values = [stored(connection, column) for column in columns]
    expected = {key: tuple(value[key] for value in values) for key in values[0] if key in values[1]}

    drawn = chart(connection, kind)

    names = [column.removesuffix("_max") for column in columns]
    assert {row["id"]: tuple(row[name] for name in names) for row in drawn.rows} == expected
    everyone = {row[0] for row in connection.execute("SELECT id FROM model WHERE variant = 'base'")}
    assert set(drawn.left_out) == everyone - set(expected)


def test_a_rumoured_size_is_not_drawn(connection: sqlite3.Connection) -> None:
    said = connection.execute(
        "SELECT count(*) FROM claim WHERE subject = 'gpt-4' AND attribute = 'params_total' "
        "AND status = 'rumoured'"
    ).fetchone()[0]

    assert said > 0
    assert "gpt-4" in chart(connection, "params").left_out


def test_the_compute_optimal_line_is_the_papers_table(connection: sqlite3.Connection) -> None:
    drawn = chart(connection, "tokens")

    assert [(row["params_total"], row["training_tokens"]) for row in drawn.line] == list(CHINCHILLA)
    assert all(19 < tokens / params < 23 for params, tokens in CHINCHILLA)
    assert drawn.sources[-1]["arxiv"] == "2203.15556"


def test_the_cache_per_token_is_two_vectors_for_every_kv_head_and_layer(
    connection: sqlite3.Connection,
) -> None:
    """Recomputed from the table's columns: 2 (key, value) × layers × KV heads × width × 2 bytes."""
    rows = {
        row["id"]: row["kv_cache_bytes_per_token"] for row in chart(connection, "kv-cache").rows
    }

    expected = {
        key: 2 * layers * heads * width * 2
        for key, layers, heads, width in connection.execute(
            "SELECT id, coalesce(n_decoder_layers, n_layers), n_kv_heads, head_dim "
            "FROM model_record WHERE variant = 'base' AND architecture != 'encoder-only'"
        )
        if key in rows
    }
    assert rows == expected
    assert rows["llama-2-70b"] == 327_680
    assert "bert-base" not in rows


def test_attention_kinds_count_a_family_once_for_each_year_and_kind(
    connection: sqlite3.Connection,
) -> None:
    kinds, dates = stored(connection, "attention"), stored(connection, "release_date")
    homes = dict(connection.execute("SELECT id, family FROM model"))
    expected: dict[tuple[int, str], set[str]] = {}
    for key, kind in kinds.items():
        expected.setdefault((int(dates[key][:4]), kind), set()).add(homes[key])

    drawn = chart(connection, "attention")

    assert drawn.counted == "families"
    assert {(row["year"], row["attention"]): row["count"] for row in drawn.rows} == {
        place: len(families) for place, families in expected.items()
    }
    assert {(row["year"], row["attention"]): set(row["families"]) for row in drawn.rows} == expected


def test_attention_kinds_of_models_count_every_model_once(connection: sqlite3.Connection) -> None:
    drawn = chart(connection, "attention", each_model=True)
    kinds, dates = stored(connection, "attention"), stored(connection, "release_date")

    counted = {(row["year"], row["attention"]): row["count"] for row in drawn.rows}

    expected: dict[tuple[int, str], int] = {}
    for key, kind in kinds.items():
        place = (int(dates[key][:4]), kind)
        expected[place] = expected.get(place, 0) + 1
    assert counted == expected


def test_the_tree_joins_each_family_to_the_one_before_it_in_its_line(
    connection: sqlite3.Connection,
) -> None:
    drawn = chart(connection, "tree")
    lines: dict[str, list[str]] = {}
    for family, line in connection.execute(
        "SELECT f.id, f.line FROM family f JOIN model_record m ON m.family = f.id "
        "WHERE m.variant = 'base' GROUP BY f.id ORDER BY min(m.release_date_min)"
    ):
        lines.setdefault(line or family, []).append(family)

    joined = [(one["from"], one["to"]) for one in drawn.edges if one["why"] == "same line"]

    expected = [pair for line in lines.values() for pair in pairwise(line)]
    assert sorted(joined) == sorted(expected)
    assert {row["id"] for row in drawn.rows} == {key for line in lines.values() for key in line}


@pytest.mark.parametrize("kind", CHARTS)
def test_the_sources_are_those_of_the_values(connection: sqlite3.Connection, kind: str) -> None:
    cited = {source["id"] for source in chart(connection, kind).sources} - {"chinchilla-line"}
    known = {row[0] for row in connection.execute("SELECT source FROM claim")}

    assert cited
    assert cited <= known


def test_named_models_and_families_alone_are_drawn(connection: sqlite3.Connection) -> None:
    rows = chart(connection, "params", ["llama2", "gpt-1"]).rows

    assert [row["id"] for row in rows] == [
        "llama-2-7b", "llama-2-13b", "llama-2-34b", "llama-2-70b", "gpt-1",
    ]  # fmt: skip
    with pytest.raises(InputError, match="there is nothing to draw"):
        chart(connection, "params", ["gpt-4"])


def test_the_command_offers_every_chart() -> None:
    assert list(KINDS) == list(CHARTS)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_file_a_small_picture_fits_the_terminal(run: Any, kind: str) -> None:
    done = run("plot", kind, COLUMNS="80")

    assert done.code == 0
    assert len(done.out.splitlines()) > 5
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("format", FORMATS)
def test_the_data_of_a_picture_comes_in_every_format(run: Any, format: str) -> None:
    done = run("plot", "attention", "-f", format)

    assert done.code == 0
    assert "GQA" in done.out


def test_the_data_of_a_picture_is_a_row_for_each_mark(run: Any, tmp_path: Path) -> None:
    rows = run("plot", "params", "llama-2", "-f", "json").json["rows"]
    table = run("plot", "params", "llama-2", "-f", "csv").out.splitlines()
    run("plot", "params", "llama-2", "-f", "csv", "-o", "rows.csv")

    assert len(rows) == 4
    assert table[0].split(",")[:2] == ["id", "name"]
    assert (tmp_path / "rows.csv").read_text().splitlines() == table


def test_the_small_pictures_need_no_extra(tmp_path: Path) -> None:
    """A process in which Altair, vl-convert and pypdf cannot be imported."""
    program = (
        "import sys\n"
        "for name in ('altair', 'vl_convert', 'pypdf'): sys.modules[name] = None\n"
        "sys.argv = ['llmnotes', *sys.argv[1:]]\n"
        "from llmnotes.cli import main\n"
        "main()"
    )

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip

    small, drawn = call("plot", "params"), call("plot", "params", "-o", "params.svg")

    assert small.returncode == 0
    assert "PaLM 540B" in small.stdout
    assert drawn.returncode == 2
    assert "pip install 'llmnotes[plot]'" in drawn.stderr
    assert drawn.stderr.count("\n") == 1
    assert not (tmp_path / "params.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("parms",), "unknown picture 'parms'. Nearest: params"),
        (("params", "-o", "x.gif"), "a picture's file ends in .svg, .png, .pdf"),
        (("params", "-o", "no/folder/x.json"), "cannot write no/folder/x.json"),
        (("params", "llama9"), "unknown model or family 'llama9'"),
        (("params", "--models"), "--models is for attention only"),
        (("params", "-f", "jsn"), "unknown format 'jsn'. Nearest: json"),
    ],
)
def test_bad_usage_is_one_sentence(run: Any, arguments: tuple[str, ...], message: str) -> None:
    if "no/folder/x.json" in arguments:
        pytest.importorskip("altair")

    done = run("plot", *arguments)

    assert done.code == 2
    assert done.err.startswith(f"llmnotes: {message}")
    assert done.err.count("\n") == 1


def marks(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every row of data in a Vega-Lite specification."""
    for rows in spec.get("datasets", {}).values():
        yield from rows
    for layer in layers(spec):
        yield from layer.get("data", {}).get("values", [])


def layers(spec: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A specification with all that it is put together of."""
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


PAPER = "Hugo Touvron et al. (2023). Llama 2"


def test_svg_names_its_sources(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    run("plot", "params", "-o", "chart.svg")

    root = ElementTree.parse(tmp_path / "chart.svg").getroot()

    dublin = "{http://purl.org/dc/elements/1.1/}"
    assert root.find(".//{http://www.w3.org/2000/svg}title").text == "Parameters of language models over time"  # type: ignore[union-attr]  # fmt: skip
    assert any(PAPER in (one.text or "") for one in root.iter(f"{dublin}source"))


def test_png_is_sound_and_names_its_sources(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    run("plot", "params", "-o", "chart.png")

    data = (tmp_path / "chart.png").read_bytes()

    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, said, names = 8, {}, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        chunk = data[at + 4 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(chunk)
        names.append(chunk[:4])
        if chunk[:4] == b"iTXt":
            keyword, text = chunk[4:].split(b"\0\0\0\0\0", 1)
            said[keyword.decode()] = text.decode()
        at += 12 + length
    assert names[0] == b"IHDR"
    assert names[-1] == b"IEND"
    assert PAPER in said["Source"]
    assert said["Software"].startswith("llmnotes ")


def test_pdf_names_its_sources(run: Any, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("vl_convert")
    done = run("plot", "params", "-o", "chart.pdf")

    read = pypdf.PdfReader(tmp_path / "chart.pdf")

    assert done.err == "wrote chart.pdf\n"
    assert len(read.pages) == 1
    assert read.metadata.title == "Parameters of language models over time"
    assert PAPER in read.metadata.subject


def test_html_needs_no_network_and_names_its_sources(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    run("plot", "params", "-o", "chart.html")

    page = (tmp_path / "chart.html").read_text()

    assert "<script src=" not in page
    assert f'<meta name="dcterms.source" content="{PAPER}' in page
    assert page.index("<h2>Sources</h2>") > page.index("<body>")


def test_a_date_becomes_the_middle_of_the_days_it_may_mean() -> None:
    assert decimal_year("2023") == pytest.approx(2023.5, abs=0.01)
    assert decimal_year("2023-01-01") == 2023.0
    assert decimal_year("2023-02") == pytest.approx(2023 + 44.5 / 365, abs=0.01)
    assert decimal_year("2024-12-31") == pytest.approx(2025, abs=0.01)


Points = st.lists(
    st.tuples(st.floats(0, 500, width=32), st.floats(0, 300, width=32)), max_size=25
)  # fmt: skip


@given(Points)
def test_no_label_covers_another_or_leaves_the_field(points: list[tuple[float, float]]) -> None:
    names = [f"model {number}" for number in range(len(points))]

    boxes = []
    for label in place(points, names, (500, 300)):
        width = 6.0 * len(label.text)
        left = {"left": 0.0, "right": width, "center": width / 2}[label.align]
        boxes.append((label.x - left, label.y - 5.5, label.x - left + width, label.y + 5.5))

    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert top >= 0
        assert right <= 500.001
        assert bottom <= 300.001
        for other in boxes[:number]:
            assert (
                right <= other[0] + 0.001 or other[2] <= left + 0.001
                or bottom <= other[1] + 0.001 or other[3] <= top + 0.001
            )  # fmt: skip


@given(Points)
def test_every_point_has_its_name_or_a_number_in_order(points: list[tuple[float, float]]) -> None:
    names = [f"model {number}" for number in range(len(points))]

    placed = place(points, names, (500, 300))

    named = {label.index for label in placed if label.text == names[label.index]}
    numbers = {label.index: int(label.text) for label in placed if label.index not in named}
    unnamed = [index for index in range(len(points)) if index not in named]
    assert all(numbers[index] == unnamed.index(index) + 1 for index in numbers)
    assert len({label.index for label in placed}) == len(placed)


def test_what_has_no_room_for_a_name_gets_a_number_and_is_listed() -> None:
    pytest.importorskip("altair")
    rows = [
        {"x": 1.0 + at / 1000, "y": 1.0, "name": f"Model {at} of a long name"} for at in range(40)
    ]
    area = PlotArea([*rows, {"x": 2.0, "y": 2.0, "name": "Far"}], "x", "y", (None, None))

    area.named(None, [row["name"] for row in area.rows], {})

    assert "Far" not in " ".join(area.listed)
    assert len(area.listed) > 20
    assert area.listed[0].startswith("1 Model ")
    assert len(set(area.listed)) == len(area.listed)


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


def test_publishers_share_no_look_until_all_are_given() -> None:
    names = [f"lab {number}" for number in range(len(PALETTE) * len(SHAPES) + 1)]

    looks = [publisher_style(name, names) for name in names]

    assert len(set(looks[:-1])) == len(names) - 1
    assert looks[-1] == looks[0]
    assert len({colour for colour, _ in looks[:8]}) == 8


HOSTILE = "</script><script>alert('x')</script>\x1b[31m\u2028<!-- &amp; ]]>"


@pytest.mark.parametrize("format", ["html", "svg", "json"])
def test_no_name_or_source_acts_in_a_picture(connection: sqlite3.Connection, format: str) -> None:
    pytest.importorskip("vl_convert")
    found = chart(connection, "params", ("llama",))
    source = {**found.sources[0], "title": HOSTILE, "authors": [HOSTILE]}
    rows = [{**row, "name": HOSTILE} for row in found.rows]

    text = picture(replace(found, rows=rows, sources=[source], title=HOSTILE), format, HOSTILE)

    shown = text.decode()
    assert not {"\x1b", "\u2028"} & set(shown)
    if format == "json":
        assert json.loads(shown)["usermeta"]["sources"] == [source]
    elif format == "svg":
        ElementTree.fromstring(shown)
        assert "<script" not in shown
    else:
        reader = Scripts()
        reader.feed(shown)
        assert reader.count == 2  # the renderer, and the picture


class Scripts(HTMLParser):
    """Counts the scripts of a page as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += tag == "script"


def test_a_sparkline_rises_with_its_values_and_leaves_gaps() -> None:
    assert sparkline([1, 2, 3, 4, 5, 6, 7, 8]) == "▁▂▃▄▅▆▇█"
    assert sparkline([1, None, 100], log=True) == "▁ █"
    assert sparkline([5, 5]) == "██"
    assert sparkline([None]) == " "


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 60))
def test_a_longer_bar_is_a_larger_share(one: float, other: float, width: int) -> None:
    short, long = sorted((one, other))

    assert len(bar(short, width)) <= len(bar(long, width)) <= width


@given(
    st.lists(
        st.tuples(st.text(max_size=40), st.floats(0.001, 1e15), st.text("0123456789.kMB", max_size=8)),
        min_size=1, max_size=8,
    ),
    st.integers(50, 120),
    st.booleans(),
)  # fmt: skip
def test_bars_fit_the_width(rows: list[tuple[str, float, str]], width: int, log: bool) -> None:
    lines = bars(rows, width=width, log=log)

    assert len(lines) == len(rows)
    assert max(map(len, lines)) <= width
