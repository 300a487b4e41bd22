"""Charts as files: SVG, PNG, PDF, HTML or Vega-Lite JSON, with their sources as metadata.

vl-convert renders them without a browser or network access. Each format has its own place for metadata,
where a reader of any of them finds the documents cited.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.escapes import html, json_text, printable, script
from llmnotes.knowledge.sources import short_reference
from llmnotes.study.drawable import Chart
from llmnotes.study.drawing import PLOT_EXTRA, draw

_DOTS_PER_INCH = 300
_PLACE = "llmnotes puts the picture here"
Spec = dict[str, Any]


def picture_format(path: Path) -> str:
    """The format of a file's suffix; raises `InputError` with the supported ones."""
    name = path.suffix.lower().removeprefix(".")
    if name not in _WRITERS:
        *most, last = (f".{key}" for key in _WRITERS)
        raise InputError(f"a picture's file ends in {', '.join(most)} or {last}, not {path.name!r}")
    return name


def picture(chart: Chart, format: str, creator: str) -> bytes:
    """The chart as a file's content; `creator` is the program and version recorded in it.

    Raises `InputError` where the extra is not installed.
    """
    spec = draw(chart).to_dict()
    if format != "json":
        spec = _printable(spec)
    try:
        return _WRITERS[format](spec, chart, creator)
    except ImportError as error:
        raise InputError(PLOT_EXTRA) from error


def _printable(part: Any) -> Any:
    """The same data with printable texts, as the renderer requires."""
    if isinstance(part, dict):
        return {key: _printable(item) for key, item in part.items()}
    if isinstance(part, list):
        return [_printable(item) for item in part]
    return printable(part) if isinstance(part, str) else part


def references(chart: Chart) -> list[str]:
    """The chart's sources, a line for each."""
    return [
        short_reference(source) + (f" ({source['locator']})" if source.get("locator") else "")
        for source in chart.sources
    ]


def _svg(spec: Spec, chart: Chart, creator: str) -> bytes:
    """SVG with a title, and with creator and sources in Dublin Core."""
    import vl_convert

    text: str = vl_convert.vegalite_to_svg(spec)
    said = "".join(f"<dc:source>{html(line)}</dc:source>" for line in references(chart))
    about = (
        f"<title>{html(chart.title)}</title>"
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{html(chart.title)}</dc:title>"
        f"<dc:creator>{html(creator)}</dc:creator>{said}</metadata>"
    )
    end = text.index(">", text.index("<svg")) + 1
    return (text[:end] + about + text[end:]).encode()


def _png(spec: Spec, chart: Chart, creator: str) -> bytes:
    """PNG at 300 dots per inch with text chunks of registered keywords."""
    import vl_convert

    data: bytes = vl_convert.vegalite_to_png(spec, ppi=_DOTS_PER_INCH)
    said = {
        "Title": chart.title,
        "Software": creator,
        "Source": "\n".join(references(chart)),
    }
    chunks = b"".join(_text_chunk(keyword, text) for keyword, text in said.items())
    header = 8 + 25  # the signature and the IHDR chunk, which comes first
    return data[:header] + chunks + data[header:]


def _text_chunk(keyword: str, text: str) -> bytes:
    """An uncompressed iTXt chunk (PNG specification, 11.3.3.4)."""
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + text.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def _pdf(spec: Spec, chart: Chart, creator: str) -> bytes:
    """PDF with a document information dictionary."""
    import logging

    import vl_convert
    from pypdf import PdfReader, PdfWriter

    # The renderer's xref table is longer than its trailer says, which readers accept.
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    writer = PdfWriter(clone_from=PdfReader(BytesIO(vl_convert.vegalite_to_pdf(spec))))
    writer.add_metadata(
        {
            "/Title": chart.title,
            "/Creator": creator,
            "/Subject": "Sources: " + "; ".join(references(chart)),
        }
    )
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _html(spec: Spec, chart: Chart, creator: str) -> bytes:
    """A page that needs no network, with the sources in its head and below the chart."""
    import vl_convert

    # The renderer copies the chart into a script unescaped; everything written here is escaped.
    page: str = vl_convert.vegalite_to_html({"description": _PLACE}, bundle=True)
    before, found, after = page.partition(f'{{"description":"{_PLACE}"}}')
    if not found:
        raise InputError("this vl-convert writes pages of an unknown form; take version 1.9")
    page = before + script(json.dumps(spec, ensure_ascii=False)) + after
    lines = references(chart)
    head = f'<title>{html(chart.title)}</title><meta name="generator" content="{html(creator)}">'
    head += "".join(f'<meta name="dcterms.source" content="{html(line)}">' for line in lines)
    items = "".join(f"<li>{html(line)}</li>" for line in lines)
    start, end = page.index("<head>") + len("<head>"), page.rindex("</body>")
    below = f"<h2>Sources</h2><ol>{items}</ol>"
    return (page[:start] + head + page[start:end] + below + page[end:]).encode()


def _json(spec: Spec, chart: Chart, creator: str) -> bytes:
    """The Vega-Lite specification; the sources are in its `usermeta`."""
    spec = {**spec, "usermeta": {**spec["usermeta"], "creator": creator}}
    return (json_text(json.dumps(spec, ensure_ascii=False, indent=2)) + "\n").encode()


_WRITERS: dict[str, Callable[[Spec, Chart, str], bytes]] = {
    "svg": _svg,
    "png": _png,
    "pdf": _pdf,
    "html": _html,
    "json": _json,
}
