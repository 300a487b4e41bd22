"""Headers: what they mean, in which scale, how surely."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.factcheck.layout.header_words import key
from llmnotes.factcheck.layout.headers import (
    named,
    parts_of,
    read_header,
    second_meaning,
    split_fact,
    without_embeddings,
)
from llmnotes.schema import CLAIMABLE

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
    ],
)
def test_a_header_names_an_attribute_and_a_scale(
    text: str, attribute: str, factor: Decimal | None
) -> None:
    header = read_header(text)

    assert header.attribute == attribute
    assert (header.scale.factor if header.scale else None) == factor


@pytest.mark.parametrize(
    "text",
    ["", "LLaMA 2", "GPT-3", "8B", "Tool Usage", "System Prompt Enhancement", "Throughput", "???"],
)
def test_what_is_no_attribute_is_not_taken_for_one(text: str) -> None:
    assert read_header(text).attributes == ()


@pytest.mark.parametrize("text", ["Model", "模型名称", "Language Model", "Name"])
def test_the_column_of_names_is_known(text: str) -> None:
    assert read_header(text).role == "name"


def test_a_term_heads_a_column_of_yes_and_no() -> None:
    header = read_header("GQA")

    assert (header.attribute, header.term) == ("attention", "GQA")


def test_a_header_may_state_the_value_itself() -> None:
    header = read_header("H=128")

    assert (header.attribute, header.given) == ("d_model", "128")


def test_a_fact_is_cut_behind_the_longest_known_name() -> None:
    text = "context length 4k tokens"
    cut = split_fact(text)

    assert cut is not None
    assert (text[: cut[0]], text[cut[1] :]) == ("context length", "4k tokens")
    assert split_fact("Transformers and attention") is None


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("número de capas", "n_layers"),
        ("Cabezas de atención", "n_heads"),
        ("parametros", "params_total"),
        ("Nombre de couches", "n_layers"),
        ("Taille du vocabulaire", "vocab_size"),
        ("têtes KV", "n_kv_heads"),
        ("Anzahl der Schichten", "n_layers"),
        ("Lernrate", "learning_rate"),
        ("Kontextlänge", "context_length"),
        ("Camadas", "n_layers"),
        ("Tokens de treinamento", "training_tokens"),
        ("Janela de contexto", "context_length"),
        ("Кол-во слоёв", "n_layers"),
        ("слоев", "n_layers"),
        ("Длина контекста", "context_length"),
        ("Размер словаря", "vocab_size"),
        ("층", "n_layers"),
        ("매개변수", "params_total"),
        ("학습 토큰", "training_tokens"),
        ("어텐션 헤드 수", "n_heads"),
        ("パラメータ数", "params_total"),
        ("層数", "n_layers"),
        ("コンテキスト長", "context_length"),
        ("隐藏层维度", "d_model"),
    ],
)
def test_headers_of_other_languages_are_known(text: str, attribute: str) -> None:
    assert read_header(text).attribute == attribute


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


@pytest.mark.parametrize("attribute", CLAIMABLE)
def test_ids_labels_and_option_names_mean_their_attribute(attribute: str) -> None:
    declared = CLAIMABLE[attribute]

    for name in (declared.id, declared.option_name, declared.label):
        assert read_header(name).attribute == attribute


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert 0 <= read_header(text).certainty <= 1


@pytest.mark.parametrize(
    "text",
    ["File size", "Disk size", "Patch size", "Taille du fichier", "Tamaño del archivo",
     "Размер файла", "파일 크기", "文件大小", "Training time", "训练时间", "Dimensión de salida"],
)  # fmt: skip
def test_size_or_time_of_something_else_is_not_that_of_a_model(text: str) -> None:
    assert read_header(text).attribute is None


@pytest.mark.parametrize(
    ("text", "attribute"),
    [("Size", "params_total"), ("Tamaño", "params_total"), ("大小", "params_total"),
     ("Taille de batch", "batch_size"), ("Скрытый размер", "d_model"), ("时间", "release_date")],
)  # fmt: skip
def test_word_for_size_or_time_alone_or_in_a_known_name_means_an_attribute(
    text: str, attribute: str
) -> None:
    assert read_header(text).attribute == attribute


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("#Layers", "nlayers"), ("n_layers", "nlayers"), ("n. of layers", "nlayers"),
        ("Number of layers", "nlayers"), ("# of layers", "nlayers"), ("Têtes", "tetes"),
        ("$d_{model}$", "dmodel"), ("\\text{layers}", "layers"), ("$d_{\\mathrm{model}}$", "dmodel"),
        ("\\textbf{layers}", "layers"), ("n of layers", "nlayers"), ("an offer", "anoffer"),
        ("ｄ＿ｍｏｄｅｌ", "dmodel"),
    ],
)  # fmt: skip
def test_a_name_is_compared_without_signs_accents_and_words_of_number(text, folded):
    assert key(text) == folded


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
    ("text", "attribute"),
    [
        ("#(Activated) Parameters", "params_active"),
        ("Parameters (activated / total)", "params_total"),
        ("blocks (n_layer, num_hidden_layers)", "n_layers"),
        ("(Context length)", "context_length"),
        ("Non-Embedding Params", "params_total"),
        ("Transformer layers of it", "n_layers"),
        ("Transformer layers of it in all there is of them", None),
        ("Contxt length", "context_length"),
        ("Dropot", "dropout"),
        ("Lay", None),
    ],
)
def test_a_name_may_be_in_brackets_within_other_words_or_misspelt(text, attribute):
    assert read_header(text).attribute == attribute


@pytest.mark.parametrize(
    ("text", "given_"),
    [("H=128", "128"), ("L = 12", "12"), ("A=12", "12"), ("d = 1.5k", "1.5k"), ("Layers=12", "12"),
     ("Zorg=12", ""), ("H=big", "")],
)  # fmt: skip
def test_a_value_may_stand_in_the_header_itself(text, given_):
    assert read_header(text).given == given_


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


@pytest.mark.parametrize(
    ("text", "base", "factor", "inside"),
    [
        ("Params (B)", "Params", B, []),
        ("Params [M]", "Params", Decimal(10**6), []),
        ("Size (# params)", "Size", Decimal(1), ["# params"]),
        ("Params (total)", "Params", None, ["total"]),
        ("Params in B", "Params", B, []),
        ("Params / B", "Params", B, []),
        ("Params, M", "Params", Decimal(10**6), []),
        ("Tokens T", "Tokens", Decimal(10**12), []),
        ("LR x 10^-4", "LR", Decimal("0.0001"), []),
        ("Total Params", "Total Params", None, []),
        ("Layers", "Layers", None, []),
    ],
)
def test_the_scale_of_a_header_stands_in_brackets_or_behind_it(text, base, factor, inside):
    found, scale, rest = parts_of(text)
    assert (found, scale and scale.factor, rest) == (base, factor, inside)


@pytest.mark.parametrize(
    ("text", "says"),
    [("Non-Emb Params", True), ("params w/o embeddings", True), ("without the embedding", True),
     ("excl. embeddings", True), ("非嵌入参数", True), ("Params", False), ("Embedding dim", False),
     ("with embeddings", False)],
)  # fmt: skip
def test_a_header_may_leave_the_embeddings_out(text, says):
    assert without_embeddings(text) is says


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("Layers: 32", "Layers:", "32"),
        ("context length = 4k", "context length =", "4k"),
        ("context length is 4k", "context length", "4k"),
        ("vocab size of 32k", "vocab size", "32k"),
        ("Layers – 32", "Layers –", "32"),
        ("Layers is 32", "Layers", "32"),
        ("Layers 32", "Layers", "32"),
    ],
)
def test_a_fact_is_a_name_a_link_and_a_value(text, name, value):
    cut = split_fact(text)
    assert cut is not None
    assert (text[: cut[0]].strip(), text[cut[1] :]) == (name, value)


@pytest.mark.parametrize("text", ["Layers", "", "many layers 32", "Zorg 32"])
def test_what_does_not_begin_with_a_name_is_no_fact(text):
    assert split_fact(text) is None


def test_the_second_meaning_of_a_name_is_kept():
    assert second_meaning("Hidden dim") == read_header("Hidden dim").second != ""
    assert second_meaning("Layers") == ""
    assert (named("n_layers"), named("nlayers"), named("Zorg")) == ("n_layers", "n_layers", None)


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Head no.", "n_heads"),
        ("Layer count", "n_layers"),
        ("Token count", "training_tokens"),
        ("Version no.", None),
        ("并行层 (Parallel Layer)", "parallel_blocks"),
        ("并行层 (Zorg)", None),
        ("Open/Closed", "availability"),
        ("Dataset size", "training_tokens"),
        ("Veröffentlichung", "release_date"),
    ],
)
def test_a_count_may_stand_behind_and_an_english_name_in_brackets(text, attribute):
    assert read_header(text).attribute == attribute


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
    ],
)
def test_the_keys_of_files_are_read_as_words(text, attribute):
    assert read_header(text).attribute == attribute


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("Loss", "objective"), ("Pile (Loss)", None), ("Pile Loss", None), ("Validation loss", None),
        ("Training objective (loss)", "objective"), ("Activation parameters", "params_active"),
        ("Activation", "activation"), ("Weights License", "license"),
        ("Task type", None), ("Task", "objective"),
        ("Training GPU-hours", None), ("Training GPUs", "hardware"),
    ],
)  # fmt: skip
def test_a_loss_and_an_activation_are_told_by_what_stands_beside(text, attribute):
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
