"""What a name means."""

import sqlite3

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.members import check_variants, members
from llmnotes.knowledge.names import find, organization
from llmnotes.store.connect import connect
from llmnotes.store.migrate import migrate


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("llama2", "family", "llama-2"),
        ("LLaMA 2", "family", "llama-2"),
        ("llama", "family", "llama"),
        ("GPT3", "family", "gpt-3"),
        ("gpt", "family", "gpt-1"),
        ("gpt2", "family", "gpt-2"),
        ("GPT 1", "family", "gpt-1"),
        ("openai-community/gpt2", "model", "gpt-2-small"),
        ("openai-community/gpt2-xl", "model", "gpt-2-xl"),
        ("gpt2-xl", "model", "gpt-2-xl"),
        ("meta-llama/Llama-2-7b-hf", "model", "llama-2-7b"),
        ("Mistral-8x7B", "family", "mixtral"),
        ("mistral-7b", "model", "mistral-7b"),
        ("BERT", "family", "bert"),
        ("google-bert/bert-base-uncased", "model", "bert-base"),
        ("PALM", "family", "palm"),
        ("gpt4", "family", "gpt-4"),
        ("ＧＰＴ４", "family", "gpt-4"),
        ("LLaMA²", "family", "llama-2"),
        ("Mixtral 8×7B", "family", "mixtral"),
    ],
)
def test_names_are_forgiving(connection, name, kind, target):
    found = find(connection, name)

    assert (found.kind, found.id) == (kind, target)


def test_an_unknown_name_offers_the_nearest(connection):
    with pytest.raises(InputError, match=r"unknown model or family 'lama'\. Nearest: llama, "):
        find(connection, "lama")


def test_a_licence_or_publisher_of_the_name_hides_no_models(connection):
    with pytest.raises(InputError, match=r"license GLM-4 License.* Models so called: .*glm-4-9b"):
        find(connection, "GLM 4")
    with pytest.raises(InputError, match=r"organization Phind.* phind-codellama"):
        find(connection, "phind")


def test_a_version_of_another_word_is_not_the_one_asked_for(connection):
    with pytest.raises(InputError, match="can mean hermes-3") as asked:
        find(connection, "hermes 3")

    assert "hermes-2" not in str(asked.value)


def test_a_family_called_as_its_one_model_is_among_the_candidates(connection):
    with pytest.raises(InputError, match="can mean .*gemini-3-flash"):
        find(connection, "gemini flash")


@pytest.mark.parametrize(
    ("name", "target"), [("exaone 4", "exaone-4.0"), ("Gemini 2 Flash", "gemini-2.0-flash")]
)
def test_a_whole_version_may_leave_out_its_zero(connection, name, target):
    assert find(connection, name).id == target


@pytest.mark.parametrize(
    ("name", "near"),
    [("R1", "deepseek-r1"), ("V3", "deepseek-v3"), ("4o", "gpt-4o"), ("K2", "kimi-k2")],
)
def test_a_short_name_is_near_to_those_that_it_stands_in(connection, name, near):
    with pytest.raises(InputError, match=rf"Nearest: (?:\S+, )*{near}\b"):
        find(connection, name)


def test_a_name_far_from_all_says_where_to_look(connection):
    with pytest.raises(InputError, match="`llmnotes list models` shows all"):
        find(connection, "zzzzzzzz")


def test_members_come_smallest_first_and_base_alone_by_default(connection):
    assert members(connection, "llama-2") == [
        "llama-2-7b",
        "llama-2-13b",
        "llama-2-34b",
        "llama-2-70b",
    ]
    assert "llama-2-70b-chat" in members(connection, "llama-2", "all")


@pytest.mark.parametrize("name", ["meta", "Facebook", "Meta AI", "FAIR"])
def test_an_organization_has_many_names(connection, name):
    assert organization(connection, name) == "meta"


def test_an_unknown_organization_offers_the_nearest(connection):
    with pytest.raises(InputError, match=r"unknown organization 'gogle'\. Nearest: google"):
        organization(connection, "gogle")


def test_an_error_repeats_the_beginning_of_a_long_name_only(connection):
    with pytest.raises(InputError) as refused:
        find(connection, "x" * 10_000)

    assert len(str(refused.value)) < 200
    assert "x" * 60 + "…" in str(refused.value)


def test_members_of_one_variant_alone(connection):
    assert members(connection, "mistral", "post-trained") == ["mistral-7b-instruct-v0.1"]
    assert members(connection, "gpt-1", "post-trained") == []


@pytest.mark.parametrize("variants", ["bogus", "", "Base", "post"])
def test_unknown_variants_are_refused_with_the_allowed_ones(connection, variants):
    with pytest.raises(InputError, match="Write base, post-trained or all"):
        members(connection, "mistral", variants)
    assert check_variants("post-trained") == "post-trained"


def own_names(store, *names):
    """A store of the user's with families that are called so."""
    connection = sqlite3.connect(store)
    for target, text, key in names:
        connection.execute(
            "INSERT INTO family (id, name, layer) VALUES (?, ?, 'user')", (target, text)
        )
        connection.execute(
            "INSERT INTO name (kind, key, target, text, is_id) VALUES ('family', ?, ?, ?, 0)",
            (key, target, text),
        )
    connection.commit()
    connection.close()


def test_sizes_that_differ_in_a_point_are_two_names(user_store):
    migrate(user_store)
    own_names(user_store, ("one", "Zopt 1.3B", "zopt1.3b"), ("thirteen", "Zopt 13B", "zopt13b"))

    with connect(user_store) as connection:
        assert find(connection, "zopt-1.3b").id == "one"
        assert find(connection, "ZOPT-13B").id == "thirteen"


def test_a_version_may_be_written_with_a_dash_but_a_size_may_not(user_store):
    migrate(user_store)
    own_names(user_store, ("zlaude", "Zlaude 3.5", "zlaude3.5"), ("zama", "Zama 2.7B", "zama2.7b"))

    with connect(user_store) as connection:
        assert find(connection, "zlaude-3-5").id == "zlaude"
        with pytest.raises(InputError, match="unknown|ask for llama-2-7b"):
            find(connection, "zama-2-7b")


def test_names_of_a_store_before_numbers_stayed_apart_are_found_and_brought_up(user_store):
    migrate(user_store, "0003")
    own_names(user_store, ("mine", "Mine 2 7B", "mine27b"))

    with connect(user_store) as connection:
        assert find(connection, "mine-2-7b").id == "mine"
        with pytest.raises(InputError, match="unknown|ask for llama-2-7b"):
            find(connection, "mine 27b")

    migrate(user_store)
    upgraded = sqlite3.connect(user_store)
    assert upgraded.execute("SELECT key FROM name").fetchall() == [("mine2-7b",)]
    upgraded.close()


def test_a_name_with_a_plus_is_brought_up_from_an_older_store(user_store):
    migrate(user_store, "0007")
    own_names(user_store, ("mine", "Mine R+", "miner"))

    with connect(user_store) as connection:
        assert find(connection, "mine r+").id == "mine"
        with pytest.raises(InputError, match="unknown|ask for llama-2-7b"):
            find(connection, "mine r")

    migrate(user_store)
    upgraded = sqlite3.connect(user_store)
    assert upgraded.execute("SELECT key FROM name").fetchall() == [("minerplus",)]
    upgraded.close()


def test_a_publisher_may_stand_before_its_own_models_only(connection):
    assert find(connection, "Meta Llama 2").id == "llama-2"
    assert find(connection, "mistral/mistral-nemo").id == "mistral-nemo"
    for name in (
        "NVIDIA Llama 2",
        "Google: Llama 2",
        "unsloth/llama-2-7b",
        "Microsoft DeepSeek R1",
    ):
        with pytest.raises(InputError, match="unknown|ask for llama-2-7b"):
            find(connection, name)


def test_a_last_word_that_says_nothing_may_follow_but_base_a_base_model_only(connection):
    assert find(connection, "Llama 2 model").id == "llama-2"
    assert find(connection, "llama-2-7b-base").id == "llama-2-7b"
    with pytest.raises(InputError, match="unknown"):
        find(connection, "llama-2-7b-chat base")


@pytest.mark.parametrize(
    ("written", "model"),
    [
        ("Llama 2 7 billion parameters", "llama-2-7b"),
        ("The Qwen3-32 billion model", "qwen-3-32b"),
        ("OPT 6.7 billion-parameter", "opt-6.7b"),
        ("llama-3p1-8b", "llama-3.1-8b"),
        ("SmolLM2 135 million Instruct", "smollm2-135m-instruct"),
    ],
)
def test_a_size_may_be_written_out(connection, written, model):
    assert find(connection, written).id == model


@pytest.mark.parametrize("written", ["Falcon 180 million", "The 7B", "Llama 2 7 trillion", "2p7"])
def test_a_size_that_no_model_has_is_asked_about(connection, written):
    with pytest.raises(InputError):
        find(connection, written)


@pytest.mark.parametrize(
    "name",
    [
        "Gemini 3 Flash", "Gemini 3.8 Flash", "GLM-4.6", "GLM-5", "GLM-5.2", "MiniMax M2",
        "MiniMax-M2.5", "Kimi K2.5", "Kimi K2.6", "Mercury 2.5",
    ],
)  # fmt: skip
def test_a_generation_is_a_family_without_the_others(connection, name):
    found = find(connection, name)

    assert found.kind == "family"
    assert {model for (model,) in _members(connection, found.id)} == {found.id}


def _members(connection, family):
    return connection.execute("SELECT id FROM models WHERE family = ?", (family,)).fetchall()
