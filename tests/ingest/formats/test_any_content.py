"""Whatever a source of a format's own shape holds, it is imported or refused in one sentence.

`LLMNOTES_CASES=2000` tries so many sources of each format; the few of an ordinary run are always
the same ones.
"""

from __future__ import annotations

import copy
import json
import os
import random
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

CASES = int(os.environ.get("LLMNOTES_CASES", "25"))
LONG = "a very long number"
"""Stands for a whole number of more digits than Python converts without being asked to."""


def nested(depth: int) -> Any:
    """Lists in lists."""
    found: Any = 1
    for _ in range(depth):
        found = [found]
    return found


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.sampled_from([2**63, 2**63 - 1, 2**64, -1, 0, LONG, 1e308, -0.5])
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud800", "\x1b[31m", "a\x00b", "7B", "2024-13-40", "9" * 5000, "①", "中"])
    | st.sampled_from([18, 400]).map(nested),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)

RESULT = {"dataset_name": "MMLU", "score": 70.5, "analysis_method": "5-shot"}
JSON_SAMPLES: dict[str, Any] = {
    "llmfit": [
        {"name": "a/b-7b", "parameters_raw": 7 * 10**9, "context_length": 8192, "min_ram_gb": 1,
         "release_date": "2024-02-03", "license": "mit", "languages": ["en"], "is_moe": True,
         "architecture": "llama", "format": "gguf", "num_hidden_layers": 32, "num_experts": 8,
         "num_attention_heads": 8, "num_key_value_heads": 1},
    ],
    "litellm": {
        "azure/gpt-x": {"litellm_provider": "azure", "mode": "chat", "max_input_tokens": 8192,
                        "max_tokens": 4096, "max_output_tokens": 10, "supports_vision": True},
    },
    "openrouter": {"data": [
        {"id": "acme/x-1", "canonical_slug": "x", "name": "Acme: X 1", "hugging_face_id": "acme/x",
         "context_length": 4096, "knowledge_cutoff": "2024-01", "created": 1, "pricing":
         {"prompt": "0.1"}, "architecture": {"input_modalities": ["text"], "output_modalities": []}},
    ]},
    "genai-prices": [
        {"id": "acme", "api_pattern": "x", "pricing_urls": [], "models": [
            {"id": "x-1", "context_window": 8192},
        ]},
    ],
    "models-dev": {
        "acme": {"models": {"x-1": {
            "name": "X 1", "attachment": True, "open_weights": True, "release_date": "2024-01-02",
            "knowledge": "2023-05", "license": "mit", "limit": {"context": 8192}, "modalities":
            {"input": ["text"], "output": ["text"]}, "benchmarks": [
                {"name": "MMLU", "score": 70, "metric": "accuracy", "version": "1"}],
        }}},
    },
    "llmstats": {
        "name": "X 1", "param_count": 7 * 10**9, "training_tokens": 10**12, "license": "mit",
        "input_context_size": 8192, "release_date": "2024-01-02", "knowledge_cutoff": "2023-05",
        "weights_link": "https://huggingface.co/a/b", "qualitative_metrics": [RESULT],
    },
    "huggingface": {
        "model_type": "llama", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4,
        "num_key_value_heads": 2, "vocab_size": 128, "intermediate_size": 96, "rope_theta": 1e4,
        "max_position_embeddings": 512, "hidden_act": "silu", "rope_scaling": {"type": "yarn"},
        "sliding_window": 128, "tie_word_embeddings": True, "text_config": None,
    },
    "config": {
        "name": "pythia-x", "block_size": 512, "n_layer": 2, "n_head": 4, "n_embd": 64,
        "vocab_size": 100, "padded_vocab_size": 128, "bias": True, "n_query_groups": 2,
        "mlp_class_name": "GptNeoxMLP", "intermediate_size": 96, "rotary_percentage": 0.25,
    },
    "safetensors": {
        "metadata": {"total_size": 800, "total_parameters": 400},
        "weight_map": {"a.weight": "model-00001-of-00002.safetensors"},
    },
    "ollama": {
        "config": {"mediaType": "application/vnd.ollama.image.config", "digest": "sha256:" + "0" * 64},
        "layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:" + "1" * 64}],
    },
    "bundle": {
        "llmnotes_bundle": 1,
        "families": [{"id": "f", "name": "F", "line": None, "summary": None, "layer": "user"}],
        "models": [{"id": "f-7b", "family": "f", "name": "F 7B", "size": "7B", "variant": "base",
                    "position": 0, "layer": "user"}],
        "names": [{"kind": "model", "target": "f-7b", "text": "eff", "is_id": 0}],
        "organizations": [{"id": "o", "name": "O", "aliases": ["oh"]}],
        "claims": [
            {"subject_kind": "model", "subject": "f-7b", "attribute": "n_layers", "value": 32,
             "status": "reported", "source": "s", "locator": "p. 1", "layer": "user",
             "preferred": 0},
            {"subject_kind": "model", "subject": "f-7b", "attribute": "training_data",
             "value": [{"name": "C4", "size": 10, "unit": "tokens"}], "status": "reported",
             "source": "s", "layer": "user", "parameters": {"theta": 1}},
            {"subject_kind": "family", "subject": "f", "attribute": "batch_size",
             "value": {"stages": [512], "unit": "sequences"}, "status": "reported", "source": None,
             "layer": "imported"},
        ],
        "sources": [{"id": "s", "kind": "paper", "title": "A paper", "authors": ["A"], "year": 2024}],
        "notes": [{"subject_kind": "model", "subject": "f-7b", "text": "x", "created": "2024-01-01"}],
        "tags": [{"subject_kind": "model", "subject": "f-7b", "tag": "t"}],
    },
}  # fmt: skip
NAMES = {"huggingface": "config.json", "safetensors": "model.safetensors.index.json"}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else ()
    for key, item in (*items, *(enumerate(value) if isinstance(value, list) else ())):
        yield from places(item, (*path, key))


@st.composite
def spoilt(draw: Any, sample: Any) -> Any:
    """A sound sample of which some parts are junk, or missing."""
    found = {"": copy.deepcopy(sample)}  # under a key, so that the whole can be junk too
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(found, ()))[1:]))
        parent: Any = found
        for key in path[:-1]:
            parent = parent[key]
        if path != ("",) and isinstance(parent, dict) and draw(st.integers(0, 4)) == 0:
            del parent[path[-1]]
        else:
            parent[path[-1]] = copy.deepcopy(draw(JUNK))
    return found[""]


def as_json(value: Any) -> bytes:
    """JSON as Python writes it, with numbers of any length."""
    text = json.dumps(value).replace(json.dumps(LONG), "9" * 4_400)
    return text.encode("utf-8", "surrogatepass")


def as_toml(value: Any) -> str:
    """An inline TOML value; what TOML has no form for becomes an empty text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key))} = {as_toml(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "9" * 4_400 if value == LONG else json.dumps(value if isinstance(value, str) else "")


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


def scratched(data: bytes, seed: int) -> bytes:
    """The bytes with a few of them changed, and perhaps cut short."""
    chance = random.Random(seed)
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        found[chance.randrange(4, len(found))] = chance.randrange(256)
    return bytes(found[: chance.randint(4, len(found))] if chance.random() < 0.3 else found)


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
