"""Whole models from their attributes have their published counts and caches."""

from __future__ import annotations

from llmnotes.sizing import count_parameters, from_attributes, kv_cache_per_token
from tests.sizing.described import LLAMA, total


def test_llama() -> None:
    """LLaMA-7B from its attributes."""
    assert total(LLAMA) == 6_738_415_616


def test_grouped_keys() -> None:
    """Llama-2-70B from its attributes."""
    llama_2 = {
        **LLAMA,
        "n_layers": 80,
        "d_model": 8192,
        "n_heads": 64,
        "n_kv_heads": 8,
        "attention": "GQA",
        "d_ff": 28672,
    }

    assert total(llama_2) == 68_976_648_192


def test_gpt2() -> None:
    """Learned positions, biases everywhere but in the tied head."""
    gpt2 = {
        **LLAMA,
        "n_layers": 12,
        "d_model": 768,
        "n_heads": 12,
        "head_dim": 64,
        "d_ff": 3072,
        "gated_ffn": False,
        "vocab_size": 50257,
        "tied_embeddings": True,
        "positional_encoding": "learned-absolute",
        "n_positions": 1024,
        "normalization": "LayerNorm",
        "bias": ["attention", "ffn", "norm"],
    }

    assert total(gpt2) == 124_439_808


def test_bert() -> None:
    """A post-norm encoder with segments, and the pooler that its sentence objective asks for."""
    bert = {
        **LLAMA,
        "architecture": "encoder-only",
        "n_layers": 12,
        "d_model": 768,
        "n_heads": 12,
        "head_dim": 64,
        "d_ff": 3072,
        "gated_ffn": False,
        "vocab_size": 30522,
        "tied_embeddings": True,
        "positional_encoding": "learned-absolute",
        "n_positions": 512,
        "n_token_types": 2,
        "normalization": "LayerNorm",
        "norm_placement": "post-norm",
        "bias": ["all"],
        "objective": ["MLM", "NSP"],
    }

    assert total(bert) == 109_482_240


def test_t5() -> None:
    """An encoder-decoder with shared relative biases."""
    t5 = {
        **LLAMA,
        "architecture": "encoder-decoder",
        "n_encoder_layers": 12,
        "n_decoder_layers": 12,
        "n_layers": 24,
        "d_model": 768,
        "n_heads": 12,
        "head_dim": 64,
        "d_ff": 3072,
        "gated_ffn": False,
        "vocab_size": 32128,
        "tied_embeddings": True,
        "positional_encoding": "relative-bias",
    }

    assert total(t5) == 222_903_552


def test_palm() -> None:
    """PaLM-540B: one KV head, parallel blocks and scale-only norms.

    Its Table 1 prints 540.35 B, the matrices alone; the norms' scales are 2.2 M more.
    """
    palm = {
        **LLAMA,
        "n_layers": 118,
        "d_model": 18432,
        "n_heads": 48,
        "head_dim": 256,
        "attention": "MQA",
        "d_ff": 73728,
        "vocab_size": 256000,
        "tied_embeddings": True,
        "normalization": "LayerNorm",
        "parallel_blocks": True,
    }

    found = count_parameters(from_attributes(palm))

    assert found.parts["norms"] == 119 * 18432
    assert round((found.total - found.parts["norms"]) / 1e9, 2) == 540.35


def test_mixtral() -> None:
    """A mixture in every layer."""
    mixtral = {
        **LLAMA,
        "attention": "GQA",
        "n_kv_heads": 8,
        "ffn_kind": "moe",
        "n_experts": 8,
        "n_experts_active": 2,
        "d_expert": 14336,
    }
    del mixtral["d_ff"]

    found = count_parameters(from_attributes(mixtral))

    assert (found.total, found.active) == (46_702_792_704, 12_879_925_248)


def test_deepseek_v3() -> None:
    """MLA, three dense layers, then a mixture with a shared expert."""
    deepseek = {
        **LLAMA,
        "n_layers": 61,
        "d_model": 7168,
        "n_heads": 128,
        "attention": "MLA",
        "q_lora_rank": 1536,
        "kv_lora_rank": 512,
        "qk_nope_head_dim": 128,
        "qk_rope_head_dim": 64,
        "v_head_dim": 128,
        "d_ff": 18432,
        "ffn_kind": {"runs": [[3, "dense"], [58, "moe"]]},
        "n_experts": 256,
        "n_experts_active": 8,
        "n_shared_experts": 1,
        "d_expert": 2048,
        "vocab_size": 129280,
    }

    model = from_attributes(deepseek)

    assert count_parameters(model).total == 671_026_404_352
    assert kv_cache_per_token(model).value == 61 * 576 * 2
