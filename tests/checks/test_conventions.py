"""Rules for uniform curation, each with a violating and a conforming case."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmnotes.checks.catalogue import all_rules
from llmnotes.checks.conventions import SAID_OF_ALL
from llmnotes.checks.rules import RULES
from llmnotes.checks.subjects import CheckedBase
from tests.checks.conftest import Objects, claims_of, source, statement, tiny, toys, whole

STEPS = {"value": 10_000, "unit": "steps"}


def schedule(**parameters: int):
    return statement("lr_schedule", "inverse-square-root", parameters=parameters)


def test_a_constant_phase_that_is_also_a_warmup_is_found(objects: Objects) -> None:
    rule = "constant-phase-as-warmup"
    twice = claims_of({"lr_schedule": schedule(constant_steps=10_000), "warmup": STEPS})
    other = claims_of({"lr_schedule": schedule(constant_steps=2_000), "warmup": STEPS})
    rising = claims_of({"lr_schedule": schedule(), "warmup": STEPS})

    assert [item.attribute for item in objects(rule, twice)] == ["warmup"]
    assert objects(rule, other) == []
    assert objects(rule, rising) == []


def test_the_rotated_part_of_a_head_has_one_name(objects: Objects) -> None:
    rule = "parameter-by-another-name"

    def rope(**parameters: float):
        said = statement("positional_encoding", "RoPE", parameters=parameters)
        return claims_of({"positional_encoding": said})

    assert [item.attribute for item in objects(rule, rope(partial=0.5, theta=1e4))] == [
        "positional_encoding"
    ]
    assert len(objects(rule, rope(dims=64))) == 1
    assert objects(rule, rope(fraction=0.5, rotary_dim=64, theta=1e4)) == []


def test_a_parameter_that_no_value_of_the_attribute_has_is_found(objects: Objects) -> None:
    rule = "parameter-by-another-name"

    def adam(layer: str = "curated", **parameters: float):
        said = statement("optimizer", "Adam", parameters=parameters, layer=layer)
        return claims_of({"optimizer": said})

    assert [item.attribute for item in objects(rule, adam(beta_1=0.9, beta2=0.95))] == ["optimizer"]
    assert objects(rule, adam(beta1=0.9, beta2=0.95, eps=1e-8)) == []
    assert objects(rule, adam(layer="user", speed=3)) == []


@pytest.mark.parametrize(
    ("attribute", "value", "layer", "count"),
    [
        ("training_data", [{"name": "Toy corpus"}], "curated", 1),
        ("training_data", [{"name": "listed corpus"}], "curated", 0),
        ("training_data", [{"name": "Toy corpus"}], "user", 0),
        ("hardware", ["8 listed chips", "8 toys"], "curated", 1),
        ("license", "Toy licence", "curated", 1),
        ("evaluation", [{"benchmark": "Toy"}, {"benchmark": "listed"}], "curated", 1),
        ("repository", ["https://toy.example"], "curated", 0),
    ],
)
def test_a_name_without_an_entry_is_found(attribute, value, layer, count) -> None:
    base = CheckedBase(is_listed=lambda kind, text: "listed" in text)
    claims = {attribute: [statement(attribute, value, layer=layer)]}
    found = list(RULES["name-without-entry"].check(claims, base))

    assert [item.attribute for item in found] == [attribute] * count


@pytest.mark.parametrize(("status", "count"), [("derived", 1), ("reported", 0)])
def test_a_decay_worked_out_from_the_rate_is_found(objects: Objects, status, count) -> None:
    claims = claims_of({"weight_decay": statement("weight_decay", 1e-4, status=status)})

    assert len(objects("decay-worked-out-from-the-rate", claims)) == count


@pytest.mark.parametrize(
    ("status", "named", "count"),
    [("derived", "product", 1), ("derived", "latest-collection-date", 0), ("reported", "paper", 0)],
)
def test_a_cutoff_derived_by_another_rule_is_found(objects: Objects, status, named, count) -> None:
    cutoff = statement("knowledge_cutoff", "2021", status=status, source=named)

    assert len(objects("cutoff-by-another-rule", claims_of({"knowledge_cutoff": cutoff}))) == count


@pytest.mark.parametrize(
    ("kind", "locator", "count"),
    [
        ("config", "num_hidden_layers", 0),
        ("config", "text_config.num_hidden_layers", 0),
        ("config", "Table 1", 1),
        ("paper", "Table 1", 0),
    ],
)
def test_a_locator_in_a_configuration_that_is_no_key_is_found(
    objects: Objects, kind, locator, count
) -> None:
    claims = claims_of({"n_layers": statement("n_layers", 2, locator=locator)})

    found = objects("locator-is-no-key", claims, whole(source("paper", kind=kind)))

    assert len(found) == count


def test_every_field_of_the_list_is_said_or_told_to_be_open(objects: Objects) -> None:
    said = {name: statement(name, None, status="undisclosed") for name in SAID_OF_ALL}
    without = {name: claim for name, claim in said.items() if name != "hardware"}
    imported = statement("n_layers", 2, layer="imported")

    read = whole(source("paper", read="whole"))

    assert objects("silence-unmarked", toys(tiny("a", **said)), read) == []
    found = objects("silence-unmarked", toys(tiny("a", **without)), read)
    assert [(item.subject, item.attribute) for item in found] == [("a", "hardware")]
    assert objects("silence-unmarked", toys(tiny("a", n_layers=imported)), read) == []


@pytest.mark.parametrize(
    ("kind", "read", "of", "told"),
    [
        ("paper", "whole", "n_layers", True),
        ("model-card", "whole", "n_layers", True),
        ("paper", "part", "n_layers", False),
        ("config", "whole", "n_layers", False),  # tells nothing of training
        ("paper", "whole", "evaluation", False),  # another's table of results
    ],
)
def test_a_silence_is_told_of_what_was_read_whole(objects: Objects, kind, read, of, told) -> None:
    claim = (
        statement("n_layers", 2, source="x") if of == "n_layers" else statement(of, [], source="x")
    )
    base = whole(source("x", kind=kind, read=read))

    assert bool(objects("silence-unmarked", toys(tiny("a", **{of: claim})), base)) == told


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Card and README name none; the paper was not at hand.", ["hardware"]),
        ("The technical report was not read.", ["hardware"]),
        ("The report was read whole and names none.", []),
        ("The report does not give it.", []),
        (None, []),
    ],
)
def test_a_silence_beside_a_document_that_was_not_read_is_found(
    objects: Objects, note: str | None, found: list[str]
) -> None:
    silent = statement("hardware", None, status="undisclosed", note=note)

    objections = objects("silence-of-unread", tiny("a", hardware=silent))

    assert [item.attribute for item in objections] == found


def results(*settings: tuple[str, str | None]):
    return statement(
        "evaluation",
        [
            {"benchmark": name, "score": 1.0, **({"setting": setting} if setting else {})}
            for name, setting in settings
        ],
    )


def test_a_split_that_is_named_for_one_size_alone_is_found(objects: Objects) -> None:
    named, bare = results(("PIQA", "50-shot, dev")), results(("PIQA", "50-shot"))

    found = objects(
        "split-of-some-sizes", toys(tiny("a", evaluation=named), tiny("b", evaluation=bare))
    )

    assert [item.subject for item in found] == ["b"]
    assert objects("split-of-some-sizes", toys(*[tiny(k, evaluation=bare) for k in "ab"])) == []
    assert objects("split-of-some-sizes", toys(*[tiny(k, evaluation=named) for k in "ab"])) == []


def test_a_benchmark_that_one_size_of_four_lacks_is_found(objects: Objects) -> None:
    both, one = results(("A", None), ("B", None)), results(("A", None))
    full = [tiny(key, evaluation=both) for key in "abc"]

    found = objects("benchmark-of-some-sizes", toys(*full, tiny("d", evaluation=one)))

    assert [item.subject for item in found] == ["d"]
    assert "no B" in found[0].message
    assert objects("benchmark-of-some-sizes", toys(*full)) == []
    two_of_three = toys(*full[:2], tiny("d", evaluation=one))
    assert objects("benchmark-of-some-sizes", two_of_three) == [], "two thirds are not more"


def test_the_page_of_conventions_names_every_rule_and_every_field_of_the_list() -> None:
    page = (Path(__file__).parents[2] / "docs" / "conventions.md").read_text(encoding="utf-8")
    rules = [rule.name for rule in all_rules() if rule.theme == "conventions"]

    assert [name for name in (*rules, *SAID_OF_ALL) if f"`{name}`" not in page] == []
