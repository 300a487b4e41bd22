"""A terminal without Unicode shows the nearest plain spelling, never a traceback."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import pytest

from llmnotes import console  # registers the error handler, too


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("QKᵀ/√dₖ", "QK^{T}/sqrtd_{k}"),
        ("xₜ₋₁", "x_{t-1}"),
        ("λ ε θ σ Φ", "lambda eps theta sigma phi"),
        ("β1 0.9 → 0.95", "beta1 0.9 -> 0.95"),
        ("a\u0302", "a"),
        ("ℒ 𝔼", "L E"),
        ("└─ │", "`- |"),
        ("日本", "??"),
    ],
)
def test_what_ascii_lacks_is_spelled_plainly(text: str, spelled: str) -> None:
    assert text.encode("ascii", "llmnotes.ascii").decode() == spelled


def test_a_page_reads_in_an_ascii_terminal(run: Any) -> None:
    result = run("explain", "gqa", PYTHONIOENCODING="ascii")

    assert result.code == 0
    assert result.out.isascii()
    assert "head_{i} = Attention(" in result.out


def test_encoded_data_is_printed_as_text_is() -> None:
    text = "日本 λ\n"
    for encoding in ("utf-8", "UTF8", "utf-16"):
        stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        with contextlib.redirect_stdout(stream):
            console.write("before")
            console.write_utf8([text.encode()[:4], text.encode()[4:]])
        stream.flush()

        assert stream.buffer.getvalue().decode(encoding) == f"before\n{text}"


def test_encoded_data_is_printed_where_there_is_no_buffer() -> None:
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        console.write_utf8(["λ\n".encode()])

    assert stream.getvalue() == "λ\n"
