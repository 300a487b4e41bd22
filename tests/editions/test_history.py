"""Editions made from a small git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from llmnotes.editions.__main__ import main, make
from llmnotes.editions.files import ClaimedValue, editions, write
from llmnotes.errors import InputError

SOURCES = '[paper]\nkind = "paper"\ntitle = "A toy"\n[blog]\nkind = "news"\ntitle = "Of a toy"\n'
TOY = """
id = "toy"
name = "Toy"

[claims]
organization = { value = ["acme"], source = "paper", at = "§1" }
release_date = { value = "2024-05", source = "paper", at = "§1" }
dropout = { value = 0.1, source = "paper", at = "§2" }

[[models]]
id = "toy-1b"
name = "Toy 1B"
[models.claims]
n_layers = { value = 12, source = "paper", at = "Table 1" }
hardware = { value = ["8 A100", "2 TPU"], source = "paper", at = "§3" }

[[models]]
id = "toy-2b"
name = "Toy 2B"
[models.claims]
n_layers = { value = 24, source = "paper", at = "Table 1" }
"""
VARIANT = """
[[models]]
id = "toy-1b-chat"
name = "Toy 1B Chat"
variant = "post-trained"
[models.claims]
based_on = { value = ["toy-1b"], source = "paper", at = "§4" }
"""


class Repository:
    """A repository of one family."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "llmnotes" / "data"
        (self.data / "families").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.write("sources.toml", SOURCES)
        self.commit("Add a toy", TOY)

    def git(self, *arguments: str) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
        command = ["git", "-C", str(self.folder), *who, *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    def write(self, name: str, text: str) -> None:
        (self.data / name).write_text(text, encoding="utf-8")

    def commit(self, subject: str, toy: str) -> None:
        self.write("families/toy.toml", toy)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def edition(self, name: str, **options):
        found = make(name, repository=self.folder, **options)
        write(found, self.data / "editions")
        return found


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    found = Repository(tmp_path / "repository")
    found.edition("2026.11")
    return found


def told(edition):
    return [
        (item.change, item.models, item.attribute, item.before and item.before.value,
         item.after and item.after.value, item.reason)
        for item in edition.changes
    ]  # fmt: skip


def test_the_first_edition_has_every_family_as_new(repository):
    [first] = editions(repository.data / "editions")

    assert told(first) == [("added", ["toy-1b", "toy-2b"], None, None, None, None)]
    assert (first.families, first.models, first.values, first.previous) == (1, 2, 9, None)


def test_a_corrected_value_has_both_with_their_sources_and_the_subject_of_its_commit(repository):
    other = TOY.replace('12, source = "paper", at = "Table 1"', '16, source = "blog", at = "p. 2"')
    repository.commit("Read Table 1 again", other)
    repository.commit("Say more", other + VARIANT)

    found = repository.edition("2026.12")

    changed = [item for item in found.changes if item.attribute == "n_layers"]
    [item] = [item for item in changed if "toy-1b" in item.models]
    assert (item.change, item.reason, item.values) == ("corrected", "Read Table 1 again", 1)
    assert item.before == ClaimedValue(12, "reported", "paper", "Table 1", "A toy")
    assert item.after == ClaimedValue(16, "reported", "blog", "p. 2", "Of a toy")
    assert found.previous == "2026.11"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"2024-05"', '"2024-05-02"', ("added", "2024-05", "2024-05-02")),
        ('"2024-05"', '"2024-06"', ("corrected", "2024-05", "2024-06")),
        ("value = 0.1", 'status = "undisclosed"', ("withdrawn", 0.1, None)),
        ('["8 A100", "2 TPU"]', '["8 A100"]', ("withdrawn", ["2 TPU"], None)),
        ('["8 A100", "2 TPU"]', '["8 A100", "2 TPU", "1 H100"]', ("added", None, ["1 H100"])),
        ('["8 A100", "2 TPU"]', '["8 A100", "4 TPU"]', ("corrected", ["2 TPU"], ["4 TPU"])),
        ("value = 0.1", "parameters = {a = 1}, value = 0.1", ("added", 0.1, 0.1)),
        ("dropout", "weight_decay", ("withdrawn", 0.1, None)),
    ],
)  # fmt: skip
def test_what_happened_to_a_value_has_one_name(repository, old, new, expected):
    repository.commit("ValueChange it", TOY.replace(old, new))

    found = repository.edition("2026.12")

    assert expected in [(change, before, after) for change, _, _, before, after, _ in told(found)]


def test_one_change_of_the_family_is_told_once_for_all_that_it_holds_for(repository):
    repository.commit("Correct the dropout", TOY.replace("0.1", "0.2"))

    assert told(repository.edition("2026.12")) == [
        ("corrected", ["toy-1b", "toy-2b"], "dropout", 0.1, 0.2, "Correct the dropout")
    ]


def test_a_variant_changes_with_the_model_it_is_based_on(repository):
    repository.commit("Add the chat model", TOY + VARIANT)
    repository.edition("2026.12")
    repository.commit("Count the layers", TOY.replace("value = 12", "value = 13") + VARIANT)

    [item] = repository.edition("2027.01").changes

    assert (item.models, item.reason) == (["toy-1b", "toy-1b-chat"], "Count the layers")


def test_a_value_that_only_moves_in_the_file_did_not_change(repository):
    dropout = 'dropout = { value = 0.1, source = "paper", at = "§2" }\n'
    moved = TOY.replace(dropout, "").replace("[models.claims]\n", f"[models.claims]\n{dropout}")
    repository.commit("Move the dropout", moved)

    assert repository.edition("2026.12").changes == []


def test_a_reason_of_a_file_comes_before_a_subject_and_is_kept(repository, tmp_path):
    repository.commit("Correct", TOY.replace("0.1", "0.2"))
    reasons = tmp_path / "reasons.toml"
    reasons.write_text('[toy]\ndropout = "Table 3 prints 0.2"\n')

    given = repository.edition("2026.12", reasons=reasons)
    again = repository.edition("2026.12")

    assert [item.reason for item in given.changes] == ["Table 3 prints 0.2"]
    assert again.changes == given.changes


def test_a_model_that_went_has_the_reason_of_its_commit(repository):
    repository.commit("Drop what no source names", TOY.partition('[[models]]\nid = "toy-2b"')[0])

    assert told(repository.edition("2026.12")) == [
        ("withdrawn", ["toy-2b"], None, None, None, "Drop what no source names")
    ]


def test_a_file_in_the_middle_of_a_merge_is_passed_over(repository):
    repository.commit("Merge", TOY + "<<<<<<< HEAD\n")
    repository.commit("Mend the merge", TOY.replace("0.1", "0.2"))

    changed = told(repository.edition("2026.12"))

    assert changed == [("corrected", ["toy-1b", "toy-2b"], "dropout", 0.1, 0.2, "Mend the merge")]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["december"], "name an edition by year and month"),
        (["2026.13"], "name an edition by year and month"),
        (["2026.10"], "2026.11 is later"),
        (["2026.12", "--commit", "nowhere"], "nowhere"),
        (["2026.12", "--reasons", "absent.toml"], "absent.toml"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(repository, arguments, says):
    with pytest.raises(SystemExit) as refused:
        main([*arguments, "--repository", str(repository.folder)])

    assert says in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_the_command_writes_the_file_and_says_what_is_in_it(repository, capsys):
    repository.commit("Correct", TOY.replace("0.1", "0.2"))

    main(["2026.12", "--repository", str(repository.folder)])

    assert "2 corrected" in capsys.readouterr().out
    assert [item.name for item in editions(repository.data / "editions")] == ["2026.11", "2026.12"]


def test_a_folder_without_families_is_refused(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    with pytest.raises(InputError, match="no commit"):
        make("2026.12", repository=tmp_path)
