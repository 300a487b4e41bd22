"""Which attribute the words of a header mean."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.header_meaning import named, second_meaning
from llmnotes.factcheck.layout.headers import read_header
from llmnotes.schema import CLAIMABLE


@pytest.mark.parametrize(
    "text",
    ["", "LLaMA 2", "GPT-3", "8B", "Tool Usage", "System Prompt Enhancement", "Throughput", "???"],
)
def test_what_is_no_attribute_is_not_taken_for_one(text: str) -> None:
    assert read_header(text).attributes == ()


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


@pytest.mark.parametrize("attribute", CLAIMABLE)
def test_ids_labels_and_option_names_mean_their_attribute(attribute: str) -> None:
    declared = CLAIMABLE[attribute]

    for name in (declared.id, declared.option_name, declared.label):
        assert read_header(name).attribute == attribute


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
