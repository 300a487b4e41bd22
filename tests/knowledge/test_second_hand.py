"""A value that came through another document is shown as second-hand wherever it is shown."""

import gzip
import json
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "store" / "samples"

SOURCES = [
    {
        "id": "talk",
        "kind": "news",
        "title": "A talk",
        "authors": [],
        "read": "quoted",
        "via": "blog",
    },
    {"id": "blog", "kind": "news", "title": "A blog on the talk", "authors": [], "read": "whole"},
]
CLAIM = {
    "subject_kind": "model", "subject": "heard", "attribute": "n_layers", "value": 7,
    "status": "reported", "source": "talk", "locator": "minute 3", "layer": "user",
    "printed": ["7 layers"],
}  # fmt: skip


@pytest.fixture
def heard(run, tmp_path, user_store):
    """A model of the user's whose only value is second-hand."""
    path = tmp_path / "heard.json"
    model = {"id": "heard", "family": None, "name": "Heard", "layer": "user", "variant": "base"}
    bundle = {"llmnotes_bundle": 1, "models": [model], "claims": [CLAIM], "sources": SOURCES}
    path.write_text(json.dumps(bundle))
    assert run("import", str(path)).code == 0
    return "heard"


@pytest.mark.parametrize(
    "command",
    [
        ("show", "heard"),
        ("show", "heard", "--claims"),
        ("compare", "heard", "bert-base", "--sources"),
    ],
)
def test_every_view_says_that_it_is_second_hand(heard, run, command):
    assert "second-hand, via blog" in " ".join(run(*command).out.split())


def test_the_json_names_what_was_read_in_its_place(heard, run):
    record = run("show", heard, "-f", "json").json

    (claim,) = record["claims"]["n_layers"]
    assert (claim["via"], claim["printed"]) == ("blog", ["7 layers"])


def test_a_claim_that_was_read_itself_names_nothing(run):
    (claim,) = run("show", "bert-base", "-f", "json").json["claims"]["d_model"]

    assert "via" not in claim
    assert claim["printed"] == ["H=768"]


def test_a_bundle_keeps_how_it_was_read(heard, run):
    bundle = run("export", heard, "--bundle").json

    (claim,) = bundle["claims"]
    (source,) = (item for item in bundle["sources"] if item["id"] == "talk")
    assert claim["printed"] == ["7 layers"]
    assert (source["read"], source["via"]) == ("quoted", "blog")


def test_a_store_from_before_is_bundled_as_it_is(run, user_store):
    user_store.write_bytes(gzip.decompress((SAMPLES / "0001.sqlite.gz").read_bytes()))

    bundle = run("export", "llama-2-7b", "--bundle").json

    own = [item for item in bundle["claims"] if item["layer"] == "user"]
    assert own
    assert all(item["printed"] is None for item in own)
