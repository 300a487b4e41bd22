"""Counts how many claims can be verified automatically; `python -m llmnotes.evidence.audit FOLDER`."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from llmnotes import catalog
from llmnotes.errors import LlmnotesError
from llmnotes.evidence.copies import Copies
from llmnotes.evidence.hold import Outcome, hold
from llmnotes.evidence.rows import OwnRow, labels
from llmnotes.evidence.scores import ClaimSubject, names_of, tables_for

OUTCOMES: tuple[str, ...] = get_args(Outcome)


@dataclass
class Audit:
    """The outcomes of a family's claims, each one not found with the reason, and the copies it lacks.

    `missing` counts the claims that could not be looked up by the source whose copy is missing.
    """

    family: str
    counts: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    missing: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """The share found among claims that give something to find and whose copy exists; else 1."""
        tried = self.counts["found again"] + self.counts["not found"]
        return self.counts["found again"] / tried if tried else 1.0


def audit(found: catalog.Catalog, copies: Copies) -> Iterator[Audit]:
    """The audit of each family of a catalog."""
    models = (model for family in found.families for model in family.models)
    tables = tables_for(names_of(models), found.entities["benchmark"])
    for family in found.families:
        result = Audit(family.id)
        names = {
            model.id: labels(model.id, model.name, model.aliases, model.size)
            for model in family.models
        }
        for subject in (family, *family.models):
            row = OwnRow(subject.id, names) if subject is not family else None
            held = ClaimSubject(tables, row)
            for attribute, claims in subject.claims.items():
                for claim in claims:
                    source = found.sources[claim.source] if claim.source else None
                    verdict = hold(attribute, claim, source, copies, held)
                    result.counts[verdict.outcome] += 1
                    told = f"{subject.id}.{attribute}: {verdict.problem}"
                    if verdict.outcome == "not found":
                        result.lost.append(told)
                    elif verdict.outcome == "unnamed":
                        result.unnamed.append(told)
                    elif source and verdict.outcome == "copy missing":
                        result.missing[source.via or source.id] += 1
        yield result


def main(arguments: list[str]) -> int:
    """Print the audit of the curated base against a folder of copies; returns 1 where a claim is lost."""
    if len(arguments) != 1:
        print("usage: python -m llmnotes.evidence.audit FOLDER", file=sys.stderr)
        return 2
    try:
        results = list(audit(catalog.load(), Copies(Path(arguments[0]))))
    except LlmnotesError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    with contextlib.suppress(BrokenPipeError):
        print("\n".join(report(results)), flush=True)
    return int(any(item.lost for item in results))


def report(results: list[Audit]) -> list[str]:
    """A table of the counts, then every claim that was not found, and every copy that is missing."""
    width = max(len(item.family) for item in results)
    said = [f"{'family':{width}}  {'  '.join(OUTCOMES)}"]
    for item in results:
        cells = "  ".join(f"{item.counts[name]:>{len(name)}}" for name in OUTCOMES)
        said.append(f"{item.family:{width}}  {cells}  {item.share:7.1%}")
    for item in results:
        said += [*item.lost, *item.unnamed]
    for item in results:
        for source, number in sorted(item.missing.items()):
            claims = f"{number} claims" if number > 1 else "1 claim"
            said.append(f"{item.family}: the folder has no copy of {source}, {claims}")
    return said


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
