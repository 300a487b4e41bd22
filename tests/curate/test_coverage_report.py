"""The report counts each family once, as the base shows it."""

from __future__ import annotations

from typing import Any

from llmnotes.coverage import Coverage
from llmnotes.curate.coverage_report import FamilyCoverage, families, report


def test_each_family_counts_once_as_its_fullest_member_is_shown(connection: Any) -> None:
    found = families(connection)

    assert len({item.family for item in found}) == len(found)
    shown = dict(connection.execute("SELECT id, coverage FROM models"))
    for item in found:
        assert (item.found.term if item.found else None) == shown[item.model], item.family
    full = {row[0] for row in connection.execute(
        "SELECT family FROM models WHERE coverage = 'full' AND variant = 'base'")}  # fmt: skip
    assert full <= {item.family for item in found if item.found and item.found.term == "full"}


def test_those_nearest_to_full_come_first_with_what_they_lack() -> None:
    lacking = tuple(f"a{number}" for number in range(9))
    found = [
        FamilyCoverage("far", "far-1b", Coverage("architecture", "", lacking), 4),
        FamilyCoverage("near", "near-1b", Coverage("architecture", "", lacking[:8]), 3),
        FamilyCoverage("nearer", "nearer-1b", Coverage("architecture", "", lacking[:7]), 1),
        FamilyCoverage("done", "done-1b", Coverage("full", ""), 0),
        FamilyCoverage("begun", "begun-1b", None, 7, ("d_model", "vocab_size")),
    ]

    assert report(found).splitlines() == [
        "3 architecture, 1 full, 1 unfinished of 5 families",
        "nearer (nearer-1b): 1 more of a0, a1, a2, a3, a4, a5, a6",
        "near (near-1b): 3 more of a0, a1, a2, a3, a4, a5, a6, a7",
        "begun (begun-1b): unfinished without d_model, vocab_size",
    ]
