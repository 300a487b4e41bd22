"""Configurations in Parquet: real ones, perturbed, and some broken."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pa = pytest.importorskip("pyarrow", reason="a lake needs llmnotes[lake]")

LLAMA = {
    "model_type": "llama", "hidden_size": 4096, "intermediate_size": 11008, "num_hidden_layers": 32,
    "num_attention_heads": 32, "num_key_value_heads": 32, "vocab_size": 32000,
    "max_position_embeddings": 4096, "tie_word_embeddings": False, "hidden_act": "silu",
}  # fmt: skip
GROUPED = {**LLAMA, "num_key_value_heads": 8}
PARAMS = {"dim": 4096, "n_layers": 32, "n_heads": 32, "norm_eps": 1e-5, "vocab_size": 32000,
          "multiple_of": 256}  # fmt: skip
BROKEN = (
    "",
    "{",
    "[]",
    "null",
    "{}",
    '{"model_type": "nonsense"}',
    '{"model_type": "llama"}',
    "\ud7ff",
)


def batch(configs: list[str | None]) -> pa.RecordBatch:
    """A batch of configurations, named by their position."""
    return pa.RecordBatch.from_pydict(
        {"id": [f"org/m{place}" for place in range(len(configs))], "config": configs},
        schema=pa.schema([("id", pa.string()), ("config", pa.string())]),
    )


def many(count: int) -> list[str | None]:
    """Configurations of several kinds, one in seven of them broken."""
    kinds = [LLAMA, GROUPED, PARAMS]
    found: list[str | None] = []
    for place in range(count):
        config = dict(kinds[place % 3])
        config["n_layers" if "n_layers" in config else "num_hidden_layers"] = 1 + place % 60
        found.append(BROKEN[place % len(BROKEN)] if place % 7 == 6 else json.dumps(config))
    return found


def write_configs(path: Path, count: int, group: int = 100) -> Path:
    """A Parquet file with this many configurations, and one additional column."""
    import pyarrow.parquet as pq

    table = pa.Table.from_batches([batch(many(count))])
    pq.write_table(table.append_column("likes", pa.array(range(count))), path, row_group_size=group)
    return path


@pytest.fixture
def configs(tmp_path: Path) -> Callable[..., Path]:
    """Writes `write_configs` into the folder of the test."""

    def write(count: int = 210, name: str = "configs.parquet", group: int = 100) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        return write_configs(path, count, group)

    return write
