"""RWKV's parameters are those of its papers' formulas, and the sizes that they print."""

import pytest

from llmnotes.configs import read_config
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters, flops_per_token, from_attributes
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


def test_the_seventh_version_has_the_weights_of_its_published_table():
    """README.md of RWKV-LM: 1.5B, 24 layers of 2048; the first has a norm more and mixes no values."""
    d, vocab = 2048, 65536
    every = 2 * 2 * d + (6 + 1 + 1 + 2 + 1 + 2 + 1) * d  # norms; shifts, w0, a0, k, r_k, ln_x, ffn
    every += 2 * d * (96 + 96 + 256) + 4 * d * d + 2 * 4 * d * d
    later = d + 2 * d * 64
    expected = 2 * vocab * d + 24 * every + 23 * later + 2 * d + 2 * d

    assert count_parameters(shape("RWKV-7", d, 24, vocab)).total == expected == 1_527_404_544


@pytest.mark.parametrize(
    ("d", "layers", "total"), [(768, 12, 191_034_624), (1024, 24, 450_767_872)]
)
def test_the_seventh_version_is_as_large_as_its_checkpoints(d, layers, total):
    """RWKV7-Goose-World 0.1B and 0.4B."""
    assert count_parameters(shape("RWKV-7", d, layers, 65536)).total == total


@pytest.mark.parametrize(
    ("d", "layers", "rank", "total"),
    [(2048, 24, 64, 1_527_668_736), (4096, 32, 96, 7_199_932_416)],
)
def test_other_checkpoints_have_weights_that_their_first_layer_never_uses(d, layers, rank, total):
    """RWKV7 1.5B and 7.2B in the form of flash-linear-attention: value mixing in each layer."""
    counted = count_parameters(shape("RWKV-7", d, layers, 65536)).total

    assert total - counted == d + 2 * d * rank


def test_a_width_without_published_ranks_is_worked_out():
    """3072: 1.8 and 1.3 times the root, 0.6 times the power 0.8, to multiples of 32."""
    (_, run) = shape("RWKV-7", 3072, 2, 100).stacks[0].runs
    weights = {weight.name: weight for weight in run.block.weights()}

    assert weights["decay down-projection"].size == 3072 * 96  # 99.8
    assert weights["value mixing down-projection"].size == 3072 * 64  # 72.1
    assert weights["output gate down-projection"].size == 3072 * 384  # 370.0


def test_a_configuration_and_attributes_agree_on_the_seventh_version():
    config = {
        "model_type": "rwkv7", "hidden_size": 2048, "num_hidden_layers": 24, "vocab_size": 65536,
        "head_dim": 64, "decay_low_rank_dim": 96, "a_low_rank_dim": 96, "v_low_rank_dim": 64,
        "gate_low_rank_dim": 256, "tie_word_embeddings": False,
    }  # fmt: skip
    described = shape("RWKV-7", 2048, 24, 65536)

    assert count_parameters(described).total == count_parameters(read_config(config)).total
    assert flops_per_token(described).value == flops_per_token(read_config(config)).value


@pytest.mark.parametrize("version", [*PER_LAYER, "RWKV-7"])
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
        ("RWKV-7", 128 * 64),
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

    assert state(seventh) == state(sixth) == state(shape("RWKV-7", 128, 3, 100))
    assert state(fourth) == state(shape("RWKV-4", 128, 3, 100))
    assert state(sixth) == state(shape("RWKV-6", 128, 3, 100))


def test_only_versions_with_heads_need_their_width():
    """The state is a matrix for each head: without its width it cannot be told, and is not guessed."""
    plain = shape("RWKV-4", 128, 1, 100, head_dim=None)

    assert "head_dim" not in dict(plain.assumptions)
    for version in ("RWKV-5", "RWKV-6", "RWKV-7"):
        with pytest.raises(InputError, match="head_dim missing"):
            shape(version, 128, 1, 100, head_dim=None)


@pytest.mark.parametrize(
    ("version", "work"),
    [("RWKV-5", 2 * 128 * 64), ("RWKV-6", 2 * 128 * 64), ("RWKV-7", 4 * 128 * 64)],
)
def test_a_token_updates_and_reads_every_number_of_the_matrices(version, work):
    """Two heads of 64 by 64; RWKV-4 has no matrix, and its sums are no products of matrices."""
    (mixer,) = shape(version, 128, 1, 100).stacks[0].runs[0].block.mixers

    assert mixer.step_macs == work
    assert mixer.kind == version
    (plain,) = shape("RWKV-4", 128, 1, 100).stacks[0].runs[0].block.mixers
    assert plain.step_macs == 0
