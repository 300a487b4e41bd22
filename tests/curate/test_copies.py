"""A folder of copies is filled from the sources' places, and correct copies are kept."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from llmnotes import catalog
from llmnotes.curate.copies import CopyFolder, CopyOutcome, Named, add_named, main, wanted_of
from llmnotes.curate.fetching import Fetcher, Packages
from llmnotes.errors import InputError
from llmnotes.evidence.copies import Copies
from llmnotes.records import Source

COMMIT = "89abcdef" * 5


@dataclass
class Shelf:
    """A fake forge: its texts, and the number of requests for each."""

    texts: dict[str, str]
    asked: list[str] = field(default_factory=list)

    def file(self, repository: str, commit: str, path: str) -> bytes:
        self.asked.append(path)
        if path not in self.texts:
            raise InputError(f"no {path}")
        return self.texts[path].encode()

    def log(self, repository: str, commit: str, named) -> str:
        return f"{commit} 2024-05-06 First\n"


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(
        {"card.md": "# Toy\r\n24 layers", "config.json": "{}", "LICENSE": "MIT", "a/x.py": "x"}
    )


@pytest.fixture
def folder(shelf: Shelf, tmp_path: Path) -> CopyFolder:
    return CopyFolder(tmp_path / "copies", Fetcher(shelf, Packages(tmp_path)))


def source(path: str = "", id: str = "toy", text: str | None = None, **fields) -> Source:
    named = {"kind": "model-card", "title": "Toy", "url": "https://github.com/a/b", "read": "whole"}
    if text is not None:
        named |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "length": len(text)}
    place = f"a/b@{COMMIT}" + (f":{path}" if path else "")
    return Source(**{"id": id, "copy_read": place, **named, **fields})


def fill(folder: CopyFolder, *sources: Source, **named: Named) -> list[CopyOutcome]:
    return list(folder.fill(sources, named))


def test_a_file_is_fetched_once_and_its_place_noted(folder, shelf):
    assert fill(folder, source("card.md")) == [CopyOutcome("toy", "fetched")]
    assert fill(folder, source("card.md")) == [CopyOutcome("toy", "there")]

    assert shelf.asked == ["card.md"]
    assert (folder.path / "toy.md").read_bytes() == b"# Toy\r\n24 layers"
    places = tomllib.loads((folder.path / "copies.toml").read_text())
    assert places == {"toy": f"a/b@{COMMIT}:card.md"}


@pytest.mark.parametrize(("path", "kept"), [("config.json", "toy.json"), ("LICENSE", "toy.txt")])
def test_a_copy_keeps_the_ending_of_a_text(path, kept, folder):
    fill(folder, source(path))
    assert (folder.path / kept).is_file()


def test_another_text_than_was_read_is_said_and_not_kept(folder):
    ((_, came, reason),) = fill(folder, source("card.md", text="# Toy\n24 layers and more"))

    assert came == "not had"
    assert "of 16 characters, than was read, of 24" in reason
    assert Copies(folder.path).of("toy") is None


def test_another_text_is_kept_where_that_is_wanted(folder):
    keeping = CopyFolder(folder.path, folder.fetch, other_editions=True)
    ((_, came, reason),) = fill(keeping, source("card.md", text="# Toy"))

    assert came == "fetched"
    assert "another text" in reason
    assert fill(keeping, source("card.md", text="# Toy")) == [CopyOutcome("toy", "there")]


def test_the_text_with_plain_line_ends_is_the_text_that_was_read(folder):
    assert fill(folder, source("card.md", text="# Toy\n24 layers")) == [
        CopyOutcome("toy", "fetched")
    ]


def test_a_copy_with_the_right_digest_is_never_overwritten(folder, shelf):
    folder.path.mkdir()
    (folder.path / "toy.txt").write_text("as read")
    (folder.path / "copies.toml").write_text('toy = "from elsewhere"\n')

    assert fill(folder, source("card.md", text="as read")) == [CopyOutcome("toy", "there")]
    assert shelf.asked == []

    assert fill(folder, source("card.md", text="as else"))[0].came == "not had"
    assert (folder.path / "toy.txt").read_text() == "as read"


def test_a_copy_from_an_older_commit_is_fetched_again(folder, shelf):
    fill(folder, source("card.md"))
    shelf.texts["card.txt"] = "# Newer"
    newer = source("card.txt", copy_read=f"a/b@{'f' * 40}:card.txt")

    assert fill(folder, newer) == [CopyOutcome("toy", "fetched")]
    assert Copies(folder.path).of("toy").raw == "# Newer"


def test_of_a_repository_the_files_and_commits_that_claims_name_are_fetched(folder):
    named = Named()
    for locator in ("card.md, Training", "a/x.py, Block and card.md", f"commit {COMMIT[:8]}"):
        add_named(named, locator)

    assert fill(folder, source(), toy=named) == [CopyOutcome("toy", "fetched")]
    assert sorted(p.name for p in (folder.path / "toy").rglob("*.*")) == [
        "card.md", "commits.txt", "x.py",
    ]  # fmt: skip
    assert fill(folder, source(), toy=named) == [CopyOutcome("toy", "there")]


def test_what_of_a_repository_is_missing_is_said_and_the_rest_kept(folder):
    named = Named({"card.md", "none.py", "other.py"})

    assert fill(folder, source(), toy=named) == [
        CopyOutcome("toy", "not had", "none.py: no none.py (and 1 more)")
    ]
    assert (folder.path / "toy" / "card.md").is_file()


def test_a_name_that_leads_out_of_the_repository_is_none():
    named = Named()
    add_named(named, "../../etc/x.md")
    assert named == Named()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"read": "quoted", "via": "other", "copy_read": None}, "not read itself, but other"),
        ({"copy_read": None, "url": None, "sha256": "0" * 64, "length": 7}, "names no place"),
    ],
)
def test_what_names_no_place_is_said(fields, reason, folder):
    ((_, came, said),) = fill(folder, source("card.md", **fields))
    assert came == "not had"
    assert reason in said


def test_a_repository_of_which_nothing_is_named_is_said(folder):
    ((_, came, said),) = fill(folder, source())
    assert (came, said) == ("not had", "no claim names a file or commit of it")


@pytest.mark.thorough
def test_the_sources_of_one_family_are_those_its_claims_rest_on():
    found = catalog.load()
    sources, named = wanted_of(found, "llama")

    assert {item.id for item in sources} == set(named)
    assert "llama/model.py" in named["meta-2023-llama-code"].files
    assert len(sources) < len(wanted_of(found, None)[0])
    with pytest.raises(InputError, match="llama"):
        wanted_of(found, "lama")


@pytest.mark.thorough
def test_the_program_says_a_family_that_is_none(tmp_path, capsys):
    assert main([str(tmp_path / "copies"), "--family", "lama"]) == 2
    assert "unknown family" in capsys.readouterr().err
