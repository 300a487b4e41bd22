"""Flat records of `filter` and `export`: statuses, sources and locators of values."""

import csv
import io

import pytest

from llmnotes.views.records import records_answer

COLUMNS = "id,architecture,params_total,release_date,license,n_experts,context_length"


def rows(text, delimiter=","):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text), delimiter=delimiter)}


def test_words_stand_where_a_text_is_missing(run):
    found = rows(run("filter", "--family", "gpt-4", "--columns", COLUMNS, "-f", "csv").out)["gpt-4"]

    assert found["architecture"] == "undisclosed"
    assert found["params_total"] == ""
    assert found["context_length"] == "[8192, 32768]"


def test_a_rumour_is_told_from_a_report():
    claimed = {"id": "toy", "architecture": "causal-decoder", "n_layers": 12, "objective": ["CLM"]}
    record = {**claimed, "status": dict.fromkeys(list(claimed)[1:], "rumoured")}

    (row,) = records_answer([record], list(claimed)).tables[0].rows

    assert [cell.raw for cell in row.cells] == ["toy", "causal-decoder (rumoured)", 12, ["CLM"]]
    assert row.cells[2].text == "12 (rumoured)"


def test_what_does_not_apply_is_told_from_what_is_unknown_and_dates_stay_dates():
    names = ["tokenizer", "license", "release_date"]
    status = {"tokenizer": "not-applicable", "release_date": "undisclosed"}
    record = dict.fromkeys(names) | {"status": status}

    answer = records_answer([record], names, with_status=True)

    assert [cell.raw for cell in answer.tables[0].rows[0].cells] == [
        "not-applicable", "not-applicable", None, "unknown", None, "undisclosed",
    ]  # fmt: skip


@pytest.mark.parametrize(("command", "delimiter"), [("filter", ","), ("export", "\t")])
def test_statuses_tell_all_kinds_of_missing_apart(run, command, delimiter):
    names = ["--family", "gpt-4"] if command == "filter" else ["gpt-4", "bert-base"]
    format = "csv" if delimiter == "," else "tsv"

    text = run(command, *names, "--columns", COLUMNS, "--with-status", "-f", format).out

    found = rows(text, delimiter)["gpt-4"]
    assert found["params_total_status"] == "undisclosed"
    assert found["license_status"] == "reported"
    assert list(found)[1:3] == ["architecture", "architecture_status"]
    if command == "export":
        bert = rows(text, delimiter)["bert-base"]
        assert (bert["params_total"], bert["params_total_status"]) == ("109482240", "derived")


def test_sources_and_locators_stand_beside_the_values(run):
    found = rows(
        run(
            "export", "llama-2-70b", "--columns", "id,n_kv_heads", "--with-sources", "-f", "csv"
        ).out
    )["llama-2-70b"]
    (claim, *_) = run("show", "llama-2-70b", "-f", "json").json["claims"]["n_kv_heads"]

    assert found["n_kv_heads"] == "8"
    assert found["n_kv_heads_source"] == claim["source"]
    assert found["n_kv_heads_locator"] == claim["locator"]


def test_json_records_name_only_the_columns_asked_for(run):
    (record,) = run(
        "filter", "--family", "gpt-4", "--columns", "id,context_length,params_total",
        "--with-claims", "--with-sources", "-f", "json",
    ).json  # fmt: skip

    assert record["context_length"] == [8192, 32768]
    assert all(isinstance(number, int) for number in record["context_length"])
    assert record["status"] == {"params_total": "undisclosed"}
    assert set(record["claims"]) == {"context_length", "params_total"}
    assert set(record["sources"]) == {"context_length", "params_total"}
    assert "license" not in record


def test_a_record_of_all_columns_keeps_all_statuses(run):
    (record,) = run("filter", "--family", "gpt-4", "-f", "json").json

    assert len(record["status"]) > 10
    assert set(record["status"].values()) >= {"undisclosed"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("filter", "--with-claims", "-f", "csv"),
         "--with-claims is for json, jsonl and yaml only, not for csv"),
        (("export", "--with-claims"), "--with-claims is for json, jsonl and yaml only, not for table"),
        (("filter", "--families", "--with-status"), "--with-status is for models only, not for --families"),
        (("export", "--bundle", "--with-sources"), "--with-sources is for records only, not for --bundle"),
    ],
)  # fmt: skip
def test_what_a_format_cannot_hold_is_refused(run, arguments, complaint):
    done = run(*arguments)

    assert (done.code, done.err) == (2, f"llmnotes: {complaint}\n")
