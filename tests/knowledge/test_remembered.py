"""The stored report of `check`: the same as a run of the rules, and never one of another base."""

import json

import pytest

from llmnotes.checks import exceptions
from llmnotes.knowledge import kept as module
from llmnotes.knowledge.check import check
from llmnotes.knowledge.remembered import remember, remembered


@pytest.fixture
def kept(small, tmp_path):
    """A stored report of the small base, with findings and exceptions in it."""
    report = check(small)
    assert report.findings or report.excused
    file = tmp_path / "built" / "checked.json"
    remember(small, report, file)
    return report, file


def test_the_stored_report_is_the_one_of_the_run(small, kept):
    report, file = kept
    assert remembered(small, file) == report
    assert [item.name for item in file.parent.iterdir()] == [file.name]


def test_the_report_of_another_base_is_not_used(connection, kept):
    assert remembered(connection, kept[1]) is None


def test_a_changed_list_of_exceptions_makes_the_report_unusable(small, kept, tmp_path, monkeypatch):
    changed = tmp_path / "exceptions.toml"
    changed.write_bytes(exceptions.FILE.read_bytes() + b"\n")
    monkeypatch.setattr(exceptions, "FILE", changed)
    assert remembered(small, kept[1]) is None


def test_changed_code_makes_the_report_unusable(small, kept, tmp_path, monkeypatch):
    (tmp_path / "rules.py").write_text("RULES = 1")
    monkeypatch.setattr(module, "_CODE", tmp_path)
    assert remembered(small, kept[1]) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "[1, 2, 3]", '["x", {}]', "null", '{"a": 1}'])
def test_what_is_no_report_is_ignored(small, tmp_path, content):
    file = tmp_path / "checked.json"
    assert remembered(small, file) is None, "not there"
    file.write_text(content)
    assert remembered(small, file) is None


def test_a_report_with_a_part_missing_is_ignored(small, kept):
    mark, report = json.loads(kept[1].read_text())
    del report["models"]
    kept[1].write_text(json.dumps([mark, report]))
    assert remembered(small, kept[1]) is None


def test_a_base_with_a_users_store_is_checked_anew(run):
    assert run("set", "llama-2-7b", "n_layers=33", "--source", "a wiki").code == 0
    found = run("check", "-f", "json")
    assert any(item["model"] == "llama-2-7b" for item in found.json["findings"])
