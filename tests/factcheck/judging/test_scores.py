"""Scores held against the base: LLaMA 7B has 35.1 on MMLU (5-shot), 13B 46.9; BoolQ 76.5 (0-shot)."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.judging.scores import Scores
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES


@pytest.mark.parametrize(
    ("header", "text", "verdict", "cause"),
    [
        ("MMLU (5-shot)", "35.1", "agrees", None),
        ("MMLU 5-shot", "0.351", "agrees", None),
        ("MMLU", "35.1", "agrees-normalised", None),
        ("MMLU", "35.1 (5-shot)", "agrees", None),
        ("MMLU (5-shot)", "35", "agrees", None),
        ("MMLU (0-shot)", "35.1", "wrong", "other-setting"),
        ("MMLU (5-shot)", "46.9", "wrong", "other-size"),
        ("MMLU (5-shot)", "53.1", "wrong", "digit-slip"),
        ("MMLU (5-shot)", "35.9", "unsupported", None),
        ("MMLU (5-shot, ppl)", "53.1", "unsupported", None),  # no share of right answers
        ("BoolQ (0-shot)", "75.6", "wrong", "digit-slip"),  # two digits in each other's place
        ("MMLU (5-shot)", "72.2", "unsupported", None),
        ("MMLU", "72.2", "unsupported", None),
        ("MMLU (0-shot)", "28.3", "unsupported", None),
        ("CMMLU", "28.3", "unsupported", None),
        ("BoolQ", "—", "blank", None),
        ("BoolQ", "good", "unreadable", None),
    ],
)
def test_a_score_is_judged_by_benchmark_and_setting(cell, header, text, verdict, cause):
    found = cell("LLaMA 7B", header, text)

    assert (found.verdict, found.cause) == (verdict, cause), found.reason


def test_a_false_score_says_what_the_base_has(cell):
    found = cell("LLaMA 7B", "MMLU (5-shot)", "46.9")

    assert (found.expected, found.cause) == ("35.1", "other-size")
    assert "35.1 (5-shot)" in found.reason


def test_a_table_of_benchmarks_alone_is_judged(check):
    checked = check(
        "| Benchmark | LLaMA 7B | LLaMA 13B |\n|---|---|---|\n| MMLU (5-shot) | 35.1 | 46.9 |\n"
    )

    assert checked.summary == {"agrees": 2}


def test_a_model_the_base_does_not_know_is_not_judged(cell):
    assert cell("Zorg 7B", "MMLU", "35.1").verdict == "unsupported"


@pytest.mark.parametrize(
    ("model", "header", "text"),
    [
        ("DeepSeek-R1", "GPQA Diamond", "71.5"),  # the base: GPQA, diamond
        ("DeepSeek-R1", "GPQA", "71.5"),
        ("DeepSeek-R1", "SWE-bench Verified", "49.2"),
        ("Llama 3.1 8B", "GSM8K", "84.5"),  # of the instruct model, whose name people shorten
        ("Llama 3.1 8B Inst.", "GSM8K (8-shot)", "84.5"),
        ("Llama-3.1-8B-Ins", "GSM8K", "84.5"),
    ],
)
def test_what_a_table_leaves_out_is_supplied(cell, model, header, text):
    assert cell(model, header, text).verdict in {"agrees", "agrees-normalised"}


def test_a_name_that_says_base_is_not_the_instruct_model(cell):
    assert cell("Llama 3.1 8B Base", "GSM8K", "84.5").verdict != "agrees-normalised"


def test_a_score_of_another_size_in_another_run_is_no_slip(cell):
    """70.4 is one paper's MBPP of Llama 3 70B; of Llama 3.1 70B that paper says nothing."""
    assert cell("Llama 3.1 70B", "MBPP", "70.4").verdict == "unsupported"


SCORES = {
    "toy-7b": [("MMLU", "5-shot", 62.5), ("BoolQ", "", 76.5), ("GSM8K", "", 9.8)],
    "toy-13b": [("MMLU", "5-shot", 68.5), ("BoolQ", "", 83.1)],
    "toy-2-7b": [("MMLU", "5-shot", 71.0)],
    "toy-7b-chat": [("IFEval", "", 50.5)],
}  # fmt: skip


class Base:
    """What a publisher reports of two sizes, a later generation and a trained variant."""

    def known(self, model, attribute):
        value = [
            dict(zip(("benchmark", "setting", "score"), row, strict=True)) for row in SCORES[model]
        ]
        claim = Statement(model, attribute, value, "reported", "paper", None, "curated")
        return Known(model, ATTRIBUTES[attribute], (claim,), (), None)

    def name(self, model):
        return model.title()

    def variant(self, model):
        return "post-trained" if model.endswith("chat") else "base"

    def variants(self, models):
        return [f"{model}-chat" for model in models if f"{model}-chat" in SCORES]

    def family(self, model):
        return "toy-2" if model.startswith("toy-2") else "toy"

    def members(self, family):
        return [model for model in SCORES if self.family(model) == family]

    def siblings(self, model):
        return [one for one in self.members(self.family(model)) if one != model]

    def generations(self, family):
        return ["toy-2"] if family == "toy" else ["toy"]


ELSEWHERE = "that is the score in another setting: 62.5 (5-shot)"
OTHER_SETTING = "the base has no such result of MMLU; it has 62.5 (5-shot)"


def judged(benchmark, text, setting="", bare=True):
    header = Header(benchmark, benchmark=benchmark, setting=setting)
    return Scores(Base(), Base()).judge(
        text, header, TableSubject("model", "toy-7b", ("toy-7b",), bare=bare)
    )


@pytest.mark.parametrize(
    ("benchmark", "text", "verdict", "cause", "reason"),
    [
        ("MMLU", "62.5 (5-shot)", "agrees", None, ""),
        ("MMLU", "62.5", "agrees-normalised", None, "5-shot"),
        ("BoolQ", "76.5", "agrees", None, ""),
        ("MMLU", "good", "unreadable", None, "not a score: good"),
        ("MMLU", "62.5 (0-shot)", "wrong", "other-setting", ELSEWHERE),
        ("MMLU", "50 (0-shot)", "unsupported", None, OTHER_SETTING),
        ("HumanEval", "50", "unsupported", None, "the base has no such result of HumanEval"),
        ("MMLU", "68.5", "wrong", "other-size", "68.5 is toy-13b's; the base has 62.5 (5-shot)"),
        ("MMLU", "71.0", "wrong", "other-generation", "71.0 is toy-2-7b's; the base has 62.5 (5-shot)"),
        ("BoolQ", "83.1", "wrong", "other-size", "83.1 is toy-13b's; the base has 76.5"),
        # Another run may be five points off; what is further off and one key away is mistyped.
        ("BoolQ", "71.5", "unsupported", None, "the base has 76.5; other runs may differ"),
        ("BoolQ", "70.5", "wrong", "digit-slip", "the base has 76.5"),
        ("BoolQ", "67.5", "wrong", "digit-slip", "the base has 76.5"),
        ("BoolQ", "56.7", "unsupported", None, "the base has 76.5; other runs may differ"),
        ("BoolQ", "6.5", "wrong", "digit-slip", "the base has 76.5"),
        ("GSM8K", "98.0", "wrong", "digit-slip", "the base has 9.8"),
        ("GSM8K", "99.8", "wrong", "digit-slip", "the base has 9.8"),
        ("GSM8K", "19.8", "wrong", "digit-slip", "the base has 9.8"),
        # A share of one is nobody's score: 0.83 is 83 percent of many.
        ("BoolQ", "0.831", "unsupported", None, "the base has 76.5; other runs may differ"),
        ("IFEval", "50.5", "agrees-normalised", None, "50.5 of Toy-7B-Chat"),
    ],
)  # fmt: skip
def test_a_score_is_the_publishers_another_models_mistyped_or_of_another_run(
    benchmark, text, verdict, cause, reason
):
    found = judged(benchmark, text)

    assert (found.verdict, found.cause, found.reason) == (verdict, cause, reason)
    if found.claims:
        assert found.models == ("toy-7b",)


def test_a_name_that_says_base_is_not_held_to_the_trained_model():
    assert judged("IFEval", "50.5", bare=False).verdict == "unsupported"


def test_a_score_less_than_a_point_off_is_nobody_elses(monkeypatch):
    monkeypatch.setitem(SCORES, "toy-13b", [("MMLU", "5-shot", 63.5)])
    assert judged("MMLU", "63.5").cause is None
    monkeypatch.setitem(SCORES, "toy-13b", [("MMLU", "5-shot", 63.6)])
    assert judged("MMLU", "63.6").cause == "other-size"


def test_of_several_runs_the_preferred_one_may_stand_in_the_cell():
    found = judged("MMLU", "68.5")
    assert (found.expected, [claim.subject for claim in found.claims]) == ("62.5", ["toy-7b"])


def test_a_run_that_names_no_shots_contradicts_none_that_does():
    """70.5 is one key from the 76.5 of a run that does not say with how many examples."""
    found = judged("BoolQ", "70.5 (25-shot)")
    assert (found.verdict, found.cause) == ("unsupported", None)
    assert found.reason == "the base has 76.5; other runs may differ"
    assert judged("BoolQ", "70.5").cause == "digit-slip"


def test_of_a_text_that_is_no_score_sixty_letters_are_repeated():
    assert judged("MMLU", " " + "good " * 20).reason == "not a score: " + ("good " * 20)[:60]


def test_of_several_other_settings_the_first_one_is_named(monkeypatch):
    monkeypatch.setitem(SCORES, "toy-7b", [("MMLU", "5-shot", 62.5), ("MMLU", "1-shot", 62.5)])
    assert judged("MMLU", "62.5 (0-shot)").reason == ELSEWHERE


def test_a_score_near_one_of_several_runs_is_nobody_elses(monkeypatch):
    monkeypatch.setitem(SCORES, "toy-7b", [("MMLU", "5-shot", 62.5), ("MMLU", "5-shot", 70.0)])
    monkeypatch.setitem(SCORES, "toy-13b", [("MMLU", "5-shot", 63.0), ("MMLU", "5-shot", 66.0)])
    assert judged("MMLU", "63.0").cause is None
    assert judged("MMLU", "66.0").cause == "other-size"


def test_an_edition_that_the_table_leaves_out_is_supplied_with_a_remark(monkeypatch):
    monkeypatch.setitem(SCORES, "toy-7b", [("GPQA Diamond", "", 71.5)])
    found = judged("GPQA", "71.5")
    assert (found.verdict, found.reason) == ("agrees-normalised", "71.5 of Toy-7B")
    assert judged("GPQA Diamond", "71.5").verdict == "agrees"


def test_an_edition_that_the_base_has_as_a_setting_is_the_same(monkeypatch):
    monkeypatch.setitem(SCORES, "toy-7b", [("GPQA", "diamond, 0-shot", 71.5)])
    assert judged("GPQA Diamond", "71.5 (0-shot)").verdict == "agrees"
    monkeypatch.setitem(SCORES, "toy-7b", [("GPQA", "0-shot", 71.5)])
    assert judged("GPQA Diamond", "71.5 (0-shot)").verdict == "agrees-normalised"
