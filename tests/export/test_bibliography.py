"""Bibliographies that other programs read."""

import json

import bibtexparser

from llmnotes.export.bibliography import bibtex, csl_json
from llmnotes.knowledge.cite import cited
from llmnotes.knowledge.sources import all_sources


def documents(sources):
    return [source for source in sources if source["kind"] != "formula"]


def test_bibtex_parses_with_one_entry_for_each_document(connection):
    found = documents(cited(connection, ["bert", "llama2"]))

    library = bibtexparser.parse_string(bibtex(found))

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [source["id"] for source in found]


def test_every_source_of_the_base_can_be_cited(connection):
    found = documents(all_sources(connection))

    library = bibtexparser.parse_string(bibtex(found))

    assert library.failed_blocks == []
    assert len(library.entries) == len(found)
    assert all(entry["title"] for entry in library.entries)


def test_a_paper_has_its_authors_its_year_and_its_arxiv_id(connection):
    (entry,) = [
        entry
        for entry in bibtexparser.parse_string(bibtex(all_sources(connection))).entries
        if entry.key == "devlin-2018-bert"
    ]

    assert entry["author"].startswith("Jacob Devlin and Ming-Wei Chang")
    assert (entry["year"], entry["eprint"]) == ("2018", "1810.04805v2"), "the version read"


def test_special_characters_cannot_break_an_entry():
    source = dict.fromkeys(
        ("kind", "title", "authors", "year", "url", "arxiv", "doi", "venue", "copy_read", "checked")
    )
    source |= {
        "id": "x",
        "kind": "paper",
        "title": r"100% {of} \input{x} @a",
        "authors": ["A & B_c"],
    }
    source |= {"url": "https://x.org/{a}\\b c"}

    library = bibtexparser.parse_string(bibtex([source]))

    assert library.failed_blocks == []
    assert len(library.entries) == 1
    assert r"\input{" not in library.entries[0]["title"]


def test_csl_json_holds_names_in_parts(connection):
    items = {item["id"]: item for item in json.loads(csl_json(all_sources(connection)))}

    assert items["devlin-2018-bert"]["author"][0] == {"given": "Jacob", "family": "Devlin"}
    assert items["devlin-2018-bert"]["issued"] == {"date-parts": [[2018]]}
