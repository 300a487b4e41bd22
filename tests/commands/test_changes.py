"""`changes`: what the editions changed, by edition, subject, kind and attribute."""

import csv
import io

import pytest

import llmnotes


def test_the_latest_edition_alone_or_all_since_one(run):
    latest = run("changes", "-f", "json").json
    since = run("changes", "--since", "2026.11", "-f", "json").json

    assert [item["name"] for item in latest["editions"]] == [since["editions"][0]["name"]]
    assert since["editions"][-1]["name"] == "2026.12"
    assert {item["edition"] for item in since["changes"]} <= {e["name"] for e in since["editions"]}
    newest = since["editions"][0]["name"]
    assert run("changes", "--since", newest, "-f", "json").json == {"editions": [], "changes": []}


def test_a_corrected_value_shows_both_with_their_sources_and_why(run):
    found = run(
        "changes", "bert", "--since", "2026.11", "--attributes", "training_tokens", "-f", "json"
    )
    [item] = [item for item in found.json["changes"] if item["edition"] == "2026.12"]

    assert (item["change"], item["models"]) == ("corrected", ["bert-base", "bert-large"])
    assert (item["before"]["value"], item["after"]["value"]) == (128_000_000_000, 42_598_400_000)
    assert item["before"]["source"] == item["after"]["source"] == "product"
    assert "128 tokens" in item["reason"]
    shown = run("changes", "bert", "--since", "2026.11", "--attributes", "training_tokens").out
    assert "128,000,000,000 [1]" in shown
    assert "42,598,400,000 [1]" in shown


@pytest.mark.parametrize("kind", ["added", "corrected", "withdrawn"])
def test_only_one_kind(run, kind):
    found = run("changes", "--since", "2026.11", "--change", kind, "-f", "json").json["changes"]

    assert {item["change"] for item in found} == {kind}


def test_a_model_is_told_of_with_its_family_and_by_any_name(run):
    by_name = run("changes", "BERT large", "--since", "2026.11", "-f", "json").json["changes"]

    assert by_name
    assert all("bert-large" in item["models"] for item in by_name)


def test_csv_has_a_row_for_each_change_with_both_places(run):
    rows = list(
        csv.DictReader(io.StringIO(run("changes", "t5", "--since", "2026.11", "-f", "csv").out))
    )

    [row] = [row for row in rows if (row["edition"], row["change"]) == ("2026.12", "withdrawn")]
    assert (row["attribute"], row["before"], row["now"]) == (
        "warmup",
        "10,000 steps",
        "not applicable",
    )
    assert row["before_source"] == row["now_source"] == "raffel-2019-t5"
    assert row["reason"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--since", "2020.01"], "There are 2026.11, 2026.12"),
        (["--change", "altered"], "added"),
        (["lama"], "llama"),
        (["--attributes", "layers_n"], "n_layers"),
    ],
)
def test_what_is_none_is_refused_with_the_nearest(run, arguments, says):
    refused = run("changes", *arguments)

    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err


def test_in_python_and_in_sql(kb, run):
    found = kb.changes("palm", since="2026.11")

    [item] = [
        item for item in found if item.change == "withdrawn" and item.attribute == "weight_decay"
    ]
    assert (item.edition, item.before.value, item.after.status) == (
        "2026.12", 0.0001, "not-applicable"
    )  # fmt: skip
    query = (
        "SELECT old_value, new_status FROM changes WHERE family = 'palm' AND change = 'withdrawn'"
        " AND attribute = 'weight_decay'"
    )
    assert llmnotes.open().sql(query)[0] == {"old_value": "0.0001", "new_status": "not-applicable"}
    assert (
        run("sql", "select name, models from editions order by name limit 1").out.split()[-1]
        == "39"
    )


def test_many_families_that_came_at_once_share_a_line(run):
    shown = run("changes", "--since", "2026.11").out

    assert " families  " in shown
    assert sum(line.count("models   ") for line in shown.splitlines()) < 40
