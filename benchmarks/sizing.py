"""Times 10,000 configurations through the Python API on one core: read, count, cache, FLOPs.

    python benchmarks/sizing.py [--configs DIRECTORY] [--number 10000]

Without a directory it invents its own, of six families in many sizes. Beside the seconds it prints
a reference (the same number of `json.loads`), since seconds alone depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from llmnotes.configs import read_config
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters, flops_per_token, kv_cache_per_token

TARGET = 10.0


def invented() -> Iterator[str]:
    """Configurations of six families, no two alike."""
    for step in range(1, 2_000):
        heads = 8 * (1 + step % 8)
        base = {
            "hidden_size": heads * 128,
            "num_hidden_layers": 12 + step % 80,
            "num_attention_heads": heads,
            "num_key_value_heads": 8,
            "vocab_size": 32_000 + step,
            "intermediate_size": heads * 344,
        }
        dense = {"num_experts": 64, "num_experts_per_tok": 8, "moe_intermediate_size": 768}
        yield json.dumps({"model_type": "llama", **base})
        yield json.dumps({"model_type": "qwen3_moe", "head_dim": 128, **base, **dense})
        yield json.dumps({"model_type": "gemma3_text", "head_dim": 256, **base})
        yield json.dumps({"model_type": "deepseek_v3", **base, "num_key_value_heads": heads})
        yield json.dumps({"model_type": "bert", **base})
        yield json.dumps({"model_type": "qwen3_next", "head_dim": 256, **base})


def collected(directory: Path) -> list[str]:
    """The configurations of a directory that can be read."""
    found = []
    for path in sorted(directory.rglob("*.json")):
        text = path.read_text(encoding="utf-8")
        try:
            read_config(json.loads(text))
        except (InputError, ValueError):
            continue
        found.append(text)
    return found


def run(texts: list[str]) -> tuple[float, float]:
    """Seconds of the whole work and of parsing the JSON alone."""
    start = time.perf_counter()
    for text in texts:
        json.loads(text)
    parsing = time.perf_counter() - start
    start = time.perf_counter()
    for text in texts:
        model = read_config(json.loads(text))
        count_parameters(model)
        kv_cache_per_token(model)
        flops_per_token(model, 4096)
    return time.perf_counter() - start, parsing


def main() -> int:
    parser = argparse.ArgumentParser(description="10,000 configurations on one core")
    parser.add_argument("--configs", type=Path, help="a directory of configuration files")
    parser.add_argument("--number", type=int, default=10_000)
    arguments = parser.parse_args()
    source = collected(arguments.configs) if arguments.configs else list(invented())
    texts = list(islice(cycle(source), arguments.number))
    read_config(json.loads(texts[0]))  # the defaults are read once, outside the measure
    seconds, parsing = run(texts)
    print(f"{len(texts):,} configurations: {seconds:.2f} s (at most {TARGET:.0f} s)")
    print(f"reference, json.loads alone: {parsing:.2f} s")
    return 0 if seconds <= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
