"""Rules on one model: each reports violations, and not cases that only look wrong."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.checks.catalogue import all_rules
from llmnotes.checks.subjects import CheckedBase, CheckedModel
from tests.checks.conftest import (
    TINY_TIED,
    TINY_TOTAL,
    Objects,
    shaped,
    source,
    statement,
    tiny,
    whole,
)

MIXTURE: dict[str, Any] = {
    "sparsity": "moe", "n_experts": 8, "n_experts_active": 2, "d_expert": 128, "d_ff": None,
}  # fmt: skip
# Beyond the tiny decoder's dense layer: 8 experts instead of one, and a router of 64 × 8.
MIXTURE_TOTAL = TINY_TOTAL + 2 * (7 * 24_576 + 512)
MIXTURE_ACTIVE = TINY_TOTAL + 2 * (1 * 24_576 + 512)

ENCODER: dict[str, Any] = {
    "architecture": "encoder-only", "attention": "MHA", "n_kv_heads": 4, "objective": ["MLM", "NSP"],
}  # fmt: skip
TO_FAR = {"n_layers": 24, "d_model": 1024, "d_ff": 4096, "vocab_size": 30_000}
OTHERS = whole(
    source("late", year=2022),
    released={"old": ("2020-01-01", "2020-12-31"), "new": ("2023-05-01", "2023-05-01")},
)

FIRES: list[tuple[str, CheckedModel]] = [
    ("shape-not-counted", shaped(params_total=7_338_415, d_ff=None)),
    ("mask-contradicts-architecture", tiny(architecture="encoder-only", attention_mask=["causal"])),
    ("active-differ-from-shape", shaped(**{**MIXTURE, "n_experts_active": 8},
        params_active=MIXTURE_ACTIVE)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL + 1)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL, d_ff=136)),
    # Parallel blocks have one norm of 64 weights, unless two are said: here half of one is missing.
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL - 64, parallel_blocks=True)),
    ("tied-flag-contradicts-count", shaped(params_total=TINY_TIED)),
    ("tied-flag-contradicts-count", shaped(params_total=TINY_TOTAL, tied_embeddings=True)),
    ("active-differ-from-shape", shaped(**MIXTURE, params_active=MIXTURE_ACTIVE + 10)),
    ("parameters-differ-from-published", tiny(params_total=6_738_415_616, params_reported=9 * 10**9)),
    ("parameters-differ-from-published", tiny(params_total=124_439_808, params_reported=117_000_000)),
    ("parameters-differ-from-published", shaped(params_reported=300_000)),
    ("active-exceed-total", tiny(params_total=46 * 10**9, params_active=129 * 10**9)),
    ("active-exceed-total", tiny(params_reported=46 * 10**9, params_active=129 * 10**9)),
    ("active-of-dense-differ", tiny(sparsity="dense", params_total=7000, params_active=6000)),
    ("active-of-mixture-are-all", tiny(sparsity="moe", params_total=7000, params_active=7000)),
    ("parameters-out-of-reach", tiny(params_total=3 * 10**9, **TO_FAR)),
    ("parameters-out-of-reach", tiny(params_reported=40_000_000, **TO_FAR)),
    ("latent-head-taken-for-shared", tiny(attention="MLA", d_model=7168, n_heads=128, head_dim=56)),
    ("kv-heads-exceed-heads", tiny(n_heads=8, n_kv_heads=64)),
    ("heads-do-not-divide", tiny(n_heads=64, n_kv_heads=7)),
    ("head-sharing-contradicts-heads", tiny(attention="MHA", n_heads=64, n_kv_heads=8)),
    ("head-sharing-contradicts-heads", tiny(attention="GQA", n_heads=64, n_kv_heads=64)),
    ("head-sharing-contradicts-heads", tiny(attention="MQA", n_heads=64, n_kv_heads=8)),
    ("width-does-not-divide", tiny(d_model=5140, n_heads=40)),
    ("head-width-differs", tiny(d_model=4096, n_heads=32,
        head_dim=statement("head_dim", 64, status="derived", locator="d_model / n_heads"))),
    ("head-width-differs", tiny(d_model=3712, n_heads=16, n_shared_blocks=1,
        head_dim=statement("head_dim", 232, status="derived", locator="d_model / n_heads"))),
    ("head-width-implausible", tiny(d_model=4096, n_heads=32, head_dim=4096)),
    ("head-width-implausible", tiny(d_model=4096, n_heads=2, head_dim=64)),
    ("layers-do-not-add-up", tiny(architecture="encoder-decoder", n_layers=12,
        n_encoder_layers=12, n_decoder_layers=12)),
    ("layers-do-not-add-up", tiny(architecture="encoder-only", n_layers=24, n_encoder_layers=12)),
    ("pattern-does-not-fit", tiny(n_layers=4,
        attention_span={"runs": [[5, "sliding"], [1, "full"]]})),
    ("embedding-exceeds-total", tiny(vocab_size=250_000, d_model=4096, params_total=800_000_000)),
    ("context-exceeds-positions", tiny(positional_encoding="learned-absolute", n_positions=1024,
        context_length=2048)),
    ("context-below-pretraining", tiny(context_length=512, context_length_pretraining=2048)),
    ("window-exceeds-context", tiny(sliding_window=8192, context_length=4096)),
    ("gate-contradicts-activation", tiny(activation="GeGLU", gated_ffn=False)),
    ("active-experts-exceed-experts", tiny(n_experts=8, n_experts_active=16)),
    ("sparsity-contradicts-experts", tiny(sparsity="dense", n_experts=8)),
    ("sparsity-contradicts-experts", tiny(sparsity="moe", n_experts=1)),
    ("mixture-without-experts", tiny(sparsity="moe", d_model=4096, n_layers=32)),
    ("compute-differs-from-6nd", tiny(training_compute=4.2e23, training_tokens=10**12,
        params_total=7 * 10**9)),
    ("compute-differs-from-6nd", tiny(training_compute=3.3e21, training_tokens=10**12,
        params_total=11 * 10**9, architecture="encoder-decoder")),
    ("batch-unit-implausible", tiny(batch_size={"stages": [4_000_000], "unit": "sequences"})),
    ("batch-unit-implausible", tiny(batch_size={"stages": [512], "unit": "tokens"})),
    ("batch-unit-implausible", tiny(batch_size={"stages": [8_192], "unit": "tokens"},
        context_length_pretraining=32_768)),
    ("data-shares-exceed-whole", tiny(training_data=[{"name": "web", "weight": 0.67},
        {"name": "books", "weight": 0.45}])),
    ("score-out-of-range", tiny(evaluation=[
        {"benchmark": "MMLU", "metric": "accuracy", "score": 453.0}])),
    ("released-before-base", tiny(release_date="2023-04", based_on=["new"])),
    ("cutoff-after-release", tiny(knowledge_cutoff="2024-02", release_date="2023-07-18")),
    ("released-before-its-tokenizer", tiny(release_date="2016-05", tokenizer_library="SentencePiece")),
    ("released-before-its-tokenizer", tiny(release_date="2015", tokenizer="Unigram")),
    ("released-after-its-source", tiny(release_date="2021-03")),
    ("number-outside-its-era", tiny(release_date="2018-10", context_length=1_000_000)),
    ("number-outside-its-era", tiny(release_date="2018-10", context_length=[512, 1_000_000])),
    ("number-outside-its-era", tiny(learning_rate=3.0)),
    ("number-outside-its-era", tiny(d_ff={"runs": [[1, 4096], [5, 2_000_000]]})),
    ("term-before-its-time", tiny(release_date="2019-02-14", positional_encoding="RoPE")),
    ("term-before-its-time", tiny(release_date="2020", attention={"runs": [[1, "MHA"], [1, "GQA"]]})),
    ("term-before-its-time", tiny(release_date="2018-10", objective=["CLM", "RTD"])),
    ("released-in-the-future", tiny(release_date="2190-02")),
    ("size-differs-from-parameters", tiny(size="13B", params_total=6_738_415_616)),
]  # fmt: skip

SILENT: list[tuple[str, CheckedModel]] = [
    ("latent-head-taken-for-shared", tiny(attention="GQA", d_model=7168, n_heads=128, head_dim=56)),
    ("latent-head-taken-for-shared", tiny(attention="MLA", d_model=2048, n_heads=16, head_dim=128,
        qk_nope_head_dim=64, qk_rope_head_dim=64)),
    ("shape-not-counted", shaped(params_total=TINY_TOTAL)),
    ("shape-not-counted", tiny(params_total=7 * 10**9)),
    ("shape-not-counted", tiny(
        params_total=statement("params_total", 7_338_415, layer="imported"))),
    ("mask-contradicts-architecture", tiny(architecture="causal-decoder",
        attention_mask=["causal"])),
    ("mask-contradicts-architecture", tiny(architecture="encoder-decoder",
        attention_mask=["bidirectional"])),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL, parallel_blocks=True,
        n_block_norms=2)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL - 128, parallel_blocks=True)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TIED, tied_embeddings=True)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL + 1, d_ff=None)),
    ("parameters-differ-from-shape", shaped(**MIXTURE, params_total=MIXTURE_TOTAL)),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TOTAL, sliding_window=64,
        attention_span={"runs": [[1, "sliding"], [1, "full"]]})),
    ("parameters-differ-from-shape", shaped(n_layers=3, params_total=TINY_TOTAL + 36_992,
        sliding_window=64, attention_span={"runs": [[1, "sliding"], [1, "full"]]})),
    ("parameters-differ-from-shape", shaped(params_total=TINY_TIED)),  # its own rule says that
    ("tied-flag-contradicts-count", shaped(params_total=TINY_TOTAL)),
    ("active-differ-from-shape", shaped(**MIXTURE, params_active=MIXTURE_ACTIVE)),
    ("parameters-differ-from-published", tiny(params_total=6_738_415_616, params_reported=7 * 10**9)),
    ("parameters-differ-from-published", tiny(params_total=68_976_648_192, params_reported=70 * 10**9)),
    ("parameters-differ-from-published", tiny(params_total=8_632_012_800, params_reported=8 * 10**9)),
    ("parameters-differ-from-published", tiny(params_reported=13 * 10**9)),
    ("parameters-differ-from-published", shaped(params_total=TINY_TIED, tied_embeddings=True,
        params_reported=200_000)),  # the untied count, as T5-Large's 770M
    ("active-exceed-total", tiny(params_total=46 * 10**9, params_active=12 * 10**9)),
    ("active-of-dense-differ", tiny(sparsity="dense", params_total=7000, params_active=7000)),
    ("active-of-dense-differ", tiny(sparsity="moe", params_total=7000, params_active=6000)),
    ("active-of-mixture-are-all", tiny(sparsity="moe", params_total=7000, params_active=6000)),
    ("parameters-out-of-reach", tiny(params_total=335_000_000, **TO_FAR)),
    ("parameters-out-of-reach", tiny(params_total=3 * 10**9, n_experts=8, **TO_FAR)),
    ("parameters-out-of-reach", tiny(params_total=3 * 10**9, modalities=["text", "image-input"],
        **TO_FAR)),
    ("kv-heads-exceed-heads", tiny(n_heads=8, n_kv_heads=8)),
    ("heads-do-not-divide", tiny(n_heads=64, n_kv_heads=8)),
    ("heads-do-not-divide", tiny(n_heads=8, n_kv_heads=64)),  # its own rule says that
    ("head-sharing-contradicts-heads", tiny(attention="MQA", n_heads=48, n_kv_heads=1)),
    ("head-sharing-contradicts-heads", tiny(attention="MHA", n_heads=48)),
    ("head-sharing-contradicts-heads", tiny(attention="MLA", n_heads=128, n_kv_heads=128)),
    ("width-does-not-divide", tiny(d_model=18432, n_heads=48, head_dim=256)),  # PaLM 540B
    ("width-does-not-divide", tiny(d_model=2560, n_heads=48, head_dim=128)),
    ("head-width-differs", tiny(d_model=1024, n_heads=128, head_dim=128)),  # T5 11B
    ("head-width-differs", tiny(d_model=2048, n_heads=8, head_dim=256)),  # Gemma 2B
    ("head-width-differs", tiny(d_model=3712, n_heads=16, n_shared_blocks=1,  # Zamba
        head_dim=statement("head_dim", 464, status="derived", locator="2 × d_model / n_heads"))),
    ("head-width-implausible", tiny(d_model=1024, n_heads=128, head_dim=128)),
    ("head-width-implausible", tiny(d_model=18432, n_heads=48, head_dim=256)),
    ("head-width-implausible", tiny(d_model=1024, n_heads=16, head_dim=128)),  # Qwen3 0.6B
    ("head-width-implausible", tiny(d_model=7168, n_heads=128, head_dim=4096, attention="MLA")),
    ("layers-do-not-add-up", tiny(architecture="encoder-decoder", n_layers=24,
        n_encoder_layers=12, n_decoder_layers=12)),
    ("layers-do-not-add-up", tiny(architecture="encoder-decoder", n_layers=24, n_encoder_layers=12)),
    ("layers-do-not-add-up", tiny(architecture="encoder-only", n_layers=12, n_encoder_layers=12)),
    ("pattern-does-not-fit", tiny(n_layers=26,
        attention_span={"runs": [[5, "sliding"], [1, "full"]]})),
    ("embedding-exceeds-total", tiny(vocab_size=250_000, d_model=640, params_total=270_000_000)),
    ("embedding-exceeds-total", tiny(architecture="encoder-only", vocab_size=30_000, d_model=768,
        params_total=11_683_584)),  # ALBERT
    ("parameters-out-of-reach", tiny(architecture="encoder-only", vocab_size=30_000, d_model=768,
        n_layers=12, params_total=11_683_584)),
    ("context-exceeds-positions", tiny(positional_encoding="learned-absolute", n_positions=1024,
        context_length=1024)),
    ("context-exceeds-positions", tiny(positional_encoding="RoPE", n_positions=1024,
        context_length=2048)),
    ("context-below-pretraining", tiny(context_length=[8192, 32768],
        context_length_pretraining=8192)),
    ("window-exceeds-context", tiny(sliding_window=4096, context_length=8192)),
    ("gate-contradicts-activation", tiny(activation="GELU", gated_ffn=False)),
    ("active-experts-exceed-experts", tiny(n_experts=8, n_experts_active=8)),
    ("sparsity-contradicts-experts", tiny(sparsity="moe", n_experts=8)),
    ("sparsity-contradicts-experts", tiny(sparsity="dense", n_experts=1)),
    ("mixture-without-experts", tiny(sparsity="moe", d_model=4096, n_layers=32,
        n_experts=statement("n_experts", None, status="undisclosed"))),
    ("compute-differs-from-6nd", tiny(training_compute=3.14e23, training_tokens=3 * 10**11,
        params_total=174_591_683_584)),
    ("compute-differs-from-6nd", tiny(training_compute=3.3e22, training_tokens=10**12,
        params_total=11 * 10**9, architecture="encoder-decoder")),  # half of 6ND
    ("compute-differs-from-6nd", tiny(training_compute=7e22, training_tokens=10**12,
        params_total=46 * 10**9, params_active=12 * 10**9)),
    ("compute-differs-from-6nd", tiny(training_tokens=10**12, params_total=7 * 10**9,
        training_compute=statement("training_compute", 1e30, status="rumoured"))),
    ("batch-unit-implausible", tiny(batch_size={"stages": [4_000_000], "unit": "tokens"})),
    ("batch-unit-implausible", tiny(batch_size={"stages": [512, 2048], "unit": "sequences"},
        context_length_pretraining=2048)),
    ("batch-unit-implausible", tiny(batch_size={"stages": [32_000, 500_000], "unit": "tokens"})),
    ("data-shares-exceed-whole", tiny(training_data=[{"name": "web", "weight": 0.67},
        {"name": "books", "weight": 0.335}, {"name": "code"}])),
    ("score-out-of-range", tiny(evaluation=[
        {"benchmark": "Chatbot Arena", "metric": "Elo", "score": 1121},
        {"benchmark": "MMLU", "metric": "accuracy"},
        {"benchmark": "GSM8K", "metric": "maj1@1", "score": 14.6}])),
    ("released-before-base", tiny(release_date="2023-05", based_on=["new"])),
    ("released-before-base", tiny(release_date="2020", based_on=["old", "nobody"])),
    ("cutoff-after-release", tiny(knowledge_cutoff="2023", release_date="2023-07-18")),
    ("released-before-its-tokenizer", tiny(release_date="2019-10", tokenizer_library="SentencePiece",
        tokenizer="Unigram")),
    ("released-after-its-source", tiny(release_date="2019-12-31")),
    ("released-after-its-source", tiny(
        release_date=statement("release_date", "2021-03", source="late"))),
    ("number-outside-its-era", tiny(release_date="2024-02", context_length=1_000_000)),
    ("number-outside-its-era", tiny(context_length=1_000_000)),
    ("number-outside-its-era", tiny(learning_rate=6e-5, dropout=0.0)),
    ("term-before-its-time", tiny(release_date="2021", positional_encoding="RoPE")),
    ("term-before-its-time", tiny(release_date="2023-02-24", positional_encoding="RoPE")),
    ("released-in-the-future", tiny(release_date="2023")),
    ("size-differs-from-parameters", tiny(size="7B", params_total=6_738_415_616)),
    ("size-differs-from-parameters", tiny(size="8x7B", params_total=46_702_792_704)),
    ("size-differs-from-parameters", tiny(size="Large", params_total=335_000_000)),
    ("size-differs-from-parameters", tiny(size="34B", params_total=33_743_970_304)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "model"), FIRES)
def test_a_rule_objects_to_what_is_wrong(name: str, model: CheckedModel, objects: Objects) -> None:
    found = objects(name, model, OTHERS)

    assert len(found) == 1
    assert found[0].attribute
    assert found[0].claims


@pytest.mark.parametrize(("name", "model"), SILENT)
def test_a_rule_keeps_silent_at_what_is_right(
    name: str, model: CheckedModel, objects: Objects
) -> None:
    assert objects(name, model, OTHERS) == []


def test_every_rule_about_a_model_is_tried_both_ways() -> None:
    rules = {rule.name for rule in all_rules() if rule.scope == "model"}

    assert {name for name, _ in FIRES} == rules
    assert {name for name, _ in SILENT} == rules


@pytest.mark.parametrize(("name", "model"), FIRES)
def test_what_a_variant_takes_over_is_told_of_its_base_alone(
    name: str, model: CheckedModel, objects: Objects
) -> None:
    inherited = {
        key: [claim._replace(inherited_from="elsewhere") for claim in claims]
        for key, claims in model.claims.items()
    }
    chat = CheckedModel("tiny-chat", "Tiny Chat", "toys", model.size, "post-trained", 1, inherited)

    assert objects(name, chat, OTHERS) == []


@pytest.mark.parametrize("name", sorted({name for name, _ in FIRES}))
def test_an_unknown_model_and_a_rumoured_one_are_left_alone(name: str, objects: Objects) -> None:
    model = next(model for other, model in FIRES if other == name)
    rumours = {
        key: [claim._replace(status="rumoured") for claim in claims]
        for key, claims in model.claims.items()
    }

    assert objects(name, tiny(), OTHERS) == []
    assert (
        objects(name, CheckedModel("m", "M", None, None, "base", 0, rumours), CheckedBase()) == []
    )


def test_an_encoder_may_be_counted_with_or_without_pooler_and_head(objects: Objects) -> None:
    counted = shaped(**ENCODER).recount
    assert counted is not None
    pooler = 64 * 64 + 64

    for total in (counted.total, counted.total - pooler, counted.total + 64_000):
        assert objects("parameters-differ-from-shape", shaped(**ENCODER, params_total=total)) == []
    assert objects(
        "parameters-differ-from-shape", shaped(**ENCODER, params_total=counted.total + 64)
    )
