"""A bundle is lossless: exported, imported and exported again it says the same."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.ingest.run import import_source
from llmnotes.knowledge.bundle import bundle
from llmnotes.knowledge.names import find
from llmnotes.schema import CLAIMABLE, Attribute
from llmnotes.store.connect import connect

_WORD = st.text("abcdefghijklmnop0123456789é漢 -._", min_size=1, max_size=12).filter(
    lambda text: any(char.isalnum() for char in text) and text == " ".join(text.split())
)
_COUNT = st.integers(0, 2**62)


def _values(attribute: Attribute) -> st.SearchStrategy[Any]:
    """Values of an attribute in canonical form."""
    terms = st.sampled_from(sorted(attribute.terms)) if attribute.terms else _WORD
    one: dict[str, st.SearchStrategy[Any]] = {
        "integer": _COUNT,
        "number": st.floats(0, 1e30, allow_nan=False),
        "flag": st.booleans(),
        "term": terms,
        "terms": st.lists(terms, min_size=1, max_size=3, unique=True),
        "text": _WORD,
        "texts": st.lists(_WORD, min_size=1, max_size=3, unique=True),
        "date": st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(str),
        "batch": st.builds(
            lambda stages: {"stages": stages, "unit": "tokens"},
            st.lists(_COUNT, min_size=1, max_size=3),
        ),
        "quantity": st.builds(lambda value: {"value": value, "unit": "steps"}, _COUNT),
        "datasets": st.lists(
            st.builds(lambda name: {"name": name, "weight": 0.5}, _WORD), min_size=1, max_size=2
        ),
        "results": st.lists(
            st.builds(lambda name: {"benchmark": name, "score": 1.5}, _WORD), min_size=1, max_size=2
        ),
        "organizations": st.just(["meta"]),
        "models": st.just(["llama-2-7b"]),
    }
    found = one[attribute.kind]
    if attribute.per_layer:
        pair = st.lists(found, min_size=2, max_size=3, unique=True)
        found |= pair.map(lambda items: {"runs": [[2, item] for item in items]})
    return found


@st.composite
def _bundles(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(_WORD, min_size=1, max_size=4, unique_by=lambda name: name.lower()))
    models = [
        {"id": f"own-{number}", "family": None, "name": name, "size": None,
         "variant": draw(st.sampled_from(["base", "post-trained"])), "position": number,
         "layer": draw(st.sampled_from(["user", "imported"]))}
        for number, name in enumerate(names)
    ]  # fmt: skip
    claims = []
    for subject in [*(model["id"] for model in models), "llama-2-7b"]:
        for name in draw(st.lists(st.sampled_from(sorted(CLAIMABLE)), max_size=4, unique=True)):
            withheld = draw(st.booleans())
            claims.append(
                {"subject_kind": "model", "subject": subject, "attribute": name,
                 "value": None if withheld else draw(_values(CLAIMABLE[name])),
                 "status": "undisclosed" if withheld else draw(
                     st.sampled_from(["reported", "derived", "estimated", "rumoured"])
                 ),
                 "source": "own-source", "locator": draw(st.none() | _WORD),
                 "layer": draw(st.sampled_from(["user", "imported"])),
                 "note": draw(st.none() | _WORD), "parameters": None, "preferred": 0, "reason": None}
            )  # fmt: skip
    known = {"id": "llama-2-7b", "family": "llama-2", "name": "Llama-2-7B", "layer": "curated"}
    return {
        "llmnotes_bundle": 1,
        "families": [{"id": "llama-2", "name": "Llama 2", "layer": "curated"}],
        "models": [*models, known],
        "names": [
            {"kind": "model", "target": model["id"], "text": model["id"], "is_id": 1}
            for model in models
        ],
        "claims": claims,
        "sources": [{"id": "own-source", "kind": "third-party", "title": draw(_WORD)}],
        "notes": [
            {"subject_kind": "technique", "subject": "gqa", "text": text, "created": "2026-01-01"}
            for text in draw(st.lists(_WORD, max_size=2, unique=True))
        ],
        "tags": [
            {"subject_kind": "model", "subject": "llama-2-7b", "tag": tag}
            for tag in draw(st.lists(_WORD, max_size=2, unique=True))
        ],
    }


def _exported(store: Path, layer: str) -> dict[str, Any]:
    with closing(connect(store)) as connection:
        found: dict[str, Any] = json.loads(json.dumps(bundle(connection, [], layer)))
        return found


def _resolved(store: Path) -> list[Any]:
    with closing(sqlite3.connect(store)) as connection:
        return [
            sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in ("model_record", "model_value", "text_index", "tag")
        ]


@pytest.mark.thorough
@pytest.mark.usefixtures("on_small_base")
@given(data=_bundles())
@settings(max_examples=6, deadline=None, derandomize=True)
def test_import_export_import_gives_the_same_store(data: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.json").write_text(json.dumps(data))
        import_source(folder / "first.sqlite", str(folder / "made.json"))
        for layer in ("all", "user,imported"):
            first = _exported(folder / "first.sqlite", layer)
            (folder / "bundle.json").write_text(json.dumps(first))
            (folder / "second.sqlite").unlink(missing_ok=True)
            import_source(folder / "second.sqlite", str(folder / "bundle.json"))
            assert _exported(folder / "second.sqlite", layer) == first
            assert _resolved(folder / "second.sqlite") == _resolved(folder / "first.sqlite")
        assert len(first["claims"]) == len(data["claims"])
        again = import_source(folder / "second.sqlite", str(folder / "bundle.json"))
        assert again.write is None


def test_a_rehearsal_of_a_bundle_writes_nothing(run: Any, user_store: Path, tmp_path: Path) -> None:
    run("set", "llama-2-7b", "context_length=8192")
    (tmp_path / "mine.json").write_text(run("export", "--bundle", "--layer", "user").out)
    run("undo")
    before = user_store.read_bytes()

    told = run("import", "mine.json", "--dry-run")
    assert "added 1 claim" in told.out
    assert user_store.read_bytes() == before


def _import(store: Path, folder: Path, data: Any) -> Any:
    (folder / "bundle.json").write_text(json.dumps(data))
    return import_source(store, str(folder / "bundle.json"))


SMALL = {
    "claims": [{"subject_kind": "model", "subject": "acme/x-7b", "attribute": "n_layers",
                "value": 32, "status": "reported", "source": "s", "layer": "user"}],
    "models": [{"id": "acme/x-7b", "name": "X 7B", "family": "x", "layer": "user"}],
    "families": [{"id": "x", "name": "The X Family", "layer": "user"}],
    "sources": [{"id": "s", "kind": "third-party", "title": "A letter"}],
    "llmnotes_bundle": 1,
}  # fmt: skip


def test_a_bundle_without_names_makes_its_models_findable(user_store: Path, tmp_path: Path) -> None:
    """By id and by name, whatever order the sections stand in."""
    _import(user_store, tmp_path, SMALL)

    with closing(connect(user_store)) as connection:
        for name, key in (("acme/x-7b", "acme/x-7b"), ("X 7B", "acme/x-7b"), ("the x family", "x")):
            assert find(connection, name).id == key
    assert _import(user_store, tmp_path, SMALL).write is None


@pytest.mark.parametrize(
    ("section", "entry", "sentence"),
    [
        ("claims", {**SMALL["claims"][0], "value": [32]}, "is not a value of kind integer"),
        ("claims", {**SMALL["claims"][0], "value": 2**63}, "is not a value of kind integer"),
        ("claims", {**SMALL["claims"][0], "attribute": "n_wheels"}, "unknown attribute 'n_wheels'"),
        ("claims", {**SMALL["claims"][0], "subject": "other"}, "'other' is not in the bundle"),
        ("claims", {**SMALL["claims"][0], "value": None}, "do not go together"),
        ("models", {"id": 3, "name": "X"}, "id: a whole number where a text of 1 to 300"),
        ("models", {"id": "y"}, "name is missing"),
        ("notes", "nothing", "a text where an object belongs"),
        ("names", {"kind": "model", "target": "acme/x-7b", "text": "?!"}, "without letter or digit"),
        ("sources", {"id": "t", "kind": "paper", "title": "T", "authors": [1]}, "a list of texts"),
    ],
)  # fmt: skip
def test_a_bad_entry_is_named_and_the_others_are_taken(
    user_store: Path, tmp_path: Path, section: str, entry: Any, sentence: str
) -> None:
    place = f"{section}.{len(SMALL.get(section, []))}"
    report = _import(user_store, tmp_path, {**SMALL, section: [*SMALL.get(section, []), entry]})

    assert report.remarks.n_malformed == 1
    assert report.remarks.malformed_examples[0].startswith(f"{place}: ")
    assert sentence in report.remarks.malformed_examples[0]
    with closing(connect(user_store)) as connection:
        mine = connection.execute("SELECT value FROM claims WHERE layer = 'user'").fetchall()
    assert mine == [("32",)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"llmnotes_bundle": 1, "models": [{"id": 3}]}', "models.0: id: a whole number"),
        ('{"llmnotes_bundle": 2, "models": []}', "not a bundle of version 1"),
        ('{"llmnotes_bundle": 1, "models": [', "not JSON at character 35"),
        ('{"llmnotes_bundle": 1 "models"', "expected '}'"),
        ('{"llmnotes_bundle": 1, "models": ' + "[" * 100_000, "nested too deep"),
        ('{"llmnotes_bundle": 1, 3: 4}', "a key is no text"),
    ],
)
def test_what_is_no_bundle_is_refused(
    user_store: Path, tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "bundle.json").write_text(text)

    with pytest.raises(InputError, match=sentence):
        import_source(user_store, str(tmp_path / "bundle.json"))
    assert not user_store.exists()
