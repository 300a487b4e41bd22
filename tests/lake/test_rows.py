"""`normalize`: one row for each configuration, exact or refused."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.lake import normalize
from llmnotes.lake.schema import schema
from tests.lake.conftest import BROKEN, GROUPED, LLAMA, PARAMS, batch, many


def row(config: object) -> dict:
    text = config if isinstance(config, str) or config is None else json.dumps(config)
    (found,) = normalize(batch([text])).to_pylist()
    return found


def test_a_configuration_is_counted_to_the_last_parameter():
    found = row(LLAMA)

    assert found["status"] == "exact"
    assert found["reason"] is None
    assert found["params_total"] == found["params_active"] == 6_738_415_616
    assert found["kv_cache_bytes_per_token"] == 2 * 32 * 32 * 128 * 2
    assert (found["architecture"], found["attention"]) == ("causal-decoder", "MHA")
    assert (found["n_layers"], found["d_ff"], found["tied_embeddings"]) == (32, 11008, False)


def test_shared_key_value_heads_are_told_and_take_less():
    found = row(GROUPED)

    assert found["attention"] == "GQA"
    assert found["kv_cache_bytes_per_token"] == row(LLAMA)["kv_cache_bytes_per_token"] / 4


def test_another_programs_configuration_is_read_likewise():
    assert row(PARAMS)["params_total"] == 6_738_415_616


@pytest.mark.parametrize("config", [None, *BROKEN])
def test_what_is_no_configuration_is_refused_in_a_sentence(config):
    found = row(config)

    assert found["status"] == "refused"
    assert found["reason"]
    assert "\n" not in found["reason"]
    assert {name for name, value in found.items() if value is not None} == {
        "id",
        "status",
        "reason",
    }


def test_bytes_that_are_no_text_are_refused():
    configs = pa.array([b"{\xff}", json.dumps(LLAMA).encode()], pa.binary()).view(pa.string())
    rows = pa.RecordBatch.from_arrays([pa.array(["a", "b"]), configs], names=["id", "config"])

    first, second = normalize(rows).to_pylist()
    assert (first["status"], second["status"]) == ("refused", "exact")
    assert "UTF-8" in first["reason"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
CHANGED = st.tuples(
    st.sampled_from([LLAMA, GROUPED, PARAMS]),
    st.dictionaries(st.sampled_from(sorted({*LLAMA, *PARAMS})), VALUES, max_size=4),
).map(lambda pair: json.dumps({**pair[0], **pair[1]}))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.none() | st.text() | CHANGED, max_size=6))
def test_no_configuration_raises_or_loses_its_row(configs):
    configs = [text and text.encode("utf-8", "replace").decode() for text in configs]
    found = normalize(batch(configs))

    assert found.schema.equals(schema(), check_metadata=True)
    assert found.column("id").to_pylist() == [f"org/m{place}" for place in range(len(configs))]
    for status, reason, total in zip(
        *(found.column(name).to_pylist() for name in ("status", "reason", "params_total")),
        strict=True,
    ):
        assert (status == "exact") == (reason is None) == (total is not None)


@pytest.mark.parametrize("size", [1, 2, 97])
def test_rows_do_not_depend_on_the_size_of_a_batch(size):
    whole = batch(many(97))
    parts = [normalize(whole.slice(start, size)) for start in range(0, 97, size)]

    assert pa.Table.from_batches(parts).to_pylist() == normalize(whole).to_pylist()


def test_texts_of_any_arrow_kind_are_read():
    whole = batch(many(20))
    kinds = [pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]
    for kind in kinds:
        columns = [whole.column("id").cast(kind), whole.column("config").cast(kind)]
        other = pa.RecordBatch.from_arrays(columns, names=["id", "config"])
        assert normalize(other).equals(normalize(whole))


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"id": ["a"]}, "one column `config`; the columns are id"),
        ({"id": [1], "config": ["{}"]}, "`id` must hold texts, not int64"),
    ],
)
def test_a_batch_without_the_columns_is_refused(columns, says):
    with pytest.raises(InputError, match=says):
        normalize(pa.RecordBatch.from_pydict(columns))


def test_each_column_says_what_it_means_and_its_unit():
    assert all(field.metadata[b"description"] for field in schema())
    assert schema().field("kv_cache_bytes_per_token").metadata[b"unit"] == b"bytes/token"


def test_all_that_a_reference_configuration_says_has_a_column(reference):
    from llmnotes.ingest.model_config import described
    from llmnotes.lake.schema import IN_LAKE
    from llmnotes.model_files.config_file import config_of

    held = {item.id for item in IN_LAKE}
    said: set[str] = set()
    for path in sorted((reference / "configs").rglob("*.json")):
        try:
            file = config_of(path.read_bytes(), "config.json")
            said |= {claim.attribute for claim in described(file, file.architecture())}
        except InputError:
            continue
    assert "n_experts" in said
    assert said <= held
