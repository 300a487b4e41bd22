"""Which architectures and classes are known, and what is said of another."""

from __future__ import annotations

import pytest

from llmnotes.configs import UnknownArchitectureError, known_types, read_config
from tests.configs.samples import LLAMA


def test_an_unknown_architecture_is_refused_with_the_closest_known() -> None:
    """Never a number for a shape that is not known."""
    with pytest.raises(UnknownArchitectureError, match=r"'lama4' is not known.*llama4"):
        read_config({**LLAMA, "model_type": "lama4"})


def test_a_class_of_other_code_is_refused() -> None:
    """A file that borrows LLaMA's type for a mixture of its own is not counted as LLaMA."""
    with pytest.raises(UnknownArchitectureError, match="OpenMoeForCausalLM"):
        read_config({**LLAMA, "architectures": ["OpenMoeForCausalLM"]})


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
