"""Names with their words in another order, and names that leave words out."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.names import find
from llmnotes.knowledge.word_order import MOST, in_other_order, with_more_words


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("7b llama 2 chat", "llama-2-7b-chat"),
        ("llama 2 chat 70b", "llama-2-70b-chat"),
        ("xl gpt-2", "gpt-2-xl"),
    ],
)
def test_words_may_stand_in_another_order(connection, name, target):
    assert find(connection, name).id == target


def test_numbers_keep_their_order(connection):
    assert in_other_order(connection, "base 1 gpt 2", ("family", "model")) is None
    assert in_other_order(connection, "2 gpt", ("family",)) == ("family", "gpt-2")


def test_a_name_that_lacks_words_tells_all_it_can_mean_smallest_first(connection):
    with pytest.raises(
        InputError,
        match="^'llama 2 chat' can mean .*llama-2-7b-chat, llama-2-13b-chat, llama-2-34b-chat, .*; choose",
    ):
        find(connection, "llama 2 chat")


def test_a_family_stands_for_its_members(connection):
    found = with_more_words(connection, "mixtral", ("family", "model"))

    assert "mixtral" in found
    assert not any(name.startswith("mixtral-8x7b") for name in found)


def test_a_plus_is_a_word(connection):
    assert in_other_order(connection, "r command", ("family", "model")) != (
        "model",
        "command-r-plus",
    )
    assert in_other_order(connection, "r+ command", ("family", "model")) == (
        "model",
        "command-r-plus",
    )


def test_a_word_of_very_many_models_tells_none(connection):
    (count,) = connection.execute("SELECT count(*) FROM models WHERE id LIKE '%chat%'").fetchone()
    assert count > MOST
    assert with_more_words(connection, "chat", ("model",)) == []


@pytest.mark.parametrize("name", ["", "7b", "13", "a b", "…"])
def test_what_holds_no_word_means_nothing(connection, name):
    assert with_more_words(connection, name, ("family", "model")) == []
    assert in_other_order(connection, name, ("family", "model")) is None
