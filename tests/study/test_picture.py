"""Chart files contain their sources, and no active content from outside."""

from __future__ import annotations

import json
import sqlite3
import struct
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from llmnotes.study.charts import chart
from llmnotes.study.picture import picture

PAPER = "Hugo Touvron et al. (2023). Llama 2"


def test_svg_names_its_sources(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    run("plot", "params", "-o", "chart.svg")

    root = ElementTree.parse(tmp_path / "chart.svg").getroot()

    dublin = "{http://purl.org/dc/elements/1.1/}"
    assert root.find(".//{http://www.w3.org/2000/svg}title").text == "Parameters of language models over time"  # type: ignore[union-attr]  # fmt: skip
    assert any(PAPER in (one.text or "") for one in root.iter(f"{dublin}source"))


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_pdf_names_its_sources(run: Any, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    pytest.importorskip("vl_convert")
    done = run("plot", "params", "-o", "chart.pdf")

    read = pypdf.PdfReader(tmp_path / "chart.pdf")

    assert done.err == "wrote chart.pdf\n"
    assert len(read.pages) == 1
    assert read.metadata.title == "Parameters of language models over time"
    assert PAPER in read.metadata.subject


@pytest.mark.thorough
def test_html_needs_no_network_and_names_its_sources(run: Any, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    run("plot", "params", "-o", "chart.html")

    page = (tmp_path / "chart.html").read_text()

    assert "<script src=" not in page
    assert f'<meta name="dcterms.source" content="{PAPER}' in page
    assert page.index("<h2>Sources</h2>") > page.index("<body>")


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
