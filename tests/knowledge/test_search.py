"""Full text: what is called so comes first, and no text is a query language."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.search import search


def test_what_is_called_so_comes_first(connection):
    assert search(connection, "llama 2")[0]["id"] == "llama-2"


def test_families_whose_name_begins_so_come_before_models_and_licences_of_the_name(connection):
    first = search(connection, "llama", limit=6)

    assert first[0]["id"] == "llama"
    assert {"llama-2", "llama-3", "llama-4"} <= {item["id"] for item in first}
    assert {item["kind"] for item in first} <= {"family", "technique"}


def test_the_general_of_two_names_that_begin_alike_comes_first(connection):
    assert search(connection, "rotary")[0]["id"] == "rope"


def test_a_technique_is_found_by_its_alias(connection):
    found = search(connection, "grouped-query attention")

    assert ("technique", "gqa") in [(item["kind"], item["id"]) for item in found]


def test_the_beginning_of_a_word_is_enough_and_all_words_count(connection):
    assert search(connection, "adafac")
    assert search(connection, "adafactor zzzz") == []


@pytest.mark.parametrize(
    "text", ['"', "a OR b", "NEAR(", "col:val", "x*", "-x", "'; drop table claim"]
)
def test_no_text_is_a_query_language(connection, text):
    if not any(char.isalnum() for char in text):
        with pytest.raises(InputError):
            search(connection, text)
    else:
        assert isinstance(search(connection, text), list)


def found_ids(connection, text):
    return {item["id"] for item in search(connection, text, limit=1000)}


def test_words_in_quotes_stand_together(connection):
    apart, together = (
        found_ids(connection, "position rotary"),
        found_ids(connection, '"rotary position"'),
    )

    assert together
    assert together < apart | found_ids(connection, "rotary position")
    assert found_ids(connection, '"position rotary"') < apart


def test_a_word_behind_a_sign_is_not_to_be_there(connection):
    every, without = found_ids(connection, "alibi"), found_ids(connection, "alibi -rope")

    assert without
    assert without == every - found_ids(connection, "alibi rope")
    assert without == found_ids(connection, "alibi !rope")


@pytest.mark.parametrize("text", ['a"b', '"grouped query', 'rope "', "!rope", '""'])
def test_what_would_be_left_out_of_a_search_is_refused(connection, text):
    with pytest.raises(InputError, match="search: "):
        search(connection, text)


def test_an_organization_is_found_by_its_name(connection):
    first = search(connection, "Mistral AI")[0]

    assert (first["kind"], first["id"], first["name"]) == (
        "organization",
        "mistral-ai",
        "Mistral AI",
    )


def test_a_word_said_again_says_nothing_more(connection):
    assert search(connection, "rope " * 900) == search(connection, "rope")


@pytest.mark.parametrize("count", [32, 33])
def test_more_words_than_anybody_looks_for_are_refused(connection, count):
    words = " ".join(f"w{number}x" for number in range(count))
    if count == 32:
        assert search(connection, words) == []
    else:
        with pytest.raises(InputError, match="more than 32 words"):
            search(connection, words)
