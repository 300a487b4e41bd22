"""How one value of a cell agrees with what is claimed of one model: by kind, convention and note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.agreement import Agreement, Comparer
from llmnotes.factcheck.judging.counted import ONE_SIDE
from tests.chosen_claims import ChosenClaims

SAME = ("true", "same")
MILLION = 10**6


class Asked(NamedTuple):
    """Claims of a model `7B` with siblings, and what a cell is to them."""

    claims: ChosenClaims

    def say(self, attribute: str, value: Any, status: str = "reported", note: str = "") -> Asked:
        self.claims.say("7B", attribute, value, status, note or None)
        return self

    def found(self, attribute: str, text: str) -> Agreement | None:
        base = BaseClaims(self.claims.connection)
        item = read_cell(text, attribute).items[0]
        known = base.known("7B", attribute)
        return Comparer(base).agreement(known.attribute, item, known)

    def agrees(self, attribute: str, text: str) -> tuple[str, str] | None:
        found = self.found(attribute, text)
        return found and (found.kind, found.how)


@pytest.fixture
def toy() -> Iterator[Asked]:
    asked = Asked(ChosenClaims(["7B", "13B"]))
    yield asked
    asked.claims.connection.close()


@pytest.mark.parametrize(
    ("attribute", "value", "right", "wrong"),
    [
        ("n_layers", 32, "32", "33"),
        ("dropout", 0.1, "0.1", "0.2"),
        ("context_length", [8192, 32768], "32768", "16384"),
        ("gated_ffn", True, "✓", "✗"),
        ("gated_ffn", False, "✗", "✓"),
        ("warmup", {"value": 2000, "unit": "steps"}, "2000 steps", "3000 steps"),
        ("batch_size", {"stages": [512, 1024], "unit": "sequences"}, "1024", "2048"),
        ("release_date", "2023-02-24", "2023-02-24", "2024-02-24"),
        ("attention", "GQA", "GQA", "MHA"),
        ("objective", ["MLM", "NSP"], "NSP", "CLM"),
        ("license", "Apache-2.0", "Apache 2.0", "MIT"),
        ("training_data", [{"name": "C4"}, {"name": "Wikipedia"}], "Wikipedia", "The Pile"),
        ("evaluation", [{"benchmark": "MMLU"}, {"benchmark": "GSM8K"}], "GSM8K", "HumanEval"),
        ("hardware", ["2048 A100"], "2048 A100", "TPU v4"),
    ],
)
def test_a_value_agrees_with_a_claim_of_its_kind_and_another_one_does_not(
    toy, attribute, value, right, wrong
):
    toy.say(attribute, value)
    assert toy.agrees(attribute, right) == SAME
    assert toy.agrees(attribute, wrong) is None


def test_a_zero_agrees_with_a_zero_alone(toy):
    toy.say("params_total", 82_000_000, note="Its mask has 6,291,456 more.")
    assert toy.agrees("params_total", "0.1B") is not None
    assert toy.agrees("params_total", "0.0B") is None
    toy.say("dropout", 0)
    assert toy.agrees("dropout", "0") == SAME


def test_nothing_agrees_with_silence(toy):
    assert toy.agrees("n_layers", "32") is None


@pytest.mark.parametrize(
    ("attribute", "value", "yes"),
    [
        ("bias", ["none"], False),
        ("bias", ["attention"], True),
        ("dropout", 0.0, False),
        ("dropout", 0.1, True),
        ("qk_norm", "none", False),
        ("post_training", [], False),
        ("n_shared_experts", 0, False),
        ("n_shared_experts", 1, True),
    ],
)
def test_a_bare_yes_or_no_says_whether_there_is_one(toy, attribute, value, yes):
    claims = toy.say(attribute, value).claims
    base = BaseClaims(claims.connection)
    known = base.known("7B", attribute)
    (item,) = read_cell("✓", "gated_ffn").items
    says = {
        answer: Comparer(base).agreement(known.attribute, item._replace(value=answer), known)
        for answer in (True, False)
    }
    assert says[not yes] is None
    assert says[yes].how == "says that there is one, not which"


def test_another_source_makes_it_disputed_and_a_misprint_false(toy):
    toy.say("n_heads", 32).say("n_heads", 40).say("n_heads", 48, note="a misprint of the table")
    assert toy.agrees("n_heads", "32") == SAME
    assert toy.agrees("n_heads", "40") == ("disputed", "same")
    assert toy.agrees("n_heads", "48") == ("source-misprint", "same")
    assert toy.agrees("n_heads", "41") is None


def test_figures_that_are_all_true_at_once_are_no_dispute(toy):
    toy.say("params_total", 6_738 * MILLION).say("params_total", 6_500 * MILLION)
    assert toy.agrees("params_total", "6,500,000,000") == SAME


@pytest.mark.parametrize(("other", "kind"), [(13_000, "disputed"), (12_999, "true")])
def test_a_size_that_no_way_of_counting_explains_is_disputed(toy, other, kind):
    toy.say("params_total", 6_500 * MILLION).say("params_total", other * MILLION)
    assert toy.agrees("params_total", f"{other * MILLION:,}") == (kind, "same")


def test_the_agreement_without_a_remark_is_the_best(toy):
    toy.say("vocab_size", 50_304).say("vocab_size", 50_257)
    assert toy.agrees("vocab_size", "50257") == SAME
    toy.say("n_heads", 32).say("n_heads", 40).say("n_heads", 40, note="a misprint")
    assert toy.agrees("n_heads", "40") == ("disputed", "same")


def test_layers_of_one_side_agree_as_such(toy):
    toy.say("n_layers", 24).say("n_encoder_layers", 12).say("n_decoder_layers", 12)
    assert toy.agrees("n_layers", "24") == SAME
    assert toy.agrees("n_layers", "12") == ("true", ONE_SIDE)
    assert toy.agrees("n_encoder_layers", "12") == SAME


EMBEDDING = 50_000 * 1_000


@pytest.mark.parametrize(
    ("tied", "text", "agrees"),
    [
        (True, "300M", True),
        (True, "250M", True),  # without the embedding
        (True, "350M", True),  # a tied one counted twice
        (True, "200M", False),
        (False, "350M", False),
        (False, "200M", True),  # without both
        (None, "250M", True),
        (None, "350M", False),
    ],
)
def test_parameters_may_leave_the_embedding_out(toy, tied, text, agrees):
    toy.say("params_total", 300 * MILLION).say("vocab_size", 50_000).say("d_model", 1_000)
    if tied is not None:
        toy.say("tied_embeddings", tied)
    assert (toy.agrees("params_total", text) is not None) == agrees


@pytest.mark.parametrize("missing", ["vocab_size", "d_model"])
def test_without_the_size_of_the_embedding_nothing_is_left_out(toy, missing):
    toy.say("params_total", 300 * MILLION).say("vocab_size", 50_000).say("d_model", 1_000)
    toy.claims.connection.execute("DELETE FROM claims WHERE attribute = ?", (missing,))
    assert toy.agrees("params_total", "250M") is None


def test_a_batch_agrees_by_any_length_of_the_model(toy):
    toy.say("batch_size", {"stages": [512], "unit": "sequences"})
    assert toy.agrees("batch_size", "1M tokens") is None
    toy.say("context_length", [2048, 8192])
    assert toy.agrees("batch_size", "1M tokens") is not None
    assert toy.agrees("batch_size", "4M tokens") is not None
    assert toy.agrees("batch_size", "2M tokens") is None


def test_an_estimate_is_disputed_beside_a_source_and_a_rumour_is_none(toy):
    toy.say("training_compute", 1e24).say("training_compute", 3e24, "estimated")
    toy.say("training_compute", 9e24, "rumoured")
    assert toy.agrees("training_compute", "3e24") == ("disputed", "same")
    assert toy.agrees("training_compute", "9e24") is None


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("Table 2 prints 5140, a misprint", "source-misprint"),
        ("5140 in fine-tuning", "fine-tuning-value"),
        ("5140 elsewhere", None),
        ("a misprint of 5141", None),
    ],
)
def test_a_number_that_a_note_warns_of_is_what_the_note_says(toy, note, kind):
    found = toy.say("d_model", 5120, note=note).agrees("d_model", "5140")
    assert (found and found[0]) == kind


def test_a_date_of_a_note_is_true_with_the_note(toy):
    toy.say("release_date", "2023-02-24", note="weights on 2023-03-03")
    assert toy.agrees("release_date", "2023-03-03") == ("true", "weights on 2023-03-03")
    assert toy.agrees("release_date", "2023-03-05") is None


def test_a_term_that_a_note_calls_the_thing_is_true_with_the_note(toy):
    toy.say("tokenizer", "BPE", note="the paper calls it Unigram")
    assert toy.agrees("tokenizer", "Unigram") == ("true", "the paper calls it Unigram")
    assert toy.agrees("tokenizer", "WordPiece") is None


def test_fine_tuning_in_a_note_bears_sft_out_in_part(toy):
    toy.say("post_training", ["DPO"], note="after fine-tuning")
    found = toy.found("post_training", "SFT")
    assert (found.kind, found.how) == ("in-part", "after fine-tuning")
    assert toy.agrees("post_training", "RLAIF") is None


def test_closed_weights_are_not_to_be_had(toy):
    toy.say("availability", "unreleased")
    assert toy.agrees("availability", "closed") == ("true", "not to be had")
    assert toy.agrees("availability", "API only") is None


@pytest.mark.parametrize(
    ("text", "far"), [("32", False), ("40", False), ("36", False), ("400", True)]
)
def test_a_count_is_far_from_several_models_only_where_it_is_far_from_each(toy, text, far):
    toy.say("n_layers", 32).claims.say("13B", "n_layers", 40)
    base = BaseClaims(toy.claims.connection)
    (item,) = read_cell(text, "n_layers").items
    assert Comparer(base).far_from_each(item, ("7B", "13B"), "n_layers") == far
    toy.say("n_layers", 30, note="a misprint")
    comparer = Comparer(BaseClaims(toy.claims.connection))
    assert not comparer.far_from_each(item, ("7B", "13B"), "n_layers"), "a note may name it"


def test_settings_alone_are_borne_out_by_those_of_the_results(toy):
    toy.say("evaluation", [{"benchmark": "MMLU", "setting": "5-shot"}])
    assert toy.agrees("evaluation", "few-shot") == ("true", "named by the settings alone")
    assert toy.agrees("evaluation", "zero-shot") is None


def test_a_method_in_the_words_of_the_source_is_no_other_method(cell):
    """The card of Claude 2 prints RLHF, and names no algorithm."""
    assert cell("Claude 2", "Alignment", "RLHF").verdict.startswith("agrees")


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Gemma 3 27B", "140+", "agrees-normalised"),
        ("Gemma 3 27B", "140 languages", "agrees-normalised"),
        ("Gemma 3 27B", "12", "unsupported"),
        ("Llama 3.1 8B Instruct", "8", "agrees-normalised"),
        ("Llama 3.1 8B Instruct", "5+", "agrees-normalised"),
        ("Llama 3.1 8B Instruct", "9+", "unsupported"),
    ],
)
def test_a_number_of_languages_is_held_against_the_list(cell, model, text, verdict):
    assert cell(model, "Languages", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("Llama-2-7B", "agrees"), ("vicuna-7b-v1.5", "wrong"), ("Mistral 7B", "wrong")],
)
def test_a_model_is_based_on_its_base(cell, text, verdict):
    found = cell("Vicuna 7B v1.5", "Base model", text)
    assert ("wrong" if found.is_false else found.verdict) == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("4.5B efektif (8B toplam)", "agrees-normalised"),
        ("4.5B effektiv (8B gesamt)", "agrees-normalised"),
        ("3.5B efektif (8B toplam)", "wrong"),
    ],
)
def test_parameters_in_use_are_true_by_their_word_in_other_languages(cell, text, verdict):
    assert cell("Gemma 4 E4B", "Parametre", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("64 (+shared)", "agrees"), ("64 (+8 shared)", "agrees"), ("60 (+shared)", "wrong")],
)
def test_shared_experts_that_are_added_do_not_make_the_others_shared(cell, text, verdict):
    assert cell("Qwen2-57B-A14B", "Experts", text).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("LLaMA corpus, ShareGPT", "agrees-normalised"),
        ("LLaMA's training data, ShareGPT", "agrees-normalised"),
        ("Falcon corpus, ShareGPT", "wrong"),
    ],
)
def test_data_may_be_called_by_the_model_that_another_was_made_of(cell, text, verdict):
    assert cell("Vicuna", "Training data", text).verdict == verdict
