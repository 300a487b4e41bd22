"""Files of editions: read back as written, and refused where they are invalid."""

from __future__ import annotations

import pytest

from llmnotes import catalog
from llmnotes.editions.files import KINDS, ClaimedValue, Edition, ValueChange, editions, read, write
from llmnotes.errors import InputError
from llmnotes.schema import ATTRIBUTES

SHIPPED = list(editions(catalog.DATA / "editions"))


def edition(name="2026.12", previous=None, **change):
    said = ClaimedValue(12, "reported", "paper", "Table 1", "A toy")
    fields = {
        "change": "corrected", "family": "toy", "models": ["toy-1b"], "attribute": "n_layers",
        "before": said, "after": ClaimedValue(None, "undisclosed", None, None, None),
        "reason": "so", "values": 1,
    }  # fmt: skip
    return Edition(
        name, "2026-12-01", "c0ffee", previous, 1, 1, 9, [ValueChange(**fields | change)]
    )


def test_an_edition_is_read_as_it_was_written(tmp_path):
    written = edition()

    assert read(write(written, tmp_path)) == written


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"reason": None}, "`reason` is missing"),
        ({"change": "altered"}, "no change"),
        (dict.fromkeys(("before", "after"), ClaimedValue(1, "reported", "a", "b", "c")), "no change"),
    ],
)  # fmt: skip
def test_a_change_that_is_none_or_lacks_its_reason_is_refused(tmp_path, change, says):
    path = write(edition(**change), tmp_path)

    with pytest.raises(InputError, match=says):
        read(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": "2026.12", "changes": [{}]}', "\x00"])
def test_what_is_no_edition_is_refused_with_its_name(tmp_path, text):
    (tmp_path / "2026.12.json").write_text(text)

    with pytest.raises(InputError, match=r"2026\.12\.json"):
        read(tmp_path / "2026.12.json")


def test_editions_follow_one_another(tmp_path):
    write(edition("2026.12"), tmp_path)
    write(edition("2027.02", "2027.01"), tmp_path)

    with pytest.raises(InputError, match=r"previous = '2027\.01', which is '2026\.12'"):
        list(editions(tmp_path))


def test_editions_are_ordered_by_month_and_number_not_by_letter(tmp_path):
    for name, previous in (
        ("2026.12", None),
        ("2026.12.2", "2026.12"),
        ("2026.12.10", "2026.12.2"),
    ):
        write(edition(name, previous), tmp_path)

    assert [item.name for item in editions(tmp_path)] == ["2026.12", "2026.12.2", "2026.12.10"]


def test_the_shipped_editions_tell_what_they_say_they_tell():
    assert [item.name for item in SHIPPED][:2] == ["2026.11", "2026.12"]
    for item in SHIPPED:
        for change in item.changes:
            assert change.change in KINDS
            assert change.attribute is None or change.attribute in ATTRIBUTES
            assert change.models
            if change.change == "corrected":
                assert change.before.source
                assert change.after.source
                assert change.reason
