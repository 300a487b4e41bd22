"""Marks that a value is missing or uncertain."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.absence import absence, uncertain, without_doubt
from llmnotes.factcheck.cells.reader import read_cell


@pytest.mark.parametrize(
    ("why", "texts"),
    [
        ("blank", ["", "  ", "()", "[ ]", '""', "**"]),
        ("unknown", ["?", "??", "？", "¿", "(?)", "Unknown", "unk.", "NULL", "not specified", "tbc", "x?",
                     "missing", "unspecified", "not reported", "不详", "no data", "not given"]),
        ("dash", ["-", "--", "—", "――", "/", "...", "…", "·", "_", "(–)", "− −".replace(" ", "")]),
        ("not-applicable", ["n/a", "N/A", "NaN", "(n.a.)", "not applicable", "不适用"]),
        ("undisclosed", ["undisclosed", "not released", "withheld", "未披露",
                         "Not public", "private", "未公开", "“secret”", "Not publicly disclosed",
                         "Non divulgué publiquement", "no revelado", "MoE, undisclosed",
                         "MoE, détails non divulgués", "参数未公开", "non divulgato pubblicamente",
                         "MoE, nieujawnione",
                         "kamuya açıklanmamıştır", "tidak diungkapkan secara publik", "chưa được công bố"]),
        ("planned", ["TBD", "tba", "coming soon", "待定", "to be announced", "to be determined",
                     "待公布", "wip"]),
        ("none", ["none", "no", "nil", "无", "没有", "'None'"]),
        (None, ["0", "7B", "none of them", "?!", "7?", "a-b", "no layers", "private data", "-1", "- 1",
                "7B, undisclosed", "undisclosed 7B"]),
    ],
)  # fmt: skip
def test_an_empty_cell_says_why(why, texts):
    assert {text: absence(text) for text in texts} == dict.fromkeys(texts, why)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.76T?", "1.76T "),
        ("1.76T??, 8x", "1.76T  , 8x"),
        ("120 (?)", "120 ( )"),
        ("120 (estimated)", "120            "),
        ("est. 120", "     120"),
        ("Rumoured 120", "         120"),
        ("rumors: 120", "      : 120"),
        ("probably 120", "         120"),
        ("据传 120", "   120"),
        ("120 (guessed)", "120          "),
        ("120 (leaked)", "120         "),
        ("likely 120", "       120"),
        ("uncertain: 120", "         : 120"),
        ("120, sources vary", "120,             "),
        ("120 (tahmini)", "120 (       )"),
        ("stimato 120", "        120"),
    ],
)
def test_words_and_signs_of_doubt_are_blanked_and_keep_their_room(text, plain):
    assert uncertain(text)
    assert without_doubt(text) == plain
    assert len(plain) == len(text)


@pytest.mark.parametrize(
    "text", ["120", "why?not", "latest", "unlikely 120", "guesswork", "estimatedly", "may 120"]
)
def test_other_words_are_no_doubt(text):
    assert not uncertain(text)
    assert without_doubt(text) == text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Unknown; no official specification", "unknown"),
        ("Unspecified (no public info found)", "unknown"),
        ("Not publicly disclosed", "undisclosed"),
        ("various", "unknown"),
        ("❔", "unknown"),
        ("not public (est. 8k–16k)", None),
        ("unknown tokenizer", None),
    ],
)
def test_words_of_absence_may_have_a_remark_behind_them(text, why):
    assert absence(text) == why


@pytest.mark.parametrize("text", ["", " ", "-", "—", "–", "--", "\\-", "...", "/"])
def test_dashes_and_blanks_say_nothing(text: str) -> None:
    reading = read_cell(text, "params_total")

    assert reading.shape == "absent"
    assert reading.absence in {"blank", "dash"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("?", "unknown"), ("???", "unknown"), ("Unknown", "unknown"), ("未知", "unknown"),
        ("n/a", "not-applicable"), ("N/A", "not-applicable"), ("TBD", "planned"),
        ("undisclosed", "undisclosed"), ("未公开", "undisclosed"), ("无", "none"),
        ("no divulgado", "undisclosed"), ("não divulgado", "undisclosed"), ("비공개", "undisclosed"),
        ("no disponible", "unknown"), ("Не раскрыты", "undisclosed"), ("non précisé", "unknown"),
        ("não disponível", "unknown"),
        ("Inconnu", "unknown"), ("k. A.", "unknown"), ("неизвестно", "unknown"), ("不明", "unknown"),
        ("해당 없음", "not-applicable"), ("entfällt", "not-applicable"), ("aucun", "none"),
        ("non divulgato", "undisclosed"), ("Nieujawnione", "undisclosed"), ("açıklanmadı", "undisclosed"),
        ("tidak diungkapkan", "undisclosed"), ("không công bố", "undisclosed"),
        ("niet bekendgemaakt", "undisclosed"), ("غير معلن", "undisclosed"), ("nezveřejněno", "undisclosed"),
        ("Не розкрито", "undisclosed"), ("bilinmiyor", "unknown"), ("brak danych", "unknown"),
        ("未公開", "undisclosed"), ("不適用", "not-applicable"),
        ("n.v.t.", "not-applicable"), ("không có", "none"),
    ],
)  # fmt: skip
def test_words_of_absence_say_why(text: str, why: str) -> None:
    assert read_cell(text, "params_total").absence == why


def test_none_is_a_value_where_the_vocabulary_has_it() -> None:
    assert read_cell("none", "bias").value == "none"
