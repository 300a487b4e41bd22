"""Entity resolution of the model names in tables, with the sizes written in them."""

from __future__ import annotations

import itertools
import re
import sqlite3
from typing import NamedTuple

from llmnotes.errors import InputError
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.layout.joined_names import joined_names
from llmnotes.factcheck.layout.loose_names import LooseNames, without_publisher
from llmnotes.factcheck.layout.name_forms import adds_models, unlinked
from llmnotes.factcheck.layout.table_names import may_mean
from llmnotes.knowledge.names import meant
from llmnotes.pattern import late
from llmnotes.quantities.sizes import Size, find_sizes, without_sizes
from llmnotes.vocabulary import fold


class TableSubject(NamedTuple):
    """The models that a name denotes.

    `kind` is `model`, `family`, `several` for a cell of several names, `line` for a name that may mean
    any family of a line, or `any` for one that tables use of any of several models; `loose` marks the bare
    name of a line (`LLaMA`), which may also mean its later generations; `taken` is the origin of the name
    where no cell has it; `bare` marks a name that does not say whether the model is post-trained.
    """

    kind: str
    id: str
    models: tuple[str, ...]
    loose: bool = False
    taken: str = ""
    bare: bool = False

    @property
    def family_wide(self) -> bool:
        """Whether the name denotes several sizes."""
        return len(self.models) > 1


_TIMES = late(r"×|(?<=\d)\*(?=\d)")
_CITATION = late(
    r"\[[^\]]{0,40}\]|\((?:[^()]{0,80}\W)?(?:et al|(?:19|20)\d\d)\b[^()]{0,80}\)|:[a-z_]{1,40}:"
    r"|(?<![*†‡§¶^])[*†‡§¶^]+$"
    r"|\set al\b[\s\S]*"
)
_TWO_NAMES = late(r"[^\W\d_]{3,20}/[^\W\d_]{3,20}|[^\W\d_][^/]{0,20}\d(?:\.\d)?\s?/\s?\d(?:\.\d)?")
"""Two names without numbers, and no address of a hub: `Mistral/Mixtral`; or two versions: `GPT-4/5`."""
_BRACKETS = late(r"[(（]([^()（）]*)[)）]")
_TUNED = late(r"(?:(?<![\s\-_])[\s\-_]+)?\b(chat|instruct|it|sft|rlhf)\b", re.I)
_ABBREVIATED = late(r"(?<![^\W_])inst?(?:\.|(?![^\W_]))", re.I)
_FILLERS = late(
    r"\b(the|base|pre-?trained|models?|family|series|text only|ours|baseline|original|paper|v1\.0)\b"
    r"|模型|系列",
    re.I,
)
_BASE = late(r"(?<![^\W_])(?:base|pre-?trained)(?![^\W_])", re.I)
_TAGGED = late(r"[^\s/:]+:[^\s/:]+")
_CHANGED = late(
    r"(?<![^\W_])(?:uncensored|abliterated|decentrali[sz]ed|older|newer|turbo|fast|thinking|reasoning"
    r"|gguf|awq|gptq|mlx|exl2|bnb|nvfp4|mxfp4|fp8|fp4|int[48]|i?q\d_\w+|\d-?bit|lora|qlora|distill\w*"
    r"|[^\W_]+-oriented|fine-?tuned|merged?|dpo|(?:19|20)\d{6})(?![^\W_])",
    re.I,
)
"""Words beside a name that denote another model, another form of it or a different day's version."""
_DATED = late(r"(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)")
"""A day after a name is that of a snapshot; a year alone is that of a citation."""
_ZEROTH = late(r"(?<=\d)\.0(?![\w.])")
"""The rest of a version that is often written without it: `Llama 2.0`."""
_LENGTH = late(r"(?<![\w.])\d{1,4}k(?!\w)|(?<![\w.])[1-9]m(?!\w)", re.I)
"""In a name: an extended context length, which denotes a different model."""
_SHORTEST_NAME = 6
"""Characters of a name that has a meaning without its number."""
_SIZE_TOLERANCE = 0.04
"""Relative tolerance between the size in a name and a count: `LLaMA 33B` is 32.5B."""


class Names:
    """Resolves the names of a table, with a cache."""

    def __init__(self, connection: sqlite3.Connection, base: BaseClaims) -> None:
        self._connection = connection
        self._base = base
        self._found: dict[str, TableSubject | None] = {}
        self._lines = self._read_lines()
        self._loose = LooseNames(connection, self._search_models)

    def _read_lines(self) -> dict[str, list[str]]:
        """Families by line, first generation first."""
        found: dict[str, list[str]] = {}
        rows = self._connection.execute(
            "SELECT id, line FROM families WHERE line IS NOT NULL ORDER BY id"
        )
        for family, line in rows:
            found.setdefault(line, []).append(family)
        return found

    def find(self, text: str) -> TableSubject | None:
        """The model or family called `text`; None where it is unknown."""
        if text not in self._found:
            found = self._whom(text) if len(text) <= 120 else None
            if found is not None and not _BASE.search(text):
                found = found._replace(bare=True)
            self._found[text] = found
        return self._found[text]

    def _whom(self, text: str) -> TableSubject | None:
        text = unlinked(text)
        return (
            self._any(text)
            or (self._several(text) if _TWO_NAMES.fullmatch(text.strip()) else None)
            or self._search(text) or self._several(text) or self._line(text)
            or self._loosely(text)
        )  # fmt: skip

    def _loosely(self, text: str) -> TableSubject | None:
        """The models of a name with more in it than the base's, true of any; a publisher before it may go."""
        models = self._loose.models(" ".join(_CITATION.sub(" ", text).split()))
        if models:
            return TableSubject("any", models[0], models)
        publisher, rest = without_publisher(text, self._base.organizations)
        found = (self._search(rest) or self._any(rest) or self._line(rest)) if rest else None
        if found is None:
            return None
        claims = self._base.known(found.models[0], "organization").claims
        return found if any(publisher in claim.value for claim in claims) else None

    def _search_models(self, text: str) -> tuple[str, ...]:
        found = self._search(text)
        return found.models if found is not None else ()

    def _any(self, text: str) -> TableSubject | None:
        """All models that a name of tables may mean: `ChatGPT`."""
        several = (self._exact(name) for name in may_mean(self._keys(text)))
        found = [one for one in several if one is not None]
        models = tuple(dict.fromkeys(model for one in found for model in one.models))
        return TableSubject("any", found[0].id, models) if models else None

    def _keys(self, text: str) -> list[str]:
        return [fold(one) for one in self._spellings(" ".join(_CITATION.sub(" ", text).split()))]

    def _line(self, text: str) -> TableSubject | None:
        """All generations that a bare name may mean: those of a line (`Claude`), or numbered ones of the
        name (`Mistral Large`)."""
        keys = self._keys(text)
        families = next((self._lines[key] for key in keys if key in self._lines), [])
        families = families or next((found for key in keys if (found := self._numbered(key))), [])
        models = (model for family in families for model in self._base.members(family))
        every = tuple(dict.fromkeys(models))
        return TableSubject("line", families[0], every) if every else None

    def _numbered(self, key: str) -> list[str]:
        """The families whose name is a folded one with a number behind it."""
        if len(key) < _SHORTEST_NAME or key[-1].isdigit():
            return []
        rows = self._connection.execute(
            "SELECT key, target FROM names WHERE kind = 'family' AND key > ? AND key < ? ORDER BY key",
            (f"{key}0", f"{key}:"),
        )
        found = (target for name, target in rows if name.removeprefix(key).isdigit())
        return list(dict.fromkeys(found))

    def _several(self, text: str) -> TableSubject | None:
        """All models named in a cell of several names; None where one of them is unknown."""
        found = []
        for spellings in joined_names(text):
            one = next((s for name in spellings if (s := self._search(name)) is not None), None)
            if one is None:
                return None
            found.append(one)
        models = dict.fromkeys(model for one in found for model in one.models)
        return TableSubject("several", found[0].id, tuple(models)) if found else None

    def generations(self, family: str) -> list[str]:
        """The other families of the same line."""
        for families in self._lines.values():
            if family in families:
                return [item for item in families if item != family]
        return []

    def named_alike(self, family: str) -> list[str]:
        """The other families that the bare name of the line may mean: its name with a number."""
        line = next((name for name, found in self._lines.items() if family in found), "")
        numbered = re.compile(rf"{re.escape(line)}-?\d")
        return [item for item in self.generations(family) if numbered.match(item)]

    def _search(self, text: str) -> TableSubject | None:
        plain = " ".join(_CITATION.sub(" ", _TIMES.sub("x", text)).split())
        plain = _ABBREVIATED.sub("Instruct", plain)
        sizes = find_sizes(plain)
        if not _listed(plain, sizes) or self._is_ambiguous(plain):
            return None
        if versions := _versions(plain):
            return self._exact(versions[0]) if len(versions) == 1 else None
        outside = not any(find_sizes(item[1]) for item in _BRACKETS.finditer(plain))
        if _DATED.search(text):
            return self._exact(text)
        for name in self._spellings(plain, outside=outside):
            if (found := self._exact(name)) is not None:
                found = self._namesake(found, fold(name)) if _ZEROTH.search(plain) else found
                found = self._based(found, plain)
                return found if self._may_be(found, plain, name) else None
        stretched = _LENGTH.search(_BRACKETS.sub(" ", plain))
        if stretched or _TAGGED.fullmatch(plain) or _CHANGED.search(plain):
            return None
        tuned = _TUNED.search(plain)
        if tuned:
            plain = _TUNED.sub(" ", plain)
        if adds_models(plain):
            return None
        bare = _BRACKETS.sub(" ", without_sizes(plain))
        for name in self._spellings(bare):
            found = self._exact(name)
            if found is None:
                continue
            if sizes:
                found = self._sized(found, plain, tuned[1] if tuned else "")
            elif tuned:
                found = self._variant(found, tuned[1])
            return found if found is None or self._may_be(found, plain, name) else None
        return None

    def _based(self, subject: TableSubject, text: str) -> TableSubject:
        """Of a family of tunes, those of the base named in brackets: `OpenAssistant (Pythia family)`."""
        for inside in _BRACKETS.findall(text) if subject.kind == "family" else ():
            named = (self._exact(name) for name in self._spellings(inside))
            bases = next((set(one.models) for one in named if one is not None), set())
            tunes = tuple(m for m in self._base.members(subject.id) if bases & self._base.bases(m))
            if tunes:
                return subject._replace(models=tunes)
        return subject

    def _namesake(self, subject: TableSubject, key: str) -> TableSubject:
        """The member that has the family's own name, if one: M2.0 is M2 without M2.1."""
        every = self._base.members(subject.id, None) if subject.kind == "family" else ()
        own = tuple(model for model in every if fold(self._base.name(model)) == key)
        return TableSubject("model", own[0], own) if len(own) == 1 else subject

    def _may_be(self, found: TableSubject, text: str, name: str) -> bool:
        """Whether a name without `base` is that of a base model."""
        if not _BASE.search(text) or _BASE.search(name) or _BASE.search(found.id):
            return True
        return any(self._base.variant(model) == "base" for model in found.models)

    def _spellings(self, text: str, outside: bool = True) -> list[str]:
        """The name as written, then without brackets and fillers.

        With `outside`, the content of brackets may be dropped, unless it denotes another model.
        """
        found = [text, _BRACKETS.sub(r" \1 ", text)]
        changed = any(_CHANGED.search(item[1]) for item in _BRACKETS.finditer(text))
        if outside and not changed and not adds_models(text):
            found.append(_BRACKETS.sub(" ", text))
        found += [_FILLERS.sub(" ", item) for item in found]
        found += [_ZEROTH.sub("", item) for item in found]
        return list(dict.fromkeys(" ".join(item.split()) for item in found if item.strip()))

    def _is_ambiguous(self, name: str) -> bool:
        try:
            meant(self._connection, name)
        except InputError:
            return True
        return False

    def _exact(self, name: str) -> TableSubject | None:
        """The subject of a name by itself; None where it is ambiguous."""
        if not fold(name):
            return None
        try:
            found = meant(self._connection, name)
        except InputError:
            return None
        return None if found is None else self._subject(found.kind, found.id, fold(name))

    def _subject(self, kind: str, target: str, key: str) -> TableSubject:
        if kind == "model":
            return TableSubject("model", target, (target,))
        loose = key in self._lines and bool(self.named_alike(target))
        models = self._base.members(target)
        # A tuned member with the family's name may be meant too.
        namesakes = (one for one in self._base.members(target, None) if one not in models)
        models = [*models, *(one for one in namesakes if fold(self._base.name(one)) == key)]
        return TableSubject("family", target, tuple(models), loose)

    def _sized(self, subject: TableSubject, text: str, tuned: str) -> TableSubject | None:
        """The member that has the size written in the name; the family where it lists several.

        `tuned` is the word for the post-training in the name, if any.
        """
        texts = [size.text for size in find_sizes(text)]
        if len(texts) > 1:
            return subject
        models = self.of_size(subject.models, texts[0])
        for later in self.generations(subject.id):  # `Llama 3 405B` is of Llama 3.1
            if not models and later.startswith(f"{subject.id}."):
                models = self.of_size(tuple(self._base.members(later)), texts[0])
        if not models:
            return None
        found = subject._replace(kind="model", id=models[0], models=(models[0],), loose=False)
        return self._variant(found, tuned) if tuned else found

    def _variant(self, subject: TableSubject, tuned: str) -> TableSubject | None:
        """The post-trained variants that have the word in their own names.

        Others tune a base too: `Llama 2 7B SFT` is not the chat model of its publisher. A model that is
        already post-trained is itself: `DeepSeek-V2.5 Chat`.
        """
        if tuned.lower() in {"chat", "instruct", "it"} and all(
            self._base.variant(model) == "post-trained" for model in subject.models
        ):
            return subject
        models = [
            model
            for model in self._base.variants(subject.models)
            if self._base.variant(model) == "post-trained" and self._says(model, tuned)
        ]
        if not models:
            return None
        kind = "model" if len(models) == 1 else "several"
        return TableSubject(kind, models[0], tuple(models), taken=subject.taken)

    def _says(self, model: str, word: str) -> bool:
        rows = self._connection.execute(
            "SELECT text FROM names WHERE kind = 'model' AND target = ?", (model,)
        )
        return any(_word(word).search(text) for (text,) in rows)

    def of_size(self, models: tuple[str, ...], text: str) -> list[str]:
        """The members of `models` with the size written as `text`, the nearest first."""
        sizes = find_sizes(text)
        key = fold(text)
        named = [m for m in models if _ends(fold(m), key) or _ends(fold(self._base.name(m)), key)]
        count = sizes[0].parameters if sizes else None
        return named if named or not count else self.of_count(models, count)

    def of_count(self, models: tuple[str, ...], count: float) -> list[str]:
        """The members of `models` with about this many parameters, the nearest first."""
        ranked = []
        for model in models:
            known = self._base.known(model, "params_total")
            apart = min((abs(c.value - count) / count for c in known.claims), default=1.0)
            if apart <= _SIZE_TOLERANCE:
                ranked.append((apart, model))
        return [model for _, model in sorted(ranked)]

    def families(self, most: int) -> list[str]:
        """Ids of all families; none where there are more than `most`."""
        rows = self._connection.execute(
            "SELECT id FROM families ORDER BY id LIMIT ?", (most + 1,)
        ).fetchall()
        return [row[0] for row in rows] if len(rows) <= most else []

    def has_base(self, family: str) -> bool:
        """Whether a family has models of its own training, and is no tune of another family's."""
        return any(self._base.variant(model) == "base" for model in self._base.members(family))

    def covering(self, family: str, item: Item) -> list[str]:
        """The members of a family whose number of parameters an item covers."""
        return [
            model
            for model in self._base.members(family)
            if any(item.covers(c.value) for c in self._base.known(model, "params_total").claims)
        ]


def _versions(text: str) -> list[str]:
    """The folded names in brackets that run on from the one before them: `GPT-4 (gpt-4-1106-preview)`."""
    start = fold(_BRACKETS.sub(" ", text))
    inside = map(fold, _BRACKETS.findall(text))
    return [
        words for words in inside if len(start) > 2 and words.startswith(start) and words != start
    ]


def _ends(name: str, size: str) -> bool:
    """Whether a folded name ends in a size: `pythia-12b` does not end in 2b."""
    return name.endswith(size) and not re.search(r"[\d.]$", name.removesuffix(size))


def _word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)


_BETWEEN = late(r"[\s,;/&+|()·–—-]*(?:\b(?:and|or|to|bis|und)\b[\s]*)?", re.IGNORECASE)


def _listed(text: str, sizes: list[Size]) -> bool:
    """Whether sizes are a list; in `7B-Instruct-1M` the second is not one of the model."""
    return all(
        _BETWEEN.fullmatch(text, before.end, after.start)
        for before, after in itertools.pairwise(sizes)
    )
