"""Attention on a compressed cache: its weights, what it keeps, and how that is said."""

from __future__ import annotations

from llmnotes.sizing import CompressedAttention, LatentAttention
from llmnotes.sizing.weights import Weight
from tests.sizing.tiny import sizes


def test_latent_attention_without_query_compression() -> None:
    """Width 7, 3 heads of 4 + 2, latent 5, values of 3: four matrices and a norm."""
    mixer = LatentAttention(7, 3, None, 5, 4, 2, 3)

    assert sizes(mixer) == {
        "query projection": 7 * 3 * 6,
        "key-value down-projection": 7 * (5 + 2),
        "key-value latent norm": 5,
        "key-value up-projection": 5 * 3 * (4 + 3),
        "output projection": 3 * 3 * 7,
    }
    assert (mixer.kind, mixer.qk_head_dim, mixer.state) == ("MLA", 6, 0)
    assert mixer.cache_per_token == 5 + 2
    assert mixer.macs_per_key == 3 * (6 + 3)


def test_latent_attention_with_everything() -> None:
    """Compressed queries with a norm, biases on the way down and out, a gate, an indexer."""
    index = Weight("attention", "indexer", 9)
    mixer = LatentAttention(7, 3, 4, 5, 4, 2, 3, bias=True, gate=6, extra=(index,), cache_extra=8)

    assert sizes(mixer) == {
        "query down-projection": 7 * 4 + 4,
        "query up-projection": 4 * 3 * 6,
        "query latent norm": 4,
        "key-value down-projection": 7 * 7 + 7,
        "key-value latent norm": 5,
        "key-value up-projection": 5 * 3 * 7,
        "output projection": 9 * 7 + 7,
        "output gate": 7 * 6,
        "indexer": 9,
    }
    assert mixer.cache_per_token == 5 + 2 + 8
    assert mixer.cache_formula(growing=True) == "(5 + 2 + 8)"


def test_latent_norms_and_a_query_bias_are_switches() -> None:
    """Megatron's layers may lack both norms."""
    bare = LatentAttention(7, 3, 4, 5, 4, 2, 3, q_norm=False, kv_norm=False)
    full = LatentAttention(7, 3, None, 5, 4, 2, 3, full_query_bias=True)

    assert not [name for name in sizes(bare) if "norm" in name]
    assert sizes(full)["query projection"] == 7 * 18 + 18


def test_compressed_attention_has_one_key_for_all_heads() -> None:
    """4 heads of 6 through rank 3, output in 2 groups of rank 5."""
    mixer = CompressedAttention(8, 4, 6, 3, 2, 5, window=10, rate=4, far_width=7)

    assert sizes(mixer) == {
        "query down-projection": 8 * 3,
        "query latent norm": 3,
        "query up-projection": 3 * 24,
        "key-value projection": 8 * 6,
        "key-value norm": 6,
        "grouped output projection": 12 * 10,
        "output projection": 10 * 8,
        "attention sinks": 4,
    }
    assert mixer.kind == "MQA"
    assert mixer.macs_per_key == 2 * 4 * 6
    assert mixer.cached(3) == 3 * 6
    assert mixer.cached(4) == 4 * 6 + 7
    assert mixer.cached(40) == 10 * 6 + 10 * 7
    assert mixer.cache_formula(growing=False) == "(6 + 7 / 4)"
    assert mixer.cache_formula(growing=True) == "7 / 4"
    assert CompressedAttention(8, 4, 6, 3, 2, 5, window=10).cache_formula(growing=True) == "0"
