"""What a configuration says, and what is said of a wrong one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from llmnotes.configs import (
    ConfigError,
    UnknownArchitectureError,
    known_types,
    read_config,
    read_text,
)
from llmnotes.errors import InputError
from llmnotes.sizing import count_parameters, kv_cache, kv_cache_per_token

LLAMA: dict[str, Any] = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "vocab_size": 32000,
}


def total(config: dict[str, Any]) -> int:
    return count_parameters(read_config(config)).total


PUBLISHED: list[tuple[str, dict[str, Any], int]] = [
    ("LLaMA-7B", LLAMA, 6_738_415_616),
    (
        "Llama-2-70B",
        {
            **LLAMA,
            "hidden_size": 8192,
            "intermediate_size": 28672,
            "num_hidden_layers": 80,
            "num_attention_heads": 64,
            "num_key_value_heads": 8,
        },
        68_976_648_192,
    ),
    (
        "Mistral-7B",
        {
            **LLAMA,
            "model_type": "mistral",
            "intermediate_size": 14336,
            "num_key_value_heads": 8,
        },
        7_241_732_096,
    ),
    ("GPT-2", {"model_type": "gpt2", "n_embd": 768, "n_layer": 12}, 124_439_808),
    ("BERT-base", {"model_type": "bert", "hidden_size": 768, "num_hidden_layers": 12}, 109_482_240),
    (
        "ChatGLM-6B",
        {
            "model_type": "chatglm",
            "hidden_size": 4096,
            "inner_hidden_size": 16384,
            "num_layers": 28,
            "num_attention_heads": 32,
            "vocab_size": 130528,
            "max_sequence_length": 2048,
        },
        6_173_286_400,
    ),
    (
        "T5-base",
        {
            "model_type": "t5",
            "d_model": 768,
            "d_ff": 3072,
            "d_kv": 64,
            "num_heads": 12,
            "num_layers": 12,
            "vocab_size": 32128,
        },
        222_903_552,
    ),
]


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


def test_an_omitted_key_means_the_class_default_and_is_told() -> None:
    """Qwen3's head_dim is 128 unless said otherwise, whatever width and heads would give."""
    config = {
        "model_type": "qwen3",
        "hidden_size": 1024,
        "num_hidden_layers": 28,
        "num_attention_heads": 16,
        "num_key_value_heads": 8,
        "intermediate_size": 3072,
        "vocab_size": 151936,
        "tie_word_embeddings": True,
    }

    model = read_config(config)

    assert count_parameters(model).total == 596_049_920
    assert ("head_dim", 128) in model.assumptions


def test_tied_and_untied_are_both_given() -> None:
    """The difference is one table of the vocabulary."""
    found = count_parameters(read_config({**LLAMA, "tie_word_embeddings": True}))

    assert found.tied
    assert found.total == found.tied_total
    assert found.untied_total - found.tied_total == 32000 * 4096


def test_an_encoder_counts_headless_with_its_head_named_apart() -> None:
    """BERT-base: 109,482,240 with the pooler; the head is not in it."""
    found = count_parameters(read_config({**PUBLISHED[4][1], "architectures": ["BertForMaskedLM"]}))

    assert found.total == 109_482_240
    assert found.parts["pooler"] == 768 * 768 + 768
    assert found.head_apart == 768 * 768 + 768 + 2 * 768 + 30522
    assert "headless" in found.counted


def test_a_checkpoint_that_sees_counts_its_language_model_alone() -> None:
    """The vision part is named and not counted; its own type gives the text's defaults."""
    config = {
        "model_type": "gemma3",
        "text_config": {
            "model_type": "gemma3_text",
            "hidden_size": 2560,
            "intermediate_size": 10240,
            "num_hidden_layers": 34,
        },
        "vision_config": {"hidden_size": 1152},
    }

    found = count_parameters(read_config(config))

    assert found.total == 3_880_263_168
    assert ("vision", "not part of the language model") in found.not_counted


def test_a_window_bounds_the_cache_of_its_layers_alone() -> None:
    """Gemma 3 keeps the whole context in every sixth layer and 1,024 tokens in the others."""
    config = {
        "model_type": "gemma3_text",
        "hidden_size": 64,
        "num_hidden_layers": 6,
        "num_attention_heads": 4,
        "num_key_value_heads": 1,
        "head_dim": 16,
        "sliding_window": 1024,
    }

    figure = kv_cache(read_config(config), context=8192)

    assert figure.inputs["attention_elements"] == (5 * 1024 + 8192) * 1 * (16 + 16)


def test_a_headless_class_has_no_output_projection() -> None:
    """An embedding model built on a decoder stores no head."""
    with_head = total(LLAMA)
    without = total({**LLAMA, "architectures": ["LlamaModel"]})

    assert with_head - without == 32000 * 4096


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "empty"),
    ({"hidden_size": 4096}, "model_type is missing"),
    ({**LLAMA, "model_type": 7}, "model_type is 7"),
    ({**LLAMA, "hidden_size": None}, "hidden_size is missing"),
    ({"model_type": "llama", "hidden_size": 64}, "num_hidden_layers is missing"),
    ({**LLAMA, "hidden_size": "4096"}, "hidden_size is '4096'"),
    ({**LLAMA, "hidden_size": -1}, "hidden_size is -1"),
    ({**LLAMA, "hidden_size": 0}, "hidden_size is 0"),
    ({**LLAMA, "hidden_size": 10**30}, "hidden_size is 1,000"),
    ({**LLAMA, "hidden_size": float("nan")}, "hidden_size is nan"),
    ({**LLAMA, "hidden_size": True}, "hidden_size is True"),
    ({**LLAMA, "hidden_size": [4096]}, "hidden_size is [4096]"),
    ({**LLAMA, "num_hidden_layers": 10**9}, "num_hidden_layers is 1,000,000,000"),
    ({**LLAMA, "num_attention_heads": 33}, "does not divide"),
    ({**LLAMA, "num_key_value_heads": 5}, "do not divide by num_key_value_heads 5"),
    ({**LLAMA, "tie_word_embeddings": "False"}, "tie_word_embeddings is 'False'"),
    ({"model_type": "gpt2", "n_embd": 768, "hidden_size": 1024, "n_layer": 2}, "n_embd"),
    (
        {**LLAMA, "model_type": "gemma3_text", "layer_types": ["full_attention"]},
        "layer_types has 1 items and the model 32 layers",
    ),
    (
        {**LLAMA, "model_type": "mixtral", "num_local_experts": 2, "num_experts_per_tok": 4},
        "num_experts_per_tok 4 is more than num_local_experts 2",
    ),
    ({"model_type": "llava"}, "text_config is missing"),
    ({"model_type": "llava", "text_config": []}, "text_config is []"),
    ({"dim": 64, "n_layers": 2, "n_heads": 2, "vocab_size": -1}, "vocab_size is -1"),
]


@pytest.mark.parametrize(("config", "sentence"), WRONG, ids=[row[1][:40] for row in WRONG])
def test_a_wrong_configuration_is_told_in_one_sentence(
    config: dict[str, Any], sentence: str
) -> None:
    """The key, what is wrong with it and what would be right, on one line."""
    with pytest.raises(ConfigError) as caught:
        read_config(config)

    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_architecture_is_refused_with_the_closest_known() -> None:
    """Never a number for a shape that is not known."""
    with pytest.raises(UnknownArchitectureError, match=r"'lama4' is not known.*llama4"):
        read_config({**LLAMA, "model_type": "lama4"})


def test_a_class_of_other_code_is_refused() -> None:
    """A file that borrows LLaMA's type for a mixture of its own is not counted as LLaMA."""
    with pytest.raises(UnknownArchitectureError, match="OpenMoeForCausalLM"):
        read_config({**LLAMA, "architectures": ["OpenMoeForCausalLM"]})


def test_text_that_is_no_configuration() -> None:
    """Neither JSON nor YAML, or no mapping: one sentence with the file's name."""
    with pytest.raises(ConfigError, match=r"^a\.json: the text is neither JSON nor YAML"):
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


FORMATS: list[tuple[str, dict[str, Any], int]] = [
    (
        "litgpt",
        {
            "n_embd": 4096,
            "n_layer": 32,
            "n_head": 32,
            "head_size": 128,
            "n_query_groups": 32,
            "intermediate_size": 11008,
            "padded_vocab_size": 32000,
            "norm_class_name": "RMSNorm",
            "mlp_class_name": "LLaMAMLP",
            "bias": False,
        },
        6_738_415_616,
    ),
    (
        "MaxText",
        {
            "decoder_block": "llama2",
            "base_emb_dim": 4096,
            "base_num_query_heads": 32,
            "base_num_kv_heads": 32,
            "base_mlp_dim": 11008,
            "base_num_decoder_layers": 32,
            "head_dim": 128,
            "vocab_size": 32000,
        },
        6_738_415_616,
    ),
    (
        "Megatron",
        {
            "num-layers": "32",
            "hidden-size": "4096",
            "ffn-hidden-size": "11008",
            "num-attention-heads": "32",
            "swiglu": True,
            "disable-bias-linear": True,
            "normalization": "RMSNorm",
            "use-rotary-position-embeddings": True,
            "untie-embeddings-and-output-weights": True,
            "vocab-size": "32000",
        },
        6_738_415_616,
    ),
    (
        "Meta",
        {"dim": 4096, "n_layers": 32, "n_heads": 32, "multiple_of": 256, "vocab_size": 32000},
        6_738_415_616,
    ),
    (
        "Meta, Llama 3 8B",
        {
            "dim": 4096,
            "n_layers": 32,
            "n_heads": 32,
            "n_kv_heads": 8,
            "vocab_size": 128256,
            "multiple_of": 1024,
            "ffn_dim_multiplier": 1.3,
        },
        8_030_261_248,
    ),
]


@pytest.mark.parametrize(("name", "config", "expected"), FORMATS, ids=[row[0] for row in FORMATS])
def test_every_format_is_recognised_from_its_content(
    name: str, config: dict[str, Any], expected: int
) -> None:
    """LLaMA-7B said in the words of four other programs is LLaMA-7B."""
    assert expected == total(config)


def test_a_megatron_file_that_extends_another_is_refused() -> None:
    """What the other file says is not known, so nothing is counted."""
    with pytest.raises(InputError, match="extends"):
        read_config(
            {"extends": ["a.yaml"], "num_layers": 2, "hidden_size": 8, "num_attention_heads": 2}
        )


def test_all_architectures_of_the_plan_are_known() -> None:
    """One type at least for every family that the plan names."""
    wanted = (
        "bert roberta albert electra deberta deberta-v2 xlm-roberta modernbert t5 mt5 umt5 bart "
        "mbart pegasus openai-gpt gpt2 gptj gpt_neo gpt_neox opt bloom mpt falcon gpt_bigcode "
        "starcoder2 llama llama4 mistral mixtral qwen qwen2 qwen2_moe qwen3 qwen3_moe qwen3_next "
        "gemma gemma2 gemma3 phi phi3 phimoe stablelm internlm internlm2 baichuan chatglm glm "
        "glm4 glm4_moe olmo olmo2 olmo3 olmoe smollm3 granite granitemoe cohere cohere2 dbrx "
        "deepseek_v2 deepseek_v3 deepseek_v32 kimi_k2 minimax minimax_m2 gpt_oss nemotron "
        "nemotron_h jamba mamba mamba2 rwkv apertus hunyuan_v1_dense hunyuan_v1_moe ernie4_5 "
        "ernie4_5_moe"
    )

    assert not set(wanted.split()) - set(known_types())


CLASSES = [
    ("llama", "LlamaForSequenceClassification", -32000 * 4096 + 2 * 4096),
    ("llama", "LlamaForTokenClassification", -32000 * 4096 + 2 * 4096 + 2),
    ("llama", "LlamaForCausalLM", 0),
]


@pytest.mark.parametrize(("model_type", "name", "difference"), CLASSES, ids=[c[1] for c in CLASSES])
def test_a_task_class_has_its_own_head(model_type: str, name: str, difference: int) -> None:
    """A classifier stores its labels' matrix instead of the vocabulary's."""
    config = {**LLAMA, "model_type": model_type}

    assert total({**config, "architectures": [name]}) - total(config) == difference


def test_an_encoder_taken_out_of_an_encoder_decoder() -> None:
    """T5's encoder alone: half the layers, no cross-attention, the shared table."""
    whole = count_parameters(read_config(PUBLISHED[6][1]))
    encoder = count_parameters(
        read_config({**PUBLISHED[6][1], "architectures": ["T5EncoderModel"]})
    )

    assert encoder.total == 109_628_544
    assert "cross_attention" in whole.parts
    assert "cross_attention" not in encoder.parts


def test_chosen_windows_follow_the_switch() -> None:
    """Qwen2 slides only where asked to, and then from a layer on."""
    config = {
        "model_type": "qwen2",
        "hidden_size": 64,
        "num_hidden_layers": 4,
        "num_attention_heads": 4,
        "num_key_value_heads": 4,
        "sliding_window": 10,
        "max_window_layers": 3,
    }

    asked = kv_cache(read_config({**config, "use_sliding_window": True}), 100)
    plain = kv_cache(read_config(config), 100)

    assert plain.inputs["attention_elements"] == 4 * 100 * 128
    assert asked.inputs["attention_elements"] == (3 * 100 + 10) * 128


def test_a_maxtext_layer_of_gemma_2_is_a_pair() -> None:
    """Its decoder layer has a local and a global attention, each with a feed-forward of its own."""
    sizes = {"hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 16,
             "intermediate_size": 96, "vocab_size": 512, "num_hidden_layers": 6}  # fmt: skip
    pairs = {
        "decoder_block": "gemma2", "base_emb_dim": 64, "base_num_query_heads": 4,
        "base_num_kv_heads": 2, "head_dim": 16, "base_mlp_dim": 96, "vocab_size": 512,
        "base_num_decoder_layers": 3, "logits_via_embedding": True,
    }  # fmt: skip

    assert total(pairs) == total({"model_type": "gemma2", **sizes})
    with pytest.raises(ConfigError, match="base_num_decoder_layers"):
        total({**pairs, "base_num_decoder_layers": "3"})


KIMI: dict[str, Any] = {
    "model_type": "kimi_linear", "hidden_size": 16, "num_hidden_layers": 3, "vocab_size": 50,
    "num_attention_heads": 2, "intermediate_size": 24, "moe_intermediate_size": 6,
    "num_experts": 4, "num_experts_per_token": 2, "num_shared_experts": 1,
    "q_lora_rank": 5, "kv_lora_rank": 4, "qk_nope_head_dim": 3, "qk_rope_head_dim": 2,
    "v_head_dim": 3, "first_k_dense_replace": 1,
    "linear_attn_config": {
        "num_heads": 2, "head_dim": 4, "short_conv_kernel_size": 3, "kda_layers": [1, 2],
        "full_attn_layers": [3],
    },
}  # fmt: skip


def test_kimi_k3_adds_to_kimi_linear_by_keys_of_its_own() -> None:
    """Each of its four changes by hand: gates of full rank, gated MLA, latent experts, residuals."""
    plain = total(KIMI)
    nested = KIMI["linear_attn_config"]

    full_rank = total({**KIMI, "linear_attn_config": {**nested, "use_full_rank_gate": True}})
    assert full_rank - plain == 2 * (16 * 8 - (16 * 4 + 4 * 8))
    assert total({**KIMI, "mla_use_output_gate": True}) - plain == 16 * 2 * 3
    latent = total({**KIMI, "routed_expert_hidden_size": 8})
    assert latent - plain == 2 * (4 * 3 * 6 * (8 - 16) + 2 * 16 * 8 + 8)
    assert total({**KIMI, "attn_res_block_size": 2}) - plain == (3 * 2 + 1) * 2 * 16


def test_a_number_under_another_familys_name_is_read() -> None:
    """Files of one family are written in the words of others; its own word counts first."""
    own = {"model_type": "deepseek_v3", "hidden_size": 64, "num_hidden_layers": 4}

    few = total({**own, "n_routed_experts": 8})
    assert total({**own, "num_experts": 8}) == total({**own, "num_local_experts": 8}) == few
    assert total({**own, "num_experts": 8, "n_routed_experts": 16}) > few
