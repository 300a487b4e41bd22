"""RWKV's parameters are those of its papers' formulas, and the sizes that they print."""

import pytest

from llmnotes.sizing import count_parameters, from_attributes
from llmnotes.sizing.cache import kv_cache

PER_LAYER = {"RWKV-4": 11, "RWKV-5": 14, "RWKV-6": 464}


def shape(version, d, layers, vocab):
    return from_attributes(
        {
            "architecture": "causal-decoder", "mixer": "recurrent", "ssm_kind": version,
            "d_model": d, "n_layers": layers, "vocab_size": vocab, "head_dim": 64, "bias": ["none"],
            "normalization": "LayerNorm", "positional_encoding": "none", "tied_embeddings": False,
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
