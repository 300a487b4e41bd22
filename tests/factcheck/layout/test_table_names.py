"""Names that tables use for any of several models."""

from __future__ import annotations

import pytest

from llmnotes.data_files import DATA, load
from llmnotes.factcheck.layout.table_names import may_mean


def test_the_first_known_key_counts():
    assert may_mean(["nobody", "chatgpt", "glm4"])[0] == "GPT-3.5"
    assert may_mean(["glm4", "chatgpt"]) == ("GLM-4-9B",)


@pytest.mark.parametrize("keys", [[], ["chatgp"], ["chatgpt5"]])
def test_other_names_mean_nothing(keys):
    assert may_mean(keys) == ()


def test_every_name_that_is_meant_is_known(connection):
    from llmnotes.knowledge.name_meaning import meant

    for item in load(DATA / "table_names.toml")["names"]:
        assert all(meant(connection, name) is not None for name in item["means"]), item
