"""Dates and ids of a source that cannot be are told with the key and the correction."""

import pytest

from llmnotes.evidence.sources import dating_problems
from llmnotes.records import Source

TODAY = "2026-11-29"
SOUND = {
    "id": "s", "kind": "paper", "title": "T", "year": 2020, "arxiv": "2001.00001v2",
    "url": "https://arxiv.org/abs/2001.00001", "checked": "2026-11-28", "read": "whole",
    "sha256": "0" * 64, "length": 7,
    "copy_read": "https://arxiv.org/abs/2001.00001v2 on 2026-11-28",
}  # fmt: skip


def told(**changed) -> list[tuple[str, str, str]]:
    return list(dating_problems(Source(**{**SOUND, **changed}), TODAY))


def test_a_sound_source_has_no_problems():
    assert told() == []
    assert told(checked=TODAY, copy_read=f"https://arxiv.org/abs/2001.00001v2 on {TODAY}") == []


@pytest.mark.parametrize(
    ("changed", "key", "said"),
    [
        ({"year": 2021}, "year", "write 2020"),
        ({"url": "https://arxiv.org/pdf/2001.00002v2"}, "url", "arXiv:2001.00002"),
        ({"checked": "2026-11-30"}, "checked", "to come"),
        ({"checked": "2019-11-28"}, "checked", "was checked in 2019"),
        ({"copy_read": "https://arxiv.org/abs/2001.00001 on 2026-11-31"}, "copy_read", "calendar"),
        ({"copy_read": "https://arxiv.org/abs/2001.00001 on 2026-11-30"}, "copy_read", "to come"),
    ],
)
def test_what_cannot_be_is_told_at_its_key(changed, key, said):
    ((found, problem, repair),) = told(**changed)
    assert found == key
    assert said in f"{problem}; {repair}"
