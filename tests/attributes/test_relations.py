"""Relations between attributes: complete, between equal kinds, and symmetric."""

from __future__ import annotations

from llmnotes.attributes.concern import gaps
from llmnotes.attributes.relations import MISPLACED, RELATIONS
from llmnotes.schema import ATTRIBUTES


def test_every_attribute_has_an_entry():
    assert gaps(RELATIONS, "RELATIONS in llmnotes/attributes/relations.py") == []


def test_related_attributes_exist_and_are_of_one_kind():
    for name, relations in RELATIONS.items():
        for other in (*relations.one_name, *relations.alike, *relations.swapped):
            assert ATTRIBUTES[other].kind == ATTRIBUTES[name].kind, (name, other)


def test_what_is_alike_or_swapped_is_so_from_both_sides():
    for name, relations in RELATIONS.items():
        assert all(name in RELATIONS[other].alike for other in relations.alike), name
        assert all(name in RELATIONS[other].swapped for other in relations.swapped), name


def test_the_ranks_of_misplaced_numbers_are_all_different_and_theirs_are_numbers():
    ranks = [RELATIONS[name].misplaced for name in MISPLACED]
    assert ranks == list(range(1, len(MISPLACED) + 1))
    assert all(ATTRIBUTES[name].is_numeric for name in MISPLACED)
