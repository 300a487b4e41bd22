"""Two numbers in one cell, and numbers counted in another way."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.verdicts import CAUSES


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("Llama 2 70B", "Heads (Q / KV)", "64 / 8", "agrees"),
        ("Llama 2 70B", "Heads (Q / KV)", "64 / 16", "wrong"),
        ("Llama 2 70B", "Heads (Q / KV)", "32 / 8", "wrong"),
        ("Llama 2 70B", "Heads", "8", "misplaced"),
        ("Mixtral 8x22B", "Active/Total Params", "39B/141B", "agrees"),
        ("Mixtral 8x22B", "Total / Active Params", "141B / 39B", "agrees"),
        ("Mixtral 8x22B", "Size", "39B/161B", "wrong"),
        ("BGE-Reranker-v2-m3", "Params", "600M", "agrees-normalised"),  # 567M
        ("BGE-Reranker-v2-m3", "Params", "700M", "wrong"),
        ("Nemotron 3.5 Lightning 30B-A3B", "Params", "30B total / 3B active", "agrees-normalised"),
        ("Nemotron 3.5 Lightning 30B-A3B", "Params", "30B total / 5B active", "wrong"),
        ("LongLLaMA-3B", "Training tokens", "1T", "agrees-normalised"),  # what OpenLLaMA saw
        ("LongLLaMA-3B", "Training tokens", "3T", "wrong"),
        ("Falcon-7B", "Warmup steps", "1000", "unsupported"),  # of 4B tokens
        ("Falcon-7B", "Warmup", "8B tokens", "wrong"),
        ("GPT-3 175B", "Warmup", "375 steps", "wrong"),  # of 375M tokens
        ("StarCoder", "Training data", "GitHub", "unsupported"),  # no name of a corpus
        ("Vicuna 13B", "Training data", "GPT-3.5", "unsupported"),
        ("StarCoder", "Training data", "C4", "wrong"),
        ("SmolLM3-3B", "Vocab", "49k", "wrong"),  # tuned by the publisher of its base
        ("GPT-4", "Layers", "Undisc.", "agrees"),
        ("Gemma 4 31B", "Modalities", "text, image, audio", "wrong"),  # which the small ones hear
        ("Gemma 4 E4B", "Modalities", "text, image, audio", "agrees-normalised"),
        ("gpt-oss", "Total / Active Params", "120B / 5.1B", "agrees-normalised"),
        ("gpt-oss", "Total / Active Params", "120B / 3.6B", "partly-wrong"),  # that of the 20B
        ("Mixtral 8x7B", "# Experts (Total / Activated)", "8 / 2", "agrees"),
        ("Mixtral 8x7B", "# Experts (Total / Activated)", "8 / 4", "wrong"),
        ("Mixtral 8x7B", "#(Activated) Parameters", "12.9B", "agrees"),
        ("DeepSeek-V3", "Experts", "257", "agrees-normalised"),
        ("DeepSeek-V3", "Experts", "255", "wrong"),
        ("Gemma 7B", "Feedforward hidden dims", "49152", "agrees-normalised"),
        ("GPT-2 XL", "FFN dim", "12800", "wrong"),
        ("Olmo 3 7B", "Context", "65K", "agrees-normalised"),
        ("Olmo 3 7B", "Context", "64K", "agrees"),
        ("Olmo 3 7B", "Context", "67K", "wrong"),
        ("Olmo 3 7B", "Training tokens", "5.93T", "agrees-normalised"),
        ("Olmo 3 7B", "Training tokens", "5.63T", "wrong"),
        ("Llama 2 70B", "Non-Emb Params", "52B", "unsupported"),
        ("Llama 2 70B", "Params", "52B", "wrong"),
        ("GPT-2 XL", "d_ff", "4 * n_embd", "unreadable"),
        ("Falcon 7B", "Organization", "TII, Abu Dhabi", "agrees"),
        ("Falcon 7B", "Organization", "Google", "wrong"),
        ("Falcon 7B", "Organization", "a large team", "unreadable"),
        ("BLOOM", "License", "OpenRAIL-M v1", "agrees-normalised"),
        ("BLOOM", "License", "OPT-175B License Agreement", "wrong"),
        ("GPT-2 XL", "License", "MIT", "partly-wrong"),
        ("DeBERTa-Large", "License", "Modified MIT", "wrong"),
        ("BLOOM", "Date", "2022-11-08", "agrees-normalised"),
        ("BLOOM", "Date", "2022-12", "wrong"),
        ("Llama 4 Maverick", "#Parameters (activated/total)", "17B / 401B", "agrees"),
        ("DeepSeek-V3", "Active experts", "8 + 1 shared", "agrees-normalised"),
        ("DeepSeek-V3", "Active experts", "8 + 2 shared", "wrong"),
        ("Llama 2 70B", "Head dim", "8192/64=128", "agrees"),
        ("Llama 2 70B", "Head dim", "8192/64=64", "wrong"),
        ("GPT-2 XL", "Context length", "longest text there is (120)", "unreadable"),
        ("GPT-3 175B", "Params (M)", "174,600", "agrees"),
        ("GPT-3 175B", "Params (M)", "164,600", "wrong"),
        ("Gemma 7B", "Activation", "GELU", "agrees-normalised"),
        ("LLaMA 7B", "Activation", "GELU", "wrong"),
        ("OLMo 7B", "Normalization", "LayerNorm", "agrees-normalised"),
        ("OLMo 2 13B", "Norm placement", "post-norm", "agrees-normalised"),
        ("OLMo 2 13B", "Training tokens", "5T", "agrees-normalised"),
    ],
)
def test_a_cell_is_read_as_people_count(cell, model, header, text, verdict):
    found = cell(model, header, text)

    assert found.verdict == verdict, found.reason


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        ("GPT-2 small", "Params", "85M", "agrees-normalised"),  # the blocks alone
        ("GPT-2 small", "Params", "95M", "wrong"),
        ("Llama 4 Maverick", "Active experts", "2", "agrees-normalised"),  # the shared one too
        ("ChatGLM3-6B", "Params", "6B-Base/6B/6B-32K", "agrees-normalised"),
        ("Mistral/Mixtral", "Params", "7B/8x7B/8x22B", "partly-wrong"),
        ("DeepSeek-V3", "Experts", "256 + shared", "agrees-normalised"),
        ("DeepSeek-V3", "MoE", "256+1, top-8", "agrees"),
        ("DeepSeek-V3", "MoE", "257E, 8 active", "agrees-normalised"),
        ("DeepSeek-V3", "MoE", "128E, 8 active", "misplaced"),
        ("Codex", "Date", "2021-08", "unsupported"),  # the base has the month of the paper
        ("Codex", "Date", "2021-06", "unsupported"), ("Codex", "Date", "2021-09", "wrong"),
        ("GPT-4", "Context", "8K-128K", "partly-wrong"),  # with GPT-4 Turbo
        ("GPT-4", "Context", "8K/32K/128K", "partly-wrong"),
        ("GPT-4", "Context", "8K/32K/129K", "wrong"),
        ("DeepSeek-R1", "Params", "8B / 14B / 70B", "partly-wrong"),  # its distilled models
        ("DeepSeek-R1", "Params", "9B / 14B / 71B", "wrong"),
        ("MiMo-V2.5", "KV heads", "1×4, 4×8, 7×(1×4, 5×8), 1×4", "agrees"),  # of one of its models
        ("MiMo-V2.5", "KV heads", "1×4, 4×8, 7×(1×4, 5×9), 1×4", "wrong"),
        ("Llama 2 7B", "Modalities", "Text only", "agrees-normalised"),
        ("Llama 4 Scout", "Modalities", "Text only", "wrong"),  # it sees
        ("Llama 4 Scout", "Modalities", "Text", "agrees"),
        ("Mistral Small 3.2", "Modalities", "Text only", "wrong"),  # as version 3 was
        ("Mistral Small 3", "Modalities", "Text only", "partly-wrong"),  # 3.1 is of the family
        ("Llama 4 Scout", "模态", "纯文本", "wrong"),
        ("Grok-1", "Active params", "86B", "agrees-normalised"),  # by xAI; 83.8B by the shape
        ("Grok-1", "Active params", "90B", "wrong"),
        ("DeepSeek-V2", "Experts", "2+160", "agrees"),
        ("DeepSeek-V2", "Experts", "3+160", "wrong"),
        ("DeepSeek-V2", "Experts", "2+161", "wrong"),
        ("ALBERT", "Params", "Base: 12M, Large: 18M", "agrees-normalised"),
        ("ALBERT", "Params", "Base: 12M, Large: 235M", "partly-wrong"),  # that of xxlarge
        ("ELECTRA", "Params", "Base: 14M, Large: 335M", "partly-wrong"),  # that of small
        ("Mistral 7B", "Arch", "GQA", "agrees-normalised"), ("Mistral 7B", "Arch", "MQA", "wrong"),
        ("Mistral 7B", "Arch", "MQA and more", "unreadable"),
        ("MPT-7B", "Context", "84k by extrapolation", "unsupported"),
        ("MPT-7B", "Context", "84k", "wrong"),
        ("all-MiniLM-L6-v2", "Max tokens", "256", "agrees-normalised"),  # as the note says
        ("DeepSeek-V3", "Total / Active Params", "671B / 37B", "agrees"),
        ("Kimi Linear", "Mixer", "hybrid", "agrees-normalised"),
        ("SmolLM3 3B", "Pos encoding", "RoPE + NoPE", "agrees-normalised"),
        ("StarCoder", "License", "OpenRAIL-M v1", "agrees-normalised"),
        ("RWKV-4 14B", "Training data", "available", "unreadable"),
        ("Qwen2.5-7B", "机构", "阿里云", "agrees"),
        ("bge-m3", "Language", "Multilingual", "agrees-normalised"),
        ("StarCoder", "Languages", "80+", "unsupported"),
        ("text-embedding-ada-002", "Max tokens", "8192", "agrees-normalised"),
        ("LLaMA 7B", "Context", "2056", "agrees-normalised"), ("LLaMA 7B", "Context", "2057", "wrong"),
        ("Phi-3 Mini", "Context", "4096, 128k", "agrees-normalised"),
        ("Phi-3 Mini", "Context", "4096, 64k", "wrong"),
        ("OPT-13B", "Open?", "no", "unsupported"), ("Falcon-40B", "Open?", "no", "wrong"),
        ("Mistral 7B", "Checkpoints", "Mistral-7B-v0.1, Mistral-7B-Instruct-v0.2", "agrees-normalised"),
        ("GPT-NeoX-20B", "Optimizer", "AdamW", "agrees-normalised"),  # Adam, with a weight decay
        ("GPT-J-6B", "Optimizer", "Lion", "wrong"),
        ("RoBERTa Large", "Training tokens", "2.2T", "agrees-normalised"),  # by its steps 2.1T
        ("RoBERTa Large", "Training tokens", "2.4T", "wrong"),
        ("MiniCPM-2B", "Params", "2B", "agrees-normalised"), ("MiniCPM-2B", "Params", "1B", "wrong"),
        ("GPT-4-8k", "Context", "8096", "wrong"), ("GPT-4-8k", "Context", "9000", "unsupported"),
        ("Gemma 4 E2B", "Params", "2.3B effective, 5.1B with embeddings", "agrees-normalised"),
        ("GLM-4.7-Flash", "Context", "200K", "agrees-normalised"),
        ("GLM-4.7-Flash", "Context", "190K", "wrong"),
        ("GPT-Neo 2.7B", "Params", "2,649 M", "agrees-normalised"),
        ("GPT-Neo 2.7B", "Params", "2,549 M", "wrong"),
        ("Gemma 4 E2B", "Params", "3.3B effective, 5.1B with embeddings", "wrong"),
        ("Gemma 3 4B", "License", "Gemma 3", "agrees-normalised"),
        ("Qwen2.5-7B", "Languages", "100+", "wrong"),  # of over 29
        ("Qwen2.5-7B", "Languages", "50", "unsupported"),
        ("GPT-1", "Norm", "LayerNorm pre", "wrong"), ("GPT-1", "Norm", "LayerNorm post", "agrees-normalised"),
    ],
)  # fmt: skip
def test_values_stand_in_fresh_tables_in_these_ways(cell, model, header, text, verdict):
    found = cell(model, header, text)
    assert found.verdict == verdict, found.reason


@pytest.mark.parametrize(("size", "verdict"), [("7B-65B", "wrong"), ("", "partly-wrong")])
def test_what_is_true_of_a_later_generation_is_wrong_beside_a_size_of_the_first_alone(
    check, size, verdict
):
    found = check(f"| Model | Params | Context |\n|---|---|---|\n| LLaMA | {size} | 4096 |\n")
    assert found.judged_cells[-1].judgement.verdict == verdict


def test_the_bare_name_of_a_line_may_speak_of_two_generations_at_once(cell):
    assert cell("LLaMA", "Context", "2k/4k").cause == "other-generation"
    assert cell("LLaMA 7B", "Context", "2k/4k").verdict == "partly-wrong"
    assert cell("LLaMA 7B", "Context", "2k/5k").verdict == "wrong"


def test_what_is_more_than_text_alone_is_wrong_for_a_cause_of_the_list(cell):
    assert cell("Llama 4 Scout", "Modalities", "Text only").cause in CAUSES
