"""What other family files declare is the same from the store as from the files as they are now."""

import shutil

import pytest

from llmnotes.catalog import load_others
from llmnotes.knowledge.others import _stored, declared_elsewhere
from llmnotes.store.connect import open_curated
from tests.conftest import FAMILIES

OWN, OTHER = f"{FAMILIES[0]}.toml", f"{FAMILIES[1]}.toml"


@pytest.fixture
def data(small_base, tmp_path):
    """The files that the store of three families was built of, to be edited."""
    return shutil.copytree(small_base.parent / "data", tmp_path / "data")


@pytest.fixture
def from_store(small_base, data):
    store = open_curated(small_base)
    yield lambda but: _stored(store, but, data)
    store.close()


@pytest.mark.parametrize("but", [*FAMILIES, "new"])
def test_the_store_tells_what_the_files_do(from_store, data, but):
    assert from_store(but) == load_others(data, but)


@pytest.mark.parametrize("text", ["", "id =", 'id = "small"\nname = "Small"\n'])
def test_whatever_stands_in_the_file_itself_the_store_does(from_store, data, text):
    (data / "families" / OWN).write_text(text)

    assert from_store(OWN.removesuffix(".toml")) == load_others(data, OWN.removesuffix(".toml"))


def _edit(data):
    path = data / "families" / OTHER
    path.write_text(path.read_text("utf-8").replace("[sources.", "[sources.new-", 1), "utf-8")


def _add(data):
    (data / "families" / "added.toml").write_text(
        'id = "added"\nname = "Added"\n\n[[models]]\nid = "added-1b"\nname = "Added 1B"\n'
    )


def _remove(data):
    (data / "families" / OTHER).unlink()


@pytest.mark.parametrize("change", [_edit, _add, _remove])
def test_another_file_that_changed_is_read(from_store, small_base, data, change):
    before = load_others(data, "new")
    change(data)

    assert from_store("new") is None
    after = declared_elsewhere("new", data, small_base)
    assert after == load_others(data, "new")
    assert after != before


def test_entities_and_shared_sources_are_read_each_time(from_store, data):
    (data / "sources.toml").write_text("")
    with (data / "entities" / "organizations.toml").open("a", encoding="utf-8") as file:
        file.write('\n[new-lab]\nname = "New Lab"\n')

    found = from_store("new")
    assert found == load_others(data, "new")
    assert "new-lab" in found.organizations


def test_without_a_store_the_files_are_read(data, tmp_path):
    assert declared_elsewhere("new", data, tmp_path / "none") == load_others(data, "new")
