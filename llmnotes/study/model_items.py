"""Items about models: a value, which of several has a value, changes between generations."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any
from zlib import crc32

from llmnotes.display import value_text
from llmnotes.knowledge.lines import before_each
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES, CLAIMABLE, Attribute
from llmnotes.study.certainty import ASKED_KINDS, COMPLETE_LISTS, Certainties, QuizSubject, parts
from llmnotes.study.items import Evidence, QuizItem
from llmnotes.study.tags import Tags

_NAMED = frozenset(
    {
        "activation", "attention", "attention_mask", "normalization", "objective", "optimizer",
        "positional_encoding", "tokenizer",
    }
)  # fmt: skip
"""Attributes with names of techniques as values: "Which of these uses GQA?"."""

_TOLD_BY_NAME = frozenset({"params_total", "params_reported", "params_active"})
"""Attributes revealed by a name such as Llama 2 70B."""

_FEWEST_WRONG = 3
_MOST_WRONG = 24
"""False choices of an item: enough to vary them, few enough to find them for every model."""


def model_items(connection: sqlite3.Connection, known: Certainties, tags: Tags) -> list[QuizItem]:
    """Every item about models and families, in a fixed order."""
    texts = _Texts(connection)
    asked = [
        item for item in CLAIMABLE.values() if item.kind in ASKED_KINDS or item.id in COMPLETE_LISTS
    ]
    found: list[QuizItem] = []
    for attribute in asked:
        certain = list(known.subjects(attribute))
        found += _values(known, attribute, certain, texts, tags)
        found += _which(known, attribute, certain, texts, tags)
    for earlier, later in _generations(known):
        found += _changes(known, earlier, later, asked, texts, tags)
    return found


class _Texts:
    """Values as texts of choices: with unit, organizations by name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._organizations = dict(connection.execute("SELECT id, name FROM organizations"))

    def __call__(self, attribute: Attribute, value: Any) -> str:
        if attribute.kind == "organizations":
            return ", ".join(self._organizations.get(key, key) for key in value)
        text = value_text(attribute, value)
        unit = attribute.unit if attribute.is_numeric else None
        return f"{text} {unit}" if unit else text


def _values(
    known: Certainties,
    attribute: Attribute,
    certain: list[tuple[QuizSubject, Statement]],
    texts: _Texts,
    tags: Tags,
) -> Iterator[QuizItem]:
    if attribute.id in COMPLETE_LISTS:
        return
    others = _candidates(attribute, [claim.value for _, claim in certain])
    for subject, claim in certain:
        if not _asked(attribute, subject, claim, known):
            continue
        answer = texts(attribute, claim.value)
        fewest = 1 if attribute.kind in {"term", "flag"} else _FEWEST_WRONG
        false = partial(_false_values, known, subject, attribute, texts)
        if len(_different(answer, false(others), fewest)) < fewest:
            continue
        nearest = partial(_nearest_false, attribute, claim.value, others, answer, false)
        prompt = _question(attribute, subject.title)
        yield QuizItem(
            f"value/{attribute.id}/{subject.id}", "value", prompt, answer, nearest, (subject.id,),
            attribute.id, f"value/{attribute.id}", (_evidence(subject, claim),),
            partial(tags.of_claim, "value", subject, attribute, claim.value), prompt, answer,
        )  # fmt: skip


def _false_values(
    known: Certainties,
    subject: QuizSubject,
    attribute: Attribute,
    texts: _Texts,
    values: Iterable[Any],
) -> Iterator[str]:
    """Those of the values that are certainly false, as texts."""
    return (texts(attribute, it) for it in values if known.refutes(subject, attribute, it))


def _nearest_false(
    attribute: Attribute,
    value: Any,
    others: list[Any],
    answer: str,
    false: Callable[[Iterable[Any]], Iterator[str]],
) -> dict[str, str | None]:
    """False choices for a value, the most plausible first."""
    ordered = sorted(others, key=lambda other: _distance(attribute, value, other))
    return dict.fromkeys(_different(answer, false(ordered), _MOST_WRONG))


def _asked(
    attribute: Attribute, subject: QuizSubject, claim: Statement, known: Certainties
) -> bool:
    """Whether the value is single and not revealed by the subject's name."""
    if attribute.kind != "organizations" and len(parts(claim.value)) != 1:
        return False
    if attribute.kind == "batch" and len(claim.value["stages"]) != 1:
        return False
    if attribute.id == "n_layers" and _layers_by_side(known, subject):
        return False
    named = subject.name + (known.sizes.get(subject.id) or "")
    return attribute.id not in _TOLD_BY_NAME or not any(char.isdigit() for char in named)


def _layers_by_side(known: Certainties, subject: QuizSubject) -> bool:
    """Whether layers are counted by side: those of an encoder-decoder are counted either way."""
    return known.claim(subject, ATTRIBUTES["n_encoder_layers"]) is not None and (
        known.claim(subject, ATTRIBUTES["n_decoder_layers"]) is not None
    )


def _candidates(attribute: Attribute, values: list[Any]) -> list[Any]:
    """Candidates for false values: those of the base, then the rest of the vocabulary."""
    found = {json.dumps(value): value for value in values if len(parts(value)) == 1}
    if attribute.kind == "flag":
        return [True, False]
    for term in attribute.terms if attribute.kind == "term" else ():
        found.setdefault(json.dumps(term), term)
    return list(found.values())


def _distance(attribute: Attribute, value: Any, other: Any) -> float:
    """The implausibility of a false value: near numbers and dates first, terms in order."""
    if attribute.kind in {"integer", "number"}:
        return abs(float(other) - float(value)) / max(abs(float(value)), 1e-12)
    if attribute.kind in {"batch", "quantity"}:
        near, far = (v["stages"][-1] if "stages" in v else v["value"] for v in (value, other))
        return float(abs(far / near - 1)) if near else 0.0
    if attribute.kind == "date":
        return abs(int(str(other)[:4]) - int(str(value)[:4]))
    return 0.0


def _different(answer: str, texts: Iterable[str], most: int) -> tuple[str, ...]:
    """The first texts that differ from the answer and from one another."""
    found: dict[str, None] = {}
    for text in texts:
        if text != answer:
            found[text] = None
            if len(found) == most:
                break
    return tuple(found)


def _question(attribute: Attribute, name: str) -> str:
    if attribute.id == "organization":
        return f"Who published {name}?"
    if attribute.id == "release_date":
        return f"When was {name} released?"
    return f"{attribute.label} of {name}?"


def _which(
    known: Certainties,
    attribute: Attribute,
    certain: list[tuple[QuizSubject, Statement]],
    texts: _Texts,
    tags: Tags,
) -> Iterator[QuizItem]:
    if attribute.kind not in {"term", "terms"} and attribute.id != "context_length":
        return
    without: dict[Any, list[QuizSubject]] = {}
    for subject, claim in certain:
        several = attribute.per_layer and len(parts(claim.value)) > 1
        for value in dict.fromkeys(parts(claim.value)):
            if value not in without:
                without[value] = [it for it, _ in certain if known.refutes(it, attribute, value)]
            others = partial(_others, subject, without[value], f"{subject.id}/{value}")
            if len(others(_FEWEST_WRONG)) < _FEWEST_WRONG:
                continue
            yield QuizItem(
                f"which/{attribute.id}/{value}/{subject.id}", "which",
                _which_of(attribute, texts(attribute, _alone(attribute, value)), several),
                subject.title, partial(others, _MOST_WRONG),
                (subject.id,), attribute.id, f"which/{attribute.id}",
                (_evidence(subject, claim),),
                partial(tags.of_claim, "which", subject, attribute, value),
            )  # fmt: skip


def _others(
    subject: QuizSubject, without: list[QuizSubject], key: str, most: int
) -> dict[str, str | None]:
    """Titles and ids of the first subjects that lack a value and have nothing in common with this one."""
    found: dict[str, str | None] = {}
    for other in _from_its_own_place(without, key):
        apart = other.family != subject.family or set(other.members).isdisjoint(subject.members)
        if apart and other.title != subject.title:
            found[other.title] = other.id
            if len(found) == most:
                break
    return found


def _from_its_own_place(subjects: list[QuizSubject], key: str) -> Iterator[QuizSubject]:
    """All subjects, from a position the key determines, so that questions offer different models."""
    start = crc32(key.encode()) % max(1, len(subjects))
    return chain(subjects[start:], subjects[:start])


def _alone(attribute: Attribute, value: Any) -> Any:
    """A single element as a value."""
    return [value] if attribute.is_list else value


def _which_of(attribute: Attribute, text: str, several: bool) -> str:
    where = " in some of its layers" if several else ""
    if attribute.id in _NAMED:
        return f"Which of these uses {text} ({attribute.label.lower()}){where}?"
    return f"Which of these has {attribute.label.lower()} {text}{where}?"


def _generations(known: Certainties) -> Iterator[tuple[QuizSubject, QuizSubject]]:
    """Families of a line that follow one another, then their models of equal size."""
    for line, families in known.lines.items():
        for after, before in before_each(line, families).items():
            if before.branch:
                continue
            earlier, later = known.families[before.family], known.families[after]
            yield earlier, later
            sizes = {known.sizes[key]: key for key in earlier.members if known.sizes[key]}
            for key in later.members:
                if len(later.members) > 1 and known.sizes[key] in sizes:
                    yield known.models[sizes[known.sizes[key]]], known.models[key]


_EVERY_GENERATION = frozenset({"release_date", "knowledge_cutoff", "organization", *_TOLD_BY_NAME})


def _changes(
    known: Certainties,
    earlier: QuizSubject,
    later: QuizSubject,
    asked: list[Attribute],
    texts: _Texts,
    tags: Tags,
) -> Iterator[QuizItem]:
    changed: list[tuple[Attribute, Statement, Statement]] = []
    wrong: dict[str, str] = {}
    for attribute in asked:
        old, new = known.claim(earlier, attribute), known.claim(later, attribute)
        if old is None or new is None or attribute.id in _EVERY_GENERATION:
            continue
        if known.refutes(later, attribute, old.value):
            changed.append((attribute, old, new))
        elif old.value == new.value and attribute.kind == "term":
            false = _false_change(known, earlier, later, attribute, new.value, texts)
            wrong |= {false: attribute.id} if false else {}
    for attribute, old, new in changed:
        if len(wrong) < _FEWEST_WRONG:
            return
        step = f"{texts(attribute, old.value)} → {texts(attribute, new.value)}"
        names = f"from {earlier.title} to {later.title}"
        yield QuizItem(
            f"change/{attribute.id}/{earlier.id}/{later.id}", "change",
            f"What changed {names}?", f"{attribute.label}: {step}", partial(dict.fromkeys, wrong),
            (earlier.id, later.id), attribute.id, f"change/{later.family}",
            (_evidence(earlier, old), _evidence(later, new)),
            partial(_tags_of_change, tags, attribute, (earlier, old), (later, new)),
            f"{attribute.label} {names}: what changed?", step,
        )  # fmt: skip


def _tags_of_change(
    tags: Tags, attribute: Attribute, *sides: tuple[QuizSubject, Statement]
) -> frozenset[str]:
    found = (tags.of_claim("change", subject, attribute, claim.value) for subject, claim in sides)
    return frozenset(chain.from_iterable(found))


def _false_change(
    known: Certainties,
    earlier: QuizSubject,
    later: QuizSubject,
    attribute: Attribute,
    value: Any,
    texts: _Texts,
) -> str | None:
    """A change of `attribute` that did not happen: both certainly have `value`."""
    for term in attribute.terms:
        if known.refutes(earlier, attribute, term) and known.refutes(later, attribute, term):
            return f"{attribute.label}: {texts(attribute, term)} → {texts(attribute, value)}"
    return None


def _evidence(subject: QuizSubject, claim: Statement) -> Evidence:
    return Evidence(
        subject.id, claim.attribute, claim.value, claim.status, claim.source, claim.locator
    )
