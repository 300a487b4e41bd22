from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.site.parts import Part, parts
from llmnotes.site.places import slug

Groups = list[tuple[str, list[int]]]


def split(groups: Groups, *, most: int = 100, first: int | None = None) -> list[Part[str, int]]:
    """Items whose size is their value."""
    return parts(
        "list/index.html", groups, lambda n: n, lambda head, n: head, most=most, first=first
    )


def shown(found: list[Part[str, int]]) -> list[Groups]:
    return [part.groups for part in found]


def test_a_short_list_is_one_page_without_links() -> None:
    found = split([("a", [50, 50])])
    assert shown(found) == [[("a", [50, 50])]]
    assert found[0].links == []
    assert found[0].suffix == ""


def test_a_byte_more_makes_another_page_under_the_same_heading() -> None:
    found = split([("a", [50, 51]), ("b", [1])])
    assert shown(found) == [[("a", [50])], [("a", [51]), ("b", [1])]]
    assert [part.path for part in found] == ["list/index.html", "list/index~2.html"]
    assert [link.name for link in found[0].links] == ["a", "a – b"]
    assert [[link.current for link in part.links] for part in found] == [
        [True, False],
        [False, True],
    ]
    assert found[1].suffix == ", part 2 of 2"


def test_parts_of_one_heading_are_told_apart() -> None:
    found = split([("a", [100, 100, 100])])
    assert [link.name for link in found[0].links] == ["a", "a (2)", "a (3)"]


def test_an_item_too_heavy_for_any_page_stands_alone() -> None:
    assert shown(split([("a", [1, 500, 1])])) == [[("a", [1])], [("a", [500])], [("a", [1])]]


@pytest.mark.parametrize(("first", "pages"), [(100, 1), (99, 2), (0, 2)])
def test_the_first_page_may_have_less_room(first: int, pages: int) -> None:
    assert len(split([("a", [100])], first=first)) == pages


def test_an_empty_list_is_a_page() -> None:
    assert shown(split([])) == [[]]


@given(st.lists(st.tuples(st.text(), st.lists(st.integers(0, 150), min_size=1)), max_size=8))
def test_parts_hold_all_items_in_order_within_their_room(groups: Groups) -> None:
    found = split(groups)
    assert [n for part in found for _, items in part.groups for n in items] == [
        n for _, items in groups for n in items
    ]
    for part in found:
        items = [n for _, items in part.groups for n in items]
        assert sum(items) <= 100 or len(items) == 1
    assert len({part.path for part in found}) == len(found)


@given(st.text(min_size=1, max_size=50), st.integers(2, 999))
def test_no_id_has_the_page_of_a_part(key: str, number: int) -> None:
    assert slug(key) != f"index~{number}"
    assert slug(f"x~{number}") != f"x~{number}"
    assert slug("x~claims") != "x~claims"
