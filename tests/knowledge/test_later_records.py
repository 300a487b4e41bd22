"""Records that are read as they are written: what stands in an export does not depend on it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from llmnotes.export import render
from llmnotes.export.answer import Answer
from llmnotes.knowledge.later_records import LaterRecords
from llmnotes.views.records import records_answer

RECORDS = {
    f"m{number}": {"id": f"m{number}", "name": f"M {number}", "n_layers": number, "status": {}}
    for number in range(450)
}
COLUMNS = ["id", "n_layers"]


def later(ids, asked=None):
    def read(part):
        if asked is not None:
            asked.append(len(part))
        return [RECORDS[key] for key in part]

    return LaterRecords(ids, read)


@given(st.lists(st.sampled_from(sorted(RECORDS)), max_size=12))
def test_every_format_writes_the_same_as_of_a_list(ids):
    for format in ("csv", "tsv", "json", "jsonl", "yaml", "markdown"):
        at_once = records_answer([RECORDS[key] for key in ids], COLUMNS)

        assert render(records_answer(later(ids), COLUMNS), format) == render(at_once, format)


def test_they_are_read_a_part_at_a_time_and_in_order():
    asked = []

    found = [item["id"] for item in later(list(RECORDS), asked)]

    assert found == list(RECORDS)
    assert len(asked) > 2
    assert max(asked) < len(RECORDS) / 2


def test_an_index_and_a_slice_read_only_theirs():
    asked = []
    records = later(list(RECORDS), asked)

    assert records[-1]["id"] == "m449"
    assert [item["id"] for item in records[10:12]] == ["m10", "m11"]
    assert (len(records), asked) == (450, [1, 2])


def test_no_records_are_an_empty_list():
    assert json.loads(render(Answer([], later([])), "json")) == []
    assert render(Answer([], later([])), "yaml") == "[]\n"
