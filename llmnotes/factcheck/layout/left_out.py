"""Columns and rows that are not judged."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.factcheck.layout.naming import is_name
from llmnotes.factcheck.layout.subjects import Names

_SIZES = frozenset({"params_total", "params_reported"})


def unless_of_files(header: Header | None, texts: Sequence[str]) -> Header | None:
    """The header of a column; None where it has sizes of files instead of parameters."""
    if header is None or header.attribute not in _SIZES:
        return header
    if not any("GB" in text or "MB" in text or "TB" in text or "iB" in text for text in texts):
        return header
    from llmnotes.factcheck.layout.file_sizes import unless_of_files

    return unless_of_files(header, texts)


def leave_out(layout: Layout, label: str, texts: Sequence[str], names: Names) -> None:
    """Record a column or row that is not judged, once, unless it contains only names."""
    filled = [text for text in texts if text.strip()]
    role = read_header(label).role if label.strip() and filled else "other"
    if role == "formula":
        layout.formulas.append(label.strip())
    elif role in {"unknown", "attribute"} and not all(
        is_name(text, names) for text in filled[:_MOST_ASKED]
    ):
        layout.unread.append(label.strip())


_MOST_ASKED = 20
"""Number of cells of a column that are tested for names of models."""
