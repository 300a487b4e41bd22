"""Entity resolution of imported models: by exact names, never by similarity.

Names match where their words, versions and sizes are equal: `LLaMA 2 7B` is `llama-2-7b`, but `Qwen1.5-7B`
is not `Qwen-15-7B`, and another publisher's re-upload is not the original.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from llmnotes.resolve import Statement
from llmnotes.vocabulary import fold

_WORDS = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")


def exact_key(name: str) -> str:
    """The words and numbers of a name in lower case; versions keep their points."""
    return "-".join(_WORDS.findall(name.lower()))


@dataclass(frozen=True, slots=True)
class Match:
    """The known model that an entry matches (`target`), or the `candidates` and why it is ambiguous."""

    target: str | None = None
    candidates: tuple[str, ...] = ()
    why: str = ""


class Matcher:
    """Matches names against all names in the open stores."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._publishers: dict[str, str | None] = {}
        self.unheard = False
        """Whether no known name has the letters and digits of the name last matched."""

    def match(self, name: str, aliases: tuple[str, ...] = (), params: int | None = None) -> Match:
        """The known model with exactly this name, or the candidates.

        `params` is the incoming model's count: a known model of the same name but more than twice or less
        than half as large is a different one.
        """
        self.unheard = False
        for text in (name, *aliases):
            found = self._called(text)
            self.unheard = self.unheard or (text is name and self._nothing)
            if len(found) > 1:
                return Match(None, tuple(sorted(found)), "several models are called so")
            if found:
                return self._sized(found.pop(), params)
        publisher, slash, rest = name.rpartition("/")
        if not slash:
            return Match()
        found = self._called(rest)
        own = {target for target in found if self._published(target, publisher)}
        if len(own) == 1:
            return self._sized(own.pop(), params)
        if found:
            return Match(None, tuple(sorted(found)), f"the same name, from {publisher}")
        return Match()

    def _called(self, text: str) -> set[str]:
        key, exact = fold(text), exact_key(text)
        rows = self._connection.execute(
            "SELECT target, text FROM names WHERE kind = 'model' AND key = ?", (key,)
        ).fetchall()
        self._nothing = not rows
        return {target for target, known in rows if exact_key(known) == exact}

    def is_model(self, key: str) -> bool:
        """Whether there is a model of this id."""
        found = self._connection.execute("SELECT 1 FROM models WHERE id = ?", (key,))
        return found.fetchone() is not None

    def bears(self, target: str, name: str) -> bool:
        """Whether the model is known by these letters and digits."""
        found = self._connection.execute(
            "SELECT 1 FROM names WHERE kind = 'model' AND key = ? AND target = ?",
            (fold(name), target),
        ).fetchone()
        return found is not None

    def told_of(self, name: str, claims: Sequence[Statement]) -> str | None:
        """The model called `name` that an earlier import had claims from these places about.

        Thus a name that stays ambiguous adds only one model, however often it is imported.
        """
        places = {(claim.source, claim.locator) for claim in claims}
        told: Counter[str] = Counter()
        rows = self._connection.execute(
            "SELECT DISTINCT n.target, c.source, c.locator, c.attribute FROM names n JOIN claims c "
            "ON c.subject_kind = 'model' AND c.subject = n.target "
            "WHERE n.kind = 'model' AND n.key = ? ORDER BY n.target",
            (fold(name),),
        )
        for target, source, locator, _ in rows:
            told[target] += (source, locator) in places
        best = told.most_common(1)
        return best[0][0] if best and best[0][1] else None

    def family(self, name: str) -> str | None:
        """The id of the family with exactly this name, which a model must not take."""
        exact = exact_key(name)
        rows = self._connection.execute(
            "SELECT target, text FROM names WHERE kind = 'family' AND key = ?", (fold(name),)
        )
        return next((target for target, known in rows if exact_key(known) == exact), None)

    def _sized(self, target: str, params: int | None) -> Match:
        known = self._size(target) if params else None
        if params and known and not known / 2 <= params <= known * 2:
            return Match(
                None, (target,), f"the same name, but {params:,} parameters, not {known:,}"
            )
        return Match(target)

    def _size(self, target: str) -> int | None:
        for schema in ("user", "main"):
            try:
                row = self._connection.execute(
                    f"SELECT params_total FROM {schema}.model_record WHERE id = ?", (target,)
                ).fetchone()
            except sqlite3.OperationalError:
                continue  # there is no user's store
            if row:
                return int(row[0]) if row[0] else None
        return None

    def _published(self, target: str, publisher: str) -> bool:
        """Whether `publisher` is the publisher of the known model."""
        organization = self.organization(publisher.rpartition("/")[2])
        if organization is None:
            return False
        return bool(
            self._connection.execute(
                "SELECT 1 FROM claims c, models m, json_each(c.value) j WHERE m.id = ? "
                "AND c.attribute = 'organization' AND j.value = ? AND "
                "((c.subject_kind = 'model' AND c.subject = m.id) OR "
                "(c.subject_kind = 'family' AND c.subject = m.family)) LIMIT 1",
                (target, organization),
            ).fetchone()
        )

    def organization(self, name: str) -> str | None:
        """The id of the known organization called `name`; None where there is none."""
        key = fold(name)
        if key not in self._publishers:
            row = self._connection.execute(
                "SELECT target FROM names WHERE kind = 'organization' AND key = ?", (key,)
            ).fetchone()
            self._publishers[key] = row[0] if row else None
        return self._publishers[key]

    def learn_organization(self, name: str, target: str) -> None:
        """Add an organization that was just written."""
        self._publishers[fold(name)] = target
