"""Attention mixers: their weights, what they cache and the work against a key."""

from __future__ import annotations

import pytest

from llmnotes.sizing import Attention, CompressedAttention
from llmnotes.sizing.token_cache import within
from tests.sizing.tiny import sizes


def test_a_window_keeps_no_more_than_it_is_long() -> None:
    """Just inside, at and just beyond its end."""
    assert [within(4, context) for context in (3, 4, 5)] == [3, 4, 4]
    assert within(None, 5) == 5


@pytest.mark.parametrize(("kv", "kind"), [(4, "MHA"), (2, "GQA"), (1, "MQA")])
def test_the_kind_follows_from_the_sharing_of_heads(kv: int, kind: str) -> None:
    """As many, some, one."""
    assert Attention(8, 4, kv, 2).kind == kind


def test_one_head_shares_with_nobody() -> None:
    """A single query head with its own key is plain multi-head attention."""
    assert Attention(8, 1, 1, 2).kind == "MHA"


def test_projections_follow_heads_and_widths() -> None:
    """Queries of 3 heads of 5, keys of 1 head of 5, values of 1 head of 2, width 7."""
    assert sizes(Attention(7, 3, 1, 5, 2)) == {
        "query projection": 7 * 15,
        "key projection": 7 * 5,
        "value projection": 7 * 2,
        "output projection": 6 * 7,
    }


def test_biases_stand_at_the_side_a_projection_writes_to() -> None:
    """Queries, keys and values have them together, keys may lack theirs, the output is apart."""
    plain = sizes(Attention(7, 3, 1, 5))
    biased = sizes(Attention(7, 3, 1, 5, qkv_bias=True, o_bias=True))
    no_key = sizes(Attention(7, 3, 1, 5, qkv_bias=True, k_bias=False))
    key_alone = sizes(Attention(7, 3, 1, 5, k_bias=True))

    assert {name: biased[name] - plain[name] for name in plain} == {
        "query projection": 15, "key projection": 5, "value projection": 5, "output projection": 7,
    }  # fmt: skip
    assert {name: no_key[name] - plain[name] for name in plain} == {
        "query projection": 15, "key projection": 0, "value projection": 5, "output projection": 0,
    }  # fmt: skip
    assert key_alone["key projection"] - plain["key projection"] == 5


def test_gates_norms_and_sinks_are_weights_of_their_own() -> None:
    """A gate reads the width; norms and sinks are bare numbers."""
    mixer = Attention(7, 3, 1, 5, qk_norm=10, gate=3, gate_bias=True, sinks=3)
    found = {weight.name: weight for weight in mixer.weights()}

    assert found["output gate"].size == 7 * 3 + 3
    assert found["output gate"].macs == 7 * 3
    assert (found["query and key norms"].size, found["query and key norms"].part) == (10, "norms")
    assert (found["attention sinks"].size, found["attention sinks"].macs) == (3, 0)


def test_cross_attention_reads_another_width() -> None:
    """Keys and values are made of what is attended to, and count as a part of their own."""
    mixer = Attention(7, 3, 1, 5, source_dim=11, cross=True)

    assert sizes(mixer)["key projection"] == sizes(mixer)["value projection"] == 11 * 5
    assert sizes(mixer)["query projection"] == 7 * 15
    assert {weight.part for weight in mixer.weights()} == {"cross_attention"}


def test_keys_that_are_values_are_projected_once_and_cached_twice() -> None:
    """Gemma 4 stores what it computes once at two places."""
    mixer = Attention(7, 3, 1, 5, 2, key_is_value=True)

    assert "value projection" not in sizes(mixer)
    assert mixer.cache_per_token == 1 * (5 + 5)


def test_further_elements_are_cached_beside_keys_and_values() -> None:
    """An indexer's keys."""
    mixer = Attention(7, 4, 2, 5, 3, cache_extra=6)

    assert mixer.cache_per_token == 2 * (5 + 3) + 6
    assert mixer.cache_formula(growing=False) == "(2 x (5 + 3) + 6)"
    assert mixer.macs_per_key == 4 * (5 + 3)


@pytest.mark.parametrize(
    "mixer",
    [Attention(7, 3, 1, 5), CompressedAttention(8, 4, 6, 3, 2, 5, window=10)],
)
def test_attention_keeps_no_state(mixer: Attention | CompressedAttention) -> None:
    """What it keeps depends on the length alone."""
    assert mixer.state == 0
