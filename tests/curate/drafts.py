"""Folders of small models, the drafts made of them, and the claims of a draft."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

from llmnotes import catalog
from llmnotes.curate.new_family import new_family
from llmnotes.records import Family
from tests.ingest.formats.test_hub import CONFIG

COUNT = 12_800 + 2 * 2 * 64 * (64 + 32) + 2 * 3 * 64 * 172 + 5 * 64
"""Two tables, and of each of two layers: attention with half the key-value heads, a gated
feed-forward layer, two norms; one norm at the end."""

TOKENIZER = {
    "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []},
    "pre_tokenizer": {"type": "ByteLevel"},
    "added_tokens": [{"id": 2, "content": "<eos>"}, {"id": 0, "content": "a"}],
}
CARD = """---
license: mit
language:
- en
- de
datasets: [acme/words]
---
# Toy, see https://arxiv.org/abs/2401.01234
"""


def index(parameters: int) -> str:
    return json.dumps(
        {"metadata": {"total_size": 2 * parameters}, "weight_map": {"a": "b.safetensors"}}
    )


def put(folder: Path, config: dict[str, Any] = CONFIG, **files: str) -> Path:
    """A model's folder; `card` is its README, `config_json` stands for the configuration."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(files.pop("config_json", json.dumps(config)))
    names = {"card": "README.md", "index": "model.safetensors.index.json",
             "tokenizer": "tokenizer.json", "settings": "tokenizer_config.json",
             "generation": "generation_config.json"}  # fmt: skip
    for name, text in files.items():
        (folder / names[name]).write_text(text)
    return folder


def drafted(source: Path | str, **options: Any) -> tuple[Family, str]:
    """The family parsed from a draft, and the draft's text."""
    text = new_family(str(source), **options).text
    return Family.model_validate(tomllib.loads(text)), text


def loaded(text: str, tmp_path: Path) -> Family:
    """The draft as the catalog loads it among all other files."""
    data = tmp_path / "data"
    shutil.copytree(catalog.DATA, data, ignore=shutil.ignore_patterns("*.sqlite"))
    key = tomllib.loads(text)["id"]
    (data / "families" / f"{key}.toml").write_text(text, encoding="utf-8")
    return next(family for family in catalog.load(data).families if family.id == key)


def claim(family: Family, name: str, model: int | None = None) -> Any:
    subject = family if model is None else family.models[model]
    return subject.claims[name][0]
