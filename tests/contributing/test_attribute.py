"""The guide is true: an attribute is added to a copy by doing what it says, and touches nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.contributing.guide import blocks, copied, insert, run, succeed

pytestmark = pytest.mark.thorough

NAME = "n_sinks"
DECLARATIONS = "llmnotes/declarations.py"
MIGRATION = "migrations/versions/0099_sinks.py"
GENERATED = {
    "docs/attributes.md", "docs/commands.md", "llmnotes/data/family.schema.json",
    "README.md",  # which counts the families, and the copy has a few
}  # fmt: skip
TABLES = {
    *(f"llmnotes/attributes/{table}.py" for table in
      ("bounds", "config_keys", "printed", "relations", "sizing_roles", "written")),
    "llmnotes/data/headers/english.toml",
}  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    """The content of the files in a copy that people write."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in {".sqlite", ".pyc"} and "built" not in path.parts
    }


def declare(copy: Path) -> dict[str, str]:
    """Follow the steps for the declaration and the migration; the table of each further line."""
    declaration, migration, lines = blocks("Add an attribute")
    [group] = re.findall(r'A\(".*?", ".*?", "(.*?)"', declaration)
    insert(copy / DECLARATIONS, f'    yield from of(\n        "{group}",\n', declaration)
    head = sorted((copy / "migrations" / "versions").glob("*.py"))[-1].stem.partition("_")[0]
    (copy / MIGRATION).write_text(re.sub(r'(down_revision = ")\d+', rf"\g<1>{head}", migration))
    return {
        where.strip(): line.rstrip()
        for line, where in (line.split("  # ") for line in lines.splitlines())
    }


def enter(copy: Path, table: str, line: str) -> None:
    """Add a line of the guide to its table."""
    opening = {
        "llmnotes/attributes/bounds.py": "UNBOUNDED = frozenset({\n",
        "llmnotes/data/headers/english.toml": "[names]\n",
    }.get(table, " = table(\n")
    insert(copy / table, opening, f"    {line}\n" if table.endswith(".py") else f"{line}\n")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository as it is, with a store."""
    folder = tmp_path_factory.mktemp("attribute")
    return copied(folder, "tests", "docs", "README.md", "CONTRIBUTING.md")


def test_an_attribute_is_added_by_the_steps_and_nothing_else_is_touched(copy: Path) -> None:
    before = contents(copy)
    lines = declare(copy)
    succeed(copy, "-m", "llmnotes.store.build")
    asked = run(copy, "-m", "pytest", "-q", "tests/attributes")
    for table, line in lines.items():
        enter(copy, table, line)
    succeed(copy, "-m", "pytest", "tests/attributes",
            "tests/store/test_migrate.py")  # fmt: skip
    succeed(copy, "docs/generate.py")

    sentences = set(re.findall(rf"add \S+ \S+ for {NAME} to [^'\"]+", asked.stdout))
    named = {path for text in sentences for path in re.findall(r"llmnotes/[\w/]+\.\w+", text)}
    assert set(lines) == TABLES
    assert TABLES <= named <= {*TABLES, "llmnotes/data/eras.toml"}, "a table fails without a word"

    after = contents(copy)
    touched = {name for name in after if after[name] != before.get(name)}
    assert touched - GENERATED == {DECLARATIONS, MIGRATION, *TABLES}
    assert set(before) <= set(after)
    assert f"`{NAME}`" in after["docs/attributes.md"].decode()
    assert "--n-sinks" in after["docs/commands.md"].decode()

    store = ("-m", "llmnotes", "--db", str(copy / "own.sqlite"))
    succeed(copy, *store, "set", "palm-62b", f"{NAME}=4")
    assert re.search(r"Sink tokens\s+4\b", succeed(copy, *store, "show", "palm-62b"))
    [model] = json.loads(succeed(copy, *store, "filter", "--n-sinks", "4..", "-f", "json"))
    assert (model["id"], model[NAME]) == ("palm-62b", 4)
    assert "[]" in succeed(copy, *store, "filter", "--n-sinks", "5..", "-f", "json")
    [row] = csv.DictReader(io.StringIO(succeed(copy, *store, "export", "palm-62b", "-f", "csv")))
    assert row[NAME] == "4"
    found = succeed(copy, *store, "sql", f"SELECT id FROM models WHERE {NAME} = 4", "-f", "csv")
    assert found.split() == ["id", "palm-62b"]
    (copy / "notes.md").write_text("| Model | Sink tokens |\n|---|---|\n| PaLM 62B | 8 |\n")
    checked = run(copy, *store, "factcheck", "notes.md", "-f", "json")
    [cell] = json.loads(checked.stdout)["tables"][0]["cells"]
    assert (cell["attribute"], cell["verdict"]) == (NAME, "wrong")
