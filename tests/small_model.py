"""A small LLaMA whose sizes can be computed by hand."""

from __future__ import annotations

from typing import Any

SMALL: dict[str, Any] = {
    "model_type": "llama",
    "hidden_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
    "intermediate_size": 128,
    "vocab_size": 100,
    "max_position_embeddings": 512,
    "tie_word_embeddings": False,
}
PER_LAYER = 64 * 64 * 2 + 64 * 32 * 2 + 3 * 64 * 128
"""Its attention and its network, without the two norms."""

VOCABULARY = 100 * 64
TOTAL = 2 * (PER_LAYER + 2 * 64) + 64 + 2 * VOCABULARY
"""Two layers with two norms each, the final norm, the table and the head."""
