"""Jupyter notebooks: their Markdown cells, and the tables that their code printed.

The standard JSON reader does not report positions, which are needed for line numbers; so its pure Python
scanner from the standard library is used with a string reader that keeps them.
"""

from __future__ import annotations

import json
import json.decoder
import json.scanner
from collections.abc import Iterator
from typing import Any

from llmnotes.documents.rendition import LineOrigin, Rendition
from llmnotes.errors import InputError
from llmnotes.tables.reader import decoded
from llmnotes.tables.source import SourceText

_PRINTED = ("text/markdown", "text/html")
"""Kinds of output that may hold a table, the preferred first."""


class _Placed(str):
    """A string of a JSON file with the offset after its opening quote."""

    start: int = 0


def read(data: bytes, name: str) -> Rendition:
    """The notebook's text; raises `InputError` with line and column where it is not a notebook in JSON."""
    text = decoded(data, name)
    found = _json(text, name)
    cells = found.get("cells") if isinstance(found, dict) else None
    if cells is None and isinstance(found, dict):  # format 3 and older
        sheets = found.get("worksheets")
        first = sheets[0] if isinstance(sheets, list) and sheets else None
        cells = first.get("cells") if isinstance(first, dict) else None
    if not isinstance(cells, list):
        raise InputError(f"{name}: no notebook, as it has no list of cells")
    source, made = SourceText(text, name), Rendition(name)
    for number, cell in enumerate(cells, start=1):
        if isinstance(cell, dict):
            _cell(cell, f"cell {number}", source, made)
    return made


def _json(text: str, name: str) -> Any:
    decoder = json.JSONDecoder()

    def placed(string: str, end: int, strict: bool = True) -> tuple[str, int]:
        words, behind = json.decoder.py_scanstring(string, end, strict)  # type: ignore[attr-defined]
        kept = _Placed(words)
        kept.start = end
        return kept, behind

    decoder.parse_string = placed  # type: ignore[attr-defined]
    decoder.scan_once = json.scanner.py_make_scanner(decoder)  # type: ignore[attr-defined]
    try:
        return decoder.decode(text)
    except json.JSONDecodeError as error:
        raise InputError(f"{name}:{error.lineno}:{error.colno}: not JSON ({error.msg})") from error
    except RecursionError as error:
        raise InputError(f"{name}: nested too deep") from error
    except ValueError as error:
        raise InputError(f"{name}: not JSON ({error})") from error


def _cell(cell: dict[str, Any], where: str, source: SourceText, made: Rendition) -> None:
    if cell.get("cell_type") == "markdown":
        _add(cell.get("source"), where, source, made)
    if cell.get("cell_type") != "code":
        return
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        kinds = output.get("data", output) if isinstance(output, dict) else None
        if not isinstance(kinds, dict):
            continue
        printed = [kinds[kind] for kind in (*_PRINTED, "html") if kind in kinds]
        if printed:
            _add(printed[0], f"{where}, output", source, made)


def _add(written: Any, where: str, source: SourceText, made: Rendition) -> None:
    for number, (line, at) in enumerate(_lines(written), start=1):
        made.add(line, LineOrigin(source.line(at), f"{where}, line {number}"))
    if made.origins:
        made.add("", made.origins[-1])  # so that a cell's last table ends with it


def _lines(written: Any) -> Iterator[tuple[str, int]]:
    """The lines of a text, given as a string or a list of lines, with their offsets."""
    parts = written if isinstance(written, list) else [written]
    for part in parts:
        if isinstance(part, _Placed):
            for line in part.splitlines() or [""]:
                yield line, part.start
