"""`llmnotes check` and `llmnotes conflicts` as a user runs them."""

from __future__ import annotations

from typing import Any

import pytest

import llmnotes
from tests.conftest import Run


def test_the_curated_base_is_clean(run: Run) -> None:
    done = run("check")

    assert done.code == 0
    assert done.out == ""
    assert "nothing found" in done.err
    assert "models" in done.err


def test_the_json_shape_holds_without_findings(run: Run) -> None:
    done = run("check", "-f", "json")

    assert done.code == 0
    assert done.json["findings"] == []
    assert done.json["summary"]["findings"] == 0
    assert done.json["summary"]["models"] > 30


@pytest.fixture
def odd(run: Run) -> Run:
    """The command line with a claim of the user's that cannot be true."""
    done = run("set", "llama-2-70b", "n_kv_heads=7", "--source", "my own reading", "--at", "p. 1")
    assert done.code == 0, done.err
    return run


def test_what_the_user_claims_is_held_to_the_rules_too(odd: Run) -> None:
    done = odd("check", "-f", "json")

    found: list[dict[str, Any]] = done.json["findings"]
    assert done.code == 1
    first = next(item for item in found if item["rule"] == "heads-do-not-divide")
    assert first["model"] == "llama-2-70b"
    assert first["attribute"] == "n_kv_heads"
    assert first["severity"] == "error"
    assert first["layer"] == "user"
    assert {"value": 7, "layer": "user"}.items() <= first["values"][0].items()
    assert done.json["summary"]["error"] == len([f for f in found if f["severity"] == "error"])


def test_findings_are_grouped_and_readable(odd: Run) -> None:
    done = odd("check", "llama-2")

    assert done.code == 1
    assert "error: heads-do-not-divide" in done.out
    assert "64 query heads do not divide into 7 groups (user)" in done.out
    assert "1 error" in done.err


@pytest.mark.parametrize("format", ["markdown", "csv", "tsv", "jsonl", "yaml", "latex", "html"])
def test_findings_come_in_every_format(odd: Run, format: str) -> None:
    done = odd("check", "llama-2", "-f", format)

    assert done.code == 1
    assert "heads-do-not-divide" in done.out


def test_names_and_rules_narrow_the_check(odd: Run) -> None:
    assert odd("check", "gpt-2", "t5").code == 0
    assert odd("check", "llama2").code == 1
    assert odd("check", "llama-2-70b").code == 1
    others = ("--rule", "kv-heads-exceed-heads", "--rule", "source-missing")
    assert odd("check", "llama-2", "--rule", "heads-do-not-divide").code == 1
    assert odd("check", "llama-2", *others).code == 0


def test_what_is_merely_worth_knowing_fails_only_when_strict(run: Run) -> None:
    assert run("set", "llama-2-70b", "context_length=8192").code == 0

    lenient, strict = run("check", "llama-2"), run("check", "llama-2", "--strict")

    assert lenient.code == 0
    assert "info" in lenient.err
    assert strict.code == 1


def test_a_rule_is_explained_in_one_sentence(run: Run) -> None:
    done = run("check", "--explain", "heads-do-not-divide", "-f", "json")

    assert done.code == 0
    assert len(done.json) == 1
    assert done.json[0]["explanation"].count(".") == 1


def test_all_rules_are_listed(run: Run) -> None:
    done = run("check", "--list")

    assert done.code == 0
    assert "parameters-differ-from-shape" in done.out
    assert "exception-unused" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rule", "heads-do-not-divid"], "heads-do-not-divide"),
        (["--explain", "headz"], "unknown rule"),
        (["llama-2-71b"], "llama-2-70b"),
        (["--list", "--explain", "source-missing"], "stand alone"),
        (["-f", "jsn"], "json"),
    ],
)
def test_bad_usage_ends_with_two_and_the_nearest_name(
    run: Run, arguments: list[str], said: str
) -> None:
    done = run("check", *arguments)

    assert done.code == 2
    assert said in done.err
    assert done.out == ""


def test_conflicts_show_both_sources_and_why_one_is_shown(run: Run) -> None:
    done = run("conflicts", "gpt-3-13b", "-f", "json")

    (conflict,) = [item for item in done.json["conflicts"] if item["attribute"] == "d_model"]
    assert done.code == 0
    assert conflict["resolved"]["value"] == 5120
    assert [item["value"] for item in conflict["others"]] == [5140]
    assert "preferred" in conflict["others"][0]["why_not"]
    assert {source["id"] for source in done.json["sources"]} >= {conflict["others"][0]["source"]}


def test_conflicts_between_layers_say_that_the_layer_decides(run: Run) -> None:
    run("set", "llama-2-70b", "context_length=8192")

    done = run("conflicts", "llama-2-70b")

    assert "the user layer comes before the curated one" in done.out
    assert "8,192" in done.out
    assert "4,096" in done.out


def test_a_flat_format_names_rule_and_subject_in_every_row(odd: Run) -> None:
    checked = odd("check", "llama-2", "-f", "csv").out.splitlines()
    differing = odd("conflicts", "llama-2-70b", "-f", "tsv").out.splitlines()

    assert checked[0] == "Severity,Rule,Subject,Attribute,Layer,What is found"
    assert checked[1].startswith("error,heads-do-not-divide,llama-2-70b,n_kv_heads,user,")
    assert all(line.startswith("llama-2-70b\t") for line in differing[1:])


def test_conflicts_can_be_narrowed_and_signalled(run: Run) -> None:
    assert "Heads" not in run("conflicts", "--attributes", "d_model").out
    assert run("conflicts", "gpt-3-13b", "--exit-code").code == 1
    silent = run("conflicts", "gpt-3-13b", "--attributes", "n_layers", "--exit-code")
    assert (silent.code, silent.out) == (0, "")
    assert run("conflicts", "--attributes", "d_modl").code == 2


def test_the_python_api_answers_alike(kb: llmnotes.KnowledgeBase) -> None:
    report = kb.check("llama-2", rules=["heads-do-not-divide"])
    (conflict,) = kb.conflicts("gpt-3-13b", attributes=["d_model"])

    assert report.findings == []
    assert report.summary["rules"] == 1
    assert conflict.resolved.value == 5120
    with pytest.raises(llmnotes.errors.InputError, match="nearest|Nearest"):
        kb.check(rules=["heads-do-not-divid"])
