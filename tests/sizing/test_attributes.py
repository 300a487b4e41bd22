"""Sizes from a curated model's attributes; what is missing is named."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters, from_attributes, kv_cache
from tests.sizing.described import LLAMA, MIXTURE, parts, total


def test_a_pattern_of_windows_repeats() -> None:
    """Three sliding layers to one full one, eight times."""
    olmo = {
        **LLAMA,
        "attention_span": {"runs": [[3, "sliding"], [1, "full"]]},
        "sliding_window": 100,
    }

    figure = kv_cache(from_attributes(olmo), 1000)

    assert figure.inputs["attention_elements"] == 8 * (3 * 100 + 1000) * 32 * 256


def test_a_pattern_may_stop_before_its_end() -> None:
    """32 layers of five sliding to one full: five whole rounds, then two sliding ones."""
    cut = {
        **LLAMA,
        "attention_span": {"runs": [[5, "sliding"], [1, "full"]]},
        "sliding_window": 100,
    }

    figure = kv_cache(from_attributes(cut), 1000)

    assert figure.inputs["attention_elements"] == (27 * 100 + 5 * 1000) * 32 * 256


def test_everything_missing_is_named_at_once() -> None:
    """No default is taken for a size."""
    with pytest.raises(InputError, match="missing") as caught:
        from_attributes({"architecture": "causal-decoder", "n_layers": 2})

    for name in ("d_model", "n_heads", "head_dim", "d_ff", "vocab_size", "tied_embeddings"):
        assert name in str(caught.value)
    assert "n_layers" not in str(caught.value)


def test_one_missing_attribute_is_named_exactly() -> None:
    """Only what is missing stands in the sentence."""
    with pytest.raises(InputError, match=r"^the size cannot be worked out: gated_ffn missing$"):
        from_attributes({key: value for key, value in LLAMA.items() if key != "gated_ffn"})


WRONG = [
    ({"mixer": "hybrid"}, "mixer is 'hybrid'"),
    ({"n_heads": 0}, "n_heads is 0"),
    ({"d_model": 4096.5}, "d_model is 4096.5"),
    ({"n_kv_heads": 5, "attention": "GQA"}, "does not divide"),
    ({"normalization": "BatchNorm"}, "normalization is 'BatchNorm'"),
    ({"tied_embeddings": "yes"}, "tied_embeddings is 'yes'"),
    ({"attention_span": {"runs": [[40, "sliding"]]}, "sliding_window": 4}, "40 layers of 32"),
    ({"d_ff": {"runs": "x"}}, "d_ff must be"),
]


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=[row[1] for row in WRONG])
def test_a_wrong_value_is_told(change: dict[str, Any], sentence: str) -> None:
    """The attribute, its value and what would be right."""
    with pytest.raises(InputError) as caught:
        from_attributes({**LLAMA, **change})

    assert sentence in str(caught.value)


def test_norms_of_each_placement_and_kind() -> None:
    """A final norm where norms come first; two for each sublayer in a sandwich; biases by LayerNorm."""
    one = 4096

    assert parts()["norms"] == (32 * 2 + 1) * one
    assert parts(norm_placement="post-norm")["norms"] == 32 * 2 * one
    assert parts(norm_placement="output-norm")["norms"] == (32 * 2 + 1) * one
    assert parts(norm_placement="sandwich-norm")["norms"] == (32 * 4 + 1) * one
    assert parts(parallel_blocks=True)["norms"] == (32 + 1) * one
    assert parts(normalization="LayerNorm")["norms"] == (32 * 2 + 1) * one
    assert parts(normalization="LayerNorm", bias=["norm"])["norms"] == 2 * (32 * 2 + 1) * one
    assert parts(normalization="RMSNorm", bias=["norm"])["norms"] == (32 * 2 + 1) * one
    assert "norms" not in parts(normalization="non-parametric LayerNorm")
    assert "norms" not in parts(normalization="non-parametric RMSNorm")


def test_norms_on_queries_and_keys() -> None:
    """One scale of a head's width each, or one for every channel."""
    shared = {"attention": "GQA", "n_kv_heads": 8}

    plain = parts(**shared)["norms"]
    assert parts(**shared, qk_norm="per-head")["norms"] - plain == 32 * 2 * 128
    assert parts(**shared, qk_norm="full")["norms"] - plain == 32 * (32 + 8) * 128


def test_kv_heads_follow_from_the_kind_of_sharing() -> None:
    """MHA and MQA say how many there are; GQA does not."""
    assert parts(attention="MQA")["attention"] == parts(attention="GQA", n_kv_heads=1)["attention"]
    with pytest.raises(InputError, match="n_kv_heads missing"):
        parts(attention="GQA")


def test_biases_by_what_has_them() -> None:
    """On all of attention, on its inputs alone, in the network, at the head."""
    base, d, ff = parts(), 4096, 11008

    assert parts(bias=["qkv"])["attention"] - base["attention"] == 32 * 3 * d
    assert parts(bias=["attention"])["attention"] - base["attention"] == 32 * 4 * d
    assert parts(bias=["ffn"])["ffn"] - base["ffn"] == 32 * (2 * ff + d)
    assert parts(bias=["head"])["head"] - base["head"] == 32000


def test_shared_experts_are_one_network() -> None:
    """As wide as they are together; every token uses them."""
    shared = parts(**MIXTURE, n_shared_experts=2)["shared_experts"]

    assert shared == 32 * 3 * 4096 * 2 * 8
    assert "shared_experts" not in parts(**MIXTURE)
    with pytest.raises(InputError, match="n_experts_active 5 is more than n_experts 4"):
        parts(**{**MIXTURE, "n_experts_active": 5})
    assert parts(**{**MIXTURE, "n_experts_active": 4})["experts"] == 32 * 4 * 3 * 4096 * 8


def test_equal_layers_are_runs() -> None:
    """A pattern gives as many runs as it changes; without one there is one run."""
    spans = {"runs": [[3, "sliding"], [1, "full"]]}
    patterned = from_attributes({**LLAMA, "attention_span": spans, "sliding_window": 9})

    assert [run.count for run in patterned.stacks[0].runs] == [3, 1] * 8
    assert [run.count for run in from_attributes(LLAMA).stacks[0].runs] == [32]


def test_tables_of_positions_segments_and_relative_biases() -> None:
    """Learned positions stand on both sides of an encoder-decoder; a bias is shared by the layers."""
    both = {"architecture": "encoder-decoder", "n_encoder_layers": 2, "n_decoder_layers": 3}
    learned = {"positional_encoding": "learned-absolute", "n_positions": 10}

    assert parts(**learned)["positions"] == 10 * 4096
    assert parts(**learned, **both)["positions"] == 2 * 10 * 4096
    assert parts(positional_encoding="relative-bias")["positions"] == 32 * 32
    assert parts(positional_encoding="relative-bias", **both)["positions"] == 2 * 32 * 32
    first = {"n_heads": {"runs": [[1, 32], [1, 16]]}, "positional_encoding": "relative-bias"}
    assert parts(**first)["positions"] == 32 * 32
    assert parts(n_token_types=2)["embeddings"] == (32000 + 2) * 4096


def test_layers_without_positions_have_as_many_weights() -> None:
    interleaved = {**LLAMA, "positional_encoding": {"runs": [[3, "RoPE"], [1, "none"]]}}

    assert total(interleaved) == total(LLAMA)


def test_cross_attention_is_plain_and_as_wide() -> None:
    """A decoder's second attention has no norms on queries and keys of its own."""
    both = {"architecture": "encoder-decoder", "n_encoder_layers": 2, "n_decoder_layers": 3}
    found = parts(**both, qk_norm="per-head")

    assert found["cross_attention"] == 3 * 4 * 4096 * 4096
    assert found["attention"] == 5 * 4 * 4096 * 4096
    assert found["norms"] == (2 * 2 + 3 * 3 + 2) * 4096 + 5 * 2 * 128


def test_kinds_of_models() -> None:
    """A prefix decoder is sized as a causal one; an encoder's head stands apart, its pooler not."""
    assert from_attributes({**LLAMA, "architecture": "prefix-decoder"}).kind == "causal-decoder"
    encoder = from_attributes({**LLAMA, "architecture": "encoder-only", "objective": ["NSP"]})
    assert encoder.head.apart
    assert sum(weight.size for weight in encoder.pooler) == 4096 * 4096 + 4096
    assert not from_attributes({**LLAMA, "objective": ["NSP"]}).pooler
    assert from_attributes({**LLAMA, "context_length": [5, 9]}).context_length == 9


def test_relative_positions_have_as_many_buckets_as_told_and_32_where_untold() -> None:
    """T5's, which is told as assumed."""
    relative = {**LLAMA, "positional_encoding": "relative-bias"}
    told = {**relative, "n_relative_positions": 16}

    assert count_parameters(from_attributes(told)).parts["positions"] == 16 * 32
    assert "n_relative_positions" not in dict(from_attributes(told).assumptions)
    assert ("n_relative_positions", 32) in from_attributes(relative).assumptions


def test_streams_beside_each_other_are_mixed_from_two_on() -> None:
    """Of two: eight weights of mixing and three scales around each sublayer, and one stream of all behind."""
    d, base = 4096, parts()

    assert parts(n_residual_streams=1) == base
    two = parts(n_residual_streams=2)
    assert two.pop("other") == 32 * 2 * (8 * 2 * d + 8 + 3) + (2 * 2 * d + 2 + 1)
    assert two == base


def test_an_encoder_without_a_told_head_is_counted_headless() -> None:
    """As every encoder is: its head stands apart, whatever it is."""
    encoder = {**LLAMA, "architecture": "encoder-only", "objective": ["RTD"]}
    del encoder["tied_embeddings"]
    found = from_attributes(encoder)

    assert (found.head.apart, found.head.matrix) == (True, 0)
    assert count_parameters(found).counted.startswith("the headless encoder")


def test_shared_experts_take_their_number_times_a_width_unless_theirs_is_told() -> None:
    """A mixture without any has no network beside its experts."""
    assert parts(**MIXTURE, d_shared_expert=24)["shared_experts"] == 32 * 3 * 4096 * 24
    assert parts(**MIXTURE, n_shared_experts=3)["shared_experts"] == 32 * 3 * 4096 * 3 * 8
    assert "shared_experts" not in parts(**MIXTURE, n_shared_experts=0)


def test_norms_on_queries_and_keys_are_taken_for_none_where_untold() -> None:
    """As few models have them; the assumption is told."""
    untold = {key: value for key, value in LLAMA.items() if key != "qk_norm"}

    assert total(untold) == total(LLAMA)
    assert ("qk_norm", "none") in from_attributes(untold).assumptions
