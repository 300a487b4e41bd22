"""Names, notes and values from outside are only ever displayed as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmnotes.site.build import write_site
from llmnotes.store.connect import connect
from tests.site.hostile_store import HOSTILE, hostile_store, unsafe

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, small_base: Path) -> Path:
    """A site over a store with hostile texts."""
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    folder = tmp_path_factory.mktemp("hostile")
    store = hostile_store(folder / "notes.sqlite", HOSTILE)
    connection = connect(store, small_base)
    write_site(connection, folder / "out")
    connection.close()
    return folder / "out"


def test_no_hostile_text_becomes_markup(hostile_site: Path) -> None:
    seen = ""
    for path in [*hostile_site.rglob("*.html"), *hostile_site.rglob("*.svg")]:
        faults, text = unsafe(path.read_text(encoding="utf-8"))
        assert faults == [], path
        seen += text
    for text in ("<script>alert(1)</script>", "{{ 7 * 7 }}", "javascript:alert(5)"):
        assert text in seen, "the hostile texts stand on the pages, as text"


def test_the_data_of_the_scripts_cannot_end_a_script(hostile_site: Path) -> None:
    text = (hostile_site / "assets" / "data.js").read_text()
    assert "alert(" in text
    assert "</" not in text
    assert "<!--" not in text


def test_every_file_stays_in_the_folder(hostile_site: Path) -> None:
    files = list(hostile_site.rglob("*"))
    assert files
    for path in files:
        assert path.resolve().is_relative_to(hostile_site.resolve())
