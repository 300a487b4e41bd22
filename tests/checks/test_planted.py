"""Errors planted into a copy of the curated files are all found, without false positives."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from llmnotes.catalog import DATA
from llmnotes.checks.run import Report
from llmnotes.knowledge.check import check
from llmnotes.store.build import build
from llmnotes.store.connect import connect
from tests.running import FIRST, keep_families

# What is planted: the file, what stands there, what is put in its place, the rule that must object,
# and the subject it must name.
PLANTED: dict[str, tuple[str, str, str, str, str]] = {
    "a count with two digits changed": (
        "gpt-2", "params_total = { value = 774_030_080", "params_total = { value = 774_003_080",
        "parameters-differ-from-shape", "gpt-2-large"),  # which no tune inherits
    "a figure of another size": (
        "t5", 'params_reported = { value = "11B"', 'params_reported = { value = "13B"',
        "parameters-differ-from-published", "t5-11b"),
    "KV heads that do not divide": (
        "llama-2", "n_kv_heads = { value = 8, source = \"llama-2-70b-config\"",
        "n_kv_heads = { value = 7, source = \"llama-2-70b-config\"",
        "heads-do-not-divide", "llama-2-70b"),
    "more active parameters than there are": (
        "mixtral", "params_active = [\n  { value = 12879925248",
        "params_active = [\n  { value = 128799252480", "active-exceed-total", "mixtral"),
    "a batch in the wrong unit": (
        "llama-2", 'batch_size = { value = "4M tokens"', 'batch_size = { value = "4M sequences"',
        "batch-unit-implausible", "llama-2"),
    "ten times the compute": (
        "gpt-3", "training_compute = { value = 4.77e21", "training_compute = { value = 4.77e22",
        "compute-differs-from-6nd", "gpt-3-2.7b"),
    "a release in the wrong century": (
        "galactica", '{ value = "2022-11", source', '{ value = "2092-11", source',
        "released-in-the-future", "galactica"),
    "a cutoff after the release": (
        "dbrx", 'knowledge_cutoff = { value = "2023-12"', 'knowledge_cutoff = { value = "2024-12"',
        "cutoff-after-release", "dbrx"),
    "a term before its time": (
        "gpt-1", 'objective = { value = ["CLM"]', 'objective = { value = ["CLM", "SOP"]',
        "term-before-its-time", "gpt-1"),
    "a source that nothing rests on": (
        "palm", "[claims]\n", "[sources.idle-2019]\nkind = \"paper\"\ntitle = \"Idle\"\nyear = 2019\n"
        "read = \"quoted\"\nvia = \"chowdhery-2022-palm\"\n\n[claims]\n", "source-unused", "idle-2019"),
    "a refusal that names no document": (
        "gpt-3", 'note = "Neither §2.3 nor App. B name the number format."', 'note = "Not said."',
        "undisclosed-without-search", "gpt-3"),
    "a contradiction left open": (
        "mistral", 'preferred = true, reason = "the code came before the paper" ',
        'note = "The day of the announcement." ', "sources-contradict", "mistral"),
    "a variant before the model it is based on": (
        "mixtral", 'release_date = [\n  { value = "2023-12-11"',
        'release_date = [\n  { value = "2023-11-11"',
        "released-before-base", "mixtral-8x7b-instruct-v0.1"),
    "a learning rate ten times its siblings'": (
        "gpt-3", "learning_rate = { value = 0.00012", "learning_rate = { value = 0.0012",
        "learning-rate-grows-with-size", "gpt-3-6.7b"),
}  # fmt: skip


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the curated files."""
    return copy_of_the_data(tmp_path)


def copy_of_the_data(folder: Path) -> Path:
    target = folder / "data"
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("*.sqlite"))
    return target


Examine = Callable[[Path], Report]


@pytest.fixture
def examine(tmp_path: Path) -> Examine:
    """Builds a store from curated files and applies all rules."""

    return lambda data: examined(tmp_path, data)


def examined(folder: Path, data: Path) -> Report:
    connection = connect(None, build(folder / "curated.sqlite", data))
    report = check(connection, exceptions_file=data / "exceptions.toml")
    connection.close()
    return report


def plant(data: Path, file: str, there: str, instead: str) -> None:
    path = data / "families" / f"{file}.toml"
    text = path.read_text(encoding="utf-8")
    assert text.count(there) >= 1, f"{there!r} no longer stands in {path.name}"
    path.write_text(text.replace(there, instead, 1), encoding="utf-8")


def test_the_curated_base_has_no_finding_outside_the_exceptions() -> None:
    report = check(connect())

    assert [f"{item.rule}: {item.subject}: {item.message}" for item in report.findings] == []
    assert report.recounted > 30, "the count from the shape must not silently be skipped"


def found_in(report: Report) -> Counter[tuple[str, str]]:
    return Counter((item.rule, item.subject) for item in report.findings)


@pytest.mark.thorough
def test_all_planted_errors_are_found_at_once_and_nothing_else(
    copied: Path, examine: Examine
) -> None:
    for file, there, instead, _, _ in PLANTED.values():
        plant(copied, file, there, instead)

    found = set(found_in(examine(copied)))

    assert found == {(rule, subject) for _, _, _, rule, subject in PLANTED.values()}


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counter[tuple[str, str]]]:
    """Curated files of the first families alone, with their findings before planting.

    These come from the omitted families, such as sources that nothing else cites.
    """
    folder = tmp_path_factory.mktemp("few")
    data = copy_of_the_data(folder)
    kept = {*FIRST, *(file for file, *_ in PLANTED.values())}
    keep_families(data, kept)
    return data, found_in(examined(folder, data))


@pytest.mark.thorough
@pytest.mark.parametrize("what", PLANTED)
def test_each_planted_error_is_found_alone(
    what: str, few: tuple[Path, Counter[tuple[str, str]]], tmp_path: Path, examine: Examine
) -> None:
    file, there, instead, rule, subject = PLANTED[what]
    data, before = few
    planted = tmp_path / "data"
    shutil.copytree(data, planted)
    plant(planted, file, there, instead)

    found = found_in(examine(planted))

    assert found - before == {(rule, subject): 1}
    assert before - found == {}
