"""The kind of attention (MHA, GQA, MQA) where a source gives only the numbers of heads."""

from __future__ import annotations

from typing import Any

from llmnotes.ingest.sources import source_row

FORMULA = source_row(
    "formula-head-sharing",
    "Head sharing from the numbers of heads: equal MHA, one MQA, fewer GQA",
    kind="formula",
)

LATENT_FORMULA = source_row(
    "formula-latent-type",
    "Latent attention (MLA) from the model type of a configuration",
    kind="formula",
)

LATENT = ("deepseek_v2", "deepseek_v3", "deepseek_v4", "kimi_k2", "minicpm3", "glm_moe_dsa",
          "longcat")  # fmt: skip
"""Architectures with latent attention, where the numbers of heads do not determine the kind."""


def head_sharing(heads: Any, shared: Any) -> str | None:
    """The kind of attention implied by the numbers of heads; None where they do not determine it."""
    if not (type(heads) is int and type(shared) is int and 0 < shared <= heads):
        return None
    if shared == heads:
        return "MHA"
    return "MQA" if shared == 1 else "GQA"
