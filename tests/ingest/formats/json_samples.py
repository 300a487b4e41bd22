"""A sound source of each format that is JSON."""

from __future__ import annotations

from typing import Any

RESULT = {"dataset_name": "MMLU", "score": 70.5, "analysis_method": "5-shot"}


JSON_SAMPLES: dict[str, Any] = {
    "llmfit": [
        {"name": "a/b-7b", "parameters_raw": 7 * 10**9, "context_length": 8192, "min_ram_gb": 1,
         "release_date": "2024-02-03", "license": "mit", "languages": ["en"], "is_moe": True,
         "architecture": "llama", "format": "gguf", "num_hidden_layers": 32, "num_experts": 8,
         "num_attention_heads": 8, "num_key_value_heads": 1},
    ],
    "litellm": {
        "azure/gpt-x": {"litellm_provider": "azure", "mode": "chat", "max_input_tokens": 8192,
                        "max_tokens": 4096, "max_output_tokens": 10, "supports_vision": True},
    },
    "openrouter": {"data": [
        {"id": "acme/x-1", "canonical_slug": "x", "name": "Acme: X 1", "hugging_face_id": "acme/x",
         "context_length": 4096, "knowledge_cutoff": "2024-01", "created": 1, "pricing":
         {"prompt": "0.1"}, "architecture": {"input_modalities": ["text"], "output_modalities": []}},
    ]},
    "genai-prices": [
        {"id": "acme", "api_pattern": "x", "pricing_urls": [], "models": [
            {"id": "x-1", "context_window": 8192},
        ]},
    ],
    "models-dev": {
        "acme": {"models": {"x-1": {
            "name": "X 1", "attachment": True, "open_weights": True, "release_date": "2024-01-02",
            "knowledge": "2023-05", "license": "mit", "limit": {"context": 8192}, "modalities":
            {"input": ["text"], "output": ["text"]}, "benchmarks": [
                {"name": "MMLU", "score": 70, "metric": "accuracy", "version": "1"}],
        }}},
    },
    "llmstats": {
        "name": "X 1", "param_count": 7 * 10**9, "training_tokens": 10**12, "license": "mit",
        "input_context_size": 8192, "release_date": "2024-01-02", "knowledge_cutoff": "2023-05",
        "weights_link": "https://huggingface.co/a/b", "qualitative_metrics": [RESULT],
    },
    "huggingface": {
        "model_type": "llama", "hidden_size": 64, "num_hidden_layers": 4, "num_attention_heads": 4,
        "num_key_value_heads": 2, "vocab_size": 128, "intermediate_size": 96, "rope_theta": 1e4,
        "max_position_embeddings": 512, "hidden_act": "silu", "rope_scaling": {"type": "yarn"},
        "sliding_window": 128, "tie_word_embeddings": True, "text_config": None,
    },
    "config": {
        "name": "pythia-x", "block_size": 512, "n_layer": 2, "n_head": 4, "n_embd": 64,
        "vocab_size": 100, "padded_vocab_size": 128, "bias": True, "n_query_groups": 2,
        "mlp_class_name": "GptNeoxMLP", "intermediate_size": 96, "rotary_percentage": 0.25,
    },
    "safetensors": {
        "metadata": {"total_size": 800, "total_parameters": 400},
        "weight_map": {"a.weight": "model-00001-of-00002.safetensors"},
    },
    "ollama": {
        "config": {"mediaType": "application/vnd.ollama.image.config", "digest": "sha256:" + "0" * 64},
        "layers": [{"mediaType": "application/vnd.ollama.image.model", "digest": "sha256:" + "1" * 64}],
    },
    "bundle": {
        "llmnotes_bundle": 1,
        "families": [{"id": "f", "name": "F", "line": None, "summary": None, "layer": "user"}],
        "models": [{"id": "f-7b", "family": "f", "name": "F 7B", "size": "7B", "variant": "base",
                    "position": 0, "layer": "user"}],
        "names": [{"kind": "model", "target": "f-7b", "text": "eff", "is_id": 0}],
        "organizations": [{"id": "o", "name": "O", "aliases": ["oh"]}],
        "claims": [
            {"subject_kind": "model", "subject": "f-7b", "attribute": "n_layers", "value": 32,
             "status": "reported", "source": "s", "locator": "p. 1", "layer": "user",
             "preferred": 0},
            {"subject_kind": "model", "subject": "f-7b", "attribute": "training_data",
             "value": [{"name": "C4", "size": 10, "unit": "tokens"}], "status": "reported",
             "source": "s", "layer": "user", "parameters": {"theta": 1}},
            {"subject_kind": "family", "subject": "f", "attribute": "batch_size",
             "value": {"stages": [512], "unit": "sequences"}, "status": "reported", "source": None,
             "layer": "imported"},
        ],
        "sources": [{"id": "s", "kind": "paper", "title": "A paper", "authors": ["A"], "year": 2024}],
        "notes": [{"subject_kind": "model", "subject": "f-7b", "text": "x", "created": "2024-01-01"}],
        "tags": [{"subject_kind": "model", "subject": "f-7b", "tag": "t"}],
    },
}  # fmt: skip


NAMES = {"huggingface": "config.json", "safetensors": "model.safetensors.index.json"}
