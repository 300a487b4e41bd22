"""Models named by the address of their page, the path of a file, or a cloud's catalogue."""

from __future__ import annotations

import sqlite3

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.names import find


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf", "llama-2-7b"),
        ("https://huggingface.co/meta-llama/Llama-2-7b-hf/blob/main/config.json", "llama-2-7b"),
        ("huggingface.co/mistralai/Mistral-7B-v0.1/", "mistral-7b"),
        ("hf:meta-llama/Llama-2-7b-hf", "llama-2-7b"),
        ("hf.co/openai-community/gpt2-xl?library=transformers", "gpt-2-xl"),
        ("./models/meta-llama/Llama-2-7b-hf", "llama-2-7b"),
        ("anthropic.claude-3-5-sonnet-20240620-v1:0", "claude-3.5-sonnet"),
        ("meta.llama3-8b-instruct-v1:0", "llama-3-8b-instruct"),
        ("global.anthropic.claude-sonnet-4-20250514-v1:0", "claude-sonnet-4"),
        ("us-gov.openai.gpt-oss-120b-1:0", "gpt-oss-120b"),
        ("openai/gpt-oss-20b:free", "gpt-oss-20b"),
        ("anthropic/claude-opus-5.5:batch", "claude-opus-5.5"),
        ("claude-3-5-haiku-latest", "claude-3.5-haiku"),
    ],
)
def test_an_address_names_the_model_at_its_end(
    connection: sqlite3.Connection, name: str, model: str
) -> None:
    assert find(connection, name).id == model


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("/home/me/Qwen2.5-7B-Instruct-Q8_0.gguf", "repackaged weights of qwen-2.5-7b-instruct"),
        ("./models/llama-2-7b.gguf", "repackaged weights of llama-2-7b"),
        (r"C:\models\llama-2-7b.Q4_K_M.gguf", "repackaged weights of llama-2-7b"),
        ("hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF", "ask for llama-3.2-3b-instruct"),
        ("gpt-4-0613", "version 0613 of gpt-4, which is not known; ask for gpt-4"),
        ("gemini-1.5-pro-002", "version 002 of gemini-1.5-pro"),
        ("ollama.com/library/llama3.1:8b", "can mean llama-3.1-8b, llama-3.1-8b-instruct"),
        ("https://huggingface.co/nobody/nothing-at-all-xyz", "unknown model or family"),
        ("qwen-latest", "unknown model or family"),
    ],
)
def test_a_file_or_a_version_that_is_not_known_says_whose_it_is(
    connection: sqlite3.Connection, name: str, told: str
) -> None:
    with pytest.raises(InputError) as refused:
        find(connection, name)

    assert told in str(refused.value)


def test_a_path_is_shown_as_the_model_with_a_remark(run) -> None:
    shown = run("show", "./models/llama-2-7b.Q4_K_M.gguf", "-f", "json")

    assert shown.json["id"] == "llama-2-7b"
    assert "repackaged weights of llama-2-7b; the answer is about llama-2-7b" in shown.err
