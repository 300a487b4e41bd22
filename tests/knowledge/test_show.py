"""Everything known of one model or family."""

from llmnotes.knowledge.show import show


def test_a_family_names_the_sources_of_what_it_takes_from_another_family(connection):
    found = show(connection, "deepseek-r1")

    cited = {key for row in found.values.rows for cell in row.cells for key in cell.sources}
    assert "deepseek-2024-v3" in cited, "DeepSeek-R1 has the layers of DeepSeek-V3-Base"
    assert cited <= {source["id"] for source in found.sources}
