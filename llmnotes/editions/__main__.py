"""Writes the file of a new edition from the history of the curated files.

`python -m llmnotes.editions 2026.12`: what changed since the last edition, each correction with the
subject of the commit that made it, or the reason that a file gives. Written again, an edition keeps
the reasons that it had for the same changes.

    [llama-2-7b]                    # a model or a family
    n_layers = "Table 1 prints 32"  # the attribute; `model` for a model that was withdrawn
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path
from typing import Any

from llmnotes.catalog import DATA
from llmnotes.editions.differences import Difference, Key, differences, folded
from llmnotes.editions.files import NAME, Edition, ValueChange, editions, in_order, write
from llmnotes.editions.history import History
from llmnotes.editions.states import BaseState
from llmnotes.errors import InputError

REPOSITORY = DATA.parents[1]


def make(
    name: str,
    *,
    commit: str = "HEAD",
    reasons: Path | None = None,
    repository: Path = REPOSITORY,
    folder: Path | None = None,
) -> Edition:
    """The edition `name` of the curated files at `commit`; in the first one all families are new.

    Raises `InputError` where a correction has no reason, and for an invalid name or commit.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"{name!r}: name an edition by year and month, as 2026.12")
    kept = folder or repository / "llmnotes" / "data" / "editions"
    known = list(editions(kept))
    earlier = [item for item in known if in_order(item.name) < in_order(name)]
    same = [item for item in known if item.name == name]
    if len(known) > len(earlier) + len(same):
        raise InputError(
            f"{name}: {known[-1].name} is later; only the last edition is written anew"
        )
    previous = earlier[-1] if earlier else None
    written = same[0].changes if same else []
    history = History(repository)
    last = history.commit(commit)
    after = history.state(last)
    before = history.state(previous.commit) if previous else BaseState({})
    why = Reasons(history, previous.commit if previous else None, last, _given(reasons), written)
    changes = folded(before, after, why)
    if lacking := [change for change in changes if change.change != "added" and not change.reason]:
        told = ", ".join(f"{item.models[0]}.{item.attribute or 'model'}" for item in lacking[:5])
        raise InputError(
            f"no reason is known for {len(lacking)} changes: {told}; give --reasons FILE"
        )
    return Edition(
        name, history.day(last), last, previous.name if previous else None, len(after.families),
        len(after.models), sum(len(after.values(model)) for model in after.models), changes,
    )  # fmt: skip


class Reasons:
    """The reason of each change: from a file, or the subject of the last commit that changed the value."""

    def __init__(
        self,
        history: History,
        first: str | None,
        last: str,
        given: dict[str, Any],
        written: list[ValueChange],
    ) -> None:
        self._given = given
        self._written = {
            (
                model,
                change.attribute,
                repr((change.change, change.before, change.after)),
            ): change.reason
            for change in written
            for model in change.models
        }
        self._by_commit: dict[Key, str] = {}
        self._families: dict[str, str] = {}
        if first is None:
            return
        before = history.state(first)
        for commit in history.between(first, last):
            after, subject = history.state(commit, before), history.subject(commit)
            for key, _ in differences(before, after):
                self._by_commit[key] = subject
            self._families |= {model: family for model, (family, _) in after.models.items()}
            before = after

    def __call__(self, key: Key, difference: Difference) -> str | None:
        """The reason of one change; a new model needs none."""
        model, attribute = key
        for subject in (model, self._families.get(model, "")):
            if said := self._given.get(subject, {}).get(attribute or "model"):
                return str(said)
        if attribute is None and difference.change == "added":
            return None
        return self._written.get((*key, repr(tuple(difference)))) or self._by_commit.get(key)


def _given(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    for subject, items in found.items():
        if not isinstance(items, dict):
            raise InputError(f'{path}: write a table for {subject!r}: attribute = "reason"')
    return found


def summary(edition: Edition) -> str:
    """The edition in one line."""
    counts = {kind: _values(edition.changes, kind) for kind in ("added", "corrected", "withdrawn")}
    told = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    return (
        f"{edition.name}: {edition.families} families, {edition.models} models, "
        f"{edition.values:,} values; {told} since {edition.previous or 'nothing'}"
    )


def _values(changes: list[ValueChange], kind: str) -> int:
    return sum(change.values for change in changes if change.change == kind)


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m llmnotes.editions", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("name", help="the edition, by year and month: 2026.12")
    parser.add_argument("--commit", default="HEAD", help="the state it holds; HEAD without it")
    parser.add_argument("--reasons", type=Path, help="a TOML file of reasons")
    parser.add_argument("--repository", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    try:
        edition = make(
            asked.name, commit=asked.commit, reasons=asked.reasons, repository=asked.repository
        )
        path = write(edition, asked.repository / "llmnotes" / "data" / "editions")
    except InputError as error:
        raise SystemExit(str(error)) from None
    print(f"{summary(edition)}\n{path}")


if __name__ == "__main__":
    main()
