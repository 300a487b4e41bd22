"""Single cells judged against a line of toy models, of which a test says what the base has."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.table_subject import TableSubject
from tests.chosen_claims import ChosenClaims


class Line:
    """The names of a line of two families, whose sizes are the ends of the ids."""

    def generations(self, family):
        return {"toy": ["toy-2", "zorg"], "toy-2": ["toy", "zorg"]}.get(family, [])

    def named_alike(self, family):
        return [one for one in self.generations(family) if one.startswith("toy")]

    def other_sizes(self, family):
        return []

    def of_size(self, models, text):
        return [model for model in models if model.endswith(text)]

    def find(self, text):
        return None  # no model has another name than its own


FAMILIES = {"toy": ("7B", "13B", "70B"), "toy-2": ("2-7B",), "zorg": ("zorg-7B",)}


@pytest.fixture
def toy():
    """A family of three sizes, each with a chat model or none, and two later generations."""
    claims = ChosenClaims(FAMILIES["toy"])
    run = claims.connection.execute
    for family in ("toy-2", "zorg"):
        for model in FAMILIES[family]:
            run(
                "INSERT INTO models VALUES (?, ?, ?, 'base', '7B', 0)",
                (model, family, model.title()),
            )
    for model in ("7B", "13B"):
        row = (f"{model}-chat", f"Toy {model} Chat", model)
        run("INSERT INTO models VALUES (?, 'toy', ?, 'post-trained', ?, 9)", row)
    run("CREATE TABLE families (id, name)")
    run("INSERT INTO families VALUES ('toy', 'Toy'), ('toy-2', 'Toy 2'), ('zorg', 'Zorg')")
    yield claims
    claims.connection.close()


def judged(claims, attribute, text, *models, loose=False):
    kind, name = ("model", models[0]) if len(models) == 1 else ("family", "toy")
    subject = TableSubject(kind, name, models, loose) if models else None
    judge = Judge(BaseClaims(claims.connection), Line())
    return judge.judge(read_cell(text, attribute), subject)


def told(found):
    return found.verdict, found.cause, found.reason


def values(found):
    return [claim.value for claim in found.claims]


def say(claims, attribute, **values):
    for model, value in values.items():
        claims.say(model.removeprefix("m").replace("_", "-"), attribute, value)


def test_a_blank_of_nobody_known_is_blank(toy):
    assert told(judged(toy, "n_layers", "—")) == ("blank", None, "")
    say(toy, "n_layers", m7B=32)
    found = judged(toy, "n_layers", "—", "7B", "13B")
    assert (found.verdict, found.models) == ("blank", ("7B", "13B"))
    assert judged(toy, "n_layers", "—", "13B").expected == ""


def test_what_the_base_says_word_for_word_is_true(toy):
    say(toy, "n_layers", m7B=32, m13B=40)
    toy.say("7B", "n_layers", 30)
    found = judged(toy, "n_layers", "32 (7B) · 40 (13B)", "7B", "13B")
    assert told(found) == ("agrees", None, "")
    assert (found.expected, values(found)) == ("32 (7B) · 40 (13B)", [32, 40])
    assert found.models == ("7B", "13B")


def test_sizes_by_their_names_are_true(toy):
    say(toy, "params_total", m7B=6_100_000_000, m13B=13_900_000_000)
    assert told(judged(toy, "params_total", "7B, 13B", "7B", "13B")) == ("agrees", None, "")
    assert judged(toy, "vocab_size", "7B, 13B", "7B", "13B").verdict == "unsupported"


@pytest.mark.parametrize("text", ["lr^2", "d²", "4 * n_embd", "1/3 n_embd", "x" * 61])
def test_a_formula_or_what_is_not_read_is_no_value(toy, text):
    say(toy, "d_ff", m7B=4096)
    said = f"not a value of d_ff: {text[:60]}"
    assert told(judged(toy, "d_ff", text, "7B")) == ("unreadable", None, said)


def test_a_day_that_no_calendar_has_is_false_where_the_base_has_a_day(toy):
    assert judged(toy, "release_date", "2023-13", "7B").verdict != "wrong"
    say(toy, "release_date", m7B="2023-02-24")
    toy.say("7B", "release_date", "2023-03")
    found = judged(toy, "release_date", "2023-13", "7B", "13B")
    said = "there is no such day; the base has 2023-02-24"
    assert told(found) == ("wrong", "no-such-date", said)
    assert (found.expected, values(found)) == ("2023-02-24", ["2023-02-24"])


def test_of_nobody_known_nothing_is_said(toy):
    said = "the base does not know this model"
    assert told(judged(toy, "n_layers", "32")) == ("unsupported", None, said)


def test_a_list_as_export_writes_it_is_one_of_the_claims_or_false(toy):
    text = '[{"name": "C4"}]'
    said = "the base does not know it"
    assert told(judged(toy, "training_data", text, "7B")) == ("unsupported", None, said)
    say(toy, "training_data", m7B=[{"name": "Books"}])
    said = "the base has Books"
    assert told(judged(toy, "training_data", text, "7B")) == ("wrong", "unexplained", said)
    toy.say("7B", "training_data", [{"name": "C4"}])
    found = judged(toy, "training_data", text, "7B", "13B")
    assert told(found) == ("agrees", None, "")
    assert (found.expected, values(found)) == ("Books", [[{"name": "Books"}]])


def flag(claims, says, *models):
    subject = TableSubject("family", "toy", models) if models else None
    header = Header("GQA", attributes=("attention",), term="GQA")
    return Judge(BaseClaims(claims.connection), Line()).judge_flag(header, says, subject)


def test_yes_and_no_below_a_term_are_true_of_all_of_some_or_of_none(toy):
    assert told(flag(toy, True)) == ("unsupported", None, "the base does not know this model")
    assert told(flag(toy, True, "7B")) == ("unsupported", None, "the base does not know it")
    say(toy, "attention", m7B="MHA", m13B="GQA", m70B="GQA")
    assert told(flag(toy, True, "13B", "70B")) == ("agrees", None, "")
    assert told(flag(toy, False, "7B")) == ("agrees", None, "")
    assert told(flag(toy, False, "13B")) == ("wrong", "unexplained", "the base has GQA")
    some = flag(toy, True, "7B", "13B", "70B")
    said = "not of 7B: MHA (7B) · GQA (13B, 70B)"
    assert told(some) == ("partly-wrong", None, said)
    assert values(some) == ["MHA", "GQA", "GQA"]


def test_one_value_that_is_not_true_of_every_size_is_true_in_part(toy):
    say(toy, "n_layers", m7B=32, m13B=40)
    said = "not of 13B: 32 (7B) · 40 (13B)"
    assert told(judged(toy, "n_layers", "32", "7B", "13B")) == ("partly-wrong", None, said)
    assert judged(toy, "params_total", "7B", "7B", "13B").verdict != "partly-wrong"


def test_a_range_of_lengths_is_judged_by_its_end(toy):
    say(toy, "context_length", m7B=4096)
    assert judged(toy, "context_length", "512-4096", "7B").verdict == "agrees"
    assert judged(toy, "context_length", "512-16384", "7B").is_false
    assert not judged(toy, "context_length", "2048-16384 by sliding windows", "7B").is_false


def test_a_range_is_true_where_it_has_both_ends(toy):
    say(toy, "n_layers", m7B=32, m13B=40, m70B=80)
    every = ("7B", "13B", "70B")
    assert judged(toy, "n_layers", "32–80", *every).verdict == "agrees"
    for text, missing in (("32–40", "70B"), ("40–80", "7B")):
        found = judged(toy, "n_layers", text, *every)
        said = f"not of {missing}: 32 (7B) · 40 (13B) · 80 (70B)"
        assert told(found) == ("partly-wrong", "incomplete", said)
    assert judged(toy, "n_layers", "20–90", *every).is_false  # it holds them all, and ends nowhere
    assert (
        judged(toy, "n_layers", "70–100", "70B").verdict == "agrees"
    )  # one value, not quite known
    assert judged(toy, "n_layers", "50–100", "70B").is_false
    assert judged(toy, "n_layers", "33–90", *every).is_false


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("GQA (70B), MHA (7B, 13B)", None),
        ("GQA (70B), MHA", None),
        ("MHA (7B), GQA (70B)", None),
        ("MHA (7B), GQA (13B, 70B)", "13B"),
        ("MHA (13B, 70B), GQA (70B)", "70B"),
        ("GQA (13B, 70B)", "7B, 13B"),
    ],
)
def test_a_value_beside_the_name_of_a_size_that_has_another_is_false_of_that_size(
    toy, text, missing
):
    say(toy, "attention", m7B="MHA", m13B="MHA", m70B="GQA")
    found = judged(toy, "attention", text, "7B", "13B", "70B")
    if missing is None:
        assert told(found) == ("agrees-normalised", None, "")
    else:
        said = f"not of {missing}: MHA (7B, 13B) · GQA (70B)"
        assert told(found) == ("partly-wrong", None, said)


def test_of_several_publishers_the_base_may_not_know_each(toy):
    for one in ("meta", "tii"):
        row = (one, one, "organization")
        toy.connection.execute("INSERT INTO names (key, target, kind) VALUES (?, ?, ?)", row)
    toy.connection.execute("CREATE TABLE organizations (id, name, about)")
    say(toy, "organization", m7B=["meta"])
    found = judged(toy, "organization", "Meta, TII", "7B")
    assert (found.verdict, found.cause) == ("partly-wrong", None)
    assert found.reason.startswith("TII is false: the base has ")
    assert judged(toy, "organization", "TII", "7B").verdict == "wrong"


def test_of_several_dates_of_a_family_the_base_may_not_know_each(toy):
    say(toy, "release_date", m7B="2023-02-24", m13B="2023-02-24")
    text = "2023-02-24, 2024-07-18"
    assert judged(toy, "release_date", text, "7B", "13B").verdict == "partly-wrong"
    assert judged(toy, "release_date", text, "7B").verdict == "wrong"
    say(toy, "n_layers", m7B=32, m13B=40)
    assert judged(toy, "n_layers", "32, 99", "7B", "13B").verdict == "wrong"


def test_a_near_date_is_left_open_where_half_of_the_members_have_none(toy):
    say(toy, "release_date", m7B="2023-02-24")
    assert judged(toy, "release_date", "2023-01", "7B").verdict == "wrong"
    found = judged(toy, "release_date", "2023-01", "7B", "13B")
    assert found.verdict == "unsupported"
    assert found.reason.endswith("; and nothing of 1 of its 2 models")
    assert judged(toy, "release_date", "2022-12", "7B", "13B").verdict == "wrong"
    say(toy, "release_date", m13B="2023-02-24")
    assert judged(toy, "release_date", "2023-01", "7B", "13B", "70B").verdict == "wrong"


def test_one_misspelt_value_makes_a_cell_misspelt(toy):
    say(toy, "architecture", m7B="causal-decoder")
    found = judged(toy, "architecture", "casual-decoder", "7B")
    assert told(found) == ("misspelt", None, "'casual-decoder' is causal-decoder")
    say(toy, "objective", m7B=["MLM", "NSP"])
    reading = read_cell("MLM, NSP", "objective")
    last = reading.items[1]._replace(spelled="NPS")
    reading = reading._replace(items=(reading.items[0], last), text="MLM, NPS")
    judge = Judge(BaseClaims(toy.connection), Line())
    found = judge.judge(reading, TableSubject("model", "7B", ("7B",)))
    assert told(found) == ("misspelt", None, "'NPS' is NSP")


def test_a_familys_size_that_only_a_member_of_another_name_has_is_false(toy):
    rename = "UPDATE models SET name = ? WHERE id = ?"
    for name, model in (("ToyBase 70B", "70B"), ("ToyBase 13B", "13B")):
        toy.connection.execute(rename, (name, model))
    say(toy, "params_total", m7B=7_000_000_000, m13B=13_000_000_000, m70B=13_000_000_000)
    found = judged(toy, "params_total", "13.0B", "7B", "13B", "70B")
    assert told(found) == ("wrong", "other-size", "true of ToyBase 13B; the base has 7B")
    assert found.true_of == ("13B", "70B")


def test_what_is_false_among_several_is_named(toy):
    say(toy, "objective", m7B=["MLM"])
    found = judged(toy, "objective", "MLM, CLM", "7B")
    assert told(found) == ("wrong", None, "CLM is false: the base has MLM")
    assert [item.value for item in found.false_items] == ["CLM"]
    found = judged(toy, "objective", "CLM", "7B")
    assert told(found) == ("wrong", None, "the base has MLM")
    assert (found.expected, found.models, values(found)) == ("MLM", ("7B",), [["MLM"]])


def test_a_misprint_or_another_length_says_why_a_cell_is_false(toy):
    toy.say("7B", "n_heads", 32)
    toy.say("7B", "n_heads", 48, note="a misprint of table 2")
    said = "the base has 32 (a misprint of table 2)"
    assert told(judged(toy, "n_heads", "48", "7B")) == ("wrong", "source-misprint", said)
    say(toy, "context_length", m7B=8192)
    say(toy, "context_length_pretraining", m7B=4096)
    said = "the base has 8,192 (this is its pretraining length)"
    assert told(judged(toy, "context_length", "4096", "7B")) == ("wrong", "other-attribute", said)


def test_what_is_true_in_part_says_of_what_part(toy):
    toy.say("7B", "post_training", ["DPO"], note="after fine-tuning")
    said = "the base has DPO (after fine-tuning)"
    found = judged(toy, "post_training", "SFT", "7B")
    assert told(found) == ("partly-wrong", "fine-tuning-value", said)


def test_words_of_ones_own_or_beside_the_value_are_normalised(toy):
    say(toy, "attention", m7B="GQA")
    assert told(judged(toy, "attention", "GQA", "7B")) == ("agrees", None, "")
    for text in ("grouped-query attention", "GQA (8 groups)"):
        assert told(judged(toy, "attention", text, "7B")) == ("agrees-normalised", None, "")
    say(toy, "n_layers", m7B=32)
    assert told(judged(toy, "n_layers", "32", "7B")) == ("agrees", None, "")


def test_what_is_true_of_the_variants_says_of_which(toy):
    say(toy, "context_length", m7B=2048, m7B_chat=4096)
    said = "true of the post-trained model"
    assert told(judged(toy, "context_length", "4096", "7B")) == ("agrees-normalised", None, said)
    assert judged(toy, "context_length", "8192", "7B").is_false


def test_what_is_true_of_a_size_beside_says_of_which(toy):
    say(toy, "params_total", m7B=6_700_000_000, m13B=13_000_000_000, m70B=70_000_000_000)
    found = judged(toy, "params_total", "70B", "7B", "13B")
    said = "true of Toy 7B Chat or Toy 13B Chat or Toy 70B"
    assert told(found) == ("agrees-normalised", None, said)
    assert judged(toy, "params_total", "70B", "7B").is_false


def test_what_is_only_partly_true_of_a_variant_is_false(toy):
    toy.connection.execute(
        "INSERT INTO names (key, target, kind) VALUES ('meta', 'meta', 'organization')"
    )
    toy.connection.execute(
        "INSERT INTO names (key, target, kind) VALUES ('tii', 'tii', 'organization')"
    )
    toy.connection.execute("CREATE TABLE organizations (id, name, about)")
    say(toy, "organization", m7B=["google"], m7B_chat=["meta"])
    found = judged(toy, "organization", "Meta", "7B")
    assert told(found) == ("agrees-normalised", None, "true of the post-trained model")
    assert judged(toy, "organization", "Meta, TII", "7B").is_false


def test_a_bare_name_may_mean_a_later_generation(toy):
    say(toy, "context_length", m7B=2048, m2_7B=4096, zorg_7B=8192)
    for text, family in (("4096", "toy-2"), ("8192", "zorg")):
        found = judged(toy, "context_length", text, "7B", "13B", loose=True)
        said = f"true of {family} only; toy has 2,048"
        assert told(found) == ("partly-wrong", "other-generation", said)
        assert found.false_items == ()
        assert judged(toy, "context_length", text, "7B", "13B").is_false
    found = judged(toy, "context_length", "2048, 4096", "7B", "13B", loose=True)
    said = "true of toy and its successors together only; toy has 2,048"
    assert told(found) == ("partly-wrong", "other-generation", said)
    assert judged(toy, "context_length", "1024", "7B", "13B", loose=True).is_false


def test_a_word_is_held_against_generations_of_the_same_name_alone(toy):
    say(toy, "attention", m7B="MHA", m2_7B="GQA", zorg_7B="MQA")
    found = judged(toy, "attention", "GQA", "7B", "13B", loose=True)
    assert found.cause == "other-generation"
    assert judged(toy, "attention", "MQA", "7B", "13B", loose=True).is_false
