"""What differences cost."""

import pytest

from llmnotes.knowledge.compare import compare
from llmnotes.views.effects import ratio_text


def effects(connection, *names):
    return {
        item["quantity"]: item for item in compare(connection, list(names)).as_json()["effects"]
    }


def test_grouped_queries_shrink_the_cache_by_heads_and_layers(connection):
    cache = effects(connection, "llama-2-7b", "llama-2-70b")["kv_cache_bytes_per_token"]

    # 2 (keys and values) x layers x KV heads x head width x 2 bytes
    seven, seventy = 2 * 32 * 32 * 128 * 2, 2 * 80 * 8 * 128 * 2
    assert cache["values"] == [seven, seventy]
    assert cache["ratio"] == pytest.approx(seventy / seven)


def test_what_of_the_cache_grows_is_told_where_windows_end_it(connection):
    sliding = effects(connection, "mistral-7b", "llama-2-7b")["kv_cache_growth_bytes_per_token"]

    # Mistral 7B slides in every layer: once 4,096 tokens are full, nothing grows.
    assert sliding["values"] == [0, 2 * 32 * 32 * 128 * 2]
    assert sliding["ratio"] is None
    assert "kv_cache_growth_bytes_per_token" not in effects(connection, "llama-7b", "llama-2-7b")


def test_a_family_is_a_range_and_its_nearest_size_makes_the_ratio(connection):
    parameters = effects(connection, "bert", "llama-2-7b")["params_total"]

    assert parameters["values"] == [[109482240, 335141888], 6738415616]
    assert parameters["ratio"] == 6738415616 / 335141888
    assert [(pair["from"], pair["to"]) for pair in parameters["pairs"]] == [
        ("bert-large", "llama-2-7b")
    ]


def test_two_families_pair_each_size_with_the_nearest(connection):
    cache = effects(connection, "llama", "llama-2")["kv_cache_bytes_per_token"]

    # 65B: 80 layers of 64 heads; 70B: 80 layers of 8 KV heads. The small ones are built alike.
    assert [(pair["from"], pair["to"]) for pair in cache["pairs"]] == [
        ("llama-7b", "llama-2-7b"), ("llama-13b", "llama-2-13b"),
        ("llama-33b", "llama-2-34b"), ("llama-65b", "llama-2-70b"),
    ]  # fmt: skip
    ratios = {pair["to"]: pair["ratio"] for pair in cache["pairs"]}
    assert (ratios["llama-2-7b"], ratios["llama-2-70b"]) == (1, 0.125)
    assert cache["ratio"] == [min(ratios.values()), max(ratios.values())]


def test_of_more_sizes_than_the_other_has_only_the_nearest_are_paired(connection):
    pairs = effects(connection, "llama-2-7b", "t5")["params_total"]["pairs"]

    assert [(pair["from"], pair["to"]) for pair in pairs] == [("llama-2-7b", "t5-11b")]


def test_only_part_of_a_mixture_is_active(connection):
    share = effects(connection, "mistral-7b", "mixtral-8x7b")["active_share"]

    assert share["values"] == [1, pytest.approx(12879925248 / 46702792704)]


def test_what_is_undisclosed_has_no_figure(connection):
    found = effects(connection, "gpt-4", "llama-2-7b")

    assert found["params_total"]["values"] == [None, 6738415616]
    assert found["params_total"]["ratio"] is None


def test_more_than_two_subjects_are_each_held_against_the_first(connection):
    parameters = effects(connection, "llama-7b", "llama-2-7b", "mistral-7b")["params_total"]

    assert parameters["ratio"] == [1, pytest.approx(7241732096 / 6738415616)]


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (None, "–"),
        ((1.0, 1.0), "same"),
        ((1.12, 1.12), "+12 %"),
        ((0.9, 0.9), "-10 %"),
        ((0.25, 0.25), "×0.25"),
        ((0.1, 10.2), "×0.1 – ×10.2"),
        ((0.9, 2.0), "×0.9 – ×2"),
        ((20.0, 4940.4), "×20 – ×4,940"),
    ],
)
def test_a_ratio_is_said_as_people_say_it(ratio, text):
    assert ratio_text(ratio) == text


def test_guesses_are_not_counted_with():
    from llmnotes.resolve import Statement, certain_values

    guess = Statement("m", "n_layers", 120, "rumoured", "s", "somewhere", "curated")
    count = Statement("m", "d_model", 64, "reported", "s", "Table 1", "curated")

    assert certain_values({"n_layers": [guess], "d_model": [count]}) == (
        {"d_model": 64},
        ["n_layers"],
    )
