"""Sizing roles: complete, and equal to the attributes that the computation reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from llmnotes.attributes.concern import gaps
from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS, SHAPE, SIZING_ROLES, with_role
from llmnotes.schema import ATTRIBUTES
from llmnotes.sizing import from_attributes
from tests.sizing.described import LLAMA


class Recorded(Mapping[str, Any]):
    """Attributes that record which of them were read."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values_, self.asked = values, set[str]()

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return self.values_[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_)

    def __len__(self) -> int:
        return len(self.values_)


KINDS: list[dict[str, Any]] = [
    {},
    {"architecture": "encoder-only", "positional_encoding": "learned-absolute", "n_positions": 8},
    {
        "architecture": "encoder-decoder", "n_encoder_layers": 2, "n_decoder_layers": 2,
        "positional_encoding": "learned-absolute", "n_positions": 8,
    },
    {
        "attention": "MLA", "kv_lora_rank": 4, "qk_nope_head_dim": 4, "qk_rope_head_dim": 2,
        "v_head_dim": 4, "n_experts": 4, "n_experts_active": 2, "d_expert": 8,
        "n_shared_experts": 1, "d_expert_latent": 4,
    },
    {"attention_span": "sliding", "sliding_window": 8},
    {
        "attention": "MLA", "q_lora_rank": 4, "kv_lora_rank": 4, "qk_nope_head_dim": 4,
        "qk_rope_head_dim": 2, "v_head_dim": 4, "n_indexer_heads": 2, "indexer_head_dim": 4,
        "indexer_pool": 2,
    },
    {
        "attention": "MQA", "kv_compression_rate": 4, "sliding_window": 8, "q_lora_rank": 4,
        "o_lora_rank": 2, "n_output_groups": 2, "n_residual_streams": 2,
    },
    {"positional_encoding": "disentangled-relative", "n_relative_positions": 8},
    {
        "mixer": "linear-attention", "ssm_kind": "Mamba-2", "ssm_n_heads": 4, "ssm_n_groups": 2,
        "ssm_state_size": 8, "ssm_expand": 2, "conv_kernel": 4,
    },
    {
        "mixer": "linear-attention", "ssm_kind": "Kimi delta attention", "ssm_n_heads": 4,
        "ssm_state_size": 8, "conv_kernel": 4,
    },
    {
        "mixer": "shared-hybrid", "ssm_kind": "Mamba", "ssm_state_size": 8, "ssm_expand": 2,
        "conv_kernel": 4, "ffn_kind": "none", "n_shared_blocks": 1, "adapter_rank": 2,
    },
]  # fmt: skip
"""One model of each kind whose sizes are computed from attributes."""


def asked() -> set[str]:
    found = set[str]()
    for kind in KINDS:
        recorded = Recorded({**LLAMA, **kind})
        from_attributes(recorded)
        found |= recorded.asked
    return found


def test_every_attribute_has_an_entry():
    assert gaps(SIZING_ROLES, "SIZING_ROLES in llmnotes/attributes/sizing_roles.py") == []


def test_roles_are_those_of_the_attributes_that_are_asked_for():
    roles = {name for name in SIZING_ROLES if SIZING_ROLES[name].role}
    known = asked() & set(ATTRIBUTES)

    assert known <= roles
    assert roles - known == {*with_role("result"), *with_role("training")}
    assert set(SHAPE) <= known


def test_the_attributes_of_head_sharing():
    assert (HEADS, KV_HEADS) == ("n_heads", "n_kv_heads")
    assert with_role("no such role") == ()
