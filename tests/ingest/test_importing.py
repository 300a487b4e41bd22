"""Models as found become claims: matched by name, compared with what is known, written once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmnotes.ingest.run import import_source
from llmnotes.store.connect import connect


@pytest.fixture
def take(user_store: Path, tmp_path: Path) -> Any:
    """Imports rows of llmfit's list."""

    def call(*rows: dict[str, Any]) -> Any:
        whole = [{"context_length": 2048, "min_ram_gb": 1, "parameters_raw": None, **row}
                 for row in rows]  # fmt: skip
        (tmp_path / "list.json").write_text(json.dumps(whole))
        return import_source(user_store, str(tmp_path / "list.json"))

    return call


def test_what_stayed_ambiguous_is_added_once(take: Any) -> None:
    """A second import finds the model that the same rows brought in, among all that are called so."""
    row = {"name": "meta-llama/Llama-2-7b", "parameters_raw": 70 * 10**9}
    first = take(row)
    assert (first.ambiguous[0]["candidates"], first.models_added) == (["llama-2-7b"], 1)

    again = take(row)
    assert (again.write, again.models_added) == (None, 0)
    assert again.ambiguous, "nobody has decided yet"
    changed = take({**row, "context_length": 1024})
    assert (changed.models_added, changed.claims_replaced) == (0, 1)


@pytest.mark.parametrize(("times", "known"), [(2.0, 1), (2.01, 0), (0.5, 1), (0.49, 0)])
def test_a_model_of_more_than_twice_or_less_than_half_the_size_is_another(
    take: Any, times: float, known: int
) -> None:
    size = int(6_738_415_616 * times)
    report = take({"name": "meta-llama/Llama-2-7b", "parameters_raw": size})

    assert (report.models_known, len(report.ambiguous)) == (known, 1 - known)


def test_a_second_import_of_the_same_adds_nothing(take: Any) -> None:
    rows = [{"name": f"acme/m{n}-7b", "parameters_raw": 7 * 10**9} for n in range(3)]
    first, again = take(*rows), take(*rows)

    assert (first.models_added, again.models_added, again.claims_added) == (3, 0, 0)
    assert again.write is None


def test_texts_from_outside_are_kept_without_control_characters(
    take: Any, user_store: Path
) -> None:
    take({"name": "ac\x1bme/x\ud800-7b", "license": "a\x00b\u202ec"})

    with connect(user_store) as connection:
        claims = connection.execute(
            "SELECT subject, value, locator FROM claims WHERE layer = 'imported'"
        ).fetchall()
    assert claims
    assert all(str(part).isprintable() for row in claims for part in row)


def test_what_is_too_long_to_be_kept_whole_is_told(take: Any, user_store: Path) -> None:
    report = take({"name": f"acme/{'x' * 400}-7b"}, {"name": "acme/short-7b"})

    count, examples = report.remarks.reasons["the end of a name of more than 300 characters"]
    assert count == 1
    assert examples[0].startswith("'acme/xxx")
    with connect(user_store) as connection:
        rows = connection.execute("SELECT length(name) FROM models WHERE name LIKE '%xxx%'")
        assert rows.fetchall() == [(300,)]


def test_a_file_whose_name_is_no_text_is_imported(user_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "na\udcffme.md"
    try:
        path.write_text("| Model | Params |\n|---|---|\n| Mine 1B | 1B |\n")
    except OSError:
        pytest.skip("this file system knows no such names")

    assert import_source(user_store, str(path)).models_added == 1


@pytest.mark.parametrize(("more", "contradicted"), [(["video"], 0), ([], 1)])
def test_the_order_of_a_list_is_no_contradiction(
    more: list[str], contradicted: int, user_store: Path, tmp_path: Path
) -> None:
    shape = {"input_modalities": ["text", "image", *more], "output_modalities": ["text"]}
    row = {"id": "qwen/qwen3.7-flash", "hugging_face_id": "", "architecture": shape}
    (tmp_path / "models.json").write_text(json.dumps({"data": [row]}))

    report = import_source(user_store, str(tmp_path / "models.json"))

    assert report.models_known == 1
    assert len(report.contradicted) == contradicted
