"""What an estimate holds: the published counts, the figures worked out by hand, options, refusals."""

from __future__ import annotations

import csv
import json
import math
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import llmnotes
from llmnotes.checks.exceptions import FILE
from llmnotes.errors import InputError
from llmnotes.knowledge.effects import described
from llmnotes.knowledge.estimate_subject import config_shape, path_shape
from llmnotes.knowledge.shapes import named_shapes
from llmnotes.resolve import certain_values
from llmnotes.store.claims import Claims
from tests.knowledge.estimates import answer, tiny
from tests.small_model import PER_LAYER, SMALL, TOTAL


@pytest.mark.parametrize(
    ("name", "total", "active"),
    [
        ("bert-base", 109_482_240, 109_482_240),
        ("gpt-2-small", 124_439_808, 124_439_808),
        ("llama-7b", 6_738_415_616, 6_738_415_616),
        ("llama-2-70b", 68_976_648_192, 68_976_648_192),
        ("mixtral-8x7b", 46_702_792_704, 12_879_925_248),
        ("mistral-7b", 7_241_732_096, 7_241_732_096),
        ("t5-base", 222_903_552, 222_903_552),
    ],
)
def test_curated_models_have_the_published_counts(
    connection: Any, name: str, total: int, active: int
) -> None:
    found = answer(named_shapes(connection, name).shapes[0])

    assert total == found["params"]["total"] == sum(found["params"]["parts"].values())
    assert active == found["params"]["active"] == sum(found["params"]["active_parts"].values())


def test_every_curated_model_is_worked_out_or_refused_by_what_is_missing(connection: Any) -> None:
    exceptions = tomllib.loads(FILE.read_text())["exception"]
    shapes = [e["subject"] for e in exceptions if e["rule"] == "parameters-differ-from-shape"]
    for (name,) in connection.execute("SELECT id FROM models ORDER BY id").fetchall():
        sentence = ""
        # What excuses a model excuses those trained from it.
        excused = any(name == it or name.startswith(f"{it}-") for it in shapes)
        try:
            found = answer(named_shapes(connection, f"{name}").shapes[0])
        except InputError as error:
            sentence = str(error)
        else:
            published = found["params"]["published"]
            if published not in (None, found["params"]["total"]):
                # Tensors that no attribute tells of, such as an indexer's; the claim says which.
                near = pytest.approx(found["params"]["total"], rel=3e-2)
                assert published == near or excused, name
                claim = Claims(connection, [name]).of_model(name)["params_total"][0]
                # A derived total names its formula, and that says what it counts.
                said = claim.note or claim.status == "derived" or excused
                assert said, f"{name}: nothing explains the difference"
        causes = (
            "missing", "not known here", "sizes are known for", "its attributes describe",
            "does not say how it is built",
        )  # fmt: skip
        told = any(cause in sentence for cause in causes)
        assert not sentence or (told and "\n" not in sentence), sentence


def test_a_model_whose_attributes_describe_another_total_is_refused(connection: Any) -> None:
    """Just within one part of a hundred, just beyond it, and a rounded figure."""
    values = certain_values(Claims(connection, ["llama-7b"]).of_model("llama-7b"))[0]
    counted = values["params_total"]

    for said in (counted, int(counted * 1.0099), int(counted / 1.0099), 7_000_000_000):
        assert described({**values, "params_total": said}).d_model == 4096
    for said in (int(counted * 1.0103), int(counted / 1.0103)):
        with pytest.raises(
            InputError, match=r"its attributes describe [\d,]+ parameters and it has"
        ):
            described({**values, "params_total": said})


OF_LAYERS_THAT_DIFFER = [
    # model, parameters, KiB a token takes, KiB that still grow, KiB for a token of an image or input
    ("gemma-4-31b", 30_697_345_280, 880, 80, 0),
    ("gemma-4-26b-a4b-it", 25_233_141_760, 220, 20, 0),
    ("gemma-4-e4b", 7_463_013_376, 56, 16, 0),
    ("gemma-4-e2b", 4_628_569_344, 18, 6, 0),
    ("gpt-oss-120b", 116_829_156_672, 72, 36, 0),
    ("llama-3.2-90b-vision", 87_666_794_496, 320, 320, 80),
    ("t5-large", 737_668_096, 96, 96, 96),
    ("qwen-3.5-27b", 26_895_998_464, 64, 64, 0),
    ("opt-350m", 331_196_416, 96, 96, 0),
]


@pytest.mark.parametrize(("name", "total", "takes", "grows", "source"), OF_LAYERS_THAT_DIFFER)
def test_figures_of_models_whose_layers_differ(
    connection: Any, name: str, total: int, takes: int, grows: int, source: int
) -> None:
    """Of Gemma 4 E2B 15 of 35 layers keep keys: 12 of 1 x 2 x 256 elements, 3 of 1 x 2 x 512."""
    found = answer(named_shapes(connection, name).shapes[0])

    assert found["params"]["total"] == total
    assert found["kv_cache_bytes_per_token"] == takes * 1024
    assert found["kv_cache_growth_bytes_per_token"] == grows * 1024
    assert found["kv_cache_bytes_per_source_token"] == source * 1024


def test_a_total_a_little_off_is_worked_out_with_a_remark(connection: Any) -> None:
    (remark,) = named_shapes(connection, "mimo-v2-flash").shapes[0].remarks
    assert remark.endswith("more than counted")


def test_figures_of_a_small_model_are_those_worked_out_by_hand() -> None:
    found = tiny(context="256", batch="3")

    assert found["params"]["total"] == TOTAL
    assert found["kv_cache_bytes_per_token"] == 2 * 2 * 2 * 16 * 2
    assert found["memory"]["kv_cache"] == 3 * 256 * 256
    assert found["memory"]["weights"] == 2 * TOTAL
    assert found["memory"]["inference"] == 2 * TOTAL + 3 * 256 * 256
    matrices = 2 * PER_LAYER + 64 * 100
    assert found["flops_per_token"] == 2 * (matrices + 2 * 2 * 64 * 256)
    assert found["flops"]["training_flops_per_token"] == 6 * (matrices + 2 * 2 * 64 * 128)


def test_without_a_context_the_model_own_length_is_taken_and_the_first_token_counted() -> None:
    found = tiny()

    assert found["inputs"]["context"] == 512
    assert found["flops_per_token"] == 2 * (2 * PER_LAYER + 64 * 100)
    assert found["flops"]["flops_per_token_at_context"] > found["flops_per_token"]


def test_training_counts_states_gradients_and_a_lower_bound_of_activations() -> None:
    found = tiny(training=True, context=128, tokens=1_000_000)["training"]

    assert found["training_weights"] == found["gradients"] == 2 * TOTAL
    assert found["master_weights"] == 4 * TOTAL
    assert found["optimizer_states"] == 8 * TOTAL
    assert found["activations"] == 2 * 128 * 64 * 2
    assert found["training_memory"] == 16 * TOTAL + 2 * 128 * 64 * 2
    assert found["training_compute_6nd"] == 6 * TOTAL * 1_000_000
    assert found["tokens_per_parameter"] == pytest.approx(1_000_000 / TOTAL)


def test_training_in_fp32_keeps_no_second_copy_of_the_weights() -> None:
    assert "master_weights" not in tiny(training=True, dtype="fp32")["training"]


def test_times_are_the_larger_of_compute_and_memory_and_follow_the_cache_format() -> None:
    narrow, wide = (
        tiny(hardware=["h100"], context=256, kv_dtype=kind)["formulas"]["h100-sxm.decode_seconds"]
        for kind in ("fp8", "fp32")
    )

    for figure in (narrow, wide):
        inputs = figure["inputs"]
        times = inputs["flops"] / inputs["peak_flops"], inputs["bytes"] / inputs["bandwidth"]
        assert figure["value"] == max(times)
    assert wide["inputs"]["bytes"] - narrow["inputs"]["bytes"] == 256 * 128 * 3


def test_every_figure_shows_its_formula_and_source() -> None:
    found = tiny(training=True, hardware=["h100", "mi300x"], tokens="1B")

    assert {"params_total", "kv_cache_bytes_per_token", "weights", "flops_per_token"} <= set(
        found["formulas"]
    )
    for key, figure in found["formulas"].items():
        assert figure["formula"], key
        assert figure["inputs"], key
        assert isinstance(figure["value"], int | float), key
        assert math.isfinite(figure["value"]), key
    silent = {key for key, item in found["formulas"].items() if not item["source"]}
    assert not silent


def test_what_is_not_counted_stands_in_the_parts_with_nothing() -> None:
    shape = config_shape(
        {"model_type": "bert", "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
         "intermediate_size": 64, "vocab_size": 50}
    )  # fmt: skip
    found = answer(shape)

    assert found["params"]["parts"]["head"] == 0
    assert found["excluded"]["head"]["parameters"] == 32 * 32 + 32 + 2 * 32 + 50
    assert "headless" in found["convention"]
    assert "pooler" in found["convention"]


def test_a_language_model_in_a_wrapper_names_what_was_not_counted() -> None:
    text = {key: value for key, value in SMALL.items() if key != "tie_word_embeddings"}
    found = answer(
        config_shape(
            {"model_type": "llava", "text_config": text, "vision_config": {"hidden_size": 8}}
        )
    )

    assert found["params"]["total"] == sum(found["params"]["parts"].values())
    assert found["params"]["parts"]["vision"] == 0
    assert "vision" in found["excluded"]


def test_a_claim_that_is_only_rumoured_is_not_counted_with() -> None:
    from llmnotes.knowledge import shapes
    from llmnotes.resolve import Statement

    claim = Statement("m", "n_layers", 120, "rumoured", None, None, "curated")
    with pytest.raises(InputError, match="of n_layers there are only estimates or rumours"):
        shapes._shape("m", "M", {"n_layers": [claim]})


def test_a_vocabulary_that_is_an_estimate_is_counted_with_and_told(connection: Any) -> None:
    [shape] = named_shapes(connection, "bayling-13b").shapes

    assert shape.architecture.vocab_size == 32_000
    assert shape.remarks == (
        "bayling-13b: its vocab_size of 32,000 is an estimate by same-architecture",
    )


def test_the_shape_of_a_closed_model_is_withheld(connection: Any) -> None:
    with pytest.raises(InputError, match="^gpt-4: its publisher does not say how it is built"):
        named_shapes(connection, "gpt-4")


def test_reference_configurations_have_their_true_counts(reference: Path) -> None:
    exact, wrong, refused = 0, [], []
    with (reference / "configs" / "counts.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        try:
            found = answer(path_shape(reference / "configs" / row["file"]))
        except InputError as error:
            refused.append(str(error))
            continue
        total = found["params"]["total"]
        json.dumps(found, allow_nan=False)
        if str(total) in (row["language_total"], row["base_total"]):
            exact += 1
        else:
            wrong.append((row["file"], total))

    assert exact >= 0.98 * len(rows), (wrong, refused)
    assert len(wrong) <= 0.005 * len(rows), wrong


KV_KIB = [
    ("deepseek-ai/DeepSeek-V3", 68.625),
    ("allenai/OLMo-2-1124-7B", 512),
    ("meta-llama/Meta-Llama-3-8B", 128),
    ("meta-llama/Llama-3.2-1B", 32),
    ("MiniMaxAI/MiniMax-M2.5", 248),
]


@pytest.mark.parametrize(("model", "kib"), KV_KIB)
def test_kv_cache_per_token_of_real_configurations(reference: Path, model: str, kib: float) -> None:
    with (reference / "configs" / "index.csv").open(encoding="utf-8", newline="") as lines:
        files = [row["file"] for row in csv.DictReader(lines) if row["model"] == model]
    if not files:
        pytest.skip(f"no configuration of {model} here")
    found = set()
    for file in files:
        with suppress(InputError):  # one copy writes its flags as texts, and is refused for it
            shape = path_shape(reference / "configs" / file)
            found.add(answer(shape)["kv_cache_bytes_per_token"] / 1024)

    assert found == {kib}


def test_of_a_sliding_model_both_are_told_what_a_token_takes_and_what_grows() -> None:
    """Gemma 4 31B: 50 sliding layers of 16 heads of 256, 10 full ones of 4 heads of 512."""
    gemma = {
        "model_type": "gemma4_text", "hidden_size": 5376, "num_hidden_layers": 60,
        "num_attention_heads": 32, "num_key_value_heads": 16, "head_dim": 256,
        "num_global_key_value_heads": 4, "global_head_dim": 512, "attention_k_eq_v": True,
        "sliding_window": 1024, "intermediate_size": 21504, "hidden_size_per_layer_input": 0,
    }  # fmt: skip

    found = answer(config_shape(gemma))

    assert found["kv_cache_bytes_per_token"] == 880 * 1024
    assert found["kv_cache_growth_bytes_per_token"] == 80 * 1024
    assert found["formulas"]["kv_cache_growth_bytes_per_token"]["inputs"]["layers"] == 10


def test_kv_cache_per_token_follows_the_kv_heads_and_not_the_width() -> None:
    """GPT-2 XL: 48 layers, 25 heads of 64. GLM-4.5: 92 layers, 8 KV heads of 128 under 96 heads."""
    gpt = {"model_type": "gpt2", "n_embd": 1600, "n_layer": 48, "n_head": 25, "vocab_size": 50_257}
    glm = {
        "model_type": "glm4_moe", "hidden_size": 5_120, "num_hidden_layers": 92,
        "num_attention_heads": 96, "num_key_value_heads": 8, "head_dim": 128,
    }  # fmt: skip

    assert answer(config_shape(gpt))["kv_cache_bytes_per_token"] == 300 * 1024
    assert answer(config_shape(glm))["kv_cache_bytes_per_token"] == 368 * 1024


def test_python_takes_names_files_and_configurations(
    kb: llmnotes.KnowledgeBase, tmp_path: Path
) -> None:
    file = tmp_path / "config.json"
    file.write_text(json.dumps(SMALL))

    assert kb.estimate("llama-2-7b").params.total == 6_738_415_616
    assert kb.estimate(SMALL).params.total == TOTAL
    assert kb.estimate(file).params.total == kb.estimate(str(tmp_path)).params.total == TOTAL
    assert kb.estimate(SMALL, context="8k").inputs["context"] == 8_192
    with pytest.raises(InputError, match="family of llama-2-7b"):
        kb.estimate("llama-2")
