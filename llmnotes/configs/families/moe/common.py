"""Mixture-of-experts decoders that are fully described by their traits."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.parts.decoder import decoders
from llmnotes.configs.parts.traits import BIASED, Experts, Traits

_QK = replace(BIASED, qk_norm="head")


_LOCAL = Experts(count="num_local_experts", width="intermediate_size")


_ROUTED = Experts(count="n_routed_experts", layers="first-k", shared="times")


_QWEN2 = Experts(
    layers="step", shared="width", shared_key="shared_expert_intermediate_size", shared_gate=True
)


_COUNTED = Experts(shared="times", shared_key="num_shared_experts")


_FIRST_DENSE = replace(_COUNTED, layers="types", dense_first=1)


_GLM = Traits(qkv_bias="attention_bias", qk_norm="head", qk_norm_if="use_qk_norm", experts=_ROUTED)


GRANITE_SHARED = replace(_LOCAL, shared="width", shared_key="shared_intermediate_size")


decoders(
    {
        "mixtral": Traits(experts=_LOCAL, span="all"),
        "qwen2_moe": Traits(qkv_bias="qkv_bias", experts=_QWEN2, span="switch"),
        "qwen3_moe": replace(_QK, experts=Experts(layers="step"), span="switch"),
        "qwen3_vl_moe_text": replace(_QK, experts=Experts(layers="step")),
        "qwen3_omni_moe_text": replace(_QK, experts=Experts(layers="step")),
        "mellum": replace(_QK, experts=Experts(layers="types"), span="types"),
        "olmoe": replace(BIASED, qk_norm="full", experts=Experts(width="intermediate_size")),
        "flex_olmo": replace(BIASED, qk_norm="full", experts=Experts(width="intermediate_size")),
        "minimax_m2": Traits(qk_norm="full", experts=_LOCAL),
        "granitemoe": replace(BIASED, experts=_LOCAL),
        "granitemoeshared": replace(BIASED, experts=GRANITE_SHARED),
        "phimoe": replace(
            BIASED, norm="layer", head_bias="lm_head_bias", experts=_LOCAL, span="all"
        ),
        "dots1": replace(_QK, experts=_ROUTED, span="types"),
        "sarvam_moe": _GLM,
        "glm4_moe": _GLM,
        "glm4v_moe_text": Traits(qkv_bias="attention_bias", experts=_ROUTED),
        "solar_open": Traits(qkv_bias="attention_bias", experts=replace(_ROUTED, layers="all")),
        "ernie4_5_moe": Traits(
            qkv_bias="use_bias",
            o_bias="use_bias",
            mlp_bias="use_bias",
            head_bias="use_bias",
            experts=Experts(
                count="moe_num_experts",
                active="moe_k",
                layers="range",
                shared="times",
                shared_key="moe_num_shared_experts",
                shared_bias="use_bias",
                router_bias=True,
            ),
        ),
        "gpt_oss": replace(
            BIASED,
            sinks=True,
            experts=replace(_LOCAL, bias=True, router_bias=True),
            span="types",
            full_every=2,
        ),
        "exaone_moe": Traits(qk_norm="head", experts=_FIRST_DENSE, span="types", full_every=4),
        "hy_v3": replace(
            _QK, mlp_bias="mlp_bias", experts=replace(_FIRST_DENSE, shared_bias="mlp_bias")
        ),
        "flint": replace(
            _QK,
            sinks=True,
            experts=replace(_QWEN2, dense_first=2, shared_gate=False),
            span="types",
        ),
        "kolibri1": Traits(
            qk_norm="head",
            block_norms=4,
            experts=Experts(shared="width", shared_key="shared_expert_intermediate_size"),
            span="types",
            full_every=5,
        ),
        "afmoe": replace(
            _QK,
            gate="channel",
            block_norms=4,
            experts=replace(
                _COUNTED, layers="first-k", first_key="num_dense_layers", router_bias=True
            ),
            span="types",
            full_every=4,
            full_key="global_attn_every_n_layers",
        ),
        "cohere2_moe": replace(
            BIASED,
            block_norms=1,
            dense_d_ff="prefix_dense_intermediate_size",
            experts=replace(_COUNTED, width="intermediate_size", layers="types"),
            span="types",
            full_every=4,
        ),
        "llama4_text": replace(
            BIASED,
            d_ff="intermediate_size_mlp",
            experts=replace(
                _LOCAL, layers="interleave", shared="width", shared_key="intermediate_size"
            ),
            span="types",
            full_every=4,
            full_key="no_rope_layer_interval",
        ),
        "aria_text": Traits(
            qkv_bias="attention_bias",
            o_bias="attention_bias",
            experts=Experts(
                count="moe_num_experts",
                active="moe_topk",
                width="intermediate_size",
                shared="times",
                shared_key="moe_num_shared_experts",
                shared_bias="mlp_bias",
            ),
        ),
    }
)
