"""Values that no claim bears out and that are no errors all the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.exemptions import (
    inside,
    is_exempt,
    is_something,
    left_open,
    unheard_of,
)
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES


class Base:
    """A base of two publishers, two models, one dataset and one licence."""

    def __init__(self):
        self.organizations = {"tii": "tii", "meta": "meta"}
        self.licences = {"mit": "mit"}

    def named(self, text):
        return {"toy-7b"} if text == "Toy 7B" else set()

    def family(self, model):
        return model.partition("-")[0]

    def elements(self, attribute):
        return {"license": ("Zorg Public Terms",), "training_data": ("Wikipedia",)}.get(
            attribute, ("MMLU",)
        )


BASE = Base()


def known(attribute, value, note=None):
    claim = Statement("toy", attribute, value, "reported", "paper", None, "curated", note)
    return Known("toy", ATTRIBUTES[attribute], (claim,), (), None)


def words(*texts):
    return tuple(Item(text, text) for text in texts)


def number(value, low=None, high=None):
    return Item(value, str(value), Decimal(low or value), Decimal(high or value))


def exempt(attribute, text, items, stated, shape="several", all_items=None):
    reading = CellReading(attribute, text, shape, all_items or items)
    return is_exempt(BASE, reading, stated, items)


def test_a_place_beside_a_publisher_is_no_publisher():
    stated = [known("organization", ["tii"])]
    assert exempt("organization", "TII, Abu Dhabi", words("Abu Dhabi"), stated)
    assert not exempt("organization", "TII, Meta", words("Meta"), stated)
    assert not exempt("organization", "TII, Meta, Paris", words("Meta", "Paris"), stated)


RAMP = (number(256), number(512), number(1024))


def test_the_stages_before_the_last_are_no_errors_where_the_base_has_the_end_alone():
    end = known("batch_size", {"stages": [1024], "unit": "sequences"})
    every = known("batch_size", {"stages": [512, 1024], "unit": "sequences"})
    text = "256 → 512 → 1024"
    assert exempt("batch_size", text, RAMP[:2], [end], "ramp", RAMP)
    assert not exempt("batch_size", text, RAMP[:2], [every], "ramp", RAMP)
    assert not exempt("batch_size", text, RAMP[:2], [end, every], "ramp", RAMP)
    assert not exempt("batch_size", text, RAMP[2:], [end], "ramp", RAMP)
    assert not exempt("batch_size", text, RAMP[:2], [end], "several", RAMP)


def test_what_is_no_batch_has_no_stages_to_leave_out():
    assert exempt("learning_rate", "1 → 2", RAMP[:2], [known("learning_rate", 1e-4)], "ramp", RAMP)


def test_the_name_of_a_parameter_is_none_of_its_values():
    stated = [known("lr_schedule", "constant")]
    text = "constant (linear_warmup)"
    assert exempt("lr_schedule", text, words("linear"), stated)
    assert not exempt("lr_schedule", "constant, linear", words("linear"), stated)
    assert not exempt("lr_schedule", text, words("linear", "cosine"), stated)


def test_a_term_of_a_list_may_be_named_in_the_note_of_a_claim():
    noted = known("objective", ["MLM"], "with NSP in the first runs")
    assert exempt("objective", "MLM, NSP", words("NSP"), [noted])
    assert exempt("objective", "MLM, NSP", words("NSP"), [known("objective", ["MLM"]), noted])
    assert not exempt("objective", "MLM, CLM", words("CLM"), [noted])
    assert not exempt("objective", "MLM, NSP, CLM", words("NSP", "CLM"), [noted])
    assert not exempt("objective", "MLM, SP", words("SP"), [noted])  # a part of a word is none
    assert not exempt("objective", "MLM, NS", words("NS"), [noted])
    assert not exempt("objective", "MLM, NSP", words("NSP"), [known("objective", ["MLM"])])
    one = known("attention", "GQA", "MHA in the first runs")
    assert not exempt("attention", "GQA, MHA", words("MHA"), [one])  # of one term there is no other


@pytest.mark.parametrize(
    ("ends", "values", "held"),
    [
        ((number(50), number(70)), [51, 60, 70], True),
        ((number(50), number(70)), [49], False),
        ((number(50), number(70)), [71], False),
        (
            (number(50, 49, 51), number(70, 69, 71)),
            [49, 71],
            True,
        ),  # as exactly as they are written
        ((number(50), number(70)), [[60]], False),
        ((number(50), number(70)), [60, [61]], False),
        ((number(50), Item(50, "50", Decimal(50)), number(70)), [60], True),
        ((number(50), Item(70, "70", None, Decimal(70))), [60], False),
        ((number(50), number(70), number(71)), [60], False),
        ((number(50),), [50], False),
        ((number(50), Item("x", "x"), number(70)), [60], True),
        ((number(50), number(80)), [60], True),
        ((number(50), number(81)), [60], False),  # too wide for one uncertain value
        ((number(50), Item("x", "x")), [60], False),
    ],
)
def test_a_range_holds_the_values_between_its_ends(ends, values, held):
    reading = CellReading("params_total", "50 to 70", "range", ends)
    assert inside(reading, [known("params_total", value) for value in values], ends) is held


@pytest.mark.parametrize(
    ("attribute", "texts", "why"),
    [
        ("license", ["see the website"], "no licence by its name"),
        ("license", ["MIT"], ""),
        ("license", ["see the website", "MIT"], ""),
        ("license", ["LGPL v3"], ""),
        ("license", ["zorg public terms"], ""),  # as a model of the base has it
        ("license", ["custom MIT"], "no licence by its name"),  # which describes it
        ("license", ["submit"], "no licence by its name"),
        ("license", ["MIT" + " and so on" * 5], ""),  # 53 letters
        ("license", ["MIT" + "x" * 57], "no licence by its name"),
        ("license", ["MIT " + "x" * 56], ""),
        ("license", ["MIT " + "x" * 57], ""),  # a long text may begin with a licence
        ("license", ["to MIT " + "x" * 57], "no licence by its name"),
        ("organization", ["Meta"], ""),
        ("organization", ["Zorg Inc"], "no publisher that the base knows by this name: Zorg Inc"),
        ("organization", ["Meta", "Zorg"], "no publisher that the base knows by this name: Meta, Zorg"),
        ("based_on", ["Toy 7B"], ""),
        ("based_on", ["Toy 7B", "Zorg"], "no model that the base knows by this name: Toy 7B, Zorg"),
        ("training_data", ["Wikipedia"], ""),
        ("training_data", ["Wikipedia", "diaries"], "not known to the base: Wikipedia, diaries"),
        ("evaluation", ["MMLU"], ""),
        ("evaluation", ["few-shot"], ""),
        ("evaluation", ["HumorBench"], "not known to the base: HumorBench"),
        ("evaluation", ["HumorBench", "validation loss"], ""),  # what a column of losses holds
        ("training_data", ["diaries", "the loss"], "not known to the base: diaries, the loss"),
        ("attention", ["Zorg attention"], ""),
    ],
)  # fmt: skip
def test_words_of_which_the_base_has_never_heard_are_not_held_to_be_false(attribute, texts, why):
    assert unheard_of(BASE, ATTRIBUTES[attribute], words(*texts)) == why


@pytest.mark.parametrize("attribute", ["organization", "based_on", "training_data"])
def test_of_long_words_sixty_letters_are_repeated(attribute):
    why = unheard_of(BASE, ATTRIBUTES[attribute], words("y" * 61))
    assert why.endswith(": " + "y" * 60)


@pytest.mark.parametrize(
    ("value", "there"),
    [([], False), (["none"], False), ("none", False), (False, False), (0, False), (0.0, False),
     (8, True), (["a"], True), (True, True), ("GQA", True)],
)  # fmt: skip
def test_a_claim_may_say_that_there_is_nothing(value, there):
    assert is_something(known("n_experts", value).claims[0]) is there


def test_a_special_term_is_left_open_where_every_model_has_its_general_one():
    attribute = ATTRIBUTES["post_training"]
    general, closed = (
        known("post_training", ["SFT", "RLHF"]),
        known("post_training", ["SFT", "DPO"]),
    )

    assert "RLHF-PPO" in left_open(BASE, attribute, "", words("RLHF-PPO"), [general])
    assert left_open(BASE, attribute, "", words("RLHF-PPO"), [general, closed]) == ""
    assert left_open(BASE, attribute, "", words("RLHF-PPO", "DPO"), [general]) == ""
    assert left_open(BASE, attribute, "", words("GRPO"), [general]) == ""
    assert left_open(BASE, ATTRIBUTES["n_layers"], "", (number(32),), [known("n_layers", 40)]) == ""


@pytest.mark.parametrize(
    ("bases", "is_open"),
    [(["llama-7b"], False), (["llama-7b", "llama-13b"], False), (["llama-7b", "bloom-7b1"], True)],
)
def test_a_base_is_left_open_where_a_family_has_those_of_several_others(bases, is_open):
    stated = [known("based_on", [base]) for base in bases]
    assert bool(left_open(BASE, ATTRIBUTES["based_on"], "", words("opt-6.7b"), stated)) is is_open


@pytest.mark.parametrize(
    ("values", "is_open"),
    [
        (["English text (160 GB)"], True),
        (["English text", "Wikipedia"], False),
        (["BooksCorpus"], False),
    ],
)
def test_sources_of_data_are_left_open_where_the_base_describes_it_in_general(values, is_open):
    stated = [known("training_data", values)]
    assert (
        bool(left_open(BASE, ATTRIBUTES["training_data"], "", words("Wikipedia"), stated))
        is is_open
    )


@pytest.mark.parametrize(
    ("model", "header", "text", "verdict"),
    [
        # V3 was pretrained at 4K and extended to 128K.
        ("DeepSeek-V3", "Context", "4K pretrain → 128K after YaRN", "agrees-normalised"),
        ("DeepSeek-V3", "Context", "32K native → 128K after YaRN", "agrees-normalised"),
        ("DeepSeek-V3", "Context", "1K pretrain → 128K after YaRN", "wrong"),
        ("DeepSeek-V3", "Context", "128K, YaRN to 1M", "agrees-normalised"),
        ("DeepSeek-V3", "Context", "128K, YaRN to 4M", "unsupported"),
        ("BLOOM", "Access", "api, ckpt", "agrees-normalised"),
        ("BLOOM", "Access", "api", "unsupported"),
        ("BLOOM", "Access", "API only", "wrong"),
        ("DeepSeek-V3", "Training tokens", "14.8T (14T + 0.8T)", "agrees"),
        ("DeepSeek-V3", "Training tokens", "14.8T + 20T", "wrong"),
        ("DeepSeek-V3", "Training tokens", "14.8B (14.8T + 0.8T)", "wrong"),
        ("Llama 3.1 70B", "Context", "up to 128K", "agrees"),
    ],
)
def test_parts_and_other_ways_stand_beside_a_true_value(cell, model, header, text, verdict):
    found = cell(model, header, text)
    told = "agrees-normalised" if verdict == "agrees-normalised" else verdict
    assert ("wrong" if found.is_false else found.verdict) in {told, told.replace("-normalised", "")}


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("InternVL2-26B", "25.5B", "unsupported"),  # 19.9B of them language
        ("InternVL2-26B", "26.5B", "wrong"),
        ("Llama 4 Scout", "112B", "unsupported"),
        ("Llama 4 Scout", "117B", "wrong"),  # no encoder is so large
        ("Llama 2 70B", "72B", "wrong"),  # which sees nothing
    ],
)
def test_a_whole_may_be_larger_than_its_language_part_by_an_encoder(cell, model, text, verdict):
    assert cell(model, "Parameters", text).verdict == verdict
