"""The layout of the project: tests mirror the source, and class names are unique."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import llmnotes
from tests.running import REPOSITORY

PACKAGE = Path(llmnotes.__file__).parent
TESTS = REPOSITORY / "tests"

OF_A_ROOM = {
    "agents": "offered",
    "checks": "family_rules model_rules planted",
    "commands": "imports hostile_estimates read_commands records",
    "configs": "configs garbage measured_counts reference_configs",
    "curate": "schema",
    "contributing": "architecture attribute import_format language model_family overview",
    "evidence": "hostile planted planted_further",
    "export": "formats latex_compiled",
    "factcheck": "own_tables seed tables_of_languages",
    "factcheck/cells": "taken_apart",
    "factcheck/layout": "bracketed_bases",
    "factcheck/judging": "judged_dates judged_families judged_licences nameless_sizes pairs toy_line",
    "ingest/formats": "any_content hostile_sources real_files",
    "knowledge": "second_hand spellings",
    "lake": "engines",
    "sizing": "described_models hybrids layers_that_differ uncommon_shapes",
    "publish": "consumers",
    "site": "browser_access browser_answers browser_use hostile pages",
    "store": "kept_stores",
    "study": "ranges",
    "tables": "html_rows",
    "": "action docs layout main packaging",
}
"""Test files without a module of their own: on all modules of a package, or on several together."""


def mirrored(path: Path) -> bool:
    """Whether a test file mirrors a module or package."""
    source = PACKAGE / path.relative_to(TESTS).parent / path.stem.removeprefix("test_")
    return source.with_suffix(".py").is_file() or (source / "__init__.py").is_file()


def test_every_file_of_tests_mirrors_a_module_or_is_named_as_one_of_a_room() -> None:
    named = {
        TESTS / room / f"test_{name}.py"
        for room, names in OF_A_ROOM.items()
        for name in names.split()
    }
    found = set(TESTS.rglob("test_*.py"))
    assert len(found) > 100
    astray = sorted(str(p.relative_to(TESTS)) for p in found - named if not mirrored(p))
    assert astray == [], "name them after their module, or in OF_A_ROOM"
    assert named <= found, "OF_A_ROOM names tests that are gone"
    assert not [path for path in named if mirrored(path)], "OF_A_ROOM names tests of one module"


def test_a_class_name_means_one_thing() -> None:
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                found.setdefault(node.name.lstrip("_"), set()).add(str(path.relative_to(PACKAGE)))
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_a_contract_covers_the_inside_of_every_package() -> None:
    """Which module may import which, by layers; families of configurations are only kept from circles."""
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    covered = {name for contract in contracts for name in contract.get("containers", [])}

    packages = {path.parent for path in PACKAGE.rglob("__init__.py")}
    named = {".".join(("llmnotes", *path.relative_to(PACKAGE).parts)) for path in packages}
    families = {name for name in named if name.startswith("llmnotes.configs.families.")}
    assert named - families == covered


def test_an_attribute_is_named_only_where_something_is_declared_of_it() -> None:
    """Reading and building configurations apart, which know attributes by their own nature."""
    rest = [path for path in PACKAGE.rglob("*.py") if path.parts[len(PACKAGE.parts)] != "configs"]
    assert len([path for path in rest if "n_kv_heads" in path.read_text("utf-8")]) <= 10
