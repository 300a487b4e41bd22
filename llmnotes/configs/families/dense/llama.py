"""Decoders with LLaMA's blocks: RMSNorm, a gated network, rotary positions, few biases."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.configs.fields import MAX_COUNT, Fields
from llmnotes.configs.parts import blocks
from llmnotes.configs.parts.decoder import decoder, decoders, with_block_weights
from llmnotes.configs.parts.traits import BIASED, Experts, Traits
from llmnotes.configs.registry import family
from llmnotes.sizing.architecture import (
    Architecture,
)
from llmnotes.sizing.weights import linear

LLAMA = replace(BIASED, mlp_bias="mlp_bias")
_APERTUS = replace(BIASED, qk_norm="head", gated=False, block_extra=2)
_GEMMA = replace(BIASED, block_norms=4, span="types")

decoders(
    {
        "llama": LLAMA,
        "granite": LLAMA,
        "exaone": LLAMA,
        "emu3_text_model": LLAMA,
        "internlm3": LLAMA,
        "iquestcoder": LLAMA,
        "smollm3": replace(LLAMA, span="switch"),
        "cwm": Traits(mlp_bias="mlp_bias", span="types"),
        "seed_oss": replace(LLAMA, o_bias="attention_out_bias"),
        "arcee": replace(LLAMA, gated=False),
        "ernie4_5": Traits(qkv_bias="use_bias", o_bias="use_bias", mlp_bias="use_bias"),
        "paddleocr_vl_text": Traits(qkv_bias="use_bias", o_bias="use_bias", mlp_bias="use_bias"),
        "granite_docling_text": LLAMA,
        "granite4_vision_text": LLAMA,
        "chameleon": replace(LLAMA, qk_norm="full", qk_norm_bias=True),
        "mistral": Traits(span="all"),
        "ministral": Traits(span="types"),
        "ministral3": Traits(span="all"),
        "phi3": Traits(span="all"),
        "phi4_multimodal": Traits(span="all"),
        "gemma": BIASED,
        "vaultgemma": replace(BIASED, span="types", full_every=2),
        "gemma2": replace(_GEMMA, full_every=2),
        "gemma3_text": replace(_GEMMA, qk_norm="head", full_every=6),
        "qwen2": Traits(qkv_bias=True, span="switch"),
        "qwen2_vl_text": Traits(qkv_bias=True, span="switch"),
        "qwen2_5_vl_text": Traits(qkv_bias=True, span="switch"),
        "qwen2_5_omni_text": Traits(qkv_bias=True, span="switch"),
        "qwen3": replace(BIASED, qk_norm="head", span="switch"),
        "qwen3_vl_text": replace(BIASED, qk_norm="head"),
        "olmo": replace(BIASED, norm="none"),
        "olmo2": replace(BIASED, qk_norm="full"),
        "olmo3": replace(BIASED, qk_norm="full", span="types", full_every=4),
        "exaone4": Traits(qk_norm="head", span="types", full_every=4),
        "glm": Traits(qkv_bias="attention_bias"),
        "glm4": Traits(qkv_bias="attention_bias", block_norms=4),
        "glm4v_text": Traits(qkv_bias=True, block_norms=4),
        "glm_ocr_text": Traits(block_norms=4),
        "cohere": replace(BIASED, block_norms=1, qk_norm="full", qk_norm_if="use_qk_norm"),
        "cohere2": replace(BIASED, block_norms=1, span="types", full_every=4),
        "cohere_compass_text": replace(BIASED, block_norms=1, span="types"),
        "hunyuan_vl_text": replace(BIASED, qk_norm="head"),
        "apertus": _APERTUS,
        "nanochat": replace(BIASED, norm="none", gated=False),
        "nemotron": replace(LLAMA, norm="layer", gated=False),
        "jais2": replace(LLAMA, norm="layer", gated=False),
        "muse_glimmer_text": replace(BIASED, gate="channel", block_norms=4, span="types"),
        "internlm": Traits(qkv_bias="bias", o_bias="bias"),
        "internlm2": Traits(qkv_bias="bias", o_bias="bias"),
        "mimo": Traits(qkv_bias=True),
        "orion": replace(BIASED, norm="layer"),
    }
)


@family("apertus1p5_text")
def apertus(f: Fields) -> Architecture:
    """Apertus 1.5: of its rows, those of pictures and sound may be left out of the head."""
    found = decoder(f, _APERTUS)
    rows = f.optional_int("output_vocab_size", 1, found.vocab_size)
    head = replace(found.head, matrix=(rows or found.vocab_size) * found.d_model)
    return replace(found, head=head)


@family("voxtral_realtime_text")
def voxtral_realtime(f: Fields) -> Architecture:
    """Voxtral Realtime: the delay scales each layer's network, through a narrow pair of matrices."""
    d = f.integer("hidden_size")
    delay = (linear("other", "delay in", d, 32), linear("other", "delay out", 32, d))
    return with_block_weights(decoder(f, Traits(span="all")), *delay)


@family("stablelm")
def stablelm(f: Fields) -> Architecture:
    """StableLM: LayerNorm, one norm where the residual is parallel."""
    t = Traits(
        qkv_bias="use_qkv_bias",
        norm="layer",
        block_norms=1 if f.flag("use_parallel_residual") else 2,
        qk_norm="full",
        qk_norm_if="qk_layernorm",
    )
    return decoder(f, t)


@family("hyperclovax")
def hyperclovax(f: Fields) -> Architecture:
    """HyperCLOVA X: LLaMA with norms after the blocks where `use_post_norm`."""
    return decoder(f, replace(LLAMA, block_norms=4 if f.flag("use_post_norm") else 2))


@family("helium")
def helium(f: Fields) -> Architecture:
    """Helium: LLaMA's layers; the output projection is square."""
    d, heads = f.integer("hidden_size"), f.integer("num_attention_heads")
    if heads * blocks.head_dim(f, d, heads) != d:
        raise f.error(f"num_attention_heads times head_dim must be hidden_size {d:,}")
    return decoder(f, Traits(qkv_bias="attention_bias", mlp_bias="mlp_bias"))


@family("baichuan")
def baichuan(f: Fields) -> Architecture:
    """Baichuan: LLaMA's layers, an untied head."""
    return decoder(f.replaced({"tie_word_embeddings": False}), Traits())


@family("minicpm")
def minicpm(f: Fields) -> Architecture:
    """MiniCPM: LLaMA's layers, tied unless the file says otherwise, or a mixture."""
    t = Traits(qkv_bias="attention_bias", o_bias="attention_bias")
    if f.raw("tie_word_embeddings") is None:
        f = f.replaced({"tie_word_embeddings": True})
    if f.optional_int("num_experts", 0, MAX_COUNT):
        t = replace(t, experts=Experts(width="intermediate_size"))
    return decoder(f, t)


@family("hunyuan_v1_dense", classes=("HunYuanDenseV1ForCausalLM",))
def hunyuan(f: Fields) -> Architecture:
    """Hunyuan: LLaMA's layers with norms on queries and keys."""
    return decoder(f, replace(BIASED, qk_norm="head"))


@family("granite_swa")
def granite_sliding(f: Fields) -> Architecture:
    """Granite with sliding windows: every fourth layer full, beginning with the first."""
    return first_of_four_full(f, LLAMA)


def first_of_four_full(f: Fields, t: Traits) -> Architecture:
    """Layers with sinks, the first of every four with full attention, unless listed."""
    t = replace(t, span="types", sinks=True)
    n = blocks.n_layers(f)
    if f.given("layer_types"):
        return decoder(f, t)
    types = [blocks.FULL if layer % 4 == 0 else "sliding_attention" for layer in range(n)]
    return decoder(f.replaced({"layer_types": types}), t)
