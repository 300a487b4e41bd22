"""RWKV's parameters are those of its papers' formulas, and the sizes that they print."""

import pytest

from llmnotes.configs import read_config
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters, from_attributes
from llmnotes.sizing.cache import kv_cache

PER_LAYER = {"RWKV-4": 11, "RWKV-5": 14, "RWKV-6": 464}


def shape(version, d, layers, vocab, **changes):
    return from_attributes(
        {
            "architecture": "causal-decoder", "mixer": "recurrent", "ssm_kind": version,
            "d_model": d, "n_layers": layers, "vocab_size": vocab, "head_dim": 64, "bias": ["none"],
            "normalization": "LayerNorm", "positional_encoding": "none", "tied_embeddings": False,
            **changes,
        }
    )  # fmt: skip


@pytest.mark.parametrize("version", PER_LAYER)
@pytest.mark.parametrize(
    ("d", "layers", "vocab"), [(128, 1, 100), (768, 12, 50277), (2048, 24, 65536)]
)
def test_parameters_are_those_of_the_formula(version, d, layers, vocab):
    expected = 2 * vocab * d + 13 * d * d * layers + d * (PER_LAYER[version] * layers + 4)

    assert count_parameters(shape(version, d, layers, vocab)).total == expected


@pytest.mark.parametrize(
    ("version", "d", "layers", "vocab", "printed"),
    [
        ("RWKV-4", 768, 12, 50277, "1.693"),
        ("RWKV-4", 5120, 40, 50277, "1.415"),
        ("RWKV-5", 2048, 24, 65536, "1.58"),
        ("RWKV-6", 2560, 32, 65536, "3.10"),
    ],
)
def test_parameters_are_those_that_the_papers_print(version, d, layers, vocab, printed):
    """Table 2 of the first paper, Table 11 of the second."""
    total = count_parameters(shape(version, d, layers, vocab)).total
    digits = len(printed.partition(".")[2])

    assert f"{total:.{digits}e}".partition("e")[0] == printed


@pytest.mark.parametrize("version", PER_LAYER)
def test_the_state_does_not_grow_with_the_context(version):
    made = shape(version, 128, 2, 100)

    assert kv_cache(made, 1).value == kv_cache(made, 10_000).value


def state(made):
    return kv_cache(made, 1).inputs["state_elements"]


@pytest.mark.parametrize(
    ("version", "kept"),
    [
        ("RWKV-4", 3 * 128),  # a numerator, a denominator and the largest exponent of each channel
        ("RWKV-5", 128 * 64),  # a matrix of 64 by 64 for each of two heads
        ("RWKV-6", 128 * 64),
    ],
)
def test_a_layer_keeps_its_sums_and_the_last_input_of_both_shifts(version, kept):
    """As `RwkvModel` of transformers and the layers of flash-linear-attention do."""
    assert state(shape(version, 128, 3, 100)) == 3 * (kept + 2 * 128)


def test_a_configuration_and_attributes_agree_on_what_is_kept():
    """RWKV-4, and RWKV-6 with two heads of 64; RWKV-7 keeps as much."""
    common = {"hidden_size": 128, "num_hidden_layers": 3, "vocab_size": 100}
    fourth = read_config({**common, "model_type": "rwkv"})
    sixth = read_config(
        {
            **common, "model_type": "rwkv6", "num_heads": 2, "expand_k": 1.0, "expand_v": 1.0,
            "proj_low_rank_dim": 32, "gate_low_rank_dim": 64,
        }
    )  # fmt: skip

    seventh = read_config(
        {
            **common, "model_type": "rwkv7", "head_dim": 64, "decay_low_rank_dim": 64,
            "gate_low_rank_dim": 128, "a_low_rank_dim": 64, "v_low_rank_dim": 16,
        }
    )  # fmt: skip

    assert state(seventh) == state(sixth)
    assert state(fourth) == state(shape("RWKV-4", 128, 3, 100))
    assert state(sixth) == state(shape("RWKV-6", 128, 3, 100))


def test_only_versions_with_heads_need_their_width():
    """The state is a matrix for each head: without its width it cannot be told, and is not guessed."""
    plain = shape("RWKV-4", 128, 1, 100, head_dim=None)

    assert "head_dim" not in dict(plain.assumptions)
    for version in ("RWKV-5", "RWKV-6"):
        with pytest.raises(InputError, match="head_dim missing"):
            shape(version, 128, 1, 100, head_dim=None)


@pytest.mark.parametrize(("version", "work"), [("RWKV-5", 2 * 128 * 64), ("RWKV-6", 2 * 128 * 64)])
def test_a_token_updates_and_reads_every_number_of_the_matrices(version, work):
    """Two heads of 64 by 64; RWKV-4 has no matrix, and its sums are no products of matrices."""
    (mixer,) = shape(version, 128, 1, 100).stacks[0].runs[0].block.mixers

    assert mixer.step_macs == work
    assert mixer.kind == version
    (plain,) = shape("RWKV-4", 128, 1, 100).stacks[0].runs[0].block.mixers
    assert plain.step_macs == 0
