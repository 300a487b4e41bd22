"""The documentation matches the program."""

import doctest
import importlib.util
import re
import subprocess
import sys

import pytest
from typer.main import get_command

from llmnotes.cli import CONTENTS, app
from tests.running import REPOSITORY


@pytest.fixture(scope="module")
def generator():
    """The program that writes the reference pages."""
    spec = importlib.util.spec_from_file_location("generate", REPOSITORY / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page", ["docs/commands.md", "docs/attributes.md", "docs/compare.svg", "README.md"]
)
def test_a_generated_page_is_fresh(generator, page):
    assert generator.PAGES[page]() == (REPOSITORY / page).read_text(encoding="utf-8")


def test_the_python_examples_of_the_readme_hold():
    failed, tried = doctest.testfile(str(REPOSITORY / "README.md"), module_relative=False)

    assert tried
    assert failed == 0


def test_the_readme_leads_only_to_what_exists():
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)

    assert [link for link in links if "://" not in link and not (REPOSITORY / link).exists()] == []


@pytest.mark.parametrize("name", CONTENTS)
def test_every_command_has_help_that_says_what_its_line_says(name):
    listed = get_command(app).commands[name]
    real = listed.load()

    assert real.help
    assert listed.help.endswith(".")
    for parameter in real.params:
        if parameter.name not in {"help", "context"}:
            assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"


def test_no_command_is_missing_from_the_table_of_contents():
    modules = {path.stem for path in (REPOSITORY / "llmnotes" / "commands").glob("*.py")}
    shared = {path for path in modules if not _is_command(path)}

    assert {name.replace("-", "_") for name in CONTENTS} == modules - shared


def _is_command(name):
    module = importlib.import_module(f"llmnotes.commands.{name}")
    return any(hasattr(module, entry) for entry in ("command", "build_command", "app"))


def test_the_module_runs_like_the_command():
    done = subprocess.run(
        [sys.executable, "-m", "llmnotes", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("llmnotes ")
