"""Architectures: what is absent where nobody tells it, and weights that can be told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from llmnotes.sizing import PARTS, Architecture, Block, Head, Run, Stack, Weight, from_attributes
from tests.sizing.described import LLAMA
from tests.sizing.tiny import PLAIN, D, V

MIXTURE = {
    "ffn_kind": "moe", "n_experts": 4, "n_experts_active": 2, "d_expert": 8, "n_shared_experts": 1,
    "router_scales": True, "shared_expert_gate": True, "bias": ["all"],
}  # fmt: skip
STATE = {"ssm_state_size": 128, "ssm_n_heads": 32, "ssm_n_groups": 8, "conv_kernel": 4}
KINDS: dict[str, dict[str, Any]] = {
    "dense": {},
    "mixture": MIXTURE,
    "bert": {
        "architecture": "encoder-only", "positional_encoding": "learned-absolute",
        "n_positions": 512, "n_token_types": 2, "norm_placement": "post-norm", "objective": ["NSP"],
    },
    "t5": {
        "architecture": "encoder-decoder", "n_encoder_layers": 2, "n_decoder_layers": 3,
        "positional_encoding": "relative-bias",
    },
    "deberta": {
        "positional_encoding": "disentangled-relative", "n_relative_positions": 512,
        "n_position_projections": 2,
    },
    "narrow": {"d_embedding": 64, "d_per_layer_embedding": 8, "embedding_norm": True},
    "gates": {
        "attention_gate": "per-head", "attention_sinks": True, "qk_norm": "per-head",
        "bias": ["head"],
    },
    "latent": {
        "attention": "MLA", "q_lora_rank": 24, "kv_lora_rank": 16, "qk_nope_head_dim": 8,
        "qk_rope_head_dim": 4, "v_head_dim": 8, "n_indexer_heads": 2, "indexer_head_dim": 8,
    },
    "compressed": {
        "attention_span": "sparse", "kv_compression_rate": 4, "q_lora_rank": 24, "o_lora_rank": 8,
        "n_output_groups": 2, "sliding_window": 8, "n_indexer_heads": 2, "indexer_head_dim": 8,
        "n_residual_streams": 3,
    },
    "convolution": {"mixer": "convolution", "conv_kernel": 3},
    "rg-lru": {"mixer": "recurrent", "ssm_kind": "RG-LRU", "conv_kernel": 4},
    "mamba": {"mixer": "ssm", "ssm_kind": "Mamba", "ssm_expand": 2, **STATE},
    "mamba-2": {"mixer": "ssm", "ssm_kind": "Mamba-2", "ssm_expand": 2, **STATE},
    "delta": {"mixer": "linear-attention", "ssm_kind": "gated DeltaNet", **STATE},
    "kimi": {"mixer": "linear-attention", "ssm_kind": "Kimi delta attention", **STATE},
    "lightning": {"mixer": "linear-attention", "ssm_kind": "lightning attention", **STATE},
    "rwkv-4": {"mixer": "recurrent", "ssm_kind": "RWKV-4"},
    "rwkv-5": {"mixer": "recurrent", "ssm_kind": "RWKV-5"},
    "rwkv-6": {"mixer": "recurrent", "ssm_kind": "RWKV-6"},
}  # fmt: skip


def weights(model: Architecture) -> Iterator[Weight]:
    yield from (*model.embeddings, *model.pooler, *model.head.weights())
    for stack in model.stacks:
        yield from stack.extra
        for run in stack.distinct():
            yield from run.block.weights()


@pytest.mark.parametrize("kind", KINDS)
def test_every_weight_has_a_name_and_belongs_to_a_part(kind: str) -> None:
    """A table of parts that loses one, or a weight nobody can name, explains nothing."""
    for weight in weights(from_attributes({**LLAMA, **KINDS[kind]})):
        assert weight.name
        assert weight.part in PARTS, weight


@pytest.mark.parametrize("kind", KINDS)
def test_weights_of_one_block_are_told_apart(kind: str) -> None:
    """By part and name; what stands in a block twice is one kind of weight in two copies."""
    for stack in from_attributes({**LLAMA, **KINDS[kind]}).stacks:
        found = {}
        for weight in stack.runs[0].block.weights():
            found.setdefault((weight.part, weight.name), set()).add(weight)
        repeated = {key for key, kinds in found.items() if len(kinds) > 1}
        # Two compressors, of the keys and of the indexer's keys, are alike but for their width.
        assert not {key for key in repeated if "compressor" not in key[1]}


def test_what_nobody_tells_is_absent() -> None:
    """No head, no pooler, no length; nothing tied, left out, assumed or remarked."""
    bare = Architecture("causal-decoder", D, V, PLAIN.embeddings, ())

    assert bare.head == Head()
    assert (bare.head.matrix, bare.head.tied, bare.head.apart) == (0, False, False)
    assert (bare.pooler, bare.context_length, bare.model_type) == ((), None, "")
    assert (bare.not_counted, bare.assumptions, bare.remarks) == ((), (), ())
    assert bare.n_layers == 0


def test_a_run_has_as_many_copies_of_its_weights_as_layers_unless_it_says_so() -> None:
    """Layers that run within others are none of their own."""
    block = Block(norms=3)

    assert Run(block, 4).weight_copies == 4
    assert Run(block, 4, 1).weight_copies == 1
    assert Stack("decoder", (Run(block, 4), Run(block, 2, within=True))).n_layers == 4


def test_what_is_attended_to_is_as_long_as_the_output_of_an_encoder_decoder_alone() -> None:
    for kind, length in (("encoder-decoder", 7), ("causal-decoder", 0), ("encoder-only", 0)):
        assert Architecture(kind, D, V, (), ()).source_length(7) == length


def test_an_indexer_reads_the_layer_where_queries_have_no_latent() -> None:
    """Mistral Large 4 projects its indexer's queries from the layer, whose width is 4,096 here and not 24."""
    latent = {**LLAMA, **KINDS["latent"]}
    whole = {key: value for key, value in latent.items() if key != "q_lora_rank"}

    def queries(described: dict[str, Any]) -> int:
        found = weights(from_attributes(described))
        return next(weight.size for weight in found if weight.name == "indexer query projection")

    assert queries(latent) == 24 * 2 * 8
    assert queries(whole) == 4096 * 2 * 8
