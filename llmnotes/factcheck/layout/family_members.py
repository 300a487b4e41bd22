"""The members of a family that a name tells by a size, a version or the word for its post-training."""

from __future__ import annotations

import re
import sqlite3

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.families import Families
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.vocabulary import fold

_CHAT = late(r"chat(?=[A-Z])", re.IGNORECASE)
"""The beginning of a name that says so itself: `ChatGLM3-6B-chat`."""
_LISTED = late(r"\d\s?[BM]\b\s?(?:[/,;、，&+]|and\b|und\b|et\b|y\b|и\b|和)", re.IGNORECASE)
"""Sizes one by one, `7B / 180B`, and not the ends of a range."""
_GENERAL = ("chat", "instruct", "it")
"""Words that people use of any post-trained model, whichever its publisher uses: `Qwen2-Chat`."""
_VERSION_NAMED = late(r"[^\W\d_]{3,20}[\s-]?v?\d(?:\.\d)?[\s-](?!\d)[^\W\d_]{3,12}", re.IGNORECASE)
"""A version with a name of its own."""
_EXPERTS = late(r"\d+\s?[x×]\s?\d", re.IGNORECASE)
"""A size by its experts: `8x7B`."""


class FamilyMembers:
    """Narrows the subject of a name to the members that its other words tell."""

    def __init__(
        self, connection: sqlite3.Connection, base: BaseClaims, families: Families
    ) -> None:
        self._connection = connection
        self._base = base
        self._families = families

    def namesake(self, subject: TableSubject, key: str) -> TableSubject:
        """The member that has the family's own name, if one: M2.0 is M2 without M2.1."""
        every = self._base.members(subject.id, None) if subject.kind == "family" else ()
        own = tuple(model for model in every if fold(self._base.name(model)) == key)
        return TableSubject("model", own[0], own) if len(own) == 1 else subject

    def sized(self, subject: TableSubject, name: str, text: str, tuned: str) -> TableSubject | None:
        """The member that has the size written in `text`; the family where it lists several.

        None where it lists one of experts that no member has: `Mistral 7B / 8x7B`.
        `name` is the text without its size, `tuned` the word for the post-training in it, if any.
        """
        subject = self._called_so(subject, name)
        texts = [size.text for size in find_sizes(text)]
        if len(texts) > 1:
            of_experts = [one for one in texts if _EXPERTS.match(one)]
            if not all(self._families.of_size(subject.models, one) for one in of_experts):
                return None
            each = [self._families.of_size(subject.models, one) for one in texts]
            if not all(each) or not _LISTED.search(text):
                return subject
            named = tuple(dict.fromkeys(model for found in each for model in found))
            return subject._replace(kind="several", id=named[0], models=named)
        models = self._families.of_size(subject.models, texts[0])
        for later in self._families.generations(subject.id):  # `Llama 3 405B` is of Llama 3.1
            if not models and later.startswith(f"{subject.id}."):
                models = self._families.of_size(tuple(self._base.members(later)), texts[0])
        models = models or self._families.of_active(subject.models, texts[0])
        if not models:
            return None
        found = subject._replace(kind="model", id=models[0], models=(models[0],), loose=False)
        return self.variant(found, tuned) if tuned else found

    def _called_so(self, subject: TableSubject, name: str) -> TableSubject:
        """A family with those members alone whose names begin with a name, where they are tuned: `CALM2`."""
        if subject.kind != "family" or fold(self._base.name(subject.models[0])).startswith(
            fold(name)
        ):
            return subject
        rows = self._connection.execute(
            "SELECT DISTINCT target FROM names WHERE kind = 'model' AND key > ? AND key < ?",
            (fold(name), f"{fold(name)}{{"),
        )
        called = {model for (model,) in rows}
        every = tuple(m for m in self._base.members(subject.id, None) if m in called)
        return (
            subject._replace(models=every)
            if every and not called & set(subject.models)
            else subject
        )

    def variant(self, subject: TableSubject, tuned: str) -> TableSubject | None:
        """The post-trained variants that have the word in their own names.

        Others tune a base too: `Llama 2 7B SFT` is not the chat model of its publisher. A model that is
        already post-trained is itself: `DeepSeek-V2.5 Chat`.
        """
        if tuned.lower() in _GENERAL and all(
            self._base.variant(model) == "post-trained" for model in subject.models
        ):
            return subject
        tuned_ones = [
            model
            for model in self._base.variants(subject.models)
            if self._base.variant(model) == "post-trained"
        ]
        words = (tuned, *(_GENERAL if tuned.lower() in _GENERAL else ()))
        each = ([one for one in tuned_ones if self._says(one, word)] for word in words)
        models = next(filter(None, each), [])
        if not models:
            return None
        kind = "model" if len(models) == 1 else "several"
        return TableSubject(kind, models[0], tuple(models), taken=subject.taken)

    def is_only_one(self, text: str, models: tuple[str, ...]) -> bool:
        """Whether a version with a name of its own came in one size: `Nemotron 3 Super`."""
        if len(models) != 1 or _VERSION_NAMED.fullmatch(text.strip()) is None:
            return False
        kin = self._base.members(self._base.family(models[0]) or "", None)
        called = {self._base.size(one) for one in kin if fold(text) in fold(self._base.name(one))}
        return called <= {self._base.size(models[0])}

    def _says(self, model: str, word: str) -> bool:
        """Whether a model has a name with the word in it."""
        rows = self._connection.execute(
            "SELECT text FROM names WHERE kind = 'model' AND target = ?", (model,)
        )
        return any(
            _word(word).search(text) or (word.lower() == "chat" and _CHAT.match(text))
            for (text,) in rows
        )


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
