"""Caches and states: what a token takes, what still grows, what a context keeps."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from llmnotes.catalog import DATA
from llmnotes.sizing import (
    Attention,
    Block,
    CompressedAttention,
    LatentAttention,
    Recurrent,
    Run,
    Stack,
    count_parameters,
    flops_per_token,
    kv_cache,
    kv_cache_growth,
    kv_cache_per_source_token,
    kv_cache_per_token,
)
from llmnotes.sizing.architecture import Mixer
from llmnotes.sizing.weights import Weight
from tests.sizing.tiny import LAYERS, PLAIN, D, model


def test_grouped_heads_share_keys_and_values() -> None:
    """Two of four heads: half the keys and values, half the cache."""
    full = model(Attention(D, 4, 4, 2))

    assert count_parameters(PLAIN).parts["attention"] == LAYERS * (8 * 8 + 2 * 8 * 4 + 8 * 8)
    assert kv_cache_per_token(full).value == 2 * kv_cache_per_token(PLAIN).value
    assert kv_cache_per_token(PLAIN).value == LAYERS * 2 * (2 + 2) * 2


def test_latent_attention_caches_the_latent_and_one_rotary_key() -> None:
    """The number of heads does not matter to the cache."""
    few = model(LatentAttention(D, 2, None, 6, 2, 1, 2))
    many = model(LatentAttention(D, 8, None, 6, 2, 1, 2))

    assert kv_cache_per_token(few).value == kv_cache_per_token(many).value == LAYERS * 7 * 2


def test_a_window_bounds_the_cache() -> None:
    """Beyond its window a layer keeps no more."""
    windowed = model(Attention(D, 4, 2, 2, window=10))

    assert kv_cache(windowed, 1000).value == kv_cache(PLAIN, 10).value
    assert kv_cache(windowed, 5).value == kv_cache(PLAIN, 5).value


def test_layers_that_reuse_keys_cache_nothing() -> None:
    """Sharing across layers saves their whole cache."""
    shared = model(Attention(D, 4, 2, 2, reuses_kv=True, has_kv_weights=False))

    assert kv_cache(shared, 100).value == 0
    assert count_parameters(shared).parts["attention"] == LAYERS * 2 * 64


def test_a_recurrent_state_does_not_grow() -> None:
    """The same bytes at any context, and they count for every sequence."""
    recurrent = model(Recurrent("state", (Weight("recurrent", "matrix", 9, 9),), state=50))

    assert kv_cache(recurrent, 10).value == kv_cache(recurrent, 10_000).value == LAYERS * 50 * 2
    assert kv_cache(recurrent, 10, batch=3).value == 3 * LAYERS * 50 * 2
    assert kv_cache_per_token(recurrent).value == 0


def test_cross_attention_caches_the_source() -> None:
    """Its cache follows the source's length, not the target's."""
    crossed = model(Attention(D, 4, 2, 2), Attention(D, 4, 2, 2, cross=True))

    figure = kv_cache(crossed, 10, source_length=1000)

    assert figure.inputs["attention_elements"] == LAYERS * 8 * 10
    assert figure.inputs["cross_attention_elements"] == LAYERS * 8 * 1000


GROWING = [
    (Attention(D, 4, 2, 2), 8),
    (Attention(D, 4, 2, 2, window=10), 0),
    (Attention(D, 4, 2, 2, reuses_kv=True), 0),
    (LatentAttention(D, 2, None, 6, 2, 1, 2), 7),
    (LatentAttention(D, 2, None, 6, 2, 1, 2, window=10), 0),
    (CompressedAttention(D, 4, 2, 3, 1, 3, window=10), 0),
    (CompressedAttention(D, 4, 2, 3, 1, 3, window=10, rate=4, far_width=6), 1.5),
    (Recurrent("state", (), state=50), 0),
]


@pytest.mark.parametrize(("mixer", "elements"), GROWING, ids=lambda each: str(each)[:40])
def test_what_a_token_still_adds_when_windows_are_full(mixer: Mixer, elements: float) -> None:
    """A full window adds nothing; beyond it the whole cache grows by exactly that."""
    tiny = model(mixer)
    grown = kv_cache(tiny, 80).value - kv_cache(tiny, 40).value

    assert kv_cache_growth(tiny).value == LAYERS * elements * 2
    assert grown == 40 * kv_cache_growth(tiny).value


@pytest.mark.parametrize(("mixer", "elements"), GROWING, ids=lambda each: str(each)[:40])
def test_what_a_token_takes_before_windows_are_full(mixer: Mixer, elements: float) -> None:
    """Up to its window every layer grows by what a token takes; one token more is the boundary."""
    tiny = model(mixer)
    per_token = kv_cache_per_token(tiny).value

    assert kv_cache(tiny, 8).value - kv_cache(tiny, 4).value == 4 * per_token
    assert kv_cache_growth(tiny).value <= per_token
    if per_token != kv_cache_growth(tiny).value:
        assert kv_cache(tiny, 10).value - kv_cache(tiny, 9).value > 0
        assert kv_cache(tiny, 11).value == kv_cache(tiny, 10).value


def test_some_layers_grow_and_some_do_not() -> None:
    """gpt-oss-120b: 36 layers of 8 KV heads of 64, every second with a window of 128."""
    full = Attention(2880, 64, 8, 64)
    pair = [Run(Block((replace(full, window=128),)), 18), Run(Block((full,)), 18)]
    oss = replace(PLAIN, stacks=(Stack("decoder", tuple(pair)),))

    assert kv_cache_per_token(oss).value == 72 * 1024
    assert kv_cache_growth(oss).value == 36 * 1024
    assert kv_cache_growth(oss).inputs["layers"] == 18
    assert kv_cache_growth(oss).formula == "(18 x (8 x (64 + 64))) x 2 bytes"


def test_an_encoder_keeps_no_cache_and_says_so() -> None:
    """Its layers do not count, and the note is another."""
    stack = Stack("encoder", PLAIN.stacks[0].runs)
    encoder = replace(PLAIN, kind="encoder-only", stacks=(stack,))

    assert kv_cache(encoder, 10).value == kv_cache_per_token(encoder).value == 0
    assert kv_cache_per_token(encoder).note == "an encoder keeps no cache"
    assert "layers x KV heads" in kv_cache_per_token(PLAIN).note
    assert kv_cache_per_token(encoder).formula == "(0) x 2 bytes"


def test_what_is_kept_adds_up() -> None:
    """Attention, cross-attention and state, for every sequence."""
    mixed = model(
        Attention(D, 4, 2, 2), Attention(D, 4, 2, 2, cross=True), Recurrent("s", (), state=5)
    )

    figure = kv_cache(mixed, 10, 3, source_length=4)

    assert figure.value == 3 * LAYERS * (8 * 10 + 8 * 4 + 5) * 2


def test_what_is_attended_to_beside_the_text_counts_by_its_own_tokens() -> None:
    """An encoder-decoder's input is taken for as long as its output, a decoder's images for none."""
    crossed = model(Attention(D, 4, 2, 2), Attention(D, 4, 2, 2, cross=True))
    stacks = (Stack("encoder", PLAIN.stacks[0].runs), *crossed.stacks)  # whose layers keep nothing
    both = replace(crossed, kind="encoder-decoder", stacks=stacks)

    assert kv_cache_per_token(crossed).value == kv_cache_growth(crossed).value == LAYERS * 8 * 2
    assert kv_cache_per_source_token(crossed).value == LAYERS * 8 * 2
    assert kv_cache_per_source_token(PLAIN).value == 0
    assert kv_cache(both, 10).inputs["cross_attention_elements"] == LAYERS * 8 * 10
    assert kv_cache(crossed, 10).inputs["cross_attention_elements"] == 0
    assert flops_per_token(crossed, 10).value < flops_per_token(both, 10).value


def test_a_window_as_long_as_the_context_ends_nothing() -> None:
    """One token shorter and it does."""
    windowed = model(Attention(D, 4, 2, 2, window=10))

    assert kv_cache_growth(replace(windowed, context_length=10)).value == LAYERS * 8 * 2
    assert kv_cache_growth(replace(windowed, context_length=11)).value == 0


@pytest.mark.parametrize(
    ("mixer", "technique"),
    [
        (Attention(D, 4, 4, 2), "mha"),
        (Attention(D, 4, 1, 2), "mqa"),
        (Attention(D, 4, 2, 2), "gqa"),
        (LatentAttention(D, 2, None, 6, 2, 1, 2), "mla"),
    ],
)
def test_a_cache_names_the_paper_of_its_attention(mixer: Mixer, technique: str) -> None:
    """The one that the base names for the technique."""
    known = tomllib.loads((DATA / "techniques" / "attention.toml").read_text("utf-8"))
    paper = f"arXiv {known[technique]['paper']['arxiv']}"

    assert paper in kv_cache_per_token(model(mixer)).source
    assert paper in kv_cache_growth(model(mixer)).source


def test_papers_are_named_once_each() -> None:
    """In the order of the layers; a mixer without a paper of its own is attention at least."""
    many, one = Attention(D, 4, 4, 2), Attention(D, 4, 1, 2)
    both = kv_cache_per_token(model(one, many, replace(one, head_dim=3))).source

    assert [part.split(", arXiv")[0] for part in both.split("; ")] == [
        "Fast Transformer Decoding", "Attention Is All You Need",
    ]  # fmt: skip
    empty = kv_cache_per_token(model(Recurrent("s", (), state=5)))
    assert "Attention Is All You Need" in empty.source


def test_the_inputs_of_a_cache_make_up_its_value() -> None:
    """By the formula that stands beside them."""
    mixed = model(Attention(D, 4, 2, 2), Recurrent("s", (), state=5))
    token, whole = kv_cache_per_token(mixed, "fp8").inputs, kv_cache(mixed, 10, 3, "fp8", 4).inputs

    assert token == {
        "elements": LAYERS * 8,
        "layers": LAYERS,
        "bytes_per_element": 1,
        "dtype": "fp8",
    }
    assert whole == {
        "context": 10, "source_length": 4, "batch": 3, "attention_elements": LAYERS * 8 * 10,
        "cross_attention_elements": 0, "state_elements": LAYERS * 5, "bytes_per_element": 1,
        "dtype": "fp8",
    }  # fmt: skip


def test_what_a_token_takes_and_what_it_still_adds_are_told_apart() -> None:
    """A compressing layer: its window's key and the far entry that is a quarter of a token's."""
    far = model(CompressedAttention(D, 4, 2, 3, 1, 3, window=10, rate=4, far_width=6))

    assert kv_cache_per_token(far).formula == "(4 x (2 + 6 / 4)) x 2 bytes"
    assert kv_cache_growth(far).formula == "(4 x 6 / 4) x 2 bytes"
