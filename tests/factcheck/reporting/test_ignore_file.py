"""`.llmnotes-ignore`: what may stand, why, and until when."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.factcheck.reporting.files import nearest_ignore_file
from llmnotes.factcheck.reporting.ignore_file import read
from tests.curated import checker

CHECKER = checker()
TABLE = (
    "| Model | Layers | Heads |\n|---|---|---|\n| LLaMA 65B | 60 | 60 |\n| BERT-Base | 13 | 12 |\n"
)
TODAY = datetime.date.today()


def entry(until=TODAY, **more):
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in more.items()]
    return "\n".join(
        ["[[ignore]]", 'reason = "as the venue has it"', f"until = {until}", *lines, ""]
    )


@pytest.fixture
def left(run, tmp_path):
    """The false cells that are reported with a list."""
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "a.md").write_text(TABLE, "utf-8")

    def cells(text, *arguments):
        (tmp_path / ".llmnotes-ignore").write_text(text, "utf-8")
        done = run("factcheck", "tables", "-f", "json", *arguments)
        assert done.code in {0, 1}, done.err
        found = [c for t in done.json["tables"] for c in t["cells"] if c["verdict"] == "wrong"]
        assert done.code == bool(found)
        return [f"{cell['name']} {cell['attribute']}" for cell in found]

    return cells


ALL = ["LLaMA 65B n_layers", "LLaMA 65B n_heads", "BERT-Base n_layers"]


@pytest.mark.parametrize(
    ("more", "reported"),
    [
        ({}, []),
        ({"models": ["llama-65b"]}, ["BERT-Base n_layers"]),
        ({"models": ["LLaMA 65B"], "attributes": ["layers"]}, ALL[1:]),
        ({"models": ["llama"]}, ["BERT-Base n_layers"]),
        ({"attributes": ["n_layers"]}, ["LLaMA 65B n_heads"]),
        ({"verdicts": ["rumour"]}, ALL),
        ({"verdicts": ["wrong"]}, []),
        ({"files": ["tables/*.md"]}, []),
        ({"files": ["tables"]}, []),
        ({"files": ["*.tex", "other/"]}, ALL),
    ],
)
def test_an_exception_covers_what_it_names(left, more, reported):
    assert left(entry(**more)) == reported


def test_no_ignore_reports_all(left):
    assert left(entry(), "--no-ignore") == ALL


def test_the_last_day_still_counts_and_the_next_does_not(left, run, tmp_path):
    assert left(entry(TODAY)) == []
    assert left(entry(TODAY - datetime.timedelta(1))) == ALL
    said = run("factcheck", "tables").err
    assert "expired on" in said
    assert "as the venue has it" in said


def test_what_may_stand_is_not_corrected_either(left, run, tmp_path):
    left(entry(models=["llama-65b"]))
    assert run("factcheck", "tables", "--fix").code == 0
    text = (tmp_path / "tables" / "a.md").read_text("utf-8")
    assert "| LLaMA 65B | 60 | 60 |" in text
    assert "| BERT-Base | 12" in text


def test_the_nearest_list_counts_and_none_above_the_repository(tmp_path):
    inner = tmp_path / "paper" / "tables"
    inner.mkdir(parents=True)
    (tmp_path / ".llmnotes-ignore").write_text("")
    assert nearest_ignore_file(inner / "a.md") == tmp_path / ".llmnotes-ignore"
    (tmp_path / "paper" / ".git").mkdir()
    assert nearest_ignore_file(inner / "a.md") is None
    (inner / ".llmnotes-ignore").write_text("")
    assert nearest_ignore_file(inner / "a.md") == inner / ".llmnotes-ignore"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[ignore]]\nuntil = 2030-01-01", "exception 1: no reason"),
        ('[[ignore]]\nreason = "  "\nuntil = 2030-01-01', "exception 1: no reason"),
        ('[[ignore]]\nreason = "a"', "exception 1: no last day"),
        ('[[ignore]]\nreason = "a"\nuntil = "2030-01-01"', "without quotes"),
        ('[[ignore]]\nreason = "a"\nuntil = 2030-01-01T00:00:00', "no last day"),
        (entry() + entry(models=["lama-65b"]), "exception 2: unknown model or family.*llama-65b"),
        (entry(attributes=["n_layer"]), "exception 1: unknown attribute.*n_layers"),
        (entry(verdicts=["wrnog"]), "exception 1: unknown verdict.*wrong"),
        (entry(model=["bert"]), "exception 1: unknown key.*models"),
        ('[[ignore]]\nmodels = "bert"', "models: write a list"),
        ("[ignore]\nreason = 'a'", "in two brackets"), ("ignores = 1", "unknown key.*ignore"),
        ("[[ignore]", "not TOML .*line 1"), ("ignore = [1]", "exception 1"),
    ],
)  # fmt: skip
def test_a_slip_is_refused_with_its_place_and_what_would_be_right(tmp_path, text, words):
    path = tmp_path / ".llmnotes-ignore"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=words) as refused:
        read(path, CHECKER)
    assert str(path) in str(refused.value)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(
    ("[[ignore]]", "\n", "models", "files", "reason", "until", " = ", '["bert"]', '"a"', "2030-01-01", "1",
     "{", "]", "#"))))  # fmt: skip
def test_any_text_is_read_or_refused(tmp_path, parts):
    path = tmp_path / ".llmnotes-ignore"
    path.write_text("".join(parts), "utf-8")
    try:
        read(path, CHECKER)
    except InputError as error:
        assert str(path) in str(error)
