"""A large JSON object read entry by entry says what reading it whole says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.ingest import json_stream
from llmnotes.ingest.json_stream import entries

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def flat(value: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (key, item)
        for key, part in value.items()
        for item in (part if isinstance(part, list) else [part])
    ]


@given(st.dictionaries(st.text(max_size=4), VALUE, max_size=5), st.integers(1, 9), st.booleans())
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_it_gives_every_entry_however_the_file_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: dict[str, Any], size: int, spaced: bool
) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", size)
    text = json.dumps(value, ensure_ascii=False, indent=2 if spaced else None)
    data = text.encode("utf-8", "surrogatepass")
    try:
        data.decode()
    except UnicodeDecodeError:
        return
    path = tmp_path / "x.json"
    path.write_bytes(gzip.compress(data) if spaced else b"\xef\xbb\xbf" + data)

    assert list(entries(path)) == flat(value)


def test_an_entry_beyond_the_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "_CHUNK", 10)
    monkeypatch.setattr(json_stream, "_LONGEST_ENTRY", 100)
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"a": ["x" * 60] * 20}))
    assert len(list(entries(path))) == 20

    path.write_text(json.dumps({"a": ["x" * 1_000]}))
    with pytest.raises(InputError, match="an entry of more than 100 characters"):
        list(entries(path))


def test_what_follows_the_object_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text('{"a": 1} {"b": 2}')

    with pytest.raises(InputError, match="something follows"):
        list(entries(path))
