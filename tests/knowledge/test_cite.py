"""The sources of what is said."""

from llmnotes.knowledge.cite import cited
from llmnotes.knowledge.compare import compare


def test_all_sources_of_a_comparison_are_cited(connection):
    used = {source["id"] for source in compare(connection, ["bert", "llama2"]).sources}
    found = [source["id"] for source in cited(connection, ["bert", "llama2"])]

    assert used <= set(found)
    assert len(found) == len(set(found))
