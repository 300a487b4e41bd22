"""How query heads share keys and values, where a source gives only their numbers."""

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
"""Architectures with latent attention, whose numbers of heads do not tell how they share."""


def head_sharing(heads: Any, shared: Any) -> str | None:
    """How query heads share keys and values, from their numbers; None where they do not tell."""
    if not (type(heads) is int and type(shared) is int and 0 < shared <= heads):
        return None
    if shared == heads:
        return "MHA"
    return "MQA" if shared == 1 else "GQA"
