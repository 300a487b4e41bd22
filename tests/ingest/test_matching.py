"""Names that mean one model."""

from __future__ import annotations

from llmnotes.ingest.matching import exact_key


def test_names_agree_only_where_version_and_size_do() -> None:
    assert exact_key("LLaMA 2 7B") == exact_key("llama-2-7b") == exact_key("Llama2_7B")
    for one, other in (
        ("Qwen1.5-7B", "Qwen-15-7B"), ("llama-2-70b", "llama-270b"), ("gpt-3.5", "gpt-35"),
        ("phi-1.5", "phi-1-5"), ("x-1b", "x-1.0b"),
    ):  # fmt: skip
        assert exact_key(one) != exact_key(other)
