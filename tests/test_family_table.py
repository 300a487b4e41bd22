"""Tables of sizes in family files are equivalent to claims written at each model."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.catalog import DATA
from llmnotes.errors import InputError
from llmnotes.evidence.files import check_file
from llmnotes.family_table import written_out
from tests.curated import curated

MODELS = [{"id": "toy-1b", "name": "Toy 1B"}, {"id": "toy-7b", "name": "Toy 7B"}]
TABLE = {
    "columns": ["model", "n_layers", "file", "params_total"],
    "rows": [["toy-1b", 12, "1B.yml", 1_234_567], ["toy-7b", 32, "7B.yml", ""]],
    "claims": {
        "n_layers": {"source": "code", "at": "{file} layers", "printed": "layers: {n_layers}"},
        "n_heads": {"value": "{n_layers}", "source": "code", "at": "as many as layers"},
        "params_total": {"source": "code", "at": "README", "printed": "{params_total:,}"},
        "hardware": {"value": ["{n_layers} GPUs"], "source": "code", "at": "{file}"},
    },
}


def toy(**changes):
    return {"id": "toy", "models": MODELS, "sizes": [{**TABLE, **changes}]}


def test_a_row_stands_for_claims_at_its_model():
    small, large = written_out(toy()).family["models"]

    assert small["claims"] == {
        "n_layers": [
            {"value": 12, "source": "code", "at": "1B.yml layers", "printed": "layers: 12"}
        ],
        "n_heads": [{"value": 12, "source": "code", "at": "as many as layers"}],
        "params_total": [
            {"value": 1_234_567, "source": "code", "at": "README", "printed": "1,234,567"}
        ],
        "hardware": [{"value": ["12 GPUs"], "source": "code", "at": "1B.yml"}],
    }
    assert large["claims"]["n_layers"][0]["value"] == 32


def test_a_blank_leaves_out_the_claims_that_need_it_and_no_other():
    _, large = written_out(toy()).family["models"]

    assert set(large["claims"]) == {"n_layers", "n_heads", "hardware"}


def test_what_a_model_claims_itself_comes_after_the_table():
    own = {"value": 13, "source": "config", "at": "layers"}
    models = [{**MODELS[0], "claims": {"n_layers": own}}, MODELS[1]]
    written = written_out({**toy(), "models": models}).family

    assert [claim["value"] for claim in written["models"][0]["claims"]["n_layers"]] == [12, 13]
    assert models[0]["claims"] == {"n_layers": own}


def test_a_family_without_a_table_stays_as_it_is():
    raw = {"id": "toy", "models": MODELS}

    assert written_out(raw).family == raw


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"rows": [["toy-1b", 12, "1B.yml"]]}, "sizes.0.rows.0: has 3 values for 4 columns"),
        ({"rows": ["toy-1b"]}, "sizes.0.rows.0: has 1 values for 4 columns"),
        ({"rows": [["toy-2b", 1, "", ""]]}, "rows.0: unknown model 'toy-2b'. Nearest: toy-"),
        ({"rows": [TABLE["rows"][0]] * 2}, "rows.1: toy-1b has a row already"),
        ({"columns": ["n_layers", "model", "file", "params_total"]}, 'the first is "model"'),
        ({"columns": ["model", "n_layers", "n_layers", "file"]}, "different names"),
        ({"columns": ["model", "n_layers", "file", "more"]}, "unknown column 'params_total'"),
        ({"columns": ["model", "n_layers", "file", "params_total", "idle"]}, "no claim uses 'idle'"),
        ({"claims": {"n_layers": {"at": "{fil}"}}}, "claims.n_layers: unknown column 'fil'"),
        ({"claims": {**TABLE["claims"], "d_ff": {"at": "x"}}}, "d_ff: `value` is missing"),
        ({"claims": {**TABLE["claims"], "d_ff": "4"}}, "claims.d_ff: is no claim"),
        ({"claims": {**TABLE["claims"], "d_ff": {"value": 1, "at": "{file:,}"}}}, "no whole number"),
        ({"lines": []}, "sizes.0: unknown key 'lines'"),
        ({"rows": None}, "sizes.0.rows: is missing"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_refused_with_its_place(changes, complaint):
    with pytest.raises(InputError) as refused:
        written_out(toy(**changes))

    assert complaint in str(refused.value)


@given(
    st.lists(
        st.tuples(st.integers(1, 10**9), st.text("abc {}:", min_size=1, max_size=9)),
        min_size=1,
        max_size=9,
    )
)
def test_any_table_says_what_its_rows_say(rows):
    models = [{"id": f"m{n}", "name": f"M{n}"} for n in range(len(rows))]
    table = {
        "columns": ["model", "d_ff", "word"],
        "rows": [[f"m{n}", *row] for n, row in enumerate(rows)],
        "claims": {"d_ff": {"source": "code", "at": "in {word} of {word}"}},
    }
    written = written_out({"models": models, "sizes": [table]}).family["models"]

    for model, (number, word) in zip(written, rows, strict=True):
        (claim,) = model["claims"]["d_ff"]
        assert (claim["value"], claim["at"]) == (number, f"in {word} of {word}")


def test_a_fault_of_a_claim_is_told_at_its_row(tmp_path: Path):
    data = tmp_path / "data"
    (data / "families").mkdir(parents=True)
    (data / "sources.toml").write_text("")
    path = data / "families" / "toy.toml"
    path.write_text(
        'id = "toy"\nname = "Toy"\n\n[[sizes]]\ncolumns = ["model", "n_layers"]\nrows = [\n'
        '  ["toy-1b", 12],\n  ["toy-7b", "many"],\n]\n\n[sizes.claims]\n'
        'n_layers = { source = "code", at = "layers" }\n\n'
        '[[models]]\nid = "toy-1b"\nname = "Toy 1B"\n\n[[models]]\nid = "toy-7b"\nname = "Toy 7B"\n'
    )
    faults = check_file(path, None, data)

    assert any(fault.line == 8 and "'many'" in fault.problem for fault in faults)
    path.write_text(path.read_text().replace('["toy-1b", 12]', '["toy-1b"]'))
    (fault,) = check_file(path, None, data)
    assert (fault.line, "has 1 values for 2 columns" in fault.problem) == (7, True)


WRITTEN_AT_EACH_MODEL = {
    "opt": (103, "9f82f1a88b0cafa33ccc8561a092da4ff33958bb0ae830ccaf9696d7888c96a2"),
    "pythia": (202, "61fc59aeaf42dcc41d5f704f9c549fe3d29fe9c5f0011dcab3897d988c3aee46"),
}
"""Claims of the attributes that the tables hold, before they were put into one: how many, and their
digest. A correction of a value changes both the file and this."""
ADDED_SINCE = {"pythia-14m-deduped", "pythia-31m-deduped"}


@pytest.mark.parametrize("key", WRITTEN_AT_EACH_MODEL)
def test_the_tables_of_real_families_say_what_stood_at_each_model(key):
    family = next(item for item in curated().families if item.id == key)
    tables = tomllib.loads((DATA / "families" / f"{key}.toml").read_text("utf-8"))["sizes"]
    inside = {name for table in tables for name in table["claims"]}
    said = [
        [model.id, name, [claim.model_dump() for claim in model.claims[name]]]
        for model in family.models
        if model.id not in ADDED_SINCE
        for name in sorted(inside & set(model.claims))
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)

    count, digest = WRITTEN_AT_EACH_MODEL[key]
    assert sum(len(claims) for *_, claims in said) == count
    assert hashlib.sha256(text.encode()).hexdigest() == digest
