"""Readers of outside data answer in bounds: with what they found or with one sentence."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.ingest.formats import FORMATS, read
from llmnotes.ingest.raw import RawContents

EVIL = ["\x1b[31mred\x1b[0m", "=cmd()", "<script>alert(1)</script>", "\\input{x}", "a\x00b",
        "\u202eolleh", "-2+3", "@SUM(A1)", "'; DROP TABLE claim; --"]  # fmt: skip


def refused(path: Path, form: str | None = None) -> str:
    """The sentence with which a source is refused."""
    try:
        found = read(str(path), form)
        assert isinstance(found, RawContents)
        list(found.models)
    except InputError as error:
        return str(error)
    raise AssertionError(f"{path} was read")


def gguf(keys: int, tensors: int, body: bytes = b"") -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, keys) + body


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.gguf", gguf(2**64 - 1, 2**64 - 1), "not a sound GGUF header"),
        ("b.gguf", gguf(1, 0, struct.pack("<Q", 2**63)), "not a sound GGUF header"),
        (
            "c.gguf",
            gguf(1, 0, struct.pack("<Q1sIIQ", 1, b"k", 9, 4, 2**62)),
            "not a sound GGUF header",
        ),
        ("d.gguf", b"GGUF", "not a sound GGUF header"),
        ("e.safetensors", struct.pack("<Q", 10**10) + b"{}", "claims a header"),
        ("f.safetensors", struct.pack("<Q", 2) + b"[]", "not an object"),
        ("g.safetensors", b"\x00", "not a safetensors file"),
        (
            "h.safetensors",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n",
            "Git LFS pointer",
        ),
        ("config.json", b"[" * 100_000, "not YAML"),
        ("i.json", b'{"a": 1,}', "not JSON"),
        ("j.json", b'{"llmnotes_bundle": 1, "models": [{"id": 3}]}', "models.0"),
        ("k.csv", b"Model," + b"x," * 1_000_000 + b"\nllama," + b"1," * 1_000_000, "columns"),
        ("l.bin", b"\x00\x01\x02", "in none of the formats"),
        ("m.json.gz", b"\x1f\x8b\x08broken", "cannot be read"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    assert sentence in refused(path)


def test_a_compressed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.json.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(600):
            file.write(b" " * 2**20)

    assert "larger than" in refused(path, "llmfit")


def test_links_that_leave_a_tree_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('name = "secret"\nrelease_date = "2024-01-01"\n')
    folder = tmp_path / "tree" / "models" / "lab"
    folder.mkdir(parents=True)
    (folder / "inside.toml").write_text('name = "Inside"\nrelease_date = "2024-01-02"\n')
    (folder / "outside.toml").symlink_to(secret)
    (folder / "nowhere.toml").symlink_to(tmp_path / "nothing")
    (tmp_path / "tree" / "providers").symlink_to("/")

    found = read(str(tmp_path / "tree"), "models-dev")
    assert isinstance(found, RawContents)
    assert [entry.name for entry in found.models] == ["lab/inside"]
    assert set(found.remarks.reasons) == {
        "a link that leads out of the folder", "a link that leads nowhere",
    }  # fmt: skip


def test_hostile_names_and_values_act_in_no_format(run: Any, tmp_path: Path) -> None:
    rows = [
        {"name": f"lab/{text} {number}", "parameters_raw": 10**9, "context_length": 8192,
         "min_ram_gb": 1, "license": text, "release_date": text}
        for number, text in enumerate(EVIL)
    ]  # fmt: skip
    (tmp_path / "evil.json").write_text(json.dumps(rows))
    report = run("import", "evil.json")
    assert report.code == 0, report.err
    for form in ("table", "markdown", "csv", "tsv", "json", "jsonl", "yaml", "latex", "html"):
        shown = run("filter", "--params", "1B", "--columns", "id,name,license", "-f", form)
        assert shown.code == 0, shown.err
        for text in (shown.out, report.out, report.err):
            assert "\x1b" not in text
            assert "\x00" not in text
            assert "\u202e" not in text
        if form == "html":
            assert "<script>" not in shown.out
        if form == "latex":
            assert "\\input{x}" not in shown.out
        if form in {"csv", "tsv"}:
            mark = "," if form == "csv" else "\t"
            cells = [cell.strip('"') for row in shown.out.splitlines() for cell in row.split(mark)]
            assert not [cell for cell in cells if cell[:1] in {"=", "+", "@", "-"}]
    assert run("db", "check").code == 0


_TEXT = st.text(max_size=20)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(
    [
        "name", "parameters_raw", "context_length", "min_ram_gb", "litellm_provider", "mode",
        "max_input_tokens", "data", "id", "hugging_face_id", "architecture", "models", "limit",
        "context", "modalities", "input", "cost", "npm", "benchmarks", "score", "pricing_urls",
        "context_window", "model_type", "hidden_size", "num_attention_heads", "rope_scaling",
        "num_key_value_heads", "text_config", "weight_map", "metadata", "total_parameters",
        "llmnotes_bundle", "claims", "layers", "mediaType", "config", "digest", "license",
        "languages", "release_date", "is_moe", "param_count", "qualitative_metrics", "FROM",
        "num_hidden_layers", "vocab_size", "tie_word_embeddings", "open_weights", "knowledge",
    ]
)  # fmt: skip
_JSON = st.recursive(
    _VALUES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS | _TEXT, inner, max_size=8),
    max_leaves=30,
)
_BYTES = st.one_of(
    st.binary(max_size=200),
    _JSON.map(lambda data: json.dumps(data).encode()),
    st.binary(max_size=100).map(lambda body: b"GGUF\x03\x00\x00\x00" + body),
    st.binary(max_size=100).map(lambda body: struct.pack("<Q", len(body)) + body),
    _TEXT.map(lambda text: f"FROM {text}\nPARAMETER {text}\n".encode()),
    st.lists(st.lists(_TEXT, max_size=4), max_size=4).map(
        lambda rows: "\n".join(
            ["Model,Organization,Parameters,Confidence", *(",".join(row) for row in rows)]
        ).encode()
    ),
)


@pytest.mark.parametrize("form", sorted(FORMATS))
@given(data=_BYTES)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_reader_fails_on_anything_but_a_sentence(tmp_path: Path, form: str, data: bytes) -> None:
    path = tmp_path / "config.json"
    path.write_bytes(data)
    try:
        found = read(str(path), form)
        if isinstance(found, RawContents):
            list(found.models)
    except InputError as error:
        assert str(error)
