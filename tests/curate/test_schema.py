"""Editors are led from every family file to a schema that is fresh, and that the file satisfies."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from llmnotes import catalog
from llmnotes.commands.schema import family_schema

SCHEMA = catalog.DATA / "family.schema.json"
FAMILIES = sorted((catalog.DATA / "families").glob("*.toml"))


def test_the_schema_beside_the_families_is_the_one_that_is_printed() -> None:
    assert json.loads(SCHEMA.read_text("utf-8")) == family_schema()
    jsonschema.Draft202012Validator.check_schema(family_schema())


def test_every_family_leads_to_it() -> None:
    astray = [
        path.name
        for path in FAMILIES
        if path.read_text("utf-8").partition("\n")[0] != "#:schema ../family.schema.json"
    ]

    assert astray == [], "run `python docs/generate.py`"
    assert (FAMILIES[0].parent / "../family.schema.json").resolve() == SCHEMA.resolve()


@pytest.mark.parametrize("path", FAMILIES[::12], ids=lambda path: path.stem)
def test_a_family_satisfies_the_schema(path: Path) -> None:
    validator = jsonschema.Draft202012Validator(family_schema())

    assert list(validator.iter_errors(tomllib.loads(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"claims": {"n_layres": {"value": 1, "source": "a", "at": "b"}}},
        {"claims": {"coverage": {"value": "full", "source": "a", "at": "b"}}},
        {"modles": []},
        {"claims": {"n_layers": {"value": 1, "source": "a", "at": "b", "status": "guessed"}}},
    ],
)
def test_what_the_catalog_refuses_is_no_valid_file_for_an_editor_either(fault: dict) -> None:
    sound = {"id": "toy", "name": "Toy", "models": [{"id": "toy-1b", "name": "Toy 1B"}]}
    validator = jsonschema.Draft202012Validator(family_schema())

    assert validator.is_valid(sound)
    assert not validator.is_valid({**sound, **fault})
