"""Entries of a bibliography against the papers of the base."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.documents.bibtex import BibEntry, BibField
from llmnotes.factcheck.references import KnownPapers
from llmnotes.store.connect import connect

PAPERS = KnownPapers(connect())
LLAMA = "LLaMA: Open and Efficient Foundation Language Models"
LLAMA_2 = "Llama 2: Open Foundation and Fine-Tuned Chat Models"
GQA = "GQA: Training Generalized Multi-Query Transformer Models from Multi-Head Checkpoints"


def verdicts(**fields: str) -> dict[str, tuple[str, str]]:
    """The verdict on each field of an entry, with what would be right."""
    written = {name: BibField(text, line) for line, (name, text) in enumerate(fields.items(), 2)}
    found = PAPERS.check([BibEntry("key", "misc", 1, written)])
    return {one.field: (one.verdict, one.expected) for one in found}


@pytest.mark.parametrize(
    "title",
    [LLAMA, LLAMA.upper(), "{LLaMA}: Open and Efficient {F}oundation Language Models",
     "{\\textsc{LLaMA}}: Open and Efficient Foundation Language Models", LLAMA.replace(": ", " -- ")],
)  # fmt: skip
def test_a_title_agrees_in_any_case_with_braces_and_other_signs(title):
    assert verdicts(title=title, year="2023", eprint="2302.13971") == {
        "title": ("agrees", ""), "year": ("agrees", ""), "eprint": ("agrees", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [{"eprint": "2302.13971v1"}, {"url": "https://arxiv.org/abs/2302.13971"},
     {"journal": "arXiv preprint arXiv:2302.13971"}, {"doi": "10.48550/arXiv.2302.13971"},
     {"note": "arXiv:2302.13971 [cs.CL]"}],
)  # fmt: skip
def test_the_id_is_found_in_the_field_that_holds_it(written):
    (name,) = written
    assert verdicts(title=LLAMA, **written)[name] == ("agrees", "")
    wrong = {name: text.replace("2302.13971", "2303.13971") for name, text in written.items()}
    assert verdicts(title=LLAMA, **wrong)[name] == ("wrong", "2302.13971")


def test_the_id_of_another_paper_is_said_to_be_that():
    entry = BibEntry(
        "k", "misc", 1, {"title": BibField(LLAMA_2, 2), "eprint": BibField("2302.13971", 3)}
    )
    *_, found = PAPERS.check([entry])
    assert (found.field, found.verdict, found.expected, found.line) == (
        "eprint", "wrong", "2307.09288", 3,
    )  # fmt: skip
    assert LLAMA in found.reason
    assert found.sources == ("touvron-2023-llama-2",)


def test_another_title_under_a_known_id_is_wrong():
    found = verdicts(title="Open Models of Efficient Language", eprint="2302.13971")
    assert found["title"] == ("wrong", LLAMA)


@pytest.mark.parametrize(
    ("title", "verdict"),
    [(GQA.replace("Generalized", "Generalised"), "misspelt"), (GQA[:40], "partly-wrong"), (GQA, "agrees")],
)  # fmt: skip
def test_a_title_that_is_nearly_right_says_how(title, verdict):
    assert verdicts(title=title, eprint="2305.13245")["title"][0] == verdict


@pytest.mark.parametrize(
    ("year", "more", "verdict"),
    [
        ("2023", {}, "agrees"), ("2022", {}, "wrong"), ("2024", {}, "wrong"),
        ("2024", {"booktitle": "Proceedings of a Conference"}, "agrees-normalised"),
        ("2025", {"booktitle": "Proceedings of a Conference"}, "agrees-normalised"),
        ("2026", {"booktitle": "Proceedings of a Conference"}, "wrong"),
        ("2024", {"journal": "arXiv preprint arXiv:2302.13971"}, "wrong"),
        ("to appear", {}, "unreadable"), ("{2023}", {}, "agrees"),
    ],
)  # fmt: skip
def test_a_year_is_that_of_the_paper_or_of_the_venue_soon_after(year, more, verdict):
    assert verdicts(title=LLAMA, year=year, **more)["year"][0] == verdict


def test_a_post_that_is_called_like_a_paper_is_not_taken_for_it():
    title, year = "Mixtral of experts", "2023"
    assert verdicts(title=title, year=year, url="https://mistral.ai/news/mixtral-of-experts/") == {
        "title": ("agrees", ""), "year": ("agrees", ""),
    }  # fmt: skip
    assert verdicts(title=title, year=year, url="https://example.org/post") == {
        "title": ("unsupported", "")
    }
    assert verdicts(title=title, year=year, eprint="2401.04088")["year"] == ("wrong", "2024")
    assert verdicts(title=title, year=year)["year"] == ("wrong", "2024")


def test_what_we_write_as_bibtex_agrees_with_ourselves(connection):
    pytest.importorskip("bibtexparser", reason="the extra `documents` is not installed")
    from llmnotes.documents.bibtex import read_entries
    from llmnotes.export.bibliography import bibtex
    from llmnotes.knowledge.sources import all_sources

    entries = read_entries(bibtex(all_sources(connection)), "a.bib")
    found = [one for one in PAPERS.check(entries) if one.verdict not in {"agrees", "unsupported"}]
    assert len(entries) > 300
    assert [(one.key, one.field, one.text, one.reason) for one in found] == []


def test_a_paper_that_the_base_does_not_know_is_not_judged():
    found = verdicts(title="A Paper on Something Else", year="1800", eprint="1234.56789")
    assert found == {"title": ("unsupported", "")}


def test_the_papers_of_techniques_are_known_too():
    assert verdicts(title="Attention Is All You Need", year="2017")["year"] == ("agrees", "")


@given(
    st.dictionaries(
        st.sampled_from(("title", "year", "eprint", "doi", "url", "journal", "booktitle", "x")),
        st.text(max_size=60)
        | st.sampled_from((LLAMA, "2302.13971", "10.1/x", "arXiv:cs/0102003", "2023")),
    )
)
def test_any_entry_is_judged(fields):
    for verdict, _ in verdicts(**fields).values():
        assert verdict in {"agrees", "agrees-normalised", "partly-wrong", "misspelt", "wrong",
                           "unsupported", "unreadable"}  # fmt: skip


def test_the_command_tells_of_a_false_entry_in_every_format(run, tmp_path):
    pytest.importorskip("bibtexparser", reason="the extra `documents` is not installed")
    (tmp_path / "refs.bib").write_text(f"@misc{{k,\n title={{{LLAMA}}},\n year={{2021}},\n}}\n")
    for format in ("table", "markdown", "csv", "json", "jsonl", "sarif", "html", "latex"):
        done = run("factcheck", "refs.bib", "-f", format)
        assert done.code == 1
        assert "2021" in done.out or format == "jsonl"
    found = run("factcheck", "refs.bib", "-f", "json").json
    assert found["summary"]["wrong"] == 1
    year = found["entries"][1]
    assert (year["file"], year["line"], year["key"], year["field"], year["expected"]) == (
        "refs.bib", 3, "k", "year", "2023",
    )  # fmt: skip
    sarif = run("factcheck", "refs.bib", "-f", "sarif").json["runs"][0]["results"]
    assert [one["locations"][0]["physicalLocation"]["region"] for one in sarif] == [
        {"startLine": 3}
    ]


@pytest.mark.parametrize("title", [r"PanGu-$\alpha$", r"PanGu-{\(\alpha\)}", "PanGu-α"])
def test_a_greek_letter_may_be_a_command(title):
    rest = ": Large-scale Autoregressive Pretrained Chinese Language Models with Auto-parallel Computation"

    assert verdicts(title=title + rest, eprint="2104.12369")["title"] == ("agrees", "")
