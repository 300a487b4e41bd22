"""Faults planted in true claims of the base: how many are refused by copies of their sources.

    python benchmarks/planted_claims.py FOLDER-OF-COPIES [FAULTS-OF-EACH-KIND] [SEED]

A fault is a score of another model of the same table, another number of shots, a share or rate ten times too
small, or a parameter whose new number stands elsewhere in the text. Each is planted alone, in a claim that is
found again; what is refused before planting is printed as an objection.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from llmnotes import catalog
from llmnotes.evidence.agreement import spellings
from llmnotes.evidence.copies import Copies, Copy
from llmnotes.evidence.hold import hold
from llmnotes.evidence.nearness import figures
from llmnotes.evidence.places import places
from llmnotes.evidence.rows import OwnRow, labels
from llmnotes.evidence.scores import ClaimSubject, names_of, tables_for
from llmnotes.records import Claim, Source
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import parse_value

SHOTS = (0, 1, 2, 3, 4, 5, 8, 10, 25)
SHOT = re.compile(r"(?<![\w–-])\d+-shot")
RATES = ("weight_decay", "dropout", "gradient_clipping")


class Place(NamedTuple):
    """A true claim whose source has a copy."""

    attribute: str
    claim: Claim
    source: Source
    subject: ClaimSubject
    copy: Copy


Plant = Callable[[Place, random.Random], Claim | None]


def claims(copies: Copies) -> Iterator[Place]:
    """Every claim of the base that is held against a copy."""
    found = catalog.load()
    models = (model for family in found.families for model in family.models)
    tables = tables_for(names_of(models), found.entities["benchmark"])
    for family in found.families:
        names = {m.id: labels(m.id, m.name, m.aliases, m.size) for m in family.models}
        for member in (family, *family.models):
            row = OwnRow(member.id, names) if member is not family else None
            for attribute, listed in member.claims.items():
                for claim in listed:
                    source = found.sources[claim.source] if claim.source else None
                    if source is None or source.kind == "formula" or claim.status != "reported":
                        continue
                    copy = copies.of(source.via or source.id)
                    if copy is not None and claim.value is not None:
                        yield Place(attribute, claim, source, ClaimSubject(tables, row), copy)


def score(place: Place, draw: random.Random) -> Claim | None:
    """The score of another model at the same benchmark of the same table."""
    if place.attribute != "evaluation" or place.subject.row is None or place.claim.printed:
        return None
    value = parse_value(ATTRIBUTES["evaluation"], place.claim.value)
    at = draw.randrange(len(value))
    item = value[at]
    if "score" not in item:
        return None
    true = set(spellings(Decimal(str(item["score"]))))
    parts = places(place.claim.at or "", place.copy)
    others = []
    for grids in place.subject.tables.of(place.copy, place.claim.at or "", parts):
        for table in grids.tables:
            for cell in table.cells:
                if true & cell.figures:
                    others += [
                        figure
                        for other in table.cells
                        if (other.label == cell.label) != (other.head == cell.head)
                        and item["benchmark"].lower()
                        in " ".join((*other.label, *other.head)).lower()
                        for figure in other.figures - true
                        if "." in figure
                    ]
    if not others:
        return None
    return _with(place, at, score=float(draw.choice(sorted(others))))


def shots(place: Place, draw: random.Random) -> Claim | None:
    """Another number of shots."""
    if place.attribute != "evaluation":
        return None
    value = parse_value(ATTRIBUTES["evaluation"], place.claim.value)
    at = draw.randrange(len(value))
    setting = value[at].get("setting") or ""
    said = SHOT.search(setting)
    if said is None:
        return None
    other = draw.choice([f"{number}-shot" for number in SHOTS if f"{number}-shot" != said[0]])
    return _with(place, at, setting=setting.replace(said[0], other))


def tenth(place: Place, draw: random.Random) -> Claim | None:
    """A share or rate ten times too small."""
    if place.attribute in RATES and isinstance(place.claim.value, float):
        return place.claim.model_copy(update={"value": place.claim.value / 10})
    if place.attribute != "training_data":
        return None
    value = parse_value(ATTRIBUTES["training_data"], place.claim.value)
    weighted = [number for number, item in enumerate(value) if "weight" in item]
    if not weighted:
        return None
    at = draw.choice(weighted)
    return _with(place, at, weight=float(Decimal(repr(value[at]["weight"])) / 10))


def parameter(place: Place, draw: random.Random) -> Claim | None:
    """A parameter with a number that stands somewhere else in the text."""
    numeric = {
        name: number
        for name, number in place.claim.parameters.items()
        if isinstance(number, int | float) and not isinstance(number, bool)
    }
    if not numeric or place.source.kind == "config":
        return None
    name = draw.choice(sorted(numeric))
    true = Decimal(repr(numeric[name])).normalize()
    alike = [
        number
        for number in figures(place.copy.text)
        if number != true
        and number
        and (number < 1) == (true < 1)
        and true / 1000 < number < true * 1000
    ]
    if not alike:
        return None
    return place.claim.model_copy(
        update={"parameters": {**place.claim.parameters, name: float(draw.choice(sorted(alike)))}}
    )


def _with(place: Place, at: int, **changed: Any) -> Claim:
    value = [dict(item) for item in parse_value(ATTRIBUTES[place.attribute], place.claim.value)]
    value[at] |= changed
    return place.claim.model_copy(update={"value": value})


KINDS: dict[str, Plant] = {
    "score of another model": score,
    "other shots": shots,
    "a tenth": tenth,
    "parameter from elsewhere": parameter,
}


def main(folder: str, most: int = 400, seed: int = 7) -> None:
    copies, draw = Copies(Path(folder)), random.Random(seed)
    listed = list(claims(copies))
    draw.shuffle(listed)
    made: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    objections = tried = 0
    for place in listed:
        planted = {kind: plant(place, draw) for kind, plant in KINDS.items() if made[kind] < most}
        if not any(planted.values()):
            continue
        tried += 1
        before = hold(place.attribute, place.claim, place.source, copies, place.subject)
        if before.outcome == "not found":
            objections += 1
            print(f"objection: {place.attribute} at {place.claim.at}: {before.problem}")
            continue
        for kind, claim in planted.items():
            if claim is not None:
                made[kind] += 1
                after = hold(place.attribute, claim, place.source, copies, place.subject)
                refused[kind] += after.outcome == "not found"
    for kind in KINDS:
        share = refused[kind] / max(made[kind], 1)
        print(f"{kind:26} {made[kind]:>5} planted {refused[kind]:>5} refused {share:>7.1%}")
    print(f"{objections} objections to {tried} true claims")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))
