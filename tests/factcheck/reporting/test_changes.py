"""`--since`: only what changed in a real repository."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from llmnotes.errors import InputError
from llmnotes.factcheck.reporting.changes import Changes

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

TABLE = "| Model | Layers |\n|---|---|\n| LLaMA 65B | 60 |\n| BERT-Base | 12 |\n"


def git(folder, *arguments):
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path):
    """A repository of one commit, with a table that was false from the beginning."""
    git(tmp_path, "init", "-q")
    (tmp_path / "a b.md").write_text(f"# Notes\n\n{TABLE}", "utf-8")
    (tmp_path / "other.md").write_text(TABLE, "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def false_cells(run, *arguments):
    done = run("factcheck", *arguments, "-f", "json")
    assert done.code in {0, 1}, done.err
    cells = [c for t in done.json["tables"] for c in t["cells"] if c["verdict"] == "wrong"]
    assert done.code == bool(cells)
    return [(cell["name"], cell["text"]) for cell in cells]


def test_what_stood_there_before_is_not_reported(run, repository):
    assert false_cells(run, ".") == [("LLaMA 65B", "60")] * 2
    assert false_cells(run, ".", "--since", "HEAD") == []


def test_a_changed_line_is(run, repository):
    path = repository / "a b.md"
    path.write_text(path.read_text("utf-8") + "| GPT-2 XL | 47 |\n", "utf-8")
    assert false_cells(run, ".", "--since", "HEAD") == [("GPT-2 XL", "47")]
    git(repository, "commit", "-qam", "second")
    assert false_cells(run, ".", "--since", "HEAD~1") == [("GPT-2 XL", "47")]
    assert false_cells(run, ".", "--since", "HEAD") == []


def test_a_table_with_another_header_is_looked_at_whole(run, repository):
    path = repository / "a b.md"
    path.write_text(path.read_text("utf-8").replace("Layers", "Heads"), "utf-8")
    assert ("LLaMA 65B", "60") in false_cells(run, ".", "--since", "HEAD")


def test_a_new_file_is_looked_at_whole(run, repository):
    (repository / "new.md").write_text(TABLE, "utf-8")
    assert false_cells(run, ".", "--since", "HEAD") == [("LLaMA 65B", "60")]
    git(repository, "add", ".")
    assert false_cells(run, ".", "--since", "HEAD") == [("LLaMA 65B", "60")]


def test_lines_of_a_notebook_are_those_of_its_file(run, repository):
    from tests.documents.conftest import FALSE, notebook

    (repository / "a.ipynb").write_bytes(notebook(FALSE))
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "second")
    (repository / "a.ipynb").write_bytes(notebook((*FALSE, ("T5-Base", "13", "12"))))
    assert false_cells(run, ".", "--since", "HEAD") == [("T5-Base", "13")]


@pytest.mark.parametrize("name", ["--output=x", "nope", "HEAD^{tree}x", "", "HEAD:a", "-p"])
def test_what_names_no_commit_is_refused_in_one_sentence(run, repository, name):
    done = run("factcheck", ".", f"--since={name}")
    assert (done.code, done.out) == (2, "")
    assert "names no commit" in done.err
    assert len(done.err.splitlines()) == 1
    assert not (repository / "x").exists()


def test_a_file_outside_of_any_repository_is_refused(run, tmp_path):
    (tmp_path / "a.md").write_text(TABLE, "utf-8")
    done = run("factcheck", "a.md", "--since", "HEAD")
    assert done.code == 2
    assert "in no git repository" in done.err


def test_it_does_not_go_with_correcting(run, repository):
    for option in ("--fix", "--diff"):
        done = run("factcheck", ".", "--since", "HEAD", option)
        assert done.code == 2
        assert "--since only reports" in done.err


def test_without_git_it_says_so(repository, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="needs git"):
        Changes("HEAD").lines(str(repository / "other.md"))
