"""Parameters and caches of real configurations, as published; JSON or YAML."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llmnotes.configs import ConfigError, read_config, read_text
from llmnotes.sizing import count_parameters, kv_cache_growth, kv_cache_per_token
from tests.configs.samples import BERT_BASE, LLAMA, PUBLISHED, total


@pytest.mark.parametrize(("name", "config", "expected"), PUBLISHED, ids=[p[0] for p in PUBLISHED])
def test_published_counts(name: str, config: dict[str, Any], expected: int) -> None:
    """The counts that checkpoints of these models have, to the last parameter."""
    assert expected == total(config)


def test_a_mixture_counts_what_a_token_uses_apart() -> None:
    """Mixtral 8x7B: 46.7 B parameters of which a token uses 12.9 B."""
    mixtral = {
        **LLAMA,
        "model_type": "mixtral",
        "intermediate_size": 14336,
        "num_key_value_heads": 8,
        "num_local_experts": 8,
        "num_experts_per_tok": 2,
    }

    found = count_parameters(read_config(mixtral))

    assert found.total == 46_702_792_704
    assert found.active == 12_879_925_248


def test_deepseek_v3_from_its_configuration() -> None:
    """671 B of which 37 B are active; 61 layers x (512 + 64) x 2 bytes of cache a token."""
    config = {
        "model_type": "deepseek_v3",
        "hidden_size": 7168,
        "num_hidden_layers": 61,
        "num_nextn_predict_layers": 1,
    }

    model = read_config(config)
    found = count_parameters(model)

    assert found.total == 671_026_404_352
    assert int(found.active / 1e9) == 37
    assert kv_cache_per_token(model).value / 1024 == pytest.approx(68.625)
    assert found.not_counted[0][0] == "multi-token prediction"


KV_PER_TOKEN = [
    ("Llama 3 8B", "llama", 32, 4096, 32, 8, None, 128),
    ("Llama 3.2 1B", "llama", 16, 2048, 32, 8, 64, 32),
    ("OLMo 2 7B", "olmo2", 32, 4096, 32, 32, None, 512),
    ("GLM-4.5", "glm4_moe", 92, 5120, 96, 8, 128, 368),
    ("MiniMax-M2", "minimax_m2", 62, 3072, 48, 8, 128, 248),
]


@pytest.mark.parametrize(
    ("name", "model_type", "layers", "width", "heads", "kv", "dim", "kib"),
    KV_PER_TOKEN,
    ids=[row[0] for row in KV_PER_TOKEN],
)
def test_published_cache_per_token(
    name: str,
    model_type: str,
    layers: int,
    width: int,
    heads: int,
    kv: int,
    dim: int | None,
    kib: int,
) -> None:
    """KiB a token adds to the bf16 cache, as published for these models."""
    config: dict[str, Any] = {
        "model_type": model_type,
        "hidden_size": width,
        "num_hidden_layers": layers,
        "num_attention_heads": heads,
        "num_key_value_heads": kv,
    }
    if dim:
        config["head_dim"] = dim

    assert kv_cache_per_token(read_config(config)).value == kib * 1024


def test_gpt2_xl_cache_per_token() -> None:
    """48 layers x 25 heads x 2 x 64 x 2 bytes = 300 KiB."""
    config = {"model_type": "gpt2", "n_embd": 1600, "n_layer": 48, "n_head": 25}

    assert kv_cache_per_token(read_config(config)).value == 300 * 1024


def test_tied_and_untied_are_both_given() -> None:
    """The difference is one table of the vocabulary."""
    found = count_parameters(read_config({**LLAMA, "tie_word_embeddings": True}))

    assert found.tied
    assert found.total == found.tied_total
    assert found.untied_total - found.tied_total == 32000 * 4096


def test_an_encoder_counts_headless_with_its_head_named_apart() -> None:
    """BERT-base: 109,482,240 with the pooler; the head is not in it."""
    found = count_parameters(read_config({**BERT_BASE, "architectures": ["BertForMaskedLM"]}))

    assert found.total == 109_482_240
    assert found.parts["pooler"] == 768 * 768 + 768
    assert found.head_apart == 768 * 768 + 768 + 2 * 768 + 30522
    assert "headless" in found.counted


def test_text_that_is_no_configuration() -> None:
    """Neither JSON nor YAML, or no mapping: one sentence with the file's name."""
    with pytest.raises(ConfigError, match=r"^a\.json:1:2: not JSON: the text breaks off"):
        read_text("{", "a.json")
    with pytest.raises(ConfigError, match="must be a mapping"):
        read_text("[1, 2]", "a.json")
    with pytest.raises(ConfigError, match="aliases"):
        read_text("a: &x [1]\nb: *x\n")


def test_yaml_and_json_read_alike() -> None:
    """The format of the text does not matter."""
    as_json = json.dumps(LLAMA)
    as_yaml = "\n".join(f"{key}: {value}" for key, value in LLAMA.items())

    assert count_parameters(read_text(as_json)) == count_parameters(read_text(as_yaml))


DEEPSEEK_V41: dict[str, Any] = {
    "model_type": "deepseek_v41",
    "architectures": ["DeepseekV41ForCausalLM"],
    "text_config": {
        "model_type": "deepseek_v41_text", "vocab_size": 129_280, "hidden_size": 5120,
        "moe_intermediate_size": 2304, "num_hidden_layers": 40, "num_attention_heads": 64,
        "head_dim": 512, "q_lora_rank": 1280, "o_lora_rank": 1024, "o_groups": 8,
        "n_routed_experts": 384, "n_shared_experts": 1, "num_experts_per_tok": 6,
        "sliding_window": 128, "compress_ratios": [0] * 2 + [2] * 18 + [1] * 20 + [0] * 3,
        "kv_source_layer_ids": [2, 8, 14, 20], "index_n_heads": 32, "index_head_dim": 128,
        "index_source_layer_ids": [2, 8, 14, 20, 24, 28, 32, 36], "hc_mult": 4,
        "engram_layer_ids": [1, 14], "engram_num_embeddings": [384_006_168, 384_016_682],
        "engram_max_ngram_size": 4, "engram_n_heads": 8, "engram_head_dim": 256,
    },
}  # fmt: skip


def test_deepseek_v41_counts_what_its_report_and_headers_say() -> None:
    """A backbone of 552B beside 196B of n-gram tables, 16B active; 890 bytes of keys a token in FP4.

    The headers of its checkpoint hold 543.6B in routed experts and 196.6B in tables. An entry of 512
    elements takes 288 bytes in FP4 with a scale for every 16, an index key of 128 takes 68.
    """
    model = read_config(DEEPSEEK_V41)
    count = count_parameters(model)
    tables = 768_022_850 * 256

    assert round((count.total - tables) / 1e9) == 552
    assert round(count.parts["experts"] / 1e8) == 5436
    assert round(tables / 1e8) == 1966
    assert 16e9 < count.active < 17e9
    entries = 3 / 2 + 1  # three layers write one for every second token, one for each
    assert kv_cache_growth(model).value == entries * (512 + 128) * 2
    assert entries * (288 + 68) == 890


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"compress_ratios": [0] * 39}, "compress_ratios must give a number for each of 40 layers"),
        ({"compress_ratios": [-1] * 40}, "compress_ratios holds what is no whole number"),
        ({"kv_source_layer_ids": [40]}, "kv_source_layer_ids holds 40"),
        ({"engram_num_embeddings": [5]}, "engram_num_embeddings must give the rows of each"),
    ],
)
def test_what_is_wrong_in_deepseek_v41_is_told(change: dict[str, Any], sentence: str) -> None:
    text = {**DEEPSEEK_V41["text_config"], **change}

    with pytest.raises(ConfigError, match=sentence):
        read_config({**DEEPSEEK_V41, "text_config": text})
