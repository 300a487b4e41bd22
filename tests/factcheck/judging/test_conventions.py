"""Ways of counting by which a number or a date says the same as a claim without being equal to it."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.conventions import Conventions
from tests.chosen_claims import ChosenClaims

MILLION = 10**6


@pytest.fixture
def toy():
    claims = ChosenClaims(["72B", "small", "7"])
    called = [("72B", "72B"), ("72B", "Seventy-Two"), ("toy", "Toy"), ("other", "Zorg")]
    name = "INSERT INTO names (target, text) VALUES (?, ?)"
    claims.connection.executemany(name, called)
    yield claims
    claims.connection.close()


def how(claims, attribute, text, model="72B"):
    base = BaseClaims(claims.connection)
    known = base.known(model, attribute)
    found = Conventions(base).agreement(known.attribute, read_cell(text, attribute).items[0], known)
    return found and (found.kind, found.how, found.claim.value)


def ways(claims, attribute, number, model="72B"):
    base = BaseClaims(claims.connection)
    return list(Conventions(base).ways(number, base.known(model, attribute)))


def embedded(claims, tied=None):
    """A model of 300 million parameters, of which the embedding has 50."""
    claims.say("72B", "params_total", 300 * MILLION)
    claims.say("72B", "vocab_size", 50_000)
    claims.say("72B", "d_model", 1_000)
    if tied is not None:
        claims.say("72B", "tied_embeddings", tied)


OTHERWISE = "with the embeddings counted otherwise"


@pytest.mark.parametrize(
    ("tied", "text", "agrees"),
    [
        (True, "250M", True), (True, "350M", True), (True, "200M", False),
        (False, "200M", True), (False, "350M", False), (None, "200M", True), (None, "350M", False),
    ],
)  # fmt: skip
def test_parameters_are_counted_with_or_without_the_embedding(toy, tied, text, agrees):
    embedded(toy, tied)
    found = how(toy, "params_total", text)
    assert found == (("true", OTHERWISE, 300 * MILLION) if agrees else None)


def test_only_a_total_has_an_embedding_to_leave_out(toy):
    embedded(toy)
    assert how(toy, "params_reported", "250M") is None
    toy.connection.execute(
        "UPDATE claims SET attribute = 'params_reported' WHERE attribute = 'params_total'"
    )
    assert how(toy, "params_total", "250M") is None


def test_without_the_size_of_the_embedding_nothing_is_left_out(toy):
    embedded(toy)
    toy.connection.execute("UPDATE claims SET value = '[1000, 2000]' WHERE attribute = 'd_model'")
    assert how(toy, "params_total", "250M") is None
    assert ways(toy, "params_total", 300) == [300]


def test_the_size_in_the_name_is_written_for_the_total(toy):
    for model in ("72B", "small", "7"):
        toy.say(model, "params_total", 72_700 * MILLION)
    assert how(toy, "params_total", "72B") == ("true", "the size in its name", 72_700 * MILLION)
    assert how(toy, "params_reported", "72,000,000,000")[1] == "the size in its name"
    assert how(toy, "params_total", "71B") is None
    assert how(toy, "params_total", "72B", "small") is None
    assert how(toy, "params_total", "7", "7") is None  # which has no scale
    toy.say("72B", "n_layers", 80)
    assert how(toy, "n_layers", "72,000,000,000") is None


@pytest.mark.parametrize(
    ("sparsity", "agrees"), [("dense", True), ("mixture-of-experts", False), (None, False)]
)
def test_of_the_active_parameters_the_name_tells_where_all_are_active(toy, sparsity, agrees):
    toy.say("72B", "params_active", 70_000 * MILLION)
    if sparsity:
        toy.say("72B", "sparsity", sparsity)
    assert (how(toy, "params_active", "72B") is not None) is agrees


@pytest.mark.parametrize(
    ("attribute", "model", "size"),
    [
        ("params_total", "72B", 72e9), ("params_reported", "72B", 72e9), ("n_layers", "72B", 0),
        ("params_active", "72B", 0), ("params_total", "small", 0), ("params_total", "7", 0),
    ],
)  # fmt: skip
def test_a_name_that_gives_no_size_gives_none(toy, attribute, model, size):
    base = BaseClaims(toy.connection)
    assert Conventions(base).named_size(base.known(model, attribute)) == size


def test_both_halves_of_a_gated_layer_may_be_counted_together(toy):
    toy.say("72B", "d_ff", 11_008)
    assert how(toy, "d_ff", "22016") is None
    toy.say("72B", "gated_ffn", True)
    together = "the gate and the layer counted together"
    assert how(toy, "d_ff", "22016") == ("true", together, 11_008)
    assert how(toy, "d_ff", "22017") is None
    toy.connection.execute("UPDATE claims SET value = 'false' WHERE attribute = 'gated_ffn'")
    assert how(toy, "d_ff", "22016") is None


def test_what_is_no_width_is_not_doubled(toy):
    toy.say("72B", "gated_ffn", True)
    toy.say("72B", "d_model", 4_096)
    assert how(toy, "d_model", "8192") is None


def test_shared_experts_may_be_counted_among_the_others(toy):
    toy.say("72B", "n_experts", 256)
    assert how(toy, "n_experts", "257") is None
    toy.say("72B", "n_shared_experts", 1)
    assert how(toy, "n_experts", "257") == ("true", "the shared experts included", 256)
    assert how(toy, "n_experts", "258") is None
    assert how(toy, "n_experts", "256") is None  # which needs no convention
    toy.connection.execute("UPDATE claims SET value = '0' WHERE attribute = 'n_shared_experts'")
    assert ways(toy, "n_experts", 256) == [256]


@pytest.mark.parametrize(
    ("locator", "text", "agrees"),
    [
        ("5.9T + 100B", "5.9T", True),
        ("5.9T + 100B", "100B", True),
        ("5.9T + 100B", "6.1T", False),
        ("stage 1: 5.9T tokens", "5.9T", True),
        ("two stages: 5.9T and 100B", "5.9T", True),
        ("5.9T staged", "5.9T", False),  # no stage of several
        ("5 + 100", "5", False),  # numbers without a scale
        ("50000 + 100", "50,000", False),
        (None, "5.9T", False),
    ],
)
def test_the_tokens_of_one_stage_agree_with_the_sum_of_all(toy, locator, text, agrees):
    toy.say("72B", "training_tokens", 6 * 10**12)
    place = "UPDATE claims SET source = ?, locator = ?"
    toy.connection.execute(place, ("product", locator))
    found = how(toy, "training_tokens", text)
    assert found == (("true", f"one stage of {locator}", 6 * 10**12) if agrees else None)
    toy.connection.execute(place, ("paper", locator))
    assert how(toy, "training_tokens", text) is None


@pytest.mark.parametrize(
    ("text", "agrees"), [("175B", True), ("~175B", True), ("180B", False), ("350B", False)]
)
def test_the_corpus_is_smaller_than_what_was_seen_of_it(toy, text, agrees):
    toy.say("72B", "training_tokens", 525 * 10**9)
    assert how(toy, "training_tokens", text) is None
    data = [{"name": "code", "size": 175 * 10**9, "unit": "tokens"}]
    toy.say("72B", "training_data", data)
    seen = "the size of the corpus, which was seen 3 times"
    assert how(toy, "training_tokens", text) == (("true", seen, data) if agrees else None)
    assert ways(toy, "training_tokens", 525 * 10**9) == [525 * 10**9, 175 * 10**9]


def test_a_corpus_counts_nothing_else(toy):
    toy.say("72B", "training_data", [{"name": "code", "size": 175 * 10**9, "unit": "tokens"}])
    toy.say("72B", "params_total", 72 * 10**9)
    assert how(toy, "params_total", "175B") is None
    assert ways(toy, "params_total", 72 * 10**9) == [72 * 10**9]


def test_only_tokens_have_stages(toy):
    toy.say("72B", "vocab_size", 6 * 10**12)
    toy.connection.execute("UPDATE claims SET source = 'product', locator = '5.9T + 100B'")
    assert how(toy, "vocab_size", "5.9T") is None


@pytest.mark.parametrize(
    ("text", "note", "agrees"),
    [
        ("309B", "Without the layers of multi-token prediction.", True),
        ("310B", "Without the layers of multi-token prediction.", False),
        ("299B", "Without the layers of multi-token prediction.", False),
        ("309B", "The main model alone.", False),
        ("309B", None, False),
    ],
)
def test_a_module_that_predicts_further_tokens_may_be_counted_with_the_rest(
    toy, text, note, agrees
):
    toy.say("72B", "params_total", 300_000 * MILLION, note=note)
    found = how(toy, "params_total", text)
    with_it = ("true", "with its module of multi-token prediction", 300_000 * MILLION)
    assert found == (with_it if agrees else None)


def test_every_way_of_counting_is_tried_in_turn(toy):
    embedded(toy)
    toy.say("72B", "context_length", [2_048, 4_096])
    toy.say("72B", "context_length_pretraining", 2_048)
    toy.say("72B", "gated_ffn", True)
    toy.say("72B", "n_shared_experts", 2)
    m = MILLION
    assert ways(toy, "params_total", 300 * m) == [300 * m, 350 * m, 250 * m, 200 * m]
    assert ways(toy, "batch_size", 4_096) == [
        4_096, 4_096 * 2_048, 2, 4_096 * 4_096, 1,
    ]  # fmt: skip
    assert ways(toy, "d_ff", 100) == [100, 200]
    assert ways(toy, "n_experts", 8) == [8, 10]
    assert ways(toy, "n_layers", 8) == [8]


def test_lengths_are_those_of_pretraining_and_of_use_each_once(toy):
    toy.say("72B", "context_length", [8_192, 4_096])
    toy.say("72B", "context_length_pretraining", 4_096)
    assert Conventions(BaseClaims(toy.connection)).lengths("72B") == [4_096, 8_192]


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        (
            "Gemma 4 E2B",
            "~2B",
            "agrees-normalised",
        ),  # the parameters held at once, as its name says
        ("Gemma 4 E2B", "~3B", "wrong"),
        ("BLOOM 7.1B", "6.0B", "agrees-normalised"),  # without the embeddings
        ("BLOOM 7.1B", "6B", "wrong"),  # one digit tells nothing of how it was counted
        ("MiniMax-Text-01", "456B", "agrees"),
    ],
)
def test_sizes_by_a_name_and_without_embeddings(cell, model, text, verdict):
    found = cell(model, "Parameters", text)
    assert ("wrong" if found.is_false else found.verdict) == verdict


@pytest.mark.parametrize(
    ("model", "verdict"), [("MiniMax-Text-01", "agrees-normalised"), ("Phi-4", "agrees-normalised")]
)
def test_a_model_that_reaches_further_in_inference_has_the_length_it_was_trained_on(
    cell, model, verdict
):
    text = {"MiniMax-Text-01": "1M", "Phi-4": "16K"}[model]
    assert cell(model, "Context", text).verdict in {"agrees", verdict}


@pytest.mark.parametrize(
    ("model", "text", "verdict"),
    [
        ("Qwen3-235B-A22B", "1,536", "agrees"),
        ("Qwen3-235B-A22B", "12,288", "agrees-normalised"),  # eight experts of 1,536
        ("Qwen3-235B-A22B", "13,824", "wrong"),
        ("Qwen1.5-1.8B", "~5,461", "agrees-normalised"),
        ("Qwen1.5-1.8B", "5,461", "wrong"),
        ("Qwen1.5-1.8B", "~5,400", "wrong"),
    ],
)
def test_a_width_may_be_that_of_all_experts_that_answer_or_approximate(cell, model, text, verdict):
    assert cell(model, "d_ff", text).verdict == verdict


@pytest.mark.parametrize(("text", "verdict"), [("7B", "agrees-normalised"), ("9B", "wrong")])
def test_a_tune_without_a_size_in_its_name_has_that_of_its_base(cell, text, verdict):
    assert cell("Fin-R1", "Parameters", text).verdict == verdict  # 7.62B, of Qwen2.5-7B
