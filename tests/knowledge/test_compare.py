"""Models and families side by side."""

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.compare import compare

PRIMARY_ROWS = [
    "organization", "release_date", "architecture", "params_total", "objective", "training_data",
    "preprocessing", "tokenizer", "positional_encoding", "attention", "activation",
    "context_length", "n_layers", "batch_size", "evaluation", "post_training", "optimizer",
]  # fmt: skip

NOTES_COLUMNS = ["bert", "t5", "gpt", "gpt2", "gpt3", "gpt4", "palm", "llama", "llama2"]


def text(connection, name, attribute):
    found = compare(connection, [name], attributes=[attribute])
    return found.rows[0].cells[0].text


def test_llama_and_llama_2_are_compared_with_all_sizes(connection):
    found = compare(connection, ["llama", "llama2"])

    assert [subject.sizes for subject in found.subjects] == [
        ["7B", "13B", "33B", "65B"],
        ["7B", "13B", "34B", "70B"],
    ]
    shown = {row.attribute.id: [cell.text for cell in row.cells] for row in found.rows}
    assert shown["context_length"] == ["2,048", "4,096"]
    assert shown["attention"] == ["MHA", "MHA (7B, 13B) · GQA (34B, 70B)"]
    assert shown["training_tokens"][0].startswith("1.0T–1.4T")
    assert shown["training_tokens"][1] == "2.0T"
    assert set(PRIMARY_ROWS) <= set(shown)


def test_members_alike_in_size_are_told_apart_by_their_names(connection):
    alike, apart = compare(connection, ["houou", "llama-3.1"], variants="all").subjects

    assert len(set(alike.sizes)) == len(alike.models) > 1
    assert "houou-instruction-7b-v2" in alike.sizes
    assert apart.sizes[:2] == ["8B", "8B post-trained"]


def test_a_family_of_post_trained_models_alone_says_so_once(connection):
    [tuned] = compare(connection, ["zephyr"]).subjects

    assert tuned.tuned
    assert not any("post-trained" in size for size in tuned.sizes)
    assert tuned.listed().endswith("(post-trained)")


def test_the_notes_table_has_all_rows_and_no_blank_cell(connection):
    found = compare(connection, NOTES_COLUMNS)

    rows = {row.attribute.id: row for row in found.rows}
    for name in PRIMARY_ROWS:
        assert len(rows[name].cells) == 9
    assert all(cell.text.strip() for row in found.rows for cell in row.cells)


def test_no_row_of_the_notes_table_is_unknown(connection):
    found = compare(connection, NOTES_COLUMNS, attributes=PRIMARY_ROWS)

    assert [
        (row.attribute.id, cell.subject)
        for row in found.rows
        for cell in row.cells
        if "unknown" in cell.text
    ] == []


@pytest.mark.parametrize(
    ("name", "attribute", "shown"),
    [
        ("gpt2", "context_length", "1,024"),
        ("palm", "context_length", "2,048"),
        ("gpt4", "params_total", "undisclosed"),
        ("gpt4", "context_length", "8,192 or 32,768"),
        ("t5", "n_layers", "6+6 (Small) · 12+12 (Base) · 24+24 (Large, 3B, 11B)"),
        ("llama2", "params_reported", "7B · 13B · 34B · 70B"),
        ("mixtral", "attention_span", "full"),
        ("mistral", "organization", "Mistral AI"),
    ],
)
def test_a_family_is_folded_to_what_its_sizes_say(connection, name, attribute, shown):
    assert text(connection, name, attribute) == shown


def test_values_carry_their_models_status_source_and_place(connection):
    found = compare(connection, ["llama2"], attributes=["attention"]).as_json()

    values = found["rows"][0]["cells"][0]["values"]
    assert [value["models"] for value in values] == [
        ["llama-2-7b", "llama-2-13b"],
        ["llama-2-34b", "llama-2-70b"],
    ]
    known = {source["id"] for source in found["sources"]}
    for value in values:
        assert value["status"] == "reported"
        assert value["source"] in known
        assert value["locator"]


def test_claims_that_differ_stand_beside_the_value(connection):
    found = compare(connection, ["gpt-3-13b"], attributes=["d_model"]).as_json()

    (value,) = found["rows"][0]["cells"][0]["values"]
    assert value["value"] == 5120
    assert [other["value"] for other in value["also"]] == [5140]


def test_only_differences_leaves_out_what_agrees(connection):
    everything = compare(connection, ["llama-2-7b", "llama-2-70b"])
    found = compare(connection, ["llama-2-7b", "llama-2-70b"], only_differences=True)

    assert all(row.differs for row in found.rows)
    assert {row.attribute.id for row in found.rows} == {
        row.attribute.id for row in everything.rows if row.differs
    }
    assert "attention" in {row.attribute.id for row in found.rows}
    assert "context_length" not in {row.attribute.id for row in found.rows}


def test_a_model_does_not_differ_from_itself(connection):
    assert compare(connection, ["gpt4", "gpt-4"], only_differences=True).rows == []


def test_each_size_opens_a_family(connection):
    found = compare(connection, ["llama"], each_size=True, attributes=["n_layers"])

    assert [subject.id for subject in found.subjects] == [
        "llama-7b", "llama-13b", "llama-33b", "llama-65b",
    ]  # fmt: skip
    assert [cell.text for cell in found.rows[0].cells] == ["32", "40", "60", "80"]


def test_variants_join_a_family_only_when_asked_for(connection):
    base = compare(connection, ["mistral"], attributes=["post_training"])
    every = compare(connection, ["mistral"], attributes=["post_training"], variants="all")

    assert base.subjects[0].models == ["mistral-7b"]
    assert len(every.subjects[0].models) == 2


def test_a_variant_takes_its_shape_from_its_base(connection):
    found = compare(connection, ["llama-2-70b", "llama-2-70b-chat"], group="layers")

    assert [row.attribute.id for row in found.rows if row.differs] == []


def test_a_group_or_attributes_narrow_the_rows(connection):
    found = compare(connection, ["bert"], group="Layers")

    assert {row.attribute.group for row in found.rows} == {"layers"}
    with pytest.raises(InputError, match="unknown attribute"):
        compare(connection, ["bert"], attributes=["atention"])


def test_what_has_no_meaning_for_a_dense_model_is_said_so(connection):
    found = compare(connection, ["mistral", "mixtral"], attributes=["n_experts"])
    dense = compare(connection, ["llama", "llama2"])

    assert [cell.text for cell in found.rows[0].cells] == ["not applicable", "8"]
    assert "n_experts" not in {row.attribute.id for row in dense.rows}


def test_the_variants_asked_for_are_compared(connection):
    found = compare(connection, ["llama-2", "mistral"], variants="post-trained")

    assert [column.models for column in found.subjects] == [
        ["llama-2-7b-chat", "llama-2-13b-chat", "llama-2-34b-chat", "llama-2-70b-chat"],
        ["mistral-7b-instruct-v0.1"],
    ]


def test_a_family_without_the_variants_asked_for_is_refused(connection):
    with pytest.raises(InputError, match="gpt-1 has no post-trained models"):
        compare(connection, ["llama-2", "gpt-1"], variants="post-trained")
    with pytest.raises(
        InputError, match="unknown variant 'bogus'. Write base, post-trained or all"
    ):
        compare(connection, ["llama-2-7b"], variants="bogus")
