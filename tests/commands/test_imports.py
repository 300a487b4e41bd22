"""Modules that a command imports: libraries of extras only where they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.running import REPOSITORY

EXTRAS = (
    "alembic", "anyio", "altair", "bibtexparser", "docutils", "docx", "duckdb", "fitz", "genanki", "jinja2",
    "lxml", "mcp", "openpyxl", "pandas", "PIL", "polars", "psycopg", "pyarrow", "pypdf", "sqlalchemy",
    "starlette", "uvicorn",
)  # fmt: skip
TERMINAL = ("rich.progress",)
"""Modules that are needed on a terminal only."""


def loaded(*code: str) -> set[str]:
    """Top-level modules, and the submodules above, that a new interpreter imports for this code."""
    run = f"import sys; {'; '.join(code)}; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", run], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    names = done.stderr.split()
    return {name.partition(".")[0] for name in names} | {n for n in names if n in TERMINAL}


@pytest.mark.parametrize(
    "arguments",
    [
        ["compare", "llama", "llama2"], ["filter", "--attention", "GQA"], ["show", "bert"], ["--help"],
        ["explain", "gqa"], ["estimate", "bert-base"], ["list", "models"], ["search", "rope"],
        ["cite", "bert"], ["factcheck", "docs/example-notes.md"], ["schema", "attributes"], ["mcp", "--help"],
        ["sql", "SELECT 1"], ["import", "--help"],
        ["diff", "bert-base", "gpt-2"], ["changes"], ["check"], ["conflicts"], ["db", "status"],
        ["lineage", "llama"], ["path", "gqa"], ["timeline"], ["topics"], ["who-uses", "gqa"],
        ["export", "models"], ["log"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_command_that_reads_loads_no_extra(arguments):
    run = (
        f"sys.argv = ['llmnotes', *{arguments!r}]",
        "import contextlib",
        "stack = contextlib.ExitStack()",
        "stack.enter_context(contextlib.suppress(SystemExit))",
        "from llmnotes.cli import main",
        "exec('with stack: main()')",
    )
    found = loaded(*run)
    assert "typer" in found, "it ran"
    assert found & {*EXTRAS, *TERMINAL} == set()


def test_the_package_itself_loads_next_to_nothing():
    found = loaded("import llmnotes")
    assert found & {*EXTRAS, "typer", "rich", "pydantic", "sqlite3", "sqlmodel"} == set()
