"""Dense decoders that differ in traits alone: LLaMA and its kin, and the older GPTs."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.traits import Traits

_PLAIN = Traits()
_BIASED = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
_LLAMA = replace(_BIASED, mlp_bias="mlp_bias")
_GEMMA = replace(_BIASED, block_norms=4, span="types")
_GPT = Traits(
    kv_heads="",
    qkv_bias=True,
    o_bias=True,
    mlp_bias=True,
    norm="layer",
    gated=False,
    d_ff_factor=4,
    positions="max_position_embeddings",
)

DENSE: dict[str, Traits] = {
    "llama": _LLAMA,
    "granite": _LLAMA,
    "emu3_text_model": _LLAMA,
    "internlm3": _LLAMA,
    "iquestcoder": _LLAMA,
    "smollm3": replace(_LLAMA, span="switch"),
    "cwm": replace(_PLAIN, mlp_bias="mlp_bias", span="types"),
    "seed_oss": replace(_LLAMA, o_bias="attention_out_bias"),
    "arcee": replace(_LLAMA, gated=False),
    "ernie4_5": Traits(qkv_bias="use_bias", o_bias="use_bias", mlp_bias="use_bias"),
    "paddleocr_vl_text": Traits(qkv_bias="use_bias", o_bias="use_bias", mlp_bias="use_bias"),
    "granite_docling_text": _LLAMA,
    "mistral": replace(_PLAIN, span="all"),
    "ministral": replace(_PLAIN, span="types"),
    "ministral3": replace(_PLAIN, span="all"),
    "phi3": replace(_PLAIN, span="all"),
    "phi4_multimodal": replace(_PLAIN, span="all"),
    "gemma": _BIASED,
    "vaultgemma": replace(_BIASED, span="types", full_every=2),
    "gemma2": replace(_GEMMA, full_every=2),
    "gemma3_text": replace(_GEMMA, qk_norm="head", full_every=6),
    "qwen2": replace(_PLAIN, qkv_bias=True, span="switch"),
    "qwen2_vl_text": replace(_PLAIN, qkv_bias=True, span="switch"),
    "qwen2_5_vl_text": replace(_PLAIN, qkv_bias=True, span="switch"),
    "qwen2_5_omni_text": replace(_PLAIN, qkv_bias=True, span="switch"),
    "qwen3": replace(_BIASED, qk_norm="head", span="switch"),
    "qwen3_vl_text": replace(_BIASED, qk_norm="head"),
    "olmo": replace(_BIASED, norm="none"),
    "olmo2": replace(_BIASED, qk_norm="full"),
    "olmo3": replace(_BIASED, qk_norm="full", span="types", full_every=4),
    "exaone4": replace(_PLAIN, qk_norm="head", span="types", full_every=4),
    "glm": Traits(qkv_bias="attention_bias"),
    "glm4": Traits(qkv_bias="attention_bias", block_norms=4),
    "glm4v_text": Traits(qkv_bias=True, block_norms=4),
    "glm_ocr_text": Traits(block_norms=4),
    "cohere": replace(_BIASED, block_norms=1, qk_norm="full", qk_norm_if="use_qk_norm"),
    "cohere2": replace(_BIASED, block_norms=1, span="types", full_every=4),
    "hunyuan_v1_dense": replace(_BIASED, qk_norm="head"),
    "hunyuan_vl_text": replace(_BIASED, qk_norm="head"),
    "apertus": replace(_BIASED, qk_norm="head", gated=False, block_extra=2),
    "nanochat": replace(_BIASED, norm="none", gated=False),
    "nemotron": replace(_LLAMA, norm="layer", gated=False),
    "jais2": replace(_LLAMA, norm="layer", gated=False),
    "starcoder2": Traits(
        qkv_bias="use_bias",
        o_bias="use_bias",
        mlp_bias="use_bias",
        norm="layer",
        gated=False,
        span="all",
    ),
    "phi": replace(
        _GPT,
        kv_heads="num_key_value_heads",
        positions="",
        d_ff_factor=0,
        block_norms=1,
        head_bias=True,
        qk_norm="head",
        qk_norm_if="qk_layernorm",
        qk_norm_bias=True,
    ),
    "persimmon": replace(
        _GPT,
        positions="",
        d_ff_factor=0,
        qk_norm="head",
        qk_norm_if="qk_layernorm",
        qk_norm_bias=True,
    ),
    "muse_glimmer_text": replace(_BIASED, gate="channel", block_norms=4, span="types"),
    "gpt2": replace(_GPT, d_ff="n_inner"),
    "gpt-sw3": replace(_GPT, d_ff="n_inner"),
    "openai-gpt": replace(_GPT, d_ff="n_inner", final_norm=False),
    "gptj": replace(
        _GPT,
        qkv_bias=False,
        o_bias=False,
        d_ff="n_inner",
        positions="",
        block_norms=1,
        head_bias=True,
    ),
    "codegen": replace(
        _GPT,
        qkv_bias=False,
        o_bias=False,
        d_ff="n_inner",
        positions="",
        block_norms=1,
        head_bias=True,
    ),
    "gpt_neox": replace(
        _GPT, qkv_bias="attention_bias", o_bias="attention_bias", positions="", d_ff_factor=0
    ),
    "mpt": replace(
        _GPT,
        qkv_bias=False,
        o_bias=False,
        mlp_bias=False,
        norm="rms",
        d_ff="",
        positions="",
    ),
    "biogpt": replace(_GPT, d_ff_factor=0, position_offset=2),
    "xglm": replace(_GPT, d_ff="ffn_dim", d_ff_factor=0, positions=""),
    "ctrl": replace(_GPT, d_ff="dff", d_ff_factor=0, positions="", head_bias=True),
}
"""Model type -> traits; the keys are the `model_type` of a configuration file."""
