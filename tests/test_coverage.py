"""The definitions of full, architecture and withheld coverage at their boundaries."""

import pytest
import sqlalchemy
from alembic import command

from llmnotes.coverage import ARCHITECTURE, FORMULA, TRAINING, coverage
from llmnotes.resolve import Statement, inherit, resolved
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.claims import Claims
from llmnotes.store.migrate import _config

ENOUGH = 7
"""More than half of the thirteen attributes of training."""


def downgrade(store, revision):
    engine = sqlalchemy.create_engine(f"sqlite:///{store}", poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def said(names, status="reported", subject="m"):
    value = None if status in {"undisclosed", "not-applicable"} else 1
    return {name: [Statement(subject, name, value, status, "s", "§1", "curated")] for name in names}


def term(claims):
    found = coverage(claims)
    return found and found.term


def test_all_of_the_architecture_and_more_than_half_of_training_is_full():
    claims = said([*ARCHITECTURE, *TRAINING[:ENOUGH]])

    assert term(claims) == "full"
    assert coverage(claims).counted == (
        "5 of 5 attributes of the architecture, 7 of 13 of training"
    )


def test_half_of_training_is_not_enough():
    claims = said([*ARCHITECTURE, *TRAINING[: ENOUGH - 1]])

    assert term(claims) == "architecture"
    assert coverage(claims).lacking == TRAINING[ENOUGH - 1 :]


@pytest.mark.parametrize("missing", ARCHITECTURE)
def test_each_attribute_of_the_architecture_is_needed(missing):
    claims = said({*ARCHITECTURE, *TRAINING} - {missing})

    assert term(claims) is None
    assert term(claims | said([missing], "undisclosed")) == "withheld"


def test_the_published_count_stands_for_the_exact_one():
    names = {*ARCHITECTURE, "params_reported"} - {"params_total"}

    assert term(said(names)) == "architecture"


@pytest.mark.parametrize(
    ("status", "counts"),
    [("derived", True), ("not-applicable", True), ("undisclosed", False), ("estimated", False),
     ("rumoured", False)],
)  # fmt: skip
def test_what_is_known_or_has_no_meaning_counts_and_a_guess_does_not(status, counts):
    claims = said([*ARCHITECTURE, *TRAINING[: ENOUGH - 1]]) | said([TRAINING[-1]], status)

    assert (term(claims) == "full") is counts


def test_weights_that_cannot_be_had_withhold_what_is_not_told():
    closed = {
        "availability": [
            Statement("m", "availability", "api-only", "reported", "s", "§1", "curated")
        ]
    }

    assert term(closed) == "withheld"
    assert term(closed | said(ARCHITECTURE)) == "architecture"


def test_a_variant_is_covered_as_well_as_its_base():
    base = inherit(said([*ARCHITECTURE, *TRAINING]), {}, None, "base")
    variant = inherit(said(["post_training"]), {}, base, "variant")

    [found] = variant["coverage"]
    assert (found.value, found.status, found.source) == ("full", "derived", FORMULA)
    assert found.inherited_from == "base"


def test_a_variant_that_tells_more_than_its_base_keeps_its_own():
    base = inherit(said(ARCHITECTURE), {}, None, "base")
    variant = inherit(said(TRAINING), {}, base, "variant")

    [found] = variant["coverage"]
    assert (found.value, found.inherited_from) == ("full", None)


def test_every_view_gives_what_the_claims_of_the_base_come_to(kb, connection, run):
    records = run("list", "models", "-f", "json").json
    claims = Claims(connection, [record["id"] for record in records])

    for record in records:
        of_model = claims.of_model(record["id"])
        found = resolved(of_model, ATTRIBUTES["coverage"])
        assert record["coverage"] == (found.value if found else None), record["id"]
        if found and found.inherited_from is None:
            without = {name: items for name, items in of_model.items() if name != "coverage"}
            assert coverage(without).term == found.value
    exported = run("export", "-f", "json").json
    assert {item["id"]: item["coverage"] for item in exported} == {
        item["id"]: item["coverage"] for item in records
    }


@pytest.mark.parametrize("wanted", ["full", "architecture", "withheld"])
def test_models_are_found_by_it_and_it_tells_them_apart(run, wanted):
    found = run("filter", "--coverage", wanted, "--variants", "all", "-f", "json").json

    assert found
    assert {item["coverage"] for item in found} == {wanted}
    shown = run("show", found[0]["id"]).out
    assert "Coverage" in shown
    assert wanted in shown


def test_families_are_listed_with_the_coverages_of_their_members(run):
    families = {item["id"]: item["coverage"] for item in run("list", "-f", "json").json}

    assert families["llama-2"] == ["full"]
    assert families["gpt-4"] == ["withheld"]
    assert families["deberta"] == ["full", "architecture"]


def test_it_is_no_difference_between_models(run):
    compared = run("compare", "llama-2", "gpt-4", "-f", "json").json
    [row] = [row for row in compared["rows"] if row["attribute"] == "coverage"]

    assert [cell["text"] for cell in row["cells"]] == ["full", "withheld"]
    assert not row["differs"]
    assert "Coverage" not in run("diff", "llama-2", "gpt-4").out


def test_nobody_can_claim_it(run, tmp_path):
    refused = run("set", "llama-2-7b", "coverage=full")

    assert refused.code == 2
    assert "worked out from the other claims" in refused.err

    (tmp_path / "notes.csv").write_text("model,coverage,layers\nToy 1B,full,3\n")
    assert run("import", "notes.csv").code == 0
    assert run("show", "toy-1b", "-f", "json").json["coverage"] is None


def test_an_older_store_gets_it_when_it_is_upgraded(run, user_store, tmp_path):
    table = ["model", *ARCHITECTURE, *TRAINING]
    known = ["causal-decoder", "1000000", "3", "64", "1000"]
    trained = ["C4", "1T", "1M tokens", "Adam", "0.1", "cosine", "10 steps"]
    lines = [
        ["Full 1B", *known, *trained, *[""] * 6],
        ["Shape 1B", *known, *trained[:-1], *[""] * 7],
        ["Closed 1B", known[0], "undisclosed", *[""] * 16],
        ["Little 1B", known[0], *[""] * 17],
    ]  # fmt: skip
    rows = [",".join(line) for line in [table, *lines]]
    (tmp_path / "notes.csv").write_text("\n".join(rows) + "\n")
    assert run("import", "notes.csv").code == 0

    def covered():
        found = run("list", "models", "-f", "json").json
        return {item["id"]: item["coverage"] for item in found if item["family"] is None}

    before = covered()
    assert before == {
        "full-1b": "full", "shape-1b": "architecture", "closed-1b": "withheld", "little-1b": None,
    }  # fmt: skip
    downgrade(user_store, "0005")
    assert set(covered().values()) == {None}

    assert run("db", "upgrade").code == 0

    assert covered() == before


def covering(own, base):
    """The coverage of a model with these claims, of a base with those."""
    return inherit(said(own), {}, base, "variant").get("coverage", [None])[0]


def test_the_coverage_of_a_model_is_worked_out_of_its_claims():
    found = covering(ARCHITECTURE, None)

    assert (found.subject, found.attribute, found.value, found.status, found.layer) == (
        "variant", "coverage", "architecture", "derived", "curated",
    )  # fmt: skip
    assert found.locator.startswith("5 of 5 attributes of the architecture")
    assert covering((), None) is None


def test_a_variant_is_covered_as_well_as_its_base_and_better_where_it_says_more():
    base = inherit(said((*ARCHITECTURE, *TRAINING[:ENOUGH]), subject="base"), {}, None, "base")
    shape = inherit(said(ARCHITECTURE, subject="base"), {}, None, "base")

    found = covering(("n_heads",), base)
    assert (found.value, found.subject, found.inherited_from) == ("full", "base", "base")
    own = covering(TRAINING[:ENOUGH], shape)
    assert (own.value, own.subject, own.inherited_from) == ("full", "variant", None)
    assert covering(("n_heads",), {}) is None


def test_coverage_that_a_base_has_from_its_own_base_keeps_where_it_came_from():
    first = inherit(said((*ARCHITECTURE, *TRAINING[:ENOUGH]), subject="first"), {}, None, "first")
    second = inherit({}, {}, first, "second")

    assert covering((), second).inherited_from == "first"
