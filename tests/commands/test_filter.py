"""`llmnotes filter`: negation, alternatives, units, ratios and remarks on empty answers."""

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
    result = run("filter", "--languages", "germn")

    assert "no model has 'germn'; nearest: German" in result.err
    assert "germn" not in result.out


def test_a_dataset_that_is_none_is_refused_with_the_nearest(run):
    result = run("filter", "--data", "wikipdia")

    assert result.code == 2
    assert "no model has 'wikipdia' and no dataset is called so; nearest: Wikipedia" in result.err


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


def test_filter_finds_the_models_with_grouped_queries(run):
    found = run("filter", "--attention", "GQA", "--family", ",".join(FIRST), "-f", "json")

    assert ids(found) == ["llama-2-34b", "llama-2-70b", "mistral-7b", "mixtral-8x7b"]


def test_filter_is_lenient_by_option_and_strict_by_id(run):
    assert "llama-2-7b" in ids(
        run("filter", "--params", "7B..", "--family", "llama-2", "-f", "json")
    )
    assert "llama-2-7b" not in ids(run("filter", "--where", "params_total >= 7B", "-f", "json"))


def test_filter_sorts_and_chooses_columns(run):
    result = run(
        "filter", "--where", "params_total >= 10B and released < 2021",
        "--columns", "id,params_total,release_date", "--sort", "release_date", "-f", "csv",
        "--family", ",".join(FIRST),
    )  # fmt: skip

    rows = list(csv.reader(io.StringIO(result.out)))
    assert rows[0] == ["id", "params_total", "release_date"]
    assert [row[0] for row in rows[1:]] == ["t5-11b", "gpt-3-13b", "gpt-3-175b"]
    assert rows[1][1:] == ["11307321344", "2019-10-23"]


def test_filter_options_repeat_as_or_and_differ_as_and(run):
    either = ids(run("filter", "--attention", "GQA", "--attention", "MQA", "-f", "json"))
    first = ["--family", ",".join(FIRST), "-f", "json"]
    both = ids(run("filter", "--attention", "GQA", "--n-layers", "32", *first))

    assert {"palm-540b", "mistral-7b"} <= set(either)
    assert both == ["mistral-7b", "mixtral-8x7b"]


def test_filter_finds_families(run):
    first = ["--family", ",".join(FIRST), "-f", "json"]
    some = ids(run("filter", "--attention", "GQA", "--families", *first))
    every = ids(run("filter", "--attention", "GQA", "--families", "--every", *first))

    assert some == ["llama-2", "mistral", "mixtral"]
    assert every == ["mistral", "mixtral"]


def test_filter_adds_claims_when_asked(run):
    arguments = ["filter", "--n-experts", "8", "--family", "mixtral", "--with-claims", "-f", "json"]
    (found,) = run(*arguments).json

    claim = found["claims"]["n_experts"][0]
    assert {"value", "status", "source", "locator", "layer", "note", "inherited_from"} <= set(claim)


def test_finding_nothing_is_an_answer_and_with_exit_code_a_signal(run):
    arguments = ["filter", "--params", "900T..", "-f", "json"]

    assert run(*arguments).json == []
    assert run(*arguments).code == 0
    assert run(*arguments, "--exit-code").code == 1


def test_asking_for_no_rows_is_not_finding_none(run):
    result = run("filter", "--limit", "0")

    assert (result.code, result.err) == (0, "")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--attention", "MLA"], True),
        (["--attention", "MLA", "--limit", "1"], True),
        (["--attention", "MLA", "--variants", "all"], False),
        (["--attention", "MLA", "--variants", "post-trained"], False),
        (["--attention", "MLA", "--families"], False),  # of which any member counts
        (["--family", "gpt-1"], False),  # which has none
    ],
)
def test_post_trained_models_that_are_left_out_are_told_of(run, asked, said):
    done = run("filter", *asked)
    assert ("satisfy this too; --variants all shows them" in done.err) is said


def test_as_many_post_trained_models_are_told_of_as_there_are(run):
    told = run("filter", "--attention", "MLA", "--organization", "deepseek").err
    asked = ["--attention", "MLA", "--organization", "deepseek", "--variants", "post-trained"]
    there = run("filter", *asked, "-f", "json").json
    assert told.startswith(f"{len(there)} post-trained models satisfy this too")
