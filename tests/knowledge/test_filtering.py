"""Conditions on attributes, by option and by `where`."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.filtering import Query, select
from tests.knowledge.asked import ids
from tests.running import FIRST


def test_only_the_models_with_grouped_queries_have_them(connection):
    found = ids(connection, options={"attention": ["GQA"]}, families=list(FIRST))

    assert found == ["llama-2-34b", "llama-2-70b", "mistral-7b", "mixtral-8x7b"]


def test_an_option_takes_round_figures_and_where_takes_them_exactly(connection):
    family = ["llama-2"]

    assert "llama-2-7b" in ids(connection, options={"params_total": ["7B.."]}, families=family)
    assert "llama-2-7b" in ids(connection, where="params >= 7B", families=family)
    assert "llama-2-7b" not in ids(connection, where="params_total >= 7B", families=family)
    assert "llama-2-7b" not in ids(connection, strict={"params_total": ["7B.."]}, families=family)


def test_a_published_size_finds_what_rounds_to_it(connection):
    found = ids(connection, options={"params_total": ["7B"]})

    assert {"llama-7b", "llama-2-7b", "mistral-7b"} <= set(found)
    assert "palm-8b" not in found
    assert "gpt-3-2.7b" not in found


@pytest.mark.parametrize("text", ["2k", "2k..2k", "..2k", "2k.."])
def test_a_context_of_2k_is_2048_for_every_kind_of_bound(connection, text):
    assert "palm-540b" in ids(connection, options={"context_length": [text]})


def test_one_offer_of_a_set_is_enough_but_it_must_meet_both_bounds(connection):
    assert "gpt-4" in ids(connection, options={"context_length": ["8k"]})
    assert "gpt-4" in ids(connection, options={"context_length": ["30000.."]})
    assert "gpt-4" not in ids(connection, options={"context_length": ["10000..20000"]})


def test_options_mean_and_repeats_mean_or(connection):
    either = {"organization": ["openai", "meta"], "release_date": ["2023"]}
    both = ids(connection, options=either, families=list(FIRST))

    assert set(both) == {
        "gpt-4", "llama-7b", "llama-13b", "llama-33b", "llama-65b",
        "llama-2-7b", "llama-2-13b", "llama-2-34b", "llama-2-70b",
    }  # fmt: skip


def test_dates_are_compared_by_the_days_they_span(connection):
    early = "params_total >= 10B and released < 2021"
    assert ids(connection, where=early, sort="release_date", families=list(FIRST)) == [
        "t5-11b", "gpt-3-13b", "gpt-3-175b",
    ]  # fmt: skip
    assert "gpt-3-175b" in ids(connection, where="released <= 2020")
    assert "gpt-3-175b" not in ids(connection, where="released < 2020")
    assert "gpt-3-175b" in ids(connection, options={"release_date": ["2020-05..2020-06"]})


def test_unknown_and_withheld_values_satisfy_nothing_even_under_not(connection):
    assert "gpt-4" not in ids(connection, where="attention = MHA")
    assert "gpt-4" not in ids(connection, where="not attention = MHA")
    assert "gpt-4" not in ids(connection, where="attention != MHA")
    assert "gpt-4" not in ids(connection, where="n_layers < 1000 or n_layers >= 1000")


def test_a_state_can_be_asked_for(connection):
    assert "gpt-4" in ids(connection, where="params_total is undisclosed")
    assert "gpt-4" not in ids(connection, where="params_total is unknown")
    assert "gpt-4" not in ids(connection, where="params_total is not undisclosed")
    assert "llama-7b" in ids(connection, where="params_total is derived")
    assert "bert-base" in ids(connection, where="n_experts is not-applicable")
    assert "llama-7b" in ids(connection, where="n_positions is unknown")
    assert "mixtral-8x7b" in ids(connection, where="n_experts is known")


def test_rumours_count_only_when_asked_for(connection):
    query = {"options": {"params_total": ["1T.."]}, "families": ["gpt-3", "gpt-4"]}

    assert ids(connection, **query) == []
    assert ids(connection, **query, tentative=frozenset({"rumoured"})) == ["gpt-4"]


def test_estimates_count_only_when_asked_for(connection):
    where = "training_compute > 2e25"

    assert "gpt-4" not in ids(connection, where=where)
    assert "gpt-4" in ids(connection, where=where, tentative=frozenset({"estimated"}))


def test_equals_means_contains_for_lists(connection):
    found = ids(connection, where="objective = NSP")

    assert {"bert-base", "bert-large"} <= set(found)
    assert "gpt-1" not in found
    assert "gpt-1" not in ids(connection, where="training_data = C4")
    assert "t5-base" in ids(connection, where="training_data = c4")
    assert "llama-7b" in ids(connection, where="training_data has wiki")
    assert "llama-7b" in ids(connection, where="not training_data = WebText")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("not (attention = GQA or n_layers > 40)", "not attention = GQA and not n_layers > 40"),
        ("not (attention = GQA and n_layers > 40)", "not attention = GQA or not n_layers > 40"),
        ("n_layers in (12, 24)", "n_layers = 12 or n_layers = 24"),
        ("n_layers in 12..24", "n_layers >= 12 and n_layers <= 24"),
        ("not not n_layers = 12", "n_layers = 12"),
        ("n_layers != 12", "not n_layers = 12"),
    ],
)
def test_conditions_follow_the_laws_of_logic(connection, left, right):
    assert ids(connection, where=left) == ids(connection, where=right)


def test_a_condition_and_its_negation_share_no_model(connection):
    for condition in ("attention = MHA", "n_layers > 30", "gated_ffn = yes", "released < 2020"):
        yes = set(ids(connection, where=condition, variants="all"))
        no = set(ids(connection, where=f"not ({condition})", variants="all"))

        assert yes
        assert no
        assert not yes & no


def test_a_batch_is_compared_in_the_unit_that_is_written(connection):
    assert "llama-7b" in ids(connection, where="batch_size = '4M tokens'")
    assert "gpt-2-xl" in ids(connection, where="batch_size = '512 sequences'")
    assert "gpt-2-xl" not in ids(connection, where="batch_size = '512 tokens'")
    assert "gpt-2-xl" in ids(connection, where="batch_size = '524288 tokens'")


def test_records_hold_identity_the_columns_asked_for_and_status(connection):
    (found,) = select(connection, Query(where="n_experts = 8", families=["mixtral"]), ["n_experts"])

    assert found == {
        "id": "mixtral-8x7b", "family": "mixtral", "name": "Mixtral 8x7B", "size": "8x7B",
        "variant": "base", "n_experts": 8, "status": found["status"],
    }  # fmt: skip


def test_a_set_comes_back_as_a_list_and_a_flag_as_true_or_false(connection):
    (found,) = select(connection, Query(families=["gpt-4"]))
    bert = select(connection, Query(families=["bert"]))[0]

    assert found["context_length"] == [8192, 32768]
    assert (found["context_length_min"], found["context_length_max"]) == (8192, 32768)
    assert bert["gated_ffn"] is False
    assert bert["objective"] == ["MLM", "NSP"]


@pytest.mark.parametrize(
    ("query", "complaint"),
    [
        ({"options": {"attention": ["GQX"]}}, "unknown attention value 'GQX'. Nearest: GQA"),
        ({"options": {"params_total": ["big"]}}, "params_total: 'big' is not a quantity"),
        ({"options": {"params_total": ["70B..7B"]}}, "begins above its end"),
        ({"options": {"params_total": [".."]}}, "has no bound"),
        ({"options": {"release_date": ["soon"]}}, "'soon' is not a date"),
        ({"options": {"organization": ["gogle"]}}, "unknown organization 'gogle'"),
        ({"where": "attention > GQA"}, "attention is not a number or a date"),
        ({"where": "n_layers = 12 tokens"}, "--where"),
        ({"where": "n_layers = '12 tokens'"}, "has the unit 'tokens' where none belongs"),
        ({"sort": "sise"}, "--sort: unknown attribute 'sise'"),
        ({"families": ["lama"]}, "unknown family 'lama'"),
        ({"variants": "chat"}, "unknown variant 'chat'"),
    ],
)
def test_what_cannot_be_understood_is_refused(connection, query, complaint):
    with pytest.raises(InputError) as refused:
        ids(connection, **query)

    assert complaint in str(refused.value)


@pytest.mark.parametrize(
    "text", ["~GQA", "-GQA", "not GQA", "^GQA", "GQA?", "G*", "GQA|MQA", "GQB"]
)
def test_what_cannot_be_a_term_is_refused(connection, text):
    for query in ({"options": {"attention": [text]}}, {"where": f"attention = '{text}'"}):
        with pytest.raises(InputError, match="attention"):
            ids(connection, **query)


@pytest.mark.parametrize(
    ("name", "text", "model"),
    [
        ("training_data", "wikipedia", "bert-base"),
        ("training_data", "wikipedia", "palm-8b"),
        ("training_data", "common crawl", "gpt-3-175b"),
        ("license", "apache", "mistral-7b"),
        ("hardware", "A100", "llama-65b"),
        ("repository", "llama", "llama-2-7b"),
        ("languages", "german", "palm-540b"),
    ],
)
def test_texts_are_found_by_words_in_them(connection, name, text, model):
    assert model in ids(connection, options={name: [text]})
    assert model in ids(connection, where=f"{name} = '{text}'")


def test_a_part_of_a_word_is_found_by_has_alone(connection):
    with pytest.raises(InputError, match="no dataset is called so; nearest: .*Wikipedia"):
        ids(connection, options={"training_data": ["wikiped"]})
    assert "bert-base" in ids(connection, where="training_data has wikiped")


def test_based_on_takes_a_family_for_all_its_members(connection):
    found = ids(connection, options={"based_on": ["llama-2"]}, variants="all")

    assert {"llama-2-7b-chat", "llama-2-70b-chat"} <= set(found)
    assert "mistral-7b-instruct-v0.1" not in found


def test_a_batch_or_a_warm_up_without_its_unit_is_refused(connection):
    for name, text in (("batch_size", "1000.."), ("batch_size", "512"), ("warmup", "2000")):
        with pytest.raises(InputError, match=f"{name}: .* needs a unit; write"):
            ids(connection, options={name: [text]})
    with pytest.raises(InputError, match="is in two units"):
        ids(connection, options={"batch_size": ["512 sequences..4M tokens"]})
    large = ids(connection, options={"batch_size": ["1000 sequences.."]})
    assert "palm-62b" in large  # 1,024
    assert "palm-8b" not in large  # 512
    assert "gpt-3-175b" not in large  # 3.2M, in tokens
    assert "gpt-2-xl" in ids(connection, options={"batch_size": ["500..512 sequences"]})
    assert "gpt-2-xl" not in ids(connection, options={"batch_size": ["513 sequences.."]})


def test_a_figure_in_another_unit_is_neither_it_nor_not_it(connection):
    for sign in ("", "!"):
        found = ids(connection, options={"warmup": [f"{sign}375M tokens"]})
        assert "llama-7b" not in found  # 2,000 steps


def test_not_leaves_out_a_date_that_may_lie_inside(connection):
    # GPT-1 is known to the day, so it is certainly before or not.
    assert "gpt-1" in ids(connection, where="not release_date > 2018-06-11")
    assert "gpt-1" not in ids(connection, where="not release_date >= 2018-06-11")


def test_families_are_left_out_by_not(connection):
    kept = ids(connection, families=["!llama,llama-2"])

    assert "bert-base" in kept
    assert not [key for key in kept if key in {"llama-7b", "llama-65b", "llama-2-7b"}]
    assert ids(connection, families=["llama,gpt-1"])[0] == "gpt-1"


def test_known_means_that_there_is_a_value(connection):
    assert "gpt-4" not in ids(connection, where="params_total is known")
    assert "text-davinci-003" not in ids(
        connection, where="params_total is known", variants="all"
    )  # a rumour alone
    assert "gpt-4" in ids(connection, where="not params_total is known")
    assert "gpt-4" in ids(connection, where="params_total is not unknown")


def test_a_line_stands_for_all_its_families(connection):
    found = select(connection, Query(families=["claude"], variants="all"), ["id", "family"])

    assert {"claude-1", "claude-3", "claude-4"} <= {item["family"] for item in found}
    first = select(connection, Query(families=["llama"]), ["id", "family"])
    assert {item["family"] for item in first} == {"llama"}
