"""Values refer to what is declared, and what is not is told with the nearest names."""

import pytest

from llmnotes.catalog import Others
from llmnotes.evidence.references import References
from llmnotes.records import EntityRecord
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import parse_value


def entity(name: str, *aliases: str) -> dict[str, EntityRecord]:
    key = name.lower().replace(" ", "-")
    return {key: EntityRecord(id=key, name=name, aliases=list(aliases))}


ENTITIES = {
    "dataset": entity("The Heap", "Heap"),
    "benchmark": entity("MMLU"),
    "license": entity("Apache 2.0", "Apache-2.0 license"),
    "hardware": entity("A100", "NVIDIA A100"),
}
OTHERS = Others({}, {}, {"game-1b": "game.toml"}, ENTITIES, {})


def problems(name: str, value) -> list[str]:
    attribute = ATTRIBUTES[name]
    parsed = parse_value(attribute, value)
    return [
        f"{problem}; {repair}"
        for problem, repair in References(OTHERS, {"toy-1b"}).problems(
            attribute, parsed, "toy-1b-it"
        )
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("training_data", ["The Heap", "code from the heap"]),
        ("evaluation", [{"benchmark": "MMLU (5 shots)", "score": 1}]),
        ("license", "Apache 2.0"),
        ("hardware", "512 NVIDIA A100 80GB"),
        ("based_on", ["toy-1b", "game-1b"]),
        ("tokenizer_library", "SentencePiece"),
    ],
)
def test_what_is_declared_is_taken(name, value):
    assert problems(name, value) == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("training_data", ["The Heep"], "'The Heep' names no dataset that has an entry; nearest: The Heap"),
        ("evaluation", [{"benchmark": "MMLU-X", "score": 1}], "nearest: MMLU"),
        ("license", "a text with the words Apache 2.0 far away in it", "entities/licenses.toml"),
        ("hardware", "512 TPU", "names no hardware"),
        ("based_on", ["toy-1b", "toy-2b"], "unknown model 'toy-2b'; nearest: toy-1b"),
        ("based_on", ["toy-1b-it"], "refers to itself"),
        ("organization", ["toys"], "unknown organization 'toys'"),
    ],
)  # fmt: skip
def test_what_is_not_declared_is_told(name, value, told):
    (problem,) = problems(name, value)
    assert told in problem


def test_a_kind_without_entries_is_not_looked_up():
    bare = References(Others({}, {}, {}, {}, {}), set())
    assert list(bare.problems(ATTRIBUTES["license"], "Anything", "toy")) == []
