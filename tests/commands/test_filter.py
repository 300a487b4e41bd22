"""`llmnotes filter`: not, or, units, ratios and what is said of an empty answer."""

import csv
import io

import pytest

from tests.running import FIRST


def ids(result):
    assert result.code == 0, result.err
    return [item["id"] for item in result.json]


def test_not_and_or_in_options(run):
    everything = ids(run("filter", "--where", "attention is known", "-f", "json"))
    grouped = ids(run("filter", "--attention", "GQA,MQA", "-f", "json"))
    others = ids(run("filter", "--attention", "!GQA,MQA", "-f", "json"))

    assert grouped
    assert others
    assert sorted([*grouped, *others]) == sorted(everything)
    assert ids(run("filter", "--not-attention", "GQA,MQA", "-f", "json")) == others
    assert (
        ids(run("filter", "--not-attention=GQA", "--not-attention", "MQA", "-f", "json")) == others
    )


@pytest.mark.parametrize("text", ["~GQA", "-GQA", "GQA,!MQA", "!!GQA"])
def test_what_may_be_meant_as_not_is_never_taken_as_yes(run, text):
    result = run("filter", "--attention", text)

    assert (result.code, result.out) == (2, "")
    assert "attention: " in result.err


def test_a_missing_scale_is_suggested_beside_the_empty_answer(run):
    result = run("filter", "--params", "7..70", "-f", "json")

    assert (result.code, result.json) == (0, [])
    assert "did you mean 7B..70B?" in result.err


def test_an_empty_answer_names_the_nearest_values(run):
    result = run("filter", "--training-data", "wikipdia")

    assert "no model has 'wikipdia'; nearest: Wikipedia" in result.err
    assert "wikipdia" not in result.out


def test_a_batch_is_shown_with_its_unit(run):
    table = run("filter", "--batch-size", "1000 sequences..", "-f", "markdown")
    rows = list(csv.DictReader(io.StringIO(run(
        "filter", "--family", "palm", "--columns", "id,batch_size,warmup", "-f", "csv").out)))  # fmt: skip

    assert "1,024 sequences" in table.out
    assert rows[1] == {
        "id": "palm-62b", "batch_size": "1024", "batch_size_unit": "sequences",
        "warmup": rows[1]["warmup"], "warmup_unit": rows[1]["warmup_unit"],
    }  # fmt: skip


def test_ratios_and_scores_are_sorted_by_and_shown(run):
    first = ["--family", ",".join(FIRST)]
    table = run(
        "filter", *first, "--sort", "-evaluation.MMLU", "--limit", "2", "-f", "markdown"
    ).out
    found = run(
        "filter",
        *first,
        "--where",
        "d_ff / d_model < 3",
        "--columns",
        "id,d_ff / d_model",
        "-f",
        "json",
    ).json

    assert "evaluation.MMLU" in table.splitlines()[0]
    assert "86.4" in table
    assert found[0]["d_ff/d_model"] == pytest.approx(2.6875)


def test_a_table_of_ratios_is_rounded_and_tells_the_unknown(run):
    out = run("filter", "--columns", "id,d_ff/d_model", "-f", "markdown").out

    assert "2.688" in out
    assert any("gpt-4" in line and "unknown" in line for line in out.splitlines())
