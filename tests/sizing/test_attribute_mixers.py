"""What mixes between positions in a layer, from the model's attributes."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import Attention, CompressedAttention, from_attributes, recurrent
from llmnotes.sizing.architecture import Mixer
from tests.sizing.described import LLAMA, total

D = 4096


def mixer(**changes: Any) -> Mixer:
    """The mixer of the first layer."""
    (found, *_) = from_attributes({**LLAMA, **changes}).stacks[0].runs[0].block.mixers
    return found


def test_a_model_of_which_no_mixer_is_told_is_a_transformer_and_says_that_it_was_assumed() -> None:
    untold = {key: value for key, value in LLAMA.items() if key != "mixer"}

    assert total(untold) == total(LLAMA)
    assert ("mixer", "transformer") in from_attributes(untold).assumptions
    assert ("mixer", "transformer") not in from_attributes(LLAMA).assumptions


STATE = {"mixer": "linear-attention", "ssm_n_heads": 32, "ssm_state_size": 128, "conv_kernel": 4}


def test_each_kind_of_state_layer_is_its_own() -> None:
    """Of what it takes, and of nothing it does not have: lightning attention has no convolution."""
    lightning = {key: value for key, value in STATE.items() if key != "conv_kernel"}

    assert mixer(**lightning, ssm_kind="lightning attention") == recurrent.lightning_attention(
        D, 32, 128
    )
    assert mixer(**STATE, ssm_kind="Kimi delta attention") == recurrent.kimi_delta_attention(
        D, 32, 128, 4
    )
    assert mixer(**STATE, ssm_kind="gated DeltaNet", ssm_n_groups=16) == recurrent.gated_delta_net(
        D, 16, 32, 128, 128, 4
    )
    assert mixer(**STATE, ssm_kind="Mamba-2", ssm_n_groups=8, ssm_expand=2) == recurrent.mamba2(
        D, 2 * D, 32, 8, 128, 4, norm=2 * D
    )
    assert mixer(
        mixer="ssm", ssm_kind="Mamba", ssm_expand=2, ssm_state_size=16, conv_kernel=4
    ) == recurrent.mamba(D, 2 * D, 16, D // 16, 4)
    assert mixer(mixer="recurrent", ssm_kind="RG-LRU", conv_kernel=4) == recurrent.rg_lru(
        D, D, 32, 4
    )


def test_values_wider_than_keys_are_told_by_the_inner_width() -> None:
    """Without it a delta rule's values are as wide as its keys; others need it."""
    wide = mixer(**STATE, ssm_kind="gated DeltaNet", ssm_n_groups=32, ssm_expand=2)

    assert wide == recurrent.gated_delta_net(D, 32, 32, 128, 2 * D // 32, 4)
    with pytest.raises(InputError, match="ssm_expand missing"):
        mixer(**STATE, ssm_kind="Mamba-2", ssm_n_groups=8)


@pytest.mark.parametrize(
    ("heads", "groups"),
    [(3, 3), (32, 5)],  # 8,192 is no multiple of 3, nor 32 of 5
)
def test_heads_that_do_not_divide_are_refused(heads: int, groups: int) -> None:
    changed = {**STATE, "ssm_n_heads": heads}

    with pytest.raises(InputError, match=f"ssm_n_heads {heads} must divide"):
        mixer(**changed, ssm_kind="Mamba-2", ssm_n_groups=groups, ssm_expand=2)


def test_the_rank_of_mambas_step_is_a_sixteenth_rounded_up() -> None:
    for width, rank in ((64, 4), (65, 5)):
        found = mixer(
            mixer="ssm", ssm_kind="Mamba", ssm_expand=2, ssm_state_size=16, conv_kernel=4,
            d_model=width,
        )  # fmt: skip
        assert found == recurrent.mamba(width, 2 * width, 16, rank, 4)


COMPRESSED = {
    "attention": "MQA", "d_model": 64, "n_heads": 4, "head_dim": 16, "q_lora_rank": 24,
    "o_lora_rank": 8, "n_output_groups": 2, "sliding_window": 8, "attention_span": "full",
}  # fmt: skip


@pytest.mark.parametrize(("rate", "kept"), [(1, 0), (2, 2), (128, 128)])
def test_a_far_past_is_compressed_from_a_rate_of_two_on(rate: int, kept: int) -> None:
    """A rate of one is none: the window is all there is, and nothing compresses."""
    found = mixer(**COMPRESSED, kv_compression_rate=rate)

    assert isinstance(found, CompressedAttention)
    assert (found.rate, found.window) == (kept, 8)
    assert bool(found.extra) is bool(kept)


def test_projections_of_positions_stand_beside_keys_and_queries_and_are_biased_like_them() -> None:
    """The first beside the keys, the second beside the queries, which alone `query-value` biases."""

    def found(**changes: Any) -> dict[str, int]:
        attention = mixer(n_position_projections=2, **changes)
        assert isinstance(attention, Attention)
        return {weight.name: weight.size - weight.macs for weight in attention.extra}

    key, query = "position key projection", "position query projection"
    assert found() == {key: 0, query: 0}
    assert found(bias=["query-value"]) == {key: 0, query: D}
    assert found(bias=["qkv"]) == {key: D, query: D}


def test_heads_that_share_keys_evenly_are_needed() -> None:
    shared = {"attention": "GQA", "n_kv_heads": 8}

    attention = mixer(**shared)
    assert isinstance(attention, Attention)
    assert (attention.n_heads, attention.n_kv_heads) == (32, 8)
    with pytest.raises(InputError, match="n_heads 32 does not divide by n_kv_heads 5"):
        mixer(**{**shared, "n_kv_heads": 5})
    with pytest.raises(InputError, match="head_dim missing"):  # and no remark on heads
        from_attributes({**LLAMA, **shared, "n_kv_heads": 5, "head_dim": None})
