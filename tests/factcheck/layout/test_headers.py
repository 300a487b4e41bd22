"""Headers: what they mean, in which scale, how surely."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.layout.headers import read_header

B, K, YI = Decimal(10**9), Decimal(1000), Decimal(10**8)


@pytest.mark.parametrize(
    ("text", "attribute", "factor"),
    [
        ("#Params (B)", "params_total", B),
        ("Params/B", "params_total", B),
        ("Parameters in billions", "params_total", B),
        ("Parameters\n(billions)", "params_total", B),
        ("参数量(亿)", "params_total", YI),
        ("参数（亿）", "params_total", YI),
        ("Size (# params)", "params_total", 1),
        ("Total Params", "params_total", None),
        ("# Activated Params", "params_active", None),
        ("Context (k)", "context_length", K),
        ("上下文长度", "context_length", None),
        ("max_position_embeddings", "context_length", None),
        ("d_model", "d_model", None),
        ("$d_{model}$", "d_model", None),
        ("dmodel", "d_model", None),
        ("n_layers", "n_layers", None),
        ("#L", "n_layers", None),
        ("No. of layers", "n_layers", None),
        ("层数", "n_layers", None),
        ("num_attention_heads", "n_heads", None),
        ("# KV Heads", "n_kv_heads", None),
        ("KVSize", "head_dim", None),
        ("Train tokens", "training_tokens", None),
        ("# of Pretrained Tokens", "training_tokens", None),
        ("LR ×10⁻⁴", "learning_rate", Decimal("0.0001")),
        ("Learning rate (1e-4)", "learning_rate", Decimal("0.0001")),
        ("Batch Size (M tokens)", "batch_size", Decimal(10**6)),
        ("Contxt length", "context_length", None),
        ("FFW+Activation+related", "activation", None),
        ("发布机构", "organization", None),
        ("Para. (B)", "params_total", B),
        ("# Para", "params_total", None),
        ("Params.", "params_total", None),
        ("created_date", "release_date", None),
        ("Announcement date", "release_date", None),
        ("宣告時間", "release_date", None),
        ("上下文視窗", "context_length", None),
        ("知識截止日期", "knowledge_cutoff", None),
        ("啟動函數", "activation", None),
        ("開發商", "organization", None),
        ("授權條款", "license", None),
        ("transformer结构", "parallel_blocks", None),
        ("多头机制", "attention", None),
        ("Parametri (miliardi)", "params_total", B),
        ("Tham số (tỷ)", "params_total", B),
        ("Parametry (mld)", "params_total", B),
    ],
)
def test_a_header_names_an_attribute_and_a_scale(
    text: str, attribute: str, factor: Decimal | None
) -> None:
    header = read_header(text)

    assert header.attribute == attribute
    assert (header.scale.factor if header.scale else None) == factor


@pytest.mark.parametrize("text", ["Model", "模型名称", "Language Model", "Name"])
def test_the_column_of_names_is_known(text: str) -> None:
    assert read_header(text).role == "name"


@pytest.mark.parametrize(
    ("text", "attribute", "factor"),
    [
        ("Parámetros (millones)", "params_total", Decimal(10**6)),
        ("Параметры (млрд)", "params_total", B),
        ("Parameter (Mrd.)", "params_total", B),
        ("매개변수 (억)", "params_total", YI),
        ("パラメータ数（億）", "params_total", YI),
    ],
)
def test_a_scale_of_another_language_stands_in_the_brackets(
    text: str, attribute: str, factor: Decimal
) -> None:
    header = read_header(text)

    assert (header.attribute, header.scale and header.scale.factor) == (attribute, factor)


@pytest.mark.parametrize(
    ("text", "role"), [("Modèle", "name"), ("모델", "name"), ("Примечания", "other")]
)
def test_columns_of_names_and_remarks_are_known_in_other_languages(text: str, role: str) -> None:
    assert read_header(text).role == role


@pytest.mark.parametrize("code", ["ar", "tur", "NE", "AD", "swe", "vi", "hun"])
def test_the_code_of_a_language_above_scores_is_no_word_of_another(code: str) -> None:
    header = read_header(code)

    assert (header.role, header.attributes) == ("unknown", ())


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert 0 <= read_header(text).certainty <= 1


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("n_layers", 1.0),
        ("Layers", 1.0),
        ("num_hidden_layers", 0.95),
        ("# of dropout", 0.95),
        ("Model", 0.9),
        ("GQA", 0.9),
        ("MMLU", 0.9),
        ("Notes", 0.9),
        ("H=128", 0.8),
        ("Zorg factor", 0.0),
    ],
)
def test_how_surely_a_header_is_read(text, certainty):
    assert read_header(text).certainty == certainty


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Layers", "attribute"), ("Model", "name"), ("Notes", "other"), ("Heads × d_k", "formula"),
        ("Zorg factor", "unknown"), ("epochs", "unknown"), ("Training time (GPU hours)", "unknown"),
        ("Batch Size (per GPU)", "other"), ("Training tokens (GB)", "other"),
    ],
)  # fmt: skip
def test_a_header_has_a_role(text, role):
    assert read_header(text).role == role


@pytest.mark.parametrize(
    ("text", "attribute", "given_"),
    [
        ("H=128", "d_model", "128"), ("L = 12", "n_layers", "12"), ("A=12", "n_heads", "12"),
        ("d = 1.5k", "d_model", "1.5k"), ("Layers=12", "n_layers", "12"), ("Zorg=12", None, ""),
        ("H=big", None, ""),
    ],
)  # fmt: skip
def test_a_value_may_stand_in_the_header_itself(text, attribute, given_):
    assert (read_header(text).attribute, read_header(text).given) == (attribute, given_)


@pytest.mark.parametrize(
    ("text", "attribute", "term"),
    [("GQA", "attention", "GQA"), ("MQA", "attention", "MQA"), ("RoPE", "positional_encoding", "RoPE"),
     ("Attention", "attention", "")],
)  # fmt: skip
def test_some_terms_head_a_column_to_tick_off(text, attribute, term):
    found = read_header(text)
    assert (found.attribute, found.term) == (attribute, term)


def test_a_benchmark_is_headed_with_its_setting():
    found = read_header("MMLU (5-shot)")
    assert (found.attributes, found.benchmark, found.setting) == (("evaluation",), "MMLU", "5-shot")


def test_a_header_of_kinds_may_also_hold_how_open_they_are():
    assert "availability" in read_header("Category").attributes
    assert "availability" not in read_header("Architecture").attributes


@pytest.mark.parametrize("text", ["Average", "avg", "LMSys Elo", "Max output", "平均"])
def test_means_and_offers_are_known_and_not_judged(text):
    assert read_header(text).role == "other"


def test_the_place_of_the_norm_is_ticked():
    assert read_header("Pre-norm").term == "pre-norm"
    assert read_header("Pre").term == ""


def test_words_of_many_meanings_head_no_column_to_tick_off():
    assert read_header("Sliding window attention").term == "sliding"
    assert read_header("Local").attribute is None  # models that run on one's own machine


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("context_window_tokens", "context_length"),
        ("training_flops", "training_compute"),
        ("zorg_tokens_left", None),
        ("Approx. Parameters", "params_total"),
        ("Approximate context length", "context_length"),
        ("Approximation", None),
    ],
)
def test_the_keys_of_files_are_read_as_words(text, attribute):
    assert read_header(text).attribute == attribute


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Training Data (up to)", "knowledge_cutoff"),
        ("Training data (cutoff)", "knowledge_cutoff"),
        ("Training Data (sources)", "training_data"),
        ("Training data", "training_data"),
    ],
)
def test_training_data_may_tell_how_far_they_reach(text, attribute):
    assert read_header(text).attribute == attribute


def test_the_mark_of_a_footnote_is_no_part_of_a_header():
    assert read_header("DROP[^5]\n(F1, 3-shot)").benchmark == "DROP"
    assert read_header("Dropout[^a]").attribute == "dropout"
    assert read_header("drop").attribute == "dropout"


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Learning Data Size — 训练数据量", "training_tokens"),
        ("Layers/层数", "n_layers"),
        ("發布時間", "release_date"),
        ("層數", "n_layers"),
        ("Size on Disk — 磁盘大小", None),
    ],
)
def test_a_header_may_stand_in_two_languages_or_in_traditional_signs(text, attribute):
    assert read_header(text).attribute == attribute
