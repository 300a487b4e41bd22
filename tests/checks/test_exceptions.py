"""The closed list of exceptions, and the assignment of findings to subjects and layers."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmnotes.checks.catalogue import all_rules, chosen
from llmnotes.checks.exceptions import Exemption, read
from llmnotes.checks.rules import RULES
from llmnotes.checks.run import FamilyModels, run
from llmnotes.errors import InputError
from tests.checks.conftest import statement, tiny, toys, whole

RULE = "heads-do-not-divide"
ODD = {"n_heads": 64, "n_kv_heads": 7}


def exemption(**fields: object) -> Exemption:
    made = {"rule": RULE, "subject": "tiny", "attribute": "n_kv_heads", "value": None,
            "reason": "it is an odd toy", **fields}  # fmt: skip
    return Exemption(**made)  # type: ignore[arg-type]


def test_an_exception_sets_its_finding_aside() -> None:
    group = FamilyModels(None, (tiny(**ODD),))

    report = run([group], whole(), chosen([RULE]), (exemption(),))

    assert report.findings == []
    assert [item.rule for item, _ in report.excused] == [RULE]


@pytest.mark.parametrize(
    "fields", [{"subject": "other"}, {"attribute": "n_heads"}, {"value": 9}, {"rule": "other"}]
)
def test_an_exception_covers_nothing_but_what_it_names(fields: dict[str, object]) -> None:
    report = run(
        [FamilyModels(None, (tiny(**ODD),))], whole(), chosen([RULE]), (exemption(**fields),)
    )

    assert [item.rule for item in report.findings] == [RULE]


def test_an_exception_with_a_value_ends_when_the_value_changes() -> None:
    excuse = exemption(value=7)
    changed = tiny(n_heads=64, n_kv_heads=9)

    assert not run(
        [FamilyModels(None, (tiny(**ODD),))], whole(), chosen([RULE]), (excuse,)
    ).findings
    assert run([FamilyModels(None, (changed,))], whole(), chosen([RULE]), (excuse,)).findings


def test_what_a_user_or_an_import_says_has_no_exceptions() -> None:
    theirs = tiny(n_heads=64, n_kv_heads=statement("n_kv_heads", 7, layer="imported"))

    (found,) = run(
        [FamilyModels(None, (theirs,))], whole(), chosen([RULE]), (exemption(),)
    ).findings

    assert found.layer == "imported"


def test_an_exception_that_excuses_nothing_is_a_finding_when_the_whole_base_is_checked() -> None:
    right = FamilyModels(None, (tiny(n_heads=64, n_kv_heads=8),))

    report = run([right], whole(), all_rules(), (exemption(),))
    parted = run([right], whole(), all_rules(), (exemption(),), whole=False)

    assert [(item.rule, item.subject) for item in report.findings] == [("exception-unused", "tiny")]
    assert parted.findings == []


def test_what_only_a_familys_claims_say_is_told_of_the_family_once() -> None:
    said = {name: statement(name, value, inherited_from="toys") for name, value in ODD.items()}
    members = (tiny("toy-a", **said), tiny("toy-b", **said))

    report = run([FamilyModels(toys(*members), members)], whole(), chosen([RULE]))

    assert [(item.kind, item.subject) for item in report.findings] == [("family", "toys")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[exception]]\nrule = 'x'\n", "reason is missing"),
        ("[[exception]]\nrule = 'no-such'\nsubject = 'a'\nreason = 'it is so'\n", "unknown rule"),
        (f"[[exception]]\nrule = '{RULE}'\nsubject = 'a'\nreason = 'because'\n", "must say why"),
        (f"[[exception]]\nrule = '{RULE}'\nsubject = 'a'\nreason = 'it is so'\nwho = 1\n", "'who'"),
        ("exception = 7\n", "nothing else"),
        ("exception = [7]\n", "exception 1"),
        ("[[exception\n", "exceptions.toml"),
    ],
)
def test_a_broken_list_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "exceptions.toml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=said):
        read(file, RULES)


def test_every_shipped_exception_names_a_rule_and_gives_a_reason() -> None:
    for item in read(rules=RULES):
        assert item.rule in RULES
        if item.rule not in OF_WHAT_IS_NOT_SAID:
            assert item.value is not None, "an exception without its value would cover a new slip"


OF_WHAT_IS_NOT_SAID = {
    "silence-unmarked", "declared-for-some-sizes", "benchmark-of-some-sizes", "mixture-without-experts",
}  # fmt: skip
"""Rules on missing values, whose exceptions can name no value."""
