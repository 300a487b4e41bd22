"""The stored JSON of the whole base: what a reading of it gives, and never that of another base."""

import json

import pytest

from llmnotes.knowledge import kept as module
from llmnotes.knowledge.filtering import Query, select
from llmnotes.views.whole_base import all_records, keep_all_records


@pytest.fixture
def stored(small, tmp_path):
    file = tmp_path / "records.json.xz"
    keep_all_records(small, file)
    return file


def test_it_is_what_a_reading_gives(small, stored):
    pieces = all_records(small, stored)
    assert pieces is not None
    assert json.loads(b"".join(pieces)) == select(small, Query(variants="all"))


def test_that_of_another_base_is_not_used(connection, stored):
    assert all_records(connection, stored) is None


def test_changed_code_makes_it_unusable(small, stored, tmp_path, monkeypatch):
    (tmp_path / "records.py").write_text("COLUMNS = ()")
    monkeypatch.setattr(module, "_CODE", tmp_path)
    assert all_records(small, stored) is None


def test_migrations_in_the_package_as_installed_leave_it_usable(small, tmp_path, monkeypatch):
    (tmp_path / "records.py").write_text("COLUMNS = ()")
    monkeypatch.setattr(module, "_CODE", tmp_path)
    keep_all_records(small, tmp_path / "records.json.xz")
    (tmp_path / "migrations" / "versions").mkdir(parents=True)
    (tmp_path / "migrations" / "versions" / "0001_ground.py").write_text("revision = '0001'")
    assert all_records(small, tmp_path / "records.json.xz") is not None


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:-9], lambda data: data + b"x" * 9,
                                   lambda data: b"\xff" + data,
                                   lambda data: data.partition(b"\n")[0] + b"\n{}"])  # fmt: skip
def test_a_spoilt_file_is_ignored(small, stored, spoil):
    assert all_records(small, stored) is not None
    stored.write_bytes(spoil(stored.read_bytes()))
    assert all_records(small, stored) is None


def test_no_file_is_no_obstacle(small, tmp_path):
    assert all_records(small, tmp_path / "none") is None


def test_a_user_s_claim_is_in_the_export(run, user_store):
    assert run("set", "llama-2-7b", "n_layers=33", "--source", "a wiki").code == 0
    found = {item["id"]: item for item in run("export", "-f", "json").json}
    assert found["llama-2-7b"]["n_layers"] == 33


@pytest.mark.parametrize("more", [["--with-claims"], ["--with-sources"], ["--columns", "n_layers"],
                                  ["--variants", "base"], ["--where", "n_layers > 90"]])  # fmt: skip
def test_what_asks_for_more_or_less_is_not_answered_with_it(run, on_first_base, more):
    assert run("export", "-f", "json", *more).json != run("export", "-f", "json").json
