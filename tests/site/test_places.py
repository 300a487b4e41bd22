from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.site import places

TEXTS = st.text(min_size=1, max_size=200)


def test_a_plain_id_is_its_own_name() -> None:
    assert places.page("model", "llama-3.1-8b") == "models/llama-3.1-8b.html"


@pytest.mark.parametrize(
    "key", ["../etc/passwd", "a/b", "index", "con", "A", "", "ä", ".hidden", "x" * 101]
)
def test_an_id_that_no_file_may_have_gets_a_safe_name(key: str) -> None:
    name = places.slug(key)
    assert name != key
    assert "/" not in name
    assert not name.startswith(".")


def test_a_name_as_long_as_may_be_stays() -> None:
    assert places.slug("x" * 100) == "x" * 100


@given(TEXTS, TEXTS)
def test_two_ids_never_share_a_page(one: str, other: str) -> None:
    assert (places.slug(one) == places.slug(other)) == (one == other)


@given(TEXTS)
def test_a_page_stays_in_its_folder(key: str) -> None:
    path = places.page("source", key)
    assert posixpath.dirname(posixpath.normpath(path)) == "sources"


def test_a_link_leads_from_a_folder_to_another_and_to_the_root() -> None:
    assert places.relative("models/a.html", "families/b.html") == "../models/a.html"
    assert places.relative("index.html", "models/a.html") == "../index.html"
    assert places.relative("models/a.html", "index.html") == "models/a.html"
