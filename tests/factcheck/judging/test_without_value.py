"""Cells that say nothing, and what is said of that of which the base has no value."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.agreement import Comparer
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.without_value import empty_cell, unless_of_another, without_value
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES
from tests.chosen_claims import ChosenClaims


def statement(value, status="reported", attribute="n_experts", **more):
    return Statement("toy", attribute, value, status, "paper", "§ 2", "curated", **more)


def known(*claims, tentative=(), withheld=None, model="toy", attribute="n_experts"):
    return Known(model, ATTRIBUTES[attribute], claims, tuple(tentative), withheld)


SILENT = statement(None, "undisclosed")
MEANINGLESS = statement(None, "not-applicable", note="it is dense")


def empty(text, *each, expected="8"):
    return empty_cell(read_cell(text, "n_experts"), each, expected)


def test_a_blank_is_blank_whatever_the_base_has():
    claim = statement(8)
    found = empty("—", known(claim), known(model="other"))
    assert (found.verdict, found.expected, found.claims) == ("blank", "8", (claim,))
    assert (found.attribute, found.models) == ("n_experts", ("toy", "other"))


def test_undisclosed_is_true_of_what_the_publisher_withholds():
    found = empty("undisclosed", known(withheld=SILENT), known())
    assert (found.verdict, found.reason) == ("agrees", "the publisher does not disclose it")


@pytest.mark.parametrize(
    "each",
    [
        [known(statement(8), withheld=SILENT)],
        [known()],
        [known(statement(8)), known(model="other")],
        [known(statement(8, status="estimated"))],
    ],
)
def test_undisclosed_says_nothing_where_it_may_be_so_or_nothing_is_known(each):
    assert empty("undisclosed", *each).verdict == "blank"


def test_undisclosed_is_false_of_a_number_that_is_published():
    found = empty("undisclosed", known(statement(8)))
    assert (found.verdict, found.cause) == ("wrong", "stated-absence")
    assert (found.reason, found.expected) == ("it is published: 8", "8")


@pytest.mark.parametrize(
    ("attribute", "verdict"), [("params_total", "wrong"), ("training_compute", "blank")]
)
def test_what_is_counted_from_weights_is_published_and_what_the_base_derives_is_not(
    attribute, verdict
):
    derived = known(statement(7e9, "derived", attribute), attribute=attribute)
    assert empty_cell(read_cell("undisclosed", attribute), [derived], "7B").verdict == verdict


def test_undisclosed_may_be_said_of_what_is_described_in_part():
    data = known(statement([{"name": "web"}]), attribute="training_data")
    assert empty_cell(read_cell("undisclosed", "training_data"), [data], "web").verdict == "blank"


def test_a_blank_is_no_word_of_silence():
    assert empty("", known(withheld=SILENT)).verdict == "blank"


def test_none_is_false_of_what_there_is():
    claim = statement(8)
    found = empty("none", known(claim))
    assert (found.verdict, found.cause) == ("wrong", "stated-absence")
    assert (found.reason, found.expected) == ("there is something: 8", "8")
    assert (found.models, found.claims, found.known) == (("toy",), (claim,), (known(claim),))


def test_the_first_claim_of_each_model_is_the_one_that_counts():
    first, second = statement(8), statement(9)
    assert empty("none", known(first, second)).claims == (first,)
    assert empty("—", known(first, second), known(second, model="other")).claims == (first, second)


@pytest.mark.parametrize("nothing", [[], ["none"], "none", False, 0])
def test_none_is_not_false_where_there_is_nothing(nothing):
    assert empty("none", known(statement(nothing))).verdict == "blank"
    assert empty("none", known(statement(8)), known(statement(nothing))).verdict == "blank"


def test_none_is_not_false_where_nothing_is_known():
    assert empty("none", known()).verdict == "blank"
    assert empty("—", known(statement(8))).verdict == "blank"


@pytest.fixture
def comparer():
    claims = ChosenClaims(["toy"])
    known = [("proprietary", "proprietary", "license"), ("mit", "mit", "license")]
    name = "INSERT INTO names (key, target, kind) VALUES (?, ?, ?)"
    claims.connection.executemany(name, known)
    yield Comparer(BaseClaims(claims.connection))
    claims.connection.close()


def told(comparer, text, *each):
    return without_value(comparer, read_cell(text, "n_experts"), each)


GUESS = statement(16, "rumoured")
ESTIMATE = statement(16, "estimated")


def test_what_the_base_does_not_know_is_unsupported(comparer):
    found = told(comparer, "16", known(), known(model="other"))
    assert (found.verdict, found.reason) == ("unsupported", "the base does not know it")
    assert (found.models, found.cause) == (("toy", "other"), None)


def test_a_rumour_is_called_one(comparer):
    found = told(comparer, "16", known(tentative=[GUESS]))
    assert (found.verdict, found.cause) == ("rumour", "undisclosed")
    assert (found.reason, found.expected) == (
        "not disclosed; rumoured by paper", "undisclosed",
    )  # fmt: skip
    assert (found.models, found.claims) == (("toy",), (GUESS,))


def test_an_estimate_is_true_as_such_and_a_rumour_where_the_publisher_is_silent(comparer):
    found = told(comparer, "16", known(tentative=[ESTIMATE]))
    assert (found.verdict, found.reason) == ("agrees-normalised", "an estimate, by paper")
    assert (found.expected, found.models, found.claims) == ("16", ("toy",), (ESTIMATE,))

    silent = told(comparer, "16", known(tentative=[ESTIMATE], withheld=SILENT))
    assert (silent.verdict, silent.reason) == ("rumour", "not disclosed; estimated by paper")
    assert silent.claims == (SILENT, ESTIMATE)


def test_any_value_may_repeat_a_rumour_of_any_model(comparer):
    assert told(comparer, "12, 16", known(), known(tentative=[GUESS])).verdict == "rumour"


def test_another_value_than_the_rumour_is_withheld_with_what_is_rumoured(comparer):
    found = told(comparer, "12", known(tentative=[GUESS, ESTIMATE], withheld=SILENT))
    assert (found.verdict, found.cause, found.expected) == ("rumour", "undisclosed", "undisclosed")
    assert found.reason == (
        "the publisher does not disclose it (§ 2); rumoured 16 by paper; estimated 16 by paper"
    )
    assert found.claims == (SILENT,)
    assert [item.value for item in found.false_items] == [12]
    assert len(found.known) == 1


def test_another_value_than_a_rumour_is_not_known_where_nothing_is_withheld(comparer):
    assert told(comparer, "12", known(tentative=[GUESS])).reason == "the base does not know it"


def test_what_has_no_meaning_is_false(comparer):
    found = told(comparer, "12", known(withheld=MEANINGLESS))
    assert (found.verdict, found.cause) == ("wrong", None)
    assert found.reason == "it has no meaning here: it is dense"
    assert found.expected == "not applicable"
    assert [item.value for item in found.false_items] == [12]
    plain = told(comparer, "12", known(withheld=MEANINGLESS._replace(note=None)))
    assert plain.reason == "it has no meaning here: not applicable"


def test_what_has_a_meaning_for_some_models_is_withheld(comparer):
    found = told(comparer, "12", known(withheld=MEANINGLESS), known(withheld=SILENT))
    assert found.verdict == "rumour"
    assert found.claims == (MEANINGLESS, SILENT)


@pytest.mark.parametrize(
    ("text", "attribute", "verdict"),
    [
        ("12", "n_layers", "rumour"),
        ("~12", "n_layers", "unsupported"),  # a guess that says that it is one
        ("12 (est.)", "n_layers", "unsupported"),
        ("10-12", "n_layers", "unsupported"),
        (">12", "n_layers", "unsupported"),
        ("7B", "params_total", "rumour"),
        ("2T", "training_tokens", "rumour"),
        ("0.9", "gradient_clipping", "unsupported"),  # of any run
        ("1e24", "training_compute", "unsupported"),  # which anybody may work out
    ],
)
def test_a_number_stated_flatly_where_the_publisher_is_silent_is_a_rumour(
    comparer, text, attribute, verdict
):
    silent = SILENT._replace(attribute=attribute)
    found = without_value(
        comparer, read_cell(text, attribute), [known(withheld=silent, attribute=attribute)]
    )
    assert found.verdict == verdict


def test_what_the_bare_name_of_a_line_has_wrong_may_be_of_another_generation():
    false = Judgement(
        "n_layers", "wrong", "so it is", "digit-slip", "32", ("toy",), (statement(8),)
    )
    line, family = (TableSubject(kind, "toy", ("toy",)) for kind in ("line", "family"))
    found = unless_of_another(false, line)
    assert (found.attribute, found.verdict, found.cause) == ("n_layers", "unsupported", None)
    assert found.reason == "the name may mean another generation than those the base has: 32"
    assert (found.models, found.claims) == (("toy",), ())
    assert unless_of_another(false._replace(verdict="misplaced"), line).verdict == "unsupported"
    for subject in (family, None):
        assert unless_of_another(false, subject) is false
    true = false._replace(verdict="agrees")
    assert unless_of_another(true, line) is true


@pytest.mark.parametrize(
    ("kind", "attribute", "false"),
    [
        ("line", "organization", True), ("any", "organization", True), ("form", "organization", False),
        ("line", "license", True), ("any", "license", False), ("form", "license", False),
        ("line", "release_date", False), ("any", "training_tokens", False),
        ("form", "n_layers", True), ("form", "training_tokens", False),
        ("preview", "context_length", True), ("preview", "release_date", False),
        ("variants", "release_date", True), ("variants", "training_tokens", True),
    ],
)  # fmt: skip
def test_what_all_generations_or_all_forms_share_is_false_of_each(kind, attribute, false):
    found = Judgement(attribute, "wrong", "so it is", None, "32", ("toy",), (statement(8),))
    assert unless_of_another(found, TableSubject(kind, "toy", ("toy",))).is_false is false


@pytest.mark.parametrize(
    ("kind", "text", "false"),
    [
        ("line", "2024-09", True), ("line", "2024-12", False), ("line", "2025-01", False),
        ("line", "Q3 2024", True), ("line", "Q4 2024", False), ("any", "2024-09", False),
    ],
)  # fmt: skip
def test_a_date_before_the_last_generation_is_false_of_each(kind, text, false):
    dates = [statement(day, attribute="release_date") for day in ("2024-02-26", "2024-11-18")]
    each = tuple(known(date, model=date.value, attribute="release_date") for date in dates)
    items = read_cell(text, "release_date").items
    found = Judgement("release_date", "wrong", "so it is", None, "", (), tuple(dates), items, each)
    assert unless_of_another(found, TableSubject(kind, "toy", ("toy",))).is_false is false


def test_the_licence_of_several_models_is_false_of_each_that_a_name_may_mean():
    found = Judgement("license", "wrong", "so it is", None, "32", ("toy", "other"))
    assert unless_of_another(found, TableSubject("any", "toy", ("toy", "other"))).is_false


@pytest.mark.parametrize(
    ("kind", "attribute", "verdict"),
    [
        ("any", "params_total", "partly-wrong"), ("any", "training_tokens", "unsupported"),
        ("variants", "training_tokens", "unsupported"),
        ("form", "params_total", "unsupported"), ("line", "training_tokens", "partly-wrong"),
    ],
)  # fmt: skip
def test_beside_true_sizes_a_false_one_is_told(kind, attribute, verdict):
    item = read_cell("7B", "params_total").items
    found = Judgement(attribute, "partly-wrong", "7B is false", None, "32", ("toy",), (), item)
    assert unless_of_another(found, TableSubject(kind, "toy", ("toy",))).verdict == verdict


@pytest.mark.parametrize(("text", "true"), [("proprietary", True), ("MIT", False)])
def test_a_model_that_was_never_released_is_proprietary(comparer, text, true):
    withheld = statement(None, "not-applicable", "license", note="it was not released")
    none = known(withheld=withheld, attribute="license")
    found = without_value(comparer, read_cell(text, "license"), [none])
    assert (found.verdict, found.reason) == (
        ("agrees-normalised", "it was not released")
        if true
        else ("wrong", "it has no meaning here: it was not released")
    )
    assert found.claims == (withheld,)


def test_a_number_that_stands_in_the_note_of_what_has_no_meaning_is_left_open(cell):
    assert cell("PaLM 540B", "Warmup", "10k steps").verdict == "unsupported"
    assert cell("PaLM 540B", "Warmup", "20k steps").verdict == "wrong"


@pytest.mark.parametrize(
    ("header", "text", "verdict"),
    [("Parameters", "8B", "wrong"), ("Layers", "31", "wrong"), ("Context", "9k", "unsupported")],
)
def test_what_every_form_of_a_model_shares_may_be_wrong_of_one(cell, header, text, verdict):
    found = cell("LLaMA 7B-GGUF", header, text)
    assert ("wrong" if found.is_false else found.verdict) == verdict


@pytest.mark.parametrize(
    ("text", "verdict"), [("2.6M", "wrong"), ("2.2B", "unsupported"), ("2.6B", "agrees")]
)
def test_a_size_that_no_generation_may_have_is_wrong_of_a_line(cell, text, verdict):
    found = cell("CPM", "Parameters", text)
    assert ("wrong" if found.is_false else found.verdict) == verdict


def test_a_name_that_may_mean_an_older_model_may_have_had_another_licence(cell):
    assert cell("OpenHermes", "License", "BSD-3-Clause").verdict == "unsupported"
    assert cell("OpenHermes 2 Mistral 7B", "License", "BSD-3-Clause").is_false


@pytest.mark.parametrize(
    ("model", "header", "text", "told"),
    [
        ("Claude", "Released", "March 2049", True),  # a day to come
        ("Qwen2/2.5", "Released", "2049", True),
        ("Cerebras-6.7B", "Context", "7048", True),  # which nobody would choose
        ("Cerebras-6.7B", "Context", "7168", False),
        ("Cerebras-6.7B", "Context", "7169", False),
        ("Cerebras-6.7B", "Context", "7171", True),
        ("Cerebras-6.7B", "Context", "1B tokens", True),
        ("Cerebras-6.7B", "Context", "100M", False),
        ("Mistral Large", "Parameters", "~120M", True),
    ],
)
def test_what_no_model_can_have_is_wrong_whatever_the_name_may_mean(
    cell, model, header, text, told
):
    assert cell(model, header, text).is_false is told
