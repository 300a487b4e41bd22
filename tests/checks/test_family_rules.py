"""Rules on families, claims and the base as a whole, each with a violating and a conforming case."""

from __future__ import annotations

from llmnotes.checks.catalogue import all_rules
from llmnotes.checks.exceptions import Exemption
from tests.checks.conftest import (
    Objects,
    generation,
    source,
    statement,
    tiny,
    toys,
    whole,
)


def test_every_rule_has_a_kebab_case_name_and_one_sentence() -> None:
    for rule in all_rules():
        assert rule.name.replace("-", "").isalnum()
        assert rule.name == rule.name.lower()
        assert rule.explanation.endswith(".")
        assert ". " not in rule.explanation


def test_a_variant_before_the_first_base_model_is_found(objects: Objects) -> None:
    first = tiny("toy", release_date="2023-07")
    early = tiny("toy-chat", variant="post-trained", release_date="2023-02")
    later = tiny("toy-chat", variant="post-trained", release_date="2023")

    found = objects("variant-before-its-family", toys(first, early))

    assert [(violation.subject, violation.attribute) for violation in found] == [
        ("toy-chat", "release_date")
    ]
    assert objects("variant-before-its-family", toys(first, later)) == []
    assert objects("variant-before-its-family", toys(early)) == []


def test_a_base_that_is_said_of_the_family_alone_is_found(objects: Objects) -> None:
    below = statement("based_on", ["toy"], inherited_from="toys")
    chat = tiny("toy-chat", variant="post-trained", based_on=below)
    own = tiny("toy-chat", variant="post-trained", based_on=["toy"])
    warm_started = tiny("toy-2", based_on=below)

    found = objects("base-of-the-whole-family", toys(chat, warm_started))

    assert [(violation.subject, violation.attribute) for violation in found] == [
        ("toy-chat", "based_on")
    ]
    assert objects("base-of-the-whole-family", toys(own)) == []


def test_one_size_that_differs_from_three_siblings_is_found(objects: Objects) -> None:
    same = [tiny(f"toy-{size}", activation="SwiGLU") for size in "abc"]
    odd = tiny("toy-d", activation="GELU")

    found = objects("member-stands-alone", toys(*same, odd))

    assert [(violation.subject, violation.attribute) for violation in found] == [
        ("toy-d", "activation")
    ]
    assert objects("member-stands-alone", toys(*same)) == []
    assert objects("member-stands-alone", toys(*same[:2], odd)) == [], "two siblings prove little"
    assert objects("member-stands-alone", toys(*same, odd, tiny("e", activation="GELU"))) == []


def test_sizes_that_fall_are_found(objects: Objects) -> None:
    small, large = tiny("small", params_total=10**9), tiny("large", params_total=7 * 10**9)
    imported = statement("params_total", 10**8, layer="imported")

    assert objects("sizes-out-of-order", toys(small, large, tiny("silent"))) == []
    assert objects("sizes-out-of-order", toys(large, small))[0].subject == "small"
    assert objects("sizes-out-of-order", toys(large, tiny("x", params_total=imported))) == []


def test_a_size_of_which_nothing_is_said_is_found(objects: Objects) -> None:
    known = [tiny(f"toy-{size}", n_layers=12) for size in "ab"]
    withheld = tiny("toy-c", n_layers=statement("n_layers", None, status="undisclosed"))

    found = objects("declared-for-some-sizes", toys(*known, tiny("toy-c")))

    assert [(violation.subject, violation.attribute) for violation in found] == [
        ("toy-c", "n_layers")
    ]
    assert objects("declared-for-some-sizes", toys(*known, withheld)) == []
    assert objects("declared-for-some-sizes", toys(known[0], tiny("b"), tiny("c"))) == []


def test_a_vocabulary_unlike_its_siblings_is_padding_or_worse(objects: Objects) -> None:
    same = [tiny(f"toy-{size}", vocab_size=50_257, tokenizer="BPE") for size in "ab"]
    padded = tiny("toy-c", vocab_size=50_304, tokenizer="BPE")
    strange = tiny("toy-c", vocab_size=32_000, tokenizer="BPE")
    other = tiny("toy-c", vocab_size=32_000, tokenizer="Unigram")

    rule = "vocabulary-differs-from-siblings"
    assert [violation.severity for violation in objects(rule, toys(*same, padded))] == [None]
    assert [violation.severity for violation in objects(rule, toys(*same, strange))] == ["warning"]
    assert objects(rule, toys(*same, other)) == []
    assert objects(rule, toys(*same)) == []


def test_a_claim_without_source_or_with_an_unknown_one_is_found(objects: Objects) -> None:
    none = tiny(d_model=statement("d_model", 64, source=None))
    lost = tiny(d_model=statement("d_model", 64, source="nowhere"))
    moot = tiny(d_model=statement("d_model", None, source=None, status="not-applicable"))
    own = tiny(d_model=statement("d_model", 64, source=None, layer="user"))

    assert objects("source-missing", none)
    assert objects("source-missing", lost)
    assert objects("source-missing", moot) == []
    assert objects("source-missing", tiny(d_model=64)) == []
    assert objects("source-missing", own)[0].severity == "info", "the user's own word"


def test_a_claim_that_does_not_say_where_it_stands_is_found(objects: Objects) -> None:
    assert objects("locator-missing", tiny(d_model=statement("d_model", 64, locator=None)))
    assert objects("locator-missing", tiny(d_model=statement("d_model", 64, locator=" ")))
    assert objects("locator-missing", tiny(d_model=64)) == []


def test_undisclosed_needs_the_refusal_or_the_documents_searched(objects: Objects) -> None:
    silent = statement("d_model", None, status="undisclosed")
    searched = silent._replace(note="Neither the paper nor the model card names it.")

    assert objects("undisclosed-without-search", tiny(d_model=silent))
    assert objects("undisclosed-without-search", tiny(d_model=searched)) == []


def test_two_sources_that_contradict_are_found_unless_one_is_preferred(objects: Objects) -> None:
    one = statement("n_layers", 12)
    other = statement("n_layers", 24, source="config")
    derived = other._replace(status="derived")
    preferred = one._replace(preferred=True, reason="the checkpoint has so many")

    rule = "sources-contradict"
    assert objects(rule, tiny(n_layers=[one, other]))[0].claims == (one, other)
    assert objects(rule, tiny(n_layers=[preferred, other])) == []
    assert objects(rule, tiny(n_layers=[one, derived])) == []
    assert objects(rule, tiny(n_layers=[one, one._replace(source="config")])) == []
    assert objects(rule, tiny(n_layers=[one, other._replace(layer="user")]))[0].severity == "info"


def test_a_guess_that_was_brought_in_is_held_against_the_fact(objects: Objects) -> None:
    fact = statement("context_length", 1024)
    guess = statement("context_length", 4096, status="estimated", layer="imported")

    rule = "guess-contradicts-fact"
    assert objects(rule, tiny(context_length=[fact, guess]))[0].claims == (fact, guess)
    assert objects(rule, tiny(context_length=[fact, guess._replace(value=1024)])) == []
    assert objects(rule, tiny(context_length=[guess])) == []
    assert objects(rule, tiny(context_length=[fact, guess._replace(layer="curated")])) == []


def test_a_contradiction_of_results_names_only_what_differs(objects: Objects) -> None:
    first = [{"benchmark": "MMLU", "score": 60.1}, {"benchmark": "PIQA", "score": 83.0}]
    second = [{"benchmark": "MMLU", "score": 62.5}, {"benchmark": "BoolQ", "score": 70.0}]
    claims = [statement("evaluation", first), statement("evaluation", second, source="later")]

    (found,) = objects("sources-contradict", {"evaluation": claims})

    assert "MMLU 60.1" in found.message
    assert "MMLU 62.5" in found.message
    assert "PIQA" not in found.message
    assert "BoolQ" not in found.message


def test_a_source_that_nothing_rests_on_is_found(objects: Objects) -> None:
    unused = source("idle", used=False)

    assert [violation.subject for violation in objects("source-unused", whole(unused))] == ["idle"]
    assert objects("source-unused", whole(source("named"))) == []
    assert objects("source-unused", whole(source("sum", used=False, kind="formula"))) == []


def test_a_source_whose_year_cannot_be_is_found(objects: Objects) -> None:
    rule = "source-year-differs"

    assert objects(rule, whole(source("a", year=2022, arxiv="2302.13971")))
    assert objects(rule, whole(source("a", year=2023, checked="2022-05-01")))
    assert objects(rule, whole(source("a", year=2023, arxiv="2302.13971", checked="2026-11"))) == []
    assert objects(rule, whole(source("a", year=None))) == []


def test_a_later_generation_before_an_earlier_one_is_found(objects: Objects) -> None:
    rule = "generations-out-of-order"
    first, second = generation("toys", "2023-02-24"), generation("toys-2", "2023-01-18")
    later, tenth = generation("toys-2", "2023-07-18"), generation("toys-10", "2024-01-01")
    side = generation("toys-code", "2020-01-01")

    assert [
        violation.subject for violation in objects(rule, whole(generations=(first, second)))
    ] == ["toys-2"]
    assert objects(rule, whole(generations=(tenth, later, first, side))) == []


def test_of_three_generations_the_one_out_of_place_is_blamed(objects: Objects) -> None:
    first, second = generation("toys", "2026-02-24"), generation("toys-2", "2023-07-18")
    third = generation("toys-3", "2024-04-18")

    found = objects("generations-out-of-order", whole(generations=(first, second, third)))

    assert [violation.subject for violation in found] == ["toys"]


def test_a_users_model_that_now_ships_is_reported(objects: Objects) -> None:
    found = objects("own-model-now-shipped", whole(shipped=("llama-2-7b",)))

    assert [violation.subject for violation in found] == ["llama-2-7b"]


def test_an_exception_that_excuses_nothing_is_found(objects: Objects) -> None:
    idle = Exemption("heads-do-not-divide", "toy", None, None, "it is an odd toy")

    assert objects("exception-unused", whole(idle_exceptions=(idle,)))[0].subject == "toy"
    assert objects("exception-unused", whole()) == []


def test_an_import_that_contradicts_what_its_family_says_is_found(objects: Objects) -> None:
    family = statement("n_layers", 12, inherited_from="toys")
    imported = statement("n_layers", 24, source="config", layer="imported")

    assert objects("sources-contradict", {"n_layers": [family, imported]})
    assert objects("sources-contradict", {"n_layers": [family, family._replace(value=24)]}) == []


def test_a_learning_rate_that_grows_with_the_size_is_found(objects: Objects) -> None:
    small = tiny("small", params_total=10**9, learning_rate=3e-4)
    large = tiny("large", params_total=7 * 10**9, learning_rate=3e-3)
    rule = "learning-rate-grows-with-size"

    assert [violation.subject for violation in objects(rule, toys(small, large))] == ["large"]
    assert objects(rule, toys(small, tiny("l", params_total=7 * 10**9, learning_rate=1e-4))) == []
    assert objects(rule, toys(small, tiny("l", learning_rate=3e-3))) == []
