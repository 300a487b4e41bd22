"""Whatever a source of a format's own shape holds, it is imported or refused in one sentence.

`LLMNOTES_CASES=2000` tries so many sources of each format; the few of an ordinary run are always
the same ones.
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.ingest.bundle_rows import take as take_bundle
from llmnotes.ingest.formats import FORMATS, read
from llmnotes.ingest.importing import Importer
from llmnotes.ingest.raw import RawContents
from llmnotes.ingest.report import ImportReport
from llmnotes.store.log import begin
from llmnotes.store.session import Session
from llmnotes.store.write import writing
from tests.ingest.formats.json_samples import JSON_SAMPLES, NAMES
from tests.ingest.formats.spoiling import as_json, as_toml, scratched, spoilt

CASES = int(os.environ.get("LLMNOTES_CASES", "25"))


@pytest.fixture(scope="module")
def take(tmp_path_factory: Any) -> Iterator[Callable[[Path, str], None]]:
    """Imports a source into a store that is thrown away, or is told in one sentence why not."""
    folder = tmp_path_factory.mktemp("any")
    with pytest.MonkeyPatch.context() as patch, writing(folder / "notes.sqlite") as connection:
        patch.setenv("HOME", str(folder))
        write = begin(connection, "import")

        def call(path: Path, form: str) -> None:
            sentence = "-"
            try:
                found = read(str(path), form)
                if isinstance(found, RawContents):
                    report = ImportReport(form, remarks=found.remarks)
                    Importer(connection, found, report, write).run()
                else:
                    take_bundle(Session(connection, write), found)
            except InputError as error:
                sentence = str(error)
            assert sentence
            assert sentence.isprintable(), repr(sentence)
            assert len(sentence) < 700, sentence

        yield call


FEW = settings(
    max_examples=CASES,
    deadline=None,
    derandomize=CASES <= 100,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("form", sorted(JSON_SAMPLES))
def test_json_of_any_content(form: str, take: Any, tmp_path: Path) -> None:
    path = tmp_path / NAMES.get(form, "source.json")

    @FEW
    @given(spoilt(JSON_SAMPLES[form]))
    def check(value: Any) -> None:
        path.write_bytes(as_json(value))
        take(path, form)

    check()


def test_toml_trees_of_any_content(take: Any, tmp_path: Path) -> None:
    folder = tmp_path / "tree" / "providers" / "acme" / "models"
    folder.mkdir(parents=True)
    sample = JSON_SAMPLES["models-dev"]["acme"]["models"]["x-1"]

    @FEW
    @given(spoilt(sample))
    def check(value: Any) -> None:
        fields = value if isinstance(value, dict) else {"name": value}
        text = "\n".join(
            f"{json.dumps(str(key))} = {as_toml(item)}" for key, item in fields.items()
        )
        (folder / "x-1.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
        take(tmp_path / "tree", "models-dev")

    check()


EPOCH = (
    "Model,Organization,Parameters,Domain,Confidence,Training compute (FLOP),Publication date,"
    "Training hardware,Model accessibility,Batch size"
)
CELL = (
    st.text(max_size=10)
    | st.sampled_from(["7e9", "inf", "nan", "-1", "1e999", "9" * 400, '"', "a\x00b", "2024-01-02",
                       "Language", "Open weights (unrestricted)", "x" * 2_000_000])
)  # fmt: skip
ROWS = st.lists(st.lists(CELL, max_size=12), max_size=4)


def test_epochs_csv_of_any_content(take: Any, tmp_path: Path) -> None:
    path = tmp_path / "models.csv"

    @FEW
    @given(ROWS)
    def check(rows: list[list[str]]) -> None:
        lines = [EPOCH, *(",".join(cells) for cells in rows)]
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        take(path, "epoch")

    check()


@pytest.mark.parametrize(("name", "join"), [("t.csv", ","), ("t.md", " | "), ("t.tsv", "\t")])
def test_tables_of_any_content(name: str, join: str, take: Any, tmp_path: Path) -> None:
    path = tmp_path / name

    @FEW
    @given(ROWS)
    def check(rows: list[list[str]]) -> None:
        head = ["Model", "Params", "Context", "Release date", "Batch size", "Data", "Warmup"]
        lines = [head, *([["---"] * len(head)] if name == "t.md" else []), *rows]
        edge = "| " if name == "t.md" else ""
        text = "\n".join(f"{edge}{join.join(cells)}{edge[::-1]}" for cells in lines)
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        take(path, "table")

    check()


WORDS = ["FROM llama-2-7b", "FROM ./x.gguf", "FROM", "PARAMETER num_ctx 4096", "PARAMETER", '"""',
         'SYSTEM """a', "# x", "LICENSE x", "FROM ../../../etc/passwd", "FROM /dev/zero"]  # fmt: skip


def test_modelfiles_of_any_content(take: Any, tmp_path: Path) -> None:
    path = tmp_path / "Modelfile"

    @FEW
    @given(st.lists(st.sampled_from(WORDS) | st.text(max_size=20), max_size=6))
    def check(lines: list[str]) -> None:
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        take(path, "ollama")

    check()


def gguf_text(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return struct.pack("<Q", len(data)) + data


GGUF_KEYS = ["general.architecture", "general.name", "general.license", "general.size_label",
             "llama.block_count", "llama.context_length", "llama.attention.head_count_kv",
             "llama.rope.freq_base", "tokenizer.ggml.tokens", "split.count"]  # fmt: skip
GGUF_VALUE = st.one_of(
    st.integers(0, 2**32 - 1).map(lambda n: struct.pack("<II", 4, n)),
    st.integers(-(2**63), 2**63 - 1).map(lambda n: struct.pack("<Iq", 11, n)),
    st.floats(width=32).map(lambda n: struct.pack("<If", 6, n)),
    st.booleans().map(lambda n: struct.pack("<I?", 7, n)),
    (st.just("llama") | st.text(max_size=9)).map(lambda t: struct.pack("<I", 8) + gguf_text(t)),
    st.lists(st.integers(0, 2**32 - 1), max_size=4).map(
        lambda items: struct.pack(f"<IIQ{len(items)}I", 9, 4, len(items), *items)
    ),
)


def test_gguf_files_of_any_content(take: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"

    @FEW
    @given(
        st.dictionaries(st.sampled_from(GGUF_KEYS), GGUF_VALUE, max_size=8),
        st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=3), max_size=3),
        st.integers(0, 2**32) | st.none(),
    )
    def check(keys: dict[str, bytes], tensors: list[list[int]], seed: int | None) -> None:
        data = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(keys))
        data += b"".join(gguf_text(key) + value for key, value in keys.items())
        for number, sides in enumerate(tensors):
            data += gguf_text(f"t{number}") + struct.pack(f"<I{len(sides)}Q", len(sides), *sides)
            data += struct.pack("<IQ", 0, 0)
        path.write_bytes(data if seed is None else scratched(data, seed))
        take(path, "gguf")

    check()


HEADER = {
    "__metadata__": {"format": "pt"},
    "model.embed_tokens.weight": {"dtype": "BF16", "shape": [8, 4], "data_offsets": [0, 64]},
    "lm_head.weight": {"dtype": "F8_E4M3", "shape": [8, 4], "data_offsets": [64, 96]},
}


def test_safetensors_files_of_any_content(take: Any, tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"

    @FEW
    @given(spoilt(HEADER), st.integers(-3, 3))
    def check(header: Any, shift: int) -> None:
        data = as_json(header)
        path.write_bytes(struct.pack("<Q", max(len(data) + shift, 0)) + data + bytes(96))
        take(path, "safetensors")

    check()


FRONT = {"license": "mit", "language": ["en"], "base_model": "acme/x", "license_name": "z",
         "base_model_relation": "finetune"}  # fmt: skip


def test_model_cards_of_any_content(take: Any, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_bytes(as_json(JSON_SAMPLES["huggingface"]))

    @FEW
    @given(spoilt(FRONT))
    def check(front: Any) -> None:
        text = as_json(front).decode("utf-8", "surrogatepass")
        card = f"---\n{text}\n---\n# x\n".encode("utf-8", "surrogatepass")
        (tmp_path / "README.md").write_bytes(card)
        take(tmp_path, "huggingface")

    check()


def test_every_format_is_tried() -> None:
    tried = {*JSON_SAMPLES, "epoch", "table", "ollama", "gguf", "safetensors"}

    assert tried == set(FORMATS) - {"hub"}
