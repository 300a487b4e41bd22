"""The plausible range of each attribute's numbers: without a date, and for models before a date.

The ranges and their reasons are in `data/eras.toml`, the earliest first within an attribute.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent.parent / "data" / "eras.toml"


class Bound(NamedTuple):
    """The range of an attribute for models released before `before`; for all models where it is empty."""

    attribute: str
    least: float | None
    most: float | None
    before: str | None
    reason: str


UNBOUNDED = frozenset({
    "params_reported", "params_active", "n_positions", "n_token_types", "sliding_window",
    "q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim",
    "n_experts_active", "n_shared_experts", "d_expert", "n_encoder_layers", "n_decoder_layers",
    "n_kv_heads", "n_relative_positions", "n_position_projections", "o_lora_rank", "n_output_groups",
    "kv_compression_rate", "n_indexer_heads", "indexer_head_dim", "n_block_norms",
    "n_residual_streams", "d_shared_expert", "d_embedding", "d_per_layer_embedding",
    "d_expert_latent", "n_shared_blocks", "adapter_rank", "indexer_pool",
    "ssm_state_size", "ssm_expand", "ssm_n_heads", "ssm_n_groups", "conv_kernel",
    "batch_size", "warmup", "n_decoder_positions", "d_position", "n_attention_blocks",
    "n_zero_experts", "n_distinct_layers", "n_attention_experts",
})  # fmt: skip
"""Numeric attributes without a range that every true value is known to lie in."""


@cache
def bounds() -> tuple[Bound, ...]:
    """Every range, grouped by attribute."""
    return tuple(
        Bound(
            item["attribute"],
            item.get("least"),
            item.get("most"),
            item.get("before"),
            item["reason"],
        )
        for item in tomllib.loads(FILE.read_text(encoding="utf-8"))["range"]
    )


def gaps() -> list[str]:
    """A sentence for each numeric attribute that has neither a range nor an entry in `UNBOUNDED`."""
    from llmnotes.schema import ATTRIBUTES

    ranged = {item.attribute for item in bounds()}
    numeric = {name for name, item in ATTRIBUTES.items() if item.is_numeric}
    return [
        *(
            f"add a [[range]] for {name} to llmnotes/data/eras.toml, or {name} to UNBOUNDED in "
            "llmnotes/attributes/bounds.py"
            for name in sorted(numeric - ranged - UNBOUNDED)
        ),
        *(f"{name} has a range and is in UNBOUNDED" for name in sorted(ranged & UNBOUNDED)),
        *(f"{name} has no numbers to bound" for name in sorted((ranged | UNBOUNDED) - numeric)),
    ]
