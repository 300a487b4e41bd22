"""Usual sources of the values that no configuration states, by attribute."""

from __future__ import annotations

from llmnotes.schema import CLAIMABLE, Attribute

_GROUPS = {
    "identity": "announcement, card or report",
    "architecture": "the report's section on architecture, or the class in the modeling code",
    "size": "the name, the card or the report's first table",
    "objective": "the report's section on pretraining",
    "data": "the report's section on data",
    "tokenizer": "the report's section on the tokenizer, or tokenizer.json",
    "position": "the configuration, or the class of the positions in the modeling code",
    "attention": "the attention class in the modeling code",
    "feed-forward": "the classes of the layer and the norm in the modeling code",
    "context": "the card's table; the report on stages of length",
    "layers": "the configuration, or the class of the layer in the modeling code",
    "state-space": "the configuration, or the mixer's class in the modeling code",
    "batch": "the report's hyper-parameters, or the training script",
    "evaluation": "the report's headline table of the base model, with shots and metric",
    "post-training": "the report's section on post-training, or the card",
    "optimizer": "the report's hyper-parameters, or the training script",
    "compute": "the report's section on infrastructure, or the card",
    "access": "the card's front matter, or the LICENSE file",
}

_OF = {
    "release_date": "the first of announcement, paper and first commit of the weights",
    "knowledge_cutoff": "stated in the card, or the latest collection date of the data",
    "params_reported": "as published: the name, the card",
    "license": "the card's front matter or the LICENSE file; undisclosed where neither names one",
    "availability": "open-weights where the weights can be downloaded",
}

_NO_MEANING = frozenset({"n_encoder_layers", "n_decoder_layers", "n_positions", "n_token_types"})
_ROUTED = frozenset({"n_experts", "n_experts_active", "n_shared_experts", "d_expert"})
_LATENT = frozenset(
    {"q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"}
)


def to_find(
    said: set[str], *, moe: bool, latent: bool, recurrent: bool
) -> list[tuple[Attribute, str]]:
    """The attributes without a fact, with where to look for them.

    Those of other kinds of model (experts of a dense one, latent ranks without latent attention) are left
    out.
    """
    passed = set(_NO_MEANING) | (set() if moe else _ROUTED) | (set() if latent else _LATENT)
    return [
        (item, _OF.get(name, _GROUPS[item.group]))
        for name, item in CLAIMABLE.items()
        if name not in said
        and name not in passed
        and (recurrent or item.group != "state-space")
        and name != "based_on"
    ]
