"""Mixers of fixed state: their weights and states, counted by hand from the papers' layouts."""

from __future__ import annotations

from llmnotes.sizing import Recurrent, recurrent


def sizes(mixer: Recurrent) -> dict[str, int]:
    return {weight.name: weight.size for weight in mixer.weights() if weight.size}


def macs(mixer: Recurrent) -> int:
    return sum(weight.active_macs for weight in mixer.weights())


def test_mamba() -> None:
    """Width 4, inner 8, 3 states, rank 2, a kernel of 5 (arXiv 2312.00752, algorithm 2)."""
    plain = recurrent.mamba(4, 8, 3, 2, 5)

    assert sizes(plain) == {
        "input projection": 4 * 16,
        "convolution": 8 * 5 + 8,
        "dt, B and C projection": 8 * (2 + 6),
        "dt projection": 2 * 8 + 8,
        "A and D": 8 * 3 + 8,
        "output projection": 8 * 4,
    }
    assert "dt, B and C norms" not in [weight.name for weight in plain.weights()]
    assert plain.state == 8 * 3 + 8 * 5
    assert plain.step_macs == 2 * 8 * 3
    assert macs(plain) == 4 * 16 + 8 * 5 + 8 * 8 + 2 * 8 + 8 * 4 + 2 * 8 * 3


def test_mamba_with_biases_and_norms() -> None:
    """Jamba norms dt, B and C; a projection's bias stands at its output."""
    full = sizes(recurrent.mamba(4, 8, 3, 2, 5, bias=True, conv_bias=False, norms=11))

    assert full["input projection"] == 4 * 16 + 16
    assert full["convolution"] == 8 * 5
    assert full["output projection"] == 8 * 4 + 4
    assert full["dt, B and C norms"] == 11


def test_mamba_2() -> None:
    """Width 4, inner 12 in 3 heads, 2 groups of 5 states, a kernel of 3 (arXiv 2405.21060)."""
    plain = recurrent.mamba2(4, 12, 3, 2, 5, 3, norm=12)

    assert sizes(plain) == {
        "input projection": 4 * (12 + 12 + 2 * 2 * 5 + 3),
        "convolution": (12 + 20) * 3 + 32,
        "A, D and dt bias": 9,
        "output projection": 12 * 4,
        "gated norm": 12,
    }
    assert plain.state == 12 * 5 + 32 * 3
    assert plain.step_macs == 2 * 12 * 5


def test_mamba_2_with_biases() -> None:
    """The output follows the input's bias unless it is said apart; a norm may be missing."""
    both = sizes(recurrent.mamba2(4, 12, 3, 2, 5, 3, bias=True, conv_bias=False))
    apart = sizes(recurrent.mamba2(4, 12, 3, 2, 5, 3, bias=True, out_bias=False))

    assert both["input projection"] == 4 * 47 + 47
    assert both["output projection"] == 12 * 4 + 4
    assert both["convolution"] == 32 * 3
    assert "gated norm" not in both
    assert apart["output projection"] == 12 * 4


def test_gated_delta_net() -> None:
    """2 key heads of 3, 4 value heads of 5, width 7, kernel 2 (arXiv 2412.06464)."""
    mixer = recurrent.gated_delta_net(7, 2, 4, 3, 5, 2)

    assert sizes(mixer) == {
        "query, key, value and gate projection": 7 * 2 * (6 + 20),
        "beta and decay projection": 7 * 8,
        "convolution": (2 * 6 + 20) * 2,
        "A and dt bias": 8,
        "gated norm": 5,
        "output projection": 20 * 7,
    }
    assert mixer.state == 4 * 3 * 5 + 32 * 2
    assert mixer.step_macs == 4 * 4 * 3 * 5


def test_kimi_delta_attention() -> None:
    """2 heads of 3, width 5, kernel 4; gates through the head's width, or of full rank."""
    low = recurrent.kimi_delta_attention(5, 2, 3, 4)
    full = recurrent.kimi_delta_attention(5, 2, 3, 4, low_rank_gates=False)

    assert sizes(low) == {
        "query, key and value projection": 5 * 18,
        "convolution": 18 * 4,
        "forget gate": 5 * 3 + 3 * 6,
        "A and dt bias": 2 + 6,
        "beta projection": 5 * 2,
        "output gate": 5 * 3 + 3 * 6,
        "gated norm": 3,
        "output projection": 6 * 5,
    }
    assert sizes(full)["forget gate"] == sizes(full)["output gate"] == 5 * 6
    mixed = recurrent.kimi_delta_attention(5, 2, 3, 4, low_rank_output_gate=False)
    assert (sizes(mixed)["forget gate"], sizes(mixed)["output gate"]) == (5 * 3 + 3 * 6, 5 * 6)
    low_out = recurrent.kimi_delta_attention(
        5, 2, 3, 4, low_rank_gates=False, low_rank_output_gate=True
    )
    assert (sizes(low_out)["forget gate"], sizes(low_out)["output gate"]) == (30, 33)
    assert low.state == 2 * 3 * 3 + 3 * 6 * 4
    assert low.step_macs == 4 * 2 * 3 * 3


def test_short_convolution() -> None:
    """Three projections in one, a convolution, one projection back (LFM2)."""
    biased = recurrent.short_convolution(6, 3, True)

    assert sizes(recurrent.short_convolution(6, 3, False)) == {
        "input projection": 6 * 18, "convolution": 18, "output projection": 36,
    }  # fmt: skip
    assert sizes(biased) == {
        "input projection": 6 * 18 + 18, "convolution": 18 + 6, "output projection": 36 + 6,
    }  # fmt: skip
    assert (biased.state, biased.step_macs) == (18, 0)


def test_rg_lru() -> None:
    """Width 4, recurrence 6 in 2 blocks of 3, kernel 5 (arXiv 2402.19427)."""
    mixer = recurrent.rg_lru(4, 6, 2, 5)

    assert sizes(mixer) == {
        "gate projection": 4 * 6 + 6,
        "input projection": 4 * 6 + 6,
        "convolution": 6 * 5 + 6,
        "input and recurrence gates": 2 * 2 * 9 + 2 * 6,
        "recurrence": 6,
        "output projection": 6 * 4 + 4,
    }
    assert mixer.state == 6 * 5


def test_lightning_attention() -> None:
    """2 heads of 3 over width 5 (arXiv 2501.08313): the state is a square for each head."""
    mixer = recurrent.lightning_attention(5, 2, 3)

    assert sizes(mixer) == {
        "query, key and value projection": 5 * 18,
        "output gate": 5 * 6,
        "output norm": 6,
        "output projection": 6 * 5,
    }
    assert (mixer.state, mixer.step_macs) == (18, 36)


def test_rwkv_4_time_mixing() -> None:
    """Width 4, attention 6: three sums and the last inputs of both mixings (arXiv 2305.13048)."""
    mixer = recurrent.rwkv4_time_mix(4, 6)

    assert sizes(mixer) == {
        "time decay, first and mixing": 2 * 6 + 3 * 4,
        "key, value and receptance projection": 4 * 18,
        "output projection": 6 * 4,
    }
    assert mixer.state == 3 * 6 + 4 + 4


def test_mlstm() -> None:
    """2 heads, keys of 4 and values of 6 in all, width 5 (arXiv 2405.04517)."""
    plain = recurrent.mlstm(5, 2, 4, 6, bias=False)
    biased = sizes(recurrent.mlstm(5, 2, 4, 6, bias=True))

    assert sizes(plain) == {
        "query and key projection": 5 * 8,
        "value and output gate projection": 5 * 12,
        "input and forget gates": 5 * 4 + 4,
        "head norm": 6,
        "output projection": 6 * 5,
    }
    assert {name: biased[name] - size for name, size in sizes(plain).items()} == {
        "query and key projection": 8,
        "value and output gate projection": 12,
        "input and forget gates": 0,
        "head norm": 6,
        "output projection": 5,
    }
    assert plain.state == 2 * (2 * 3) + 4 + 2
    assert plain.step_macs == 2 * 2 * 2 * 3


def test_no_recurrent_mixer_attends() -> None:
    """Neither cache nor work grows with the context, and there is no window."""
    mixer = recurrent.lightning_attention(5, 2, 3)

    assert mixer.window is None
    assert (mixer.cache_per_token, mixer.growth_per_token, mixer.macs_per_key) == (0, 0, 0)
    assert mixer.cached(10**6) == 0
    assert mixer.cache_formula(growing=True) == "0"


def test_every_mixer_says_what_it_is() -> None:
    """By the name that papers and attributes give it."""
    found = [
        recurrent.mamba(4, 8, 3, 2, 5), recurrent.mamba2(4, 12, 3, 2, 5, 3),
        recurrent.gated_delta_net(7, 2, 4, 3, 5, 2), recurrent.kimi_delta_attention(5, 2, 3, 4),
        recurrent.short_convolution(6, 3, False), recurrent.rg_lru(4, 6, 2, 5),
        recurrent.lightning_attention(5, 2, 3), recurrent.mlstm(5, 2, 4, 6, bias=False),
        recurrent.rwkv4_time_mix(4, 6),
    ]  # fmt: skip

    assert [mixer.kind for mixer in found] == [
        "Mamba", "Mamba-2", "gated DeltaNet", "Kimi delta attention", "short convolution",
        "RG-LRU", "lightning attention", "mLSTM", "RWKV",
    ]  # fmt: skip
