"""Real files of every format, where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from llmnotes.ingest.formats import read
from llmnotes.ingest.raw import RawContents

REAL = [
    ("litellm/model_prices_and_context_window_backup-1.109.1.json.gz", "litellm", 1000),
    ("openrouter/models-2026-08-05.json.gz", "openrouter", 300),
    ("prices/genai-prices-data-47df840.json.gz", "genai-prices", 200),
    ("models.dev/api-2026-05.json.gz", "models-dev", 1000),
    ("epoch/all_ai_models-2025-04.csv.gz", "epoch", 900),
    ("epoch/notable-ai-models-2026-01-26.csv.gz", "epoch", 300),
    ("llmfit/hf_models-top400.json", "llmfit", 390),
    ("huggingface/granite-3.1-1b-a400m-instruct", "huggingface", 1),
    ("gguf/tiny-made-with-tensors.gguf", "gguf", 1),
    ("safetensors/silero_vad_16k.safetensors", "safetensors", 1),
    ("ollama/phi3-mini.manifest.json", "ollama", 1),
]


@pytest.mark.parametrize(("name", "form", "least"), REAL)
def test_real_files_are_recognised_and_read(
    reference: Path, name: str, form: str, least: int
) -> None:
    contents = read(str(reference / "samples" / name))
    assert isinstance(contents, RawContents)

    assert contents.format == form
    assert len(list(contents.models)) >= least


def test_real_counts_are_exact(facts: Any, reference: Path) -> None:
    samples = reference / "samples"
    silero = facts(samples / "safetensors" / "silero_vad_16k.safetensors")
    assert next(iter(silero.values()))["params_total"] == [(309_633, "reported")]
    devstral = facts(samples / "huggingface" / "Devstral-Small-2507")
    assert (23_572_403_200, "reported") in next(iter(devstral.values()))["params_total"]
