"""Resolution of several claims to one value."""

import pytest

from llmnotes.resolve import (
    WITHOUT_EXPERTS,
    Statement,
    certain_values,
    decisive,
    inherit,
    ranked,
    record,
    resolved,
    said,
    without_meaning,
)
from llmnotes.schema import ATTRIBUTES


def claim(value=1, status="reported", layer="curated", attribute="n_layers", subject="m", **more):
    return Statement(subject, attribute, value, status, "s", "Table 1", layer, **more)


def values(claims):
    return [item.value for item in ranked(claims)]


def test_reported_wins_over_derived_over_estimated_over_rumoured():
    claims = [
        claim(4, "rumoured"),
        claim(3, "estimated"),
        claim(2, "derived"),
        claim(1, "reported"),
    ]

    assert values(claims) == [1, 2, 3, 4]


def test_a_rumour_never_resolves_what_is_undisclosed():
    assert values([claim(120, "rumoured"), claim(None, "undisclosed")])[0] is None


def test_a_rumour_of_a_stronger_layer_does_not_resolve_what_is_undisclosed_either():
    assert values([claim(120, "rumoured", "user"), claim(None, "undisclosed")])[0] is None


def test_an_estimate_resolves_where_nothing_else_is_claimed():
    assert values([claim(120, "rumoured"), claim(96, "estimated")])[0] == 96


def test_the_user_wins_over_the_curated_layer_and_that_over_imports():
    claims = [claim(1, layer="imported"), claim(2, layer="curated"), claim(3, layer="user")]

    assert values(claims) == [3, 2, 1]


def test_a_preferred_claim_wins_within_its_layer_only():
    claims = [
        claim(1),
        claim(2, "derived", preferred=True, reason="because"),
        claim(3, layer="user"),
    ]

    assert values(claims) == [3, 2, 1]


def test_ties_go_to_the_primary_source_then_to_the_latest_check():
    primary, secondary = claim(1, primary=True), claim(2, primary=False, checked="2026-01-01")
    older, newer = claim(3, checked="2024"), claim(4, checked="2026-02")

    assert values([secondary, primary]) == [1, 2]
    assert values([older, newer]) == [4, 3]


def test_a_family_claim_holds_for_its_members_and_keeps_its_source():
    family = {"n_layers": [claim(subject="family")]}

    (found,) = inherit({}, family, None, "m")["n_layers"]

    assert (found.value, found.source, found.inherited_from) == (1, "s", "family")


def test_an_own_claim_ends_inheritance_even_when_it_withholds():
    family = {"n_layers": [claim(subject="family")]}
    own = {"n_layers": [claim(None, "undisclosed")]}

    (found,) = inherit(own, family, None, "m")["n_layers"]

    assert found.status == "undisclosed"


def test_an_imported_claim_does_not_hide_a_curated_one_of_the_family():
    family = {"n_layers": [claim(24, subject="family")]}
    own = {"n_layers": [claim(12, layer="imported")]}

    assert [item.value for item in inherit(own, family, None, "m")["n_layers"]] == [24, 12]


def test_a_variant_takes_architecture_from_its_base_and_the_rest_from_the_family():
    base = {
        "n_layers": [claim(80, subject="base")],
        "learning_rate": [claim(1e-4, attribute="learning_rate", subject="base")],
    }

    found = inherit({}, {}, base, "m")

    assert found["n_layers"][0].inherited_from == "base"
    assert "learning_rate" not in found


def test_the_published_figure_fills_in_only_where_no_exact_count_exists():
    published = claim(7 * 10**9, attribute="params_reported")
    exact = claim(6_738_415_616, attribute="params_total")
    total = ATTRIBUTES["params_total"]

    assert resolved({"params_reported": [published]}, total).value == 7 * 10**9
    assert (
        resolved({"params_reported": [published], "params_total": [exact]}, total).value
        == 6_738_415_616
    )


def test_a_published_figure_fills_in_before_an_estimate():
    published = claim(7 * 10**9, attribute="params_reported")
    guess = claim(8 * 10**9, "estimated", attribute="params_total")

    found = resolved(
        {"params_reported": [published], "params_total": [guess]}, ATTRIBUTES["params_total"]
    )

    assert found.value == 7 * 10**9


@pytest.mark.parametrize(
    ("attribute", "value", "columns"),
    [
        ("context_length", [8192, 32768],
         {"context_length": 32768, "context_length_min": 8192, "context_length_max": 32768}),
        ("release_date", "2023-02",
         {"release_date": "2023-02", "release_date_min": "2023-02-01", "release_date_max": "2023-02-28"}),
        ("attention_span", {"runs": [[5, "sliding"], [1, "full"]]},
         {"attention_span": ["sliding", "full"], "attention_span_pattern": "5×sliding,1×full"}),
        ("batch_size", {"stages": [1, 4], "unit": "tokens"},
         {"batch_size": 4, "batch_size_unit": "tokens", "batch_size_tokens": 4}),
        ("warmup", {"value": 2000, "unit": "steps"}, {"warmup": 2000, "warmup_unit": "steps"}),
    ],
)  # fmt: skip
def test_a_value_is_spread_over_its_columns(attribute, value, columns):
    found = record({attribute: [claim(value, attribute=attribute)]})

    assert found.pop("status") == {}
    assert found == columns


def test_a_batch_in_sequences_is_counted_in_tokens_where_the_length_is_known():
    batch = claim({"stages": [512], "unit": "sequences"}, attribute="batch_size")
    length = claim(1024, attribute="context_length_pretraining")

    assert "batch_size_tokens" not in record({"batch_size": [batch]})
    found = record({"batch_size": [batch], "context_length_pretraining": [length]})
    assert found["batch_size_tokens"] == 512 * 1024


def test_a_status_other_than_reported_is_told():
    assert record({"n_layers": [claim(None, "undisclosed")]})["status"] == {
        "n_layers": "undisclosed"
    }


def test_estimates_and_rumours_are_never_counted_with():
    statements = {
        "n_layers": [claim(12)],
        "d_model": [claim(4096, "estimated", attribute="d_model")],
        "n_heads": [claim(32, "rumoured", attribute="n_heads")],
        "n_kv_heads": [claim(None, "undisclosed", attribute="n_kv_heads")],
        "vocab_size": [claim(32000, "derived", attribute="vocab_size")],
    }

    values, guessed = certain_values(statements)

    assert values == {"n_layers": 12, "vocab_size": 32000}
    assert sorted(guessed) == ["d_model", "n_heads"]


def test_a_later_word_of_the_user_comes_before_an_earlier_one_but_not_in_curated_files():
    assert values([claim(1, layer="user", number=1), claim(2, layer="user", number=2)]) == [2, 1]
    assert values([claim(1, number=1), claim(2, number=2)]) == [1, 2]
    assert values([claim(2, number=2), claim(1, number=1)]) == [1, 2]


@pytest.mark.parametrize(
    ("winner", "loser", "why"),
    [
        (claim(1, layer="user"), claim(2), "the user layer comes before the curated one"),
        (claim(1, "derived", preferred=True, reason="it was counted"), claim(2), "preferred: it was counted"),
        (claim(1), claim(2, "derived"), "reported comes before derived"),
        (claim(1), claim(2, primary=False), "a primary source comes before a secondary one"),
        (claim(1, checked="2026-02"), claim(2, checked="2026-01"), "its source was checked later"),
        (claim(1, number=1), claim(2, number=2), "it is named first"),
        (claim(1), claim(1), "it is named first"),
        (claim(1), claim(2, "rumoured", "user"), "what is rumoured is passed over"),
        (claim(1, "estimated"), claim(2, "rumoured"), "estimated comes before rumoured"),
    ],
)  # fmt: skip
def test_why_a_claim_wins_is_told(winner, loser, why):
    assert decisive(winner, loser).startswith(why)


def test_a_guess_of_the_attribute_itself_comes_last_where_nothing_fills_in():
    guess = claim(8, "estimated", attribute="params_total")
    total = ATTRIBUTES["params_total"]

    assert resolved({"params_total": [guess]}, total) is guess
    assert resolved({}, total) is None
    assert resolved({"params_total": []}, total) is None


def test_an_attribute_without_a_fallback_is_resolved_by_its_own_claims_even_if_guessed():
    guess = claim(8, "rumoured")

    assert resolved({"n_layers": [guess]}, ATTRIBUTES["n_layers"]) is guess


def test_own_claims_of_one_layer_leave_what_other_layers_say_of_the_family():
    family = {"n_layers": [claim(1, subject="f"), claim(2, layer="imported", subject="f")]}
    own = {"n_layers": [claim(3)]}

    assert [item.value for item in inherit(own, family, None, "m")["n_layers"]] == [3, 2]


def test_what_was_inherited_already_keeps_where_it_came_from():
    base = {"n_layers": [claim(80, subject="base", inherited_from="family")]}

    assert inherit({}, {}, base, "m")["n_layers"][0].inherited_from == "family"


def test_a_base_that_is_silent_leaves_the_family_s_word():
    family = {"n_layers": [claim(24, subject="f")]}

    assert inherit({}, family, {}, "m")["n_layers"][0].value == 24
    assert inherit({}, {"n_layers": []}, {}, "m") == {}


def test_the_attributes_that_claims_can_fill_are_in_the_schema_s_order():
    found = said({"n_layers": [claim()], "params_reported": [claim(attribute="params_reported")]})

    assert [item.id for item in found] == ["params_total", "params_reported", "n_layers"]


def test_a_dense_model_has_no_experts_unless_something_is_claimed_of_them():
    dense = {"sparsity": [claim("dense", attribute="sparsity")]}
    mixed = {"sparsity": [claim("moe", attribute="sparsity")]}

    assert set(without_meaning(dense)) == set(WITHOUT_EXPERTS)
    of_experts = {name for name in ATTRIBUTES if "expert" in name or "router" in name}
    assert set(WITHOUT_EXPERTS) == of_experts
    assert "n_experts" not in set(without_meaning({**dense, "n_experts": [claim(8)]}))
    assert not list(without_meaning(mixed))
    assert not list(without_meaning({}))
    assert record(dense)["status"] == dict.fromkeys(WITHOUT_EXPERTS, "not-applicable")


def test_a_value_that_changes_from_layer_to_layer_keeps_least_largest_and_pattern():
    found = record({"d_ff": [claim({"runs": [[2, 300], [1, 100]]}, attribute="d_ff")]})

    assert (found["d_ff"], found["d_ff_min"], found["d_ff_max"]) == (300, 100, 300)
    assert found["d_ff_pattern"] == "2×300,1×100"
    plain = record({"d_ff": [claim(300, attribute="d_ff")]})
    assert (plain["d_ff"], plain["d_ff_min"], plain["d_ff_max"]) == (300, 300, 300)
    assert "d_ff_pattern" not in plain
    one = record({"attention": [claim("GQA", attribute="attention")]})
    assert one["attention"] == "GQA"


def test_an_attribute_of_several_values_of_one_kind_is_not_spread():
    found = record({"objective": [claim(["MLM", "NSP"], attribute="objective")]})

    assert found == {"objective": ["MLM", "NSP"], "status": {}}


def test_what_is_withheld_and_what_has_no_meaning_are_equally_strong():
    withheld, meaningless = claim(None, "undisclosed"), claim(None, "not-applicable")

    assert ranked([withheld, meaningless]) == [withheld, meaningless]
    assert ranked([meaningless, withheld]) == [meaningless, withheld]
    assert decisive(meaningless, withheld) == "it is named first"


def test_a_date_of_the_last_check_is_older_the_less_it_says():
    unchecked, year, month, day = (
        claim(number, checked=text)
        for number, text in enumerate((None, "2024", "2024-01", "2024-01-02"))
    )

    assert ranked([unchecked, year, month, day]) == [day, month, year, unchecked]
    assert decisive(year, claim(checked="2023-12-31")) == "its source was checked later"
    later, earlier = claim(checked="2025"), claim(checked="2024-12-31")
    assert ranked([earlier, later]) == [later, earlier]
