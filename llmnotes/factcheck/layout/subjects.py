"""Entity resolution of the model names in tables, with the sizes written in them."""

from __future__ import annotations

import sqlite3
from unicodedata import combining, normalize

from llmnotes.errors import InputError
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.bracketed import bases_named, is_of_another
from llmnotes.factcheck.layout.families import Families
from llmnotes.factcheck.layout.family_members import FamilyMembers
from llmnotes.factcheck.layout.joined_names import joined_names
from llmnotes.factcheck.layout.loose_names import LooseNames, without_publisher
from llmnotes.factcheck.layout.name_forms import (
    adds_models,
    is_of_stage,
    is_preview,
    unlinked,
    without_form,
    without_pattern,
)
from llmnotes.factcheck.layout.name_words import (
    ABBREVIATED,
    BASE,
    BRACKETS,
    CHANGED,
    DATED,
    EFFECTIVE,
    LENGTH,
    MIXTURE,
    NO_TUNE,
    PARTS,
    SIZE_TAG,
    TAGGED,
    TIMES,
    TUNED,
    TWICE,
    TWO_NAMES,
    VERSION,
    ZEROTH,
    in_billions,
    listed,
    size_words,
    spellings,
    versions,
    without_citations,
    without_fillers,
)
from llmnotes.factcheck.layout.table_names import may_mean
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.knowledge.name_meaning import meant
from llmnotes.quantities.sizes import find_sizes, without_sizes
from llmnotes.vocabulary import fold


class Names(Families):
    """Resolves the names of a table, with a cache; looks up the families of what it finds."""

    def __init__(self, connection: sqlite3.Connection, base: BaseClaims) -> None:
        super().__init__(connection, base)
        self._found: dict[str, TableSubject | None] = {}
        self._members = FamilyMembers(connection, base, self)
        self._loose = LooseNames(connection, self._search_models)

    def find(self, text: str) -> TableSubject | None:
        """The model or family called `text`; None where it is unknown."""
        if text not in self._found:
            found = self._whom(text) if len(text) <= 120 else None
            if found is not None and not BASE.search(text):
                found = found._replace(bare=True)
            if found is not None and VERSION.search(text) and not self._is_exact(text):
                found = found._replace(kind="form" if len(found.models) == 1 else "any")
            if found is not None and is_of_stage(text) and not self._is_exact(text):
                found = found._replace(kind="preview")
            self._found[text] = found
        return self._found[text]

    def family_of(self, text: str) -> TableSubject | None:
        """The whole family of the models called `text`; None where they are of none or of several."""
        found = self.find(text)
        families = {self._base.family(model) for model in found.models} if found else set()
        family = families.pop() if len(families) == 1 else None
        return None if family is None else self._subject("family", family, fold(text))

    def beside(self, models: tuple[str, ...]) -> list[str]:
        """The other variants of models, of the same sizes."""
        return self._base.variants(models)

    def is_publisher(self, text: str) -> bool:
        """Whether a text is the name of a publisher and nothing else."""
        return fold(text) in self._base.organizations

    def _is_exact(self, text: str) -> bool:
        """Whether a name with what stands in brackets is one of the base's."""
        return self._exact(BRACKETS.sub(r" \1 ", text)) is not None

    def _whom(self, text: str) -> TableSubject | None:
        found = self._meant(text)
        if found is None or is_of_another(self._base, found, text):
            return None
        own = [size_words(self._base.name(model)) for model in found.models]
        said = size_words(text)  # `LUKE (base)` is not LUKE large
        return None if said and all(words and not words & said for words in own) else found

    def _meant(self, text: str) -> TableSubject | None:
        text = unlinked(text)
        if (sized := in_billions(text)) != text and (found := self.find(sized)) is not None:
            return found
        if (named := without_pattern(text)) != text:  # of the sizes listed, the base may lack some
            found = self.find(named)
            return found and found._replace(kind="any")
        plain = without_fillers(text)
        return (
            self._of_that_name(text)
            or self._with_members(text)
            or ("(" in text and self._exact(text))  # a model's own name: `Claude 3.5 Sonnet (October 2024)`
            or self._any(text)
            or self._paired(plain)
            or self._sized(text) or self._search(text) or self._several(text) or self._line(text)
            or self._loosely(text)
            or self._otherwise(text)
        )  # fmt: skip

    def _of_that_name(self, text: str) -> TableSubject | None:
        """The model with exactly this name, whatever its parts mean in others: `Qwen2.5-7B-Instruct-1M`."""
        found = self._exact(text)
        named = found is not None and found.kind == "model"
        return found if named and found and fold(self._base.name(found.id)) == fold(text) else None

    def _otherwise(self, text: str) -> TableSubject | None:
        """The models of a name without its accents (`Vicuña`), of its first line, or said twice."""
        if (twice := TWICE.fullmatch(text)) is not None:
            both = [one for one in map(self.find, twice.groups()) if one is not None]
            if len(both) == 2 and set(both[0].models) & set(both[1].models):
                return min(both, key=lambda one: len(one.models))
        first = text.split("\n")[0]
        plain = "".join(c for c in normalize("NFD", first) if not combining(c))
        return self.find(plain) if plain != text else None

    def _paired(self, plain: str) -> TableSubject | None:
        """The models of two names in one; a number behind a slash may also mean a third generation."""
        found = self._several(plain) if TWO_NAMES.fullmatch(plain) else None
        return (
            found._replace(kind="any")
            if found and plain.split("/")[0].isalpha() and plain[-1].isdigit()
            else found
        )

    def _sized(self, text: str) -> TableSubject | None:
        """The models of two names with the same size, of which the later may omit its beginning.

        `Falcon-180B / 180B-Chat`, where the family of that size has another name than the line.
        """
        sizes = [size.text for size in find_sizes(text)]
        return self._several(text) if "/" in text and len(sizes) > len(set(sizes)) else None

    def _with_members(self, text: str) -> TableSubject | None:
        """The family of a name with a list of its members behind it, as `compare` prints it."""
        before, *others = text.split(" · ")
        words = before.split() if others else []
        for length in range(len(words) - 1, 0, -1):
            family = self._exact(" ".join(words[:length]))
            if family is not None and family.kind == "family":
                members = self._base.members(family.id)
                if len(others) + 1 != len(members) and "post-trained" in text:
                    members = self._base.members(family.id, None)
                return family._replace(models=tuple(members), loose=False)
        return None

    def _loosely(self, text: str) -> TableSubject | None:
        """The models of a name with more in it than the base's, true of any; a publisher before it may go."""
        models = self._loose.models(without_citations(text))
        if models:
            if SIZE_TAG.fullmatch(text):
                return TableSubject("variants", models[0], models)
            told = find_sizes(text) or without_form(text) or TAGGED.fullmatch(text)
            one = len(models) == 1 and bool(told) and not adds_models(text)
            one = one or self._members.is_only_one(text, models)
            one = one or LENGTH.search(text) is not None  # `Llama 2 32K` is somebody's form of one
            form = "preview" if is_preview(text) else "form"
            return TableSubject(form if one else "any", models[0], models)
        if sparse := self._sparse(text):
            return sparse
        publisher, rest = without_publisher(text, self._base.organizations)
        found = (self._search(rest) or self._any(rest) or self._line(rest)) if rest else None
        if found is None:
            longer = self._loose.longer(text)
            if not longer:
                return self._tune(text)
            one = len(longer) == 1 and bool(find_sizes(text))
            return TableSubject("form" if one else "any", longer[0], longer)
        claims = self._base.known(found.models[0], "organization").claims
        return found if any(publisher in claim.value for claim in claims) else None

    def _tune(self, text: str) -> TableSubject | None:
        """The model with a size that a name ends in, of which an unknown one is a tune: `Zorg-Llama-2-7B`."""
        for match in () if NO_TUNE.search(text) else PARTS.finditer(text):
            rest = text[match.end() :]
            if len(find_sizes(rest)) != 1 or find_sizes(text[: match.start()]):
                continue
            found = self._search(rest)
            if found is not None and len(found.models) == 1:
                return TableSubject("tune", found.models[0], found.models)
        return None

    def _sparse(self, text: str) -> TableSubject | None:
        """The models with experts of a family that is named with the word for them: `Qwen3 MoE`."""
        match = MIXTURE.fullmatch(text.strip())
        found = match and (self._search(match["name"]) or self._line(match["name"]))
        if not found:
            return None
        going_on = (one for one in self.generations(found.id) if one.startswith(f"{found.id}-"))
        alone = len(found.models) == 1  # Mixtral 8x22B has a family of its own
        later = [model for family in going_on for model in self._base.members(family) if alone]
        every = (*found.models, *self._base.variants(found.models), *later)
        known = ((model, self._base.known(model, "sparsity").first) for model in every)
        models = tuple(model for model, sparsity in known if sparsity and sparsity.value != "dense")
        several = found.loose or found.kind == "line" or bool(set(later) & set(models))
        return TableSubject("any" if several else "variants", models[0], models) if models else None

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
        return [fold(one) for one in spellings(without_citations(TIMES.sub("x", text)))]

    def _line(self, text: str) -> TableSubject | None:
        """All generations that a bare name may mean: those of a line (`Claude`), or numbered ones of the
        name (`Mistral Large`)."""
        keys = self._keys(text)
        families = next((self._lines[key] for key in keys if key in self._lines), [])
        families = families or next((found for key in keys if (found := self.numbered(key))), [])
        inside = " ".join(BRACKETS.sub(r" \1 ", text).split())
        if families and inside != text and find_sizes(inside) and (sized := self.find(inside)):
            return sized  # `LLaMA (70B)` is of those generations that have such a size
        models = (model for family in families for model in self._base.members(family))
        every = tuple(dict.fromkeys(models))
        return TableSubject("line", families[0], every) if every else None

    def _several(self, text: str) -> TableSubject | None:
        """All models named in a cell of several names; None where one of them is unknown.

        Where one may mean any of several models, such as the bare name of a line, so may the cell.
        """
        found = []
        for candidates in joined_names(text):
            ways = (self._search, self._line, self._any)
            named = (way(name) for way in ways for name in candidates)
            one = next((subject for subject in named if subject is not None), None)
            if one is None:
                return None
            found.append(one)
        models = tuple(dict.fromkeys(model for one in found for model in one.models))
        kind = "any" if any(one.kind in {"line", "any"} for one in found) else "several"
        return TableSubject(kind, found[0].id, models) if found else None

    def _search(self, text: str) -> TableSubject | None:
        """The subject of one name in any of its spellings; None where it is unknown or may be another's."""
        plain = without_citations(TIMES.sub("x", text))
        plain = ABBREVIATED.sub("Instruct", plain)
        sizes = find_sizes(plain)
        if not listed(plain, sizes) or self._is_ambiguous(plain):
            return None
        if later := versions(plain):
            return self._exact(later[0]) if len(later) == 1 else None
        outside = not any(find_sizes(item[1]) for item in BRACKETS.finditer(plain))
        if DATED.search(text):
            return self._exact(text)
        for name in spellings(plain, outside=outside):
            if (found := self._exact(name)) is not None:
                found = self._members.namesake(found, fold(name)) if ZEROTH.search(plain) else found
                found = self._based(found, plain)
                return found if self._may_be(found, plain, name) else None
        stretched = LENGTH.search(BRACKETS.sub(" ", plain))
        if TAGGED.fullmatch(plain) and not (stretched or CHANGED.search(plain)):
            sized = find_sizes(plain) or EFFECTIVE.search(plain)
            return self._search(plain.replace(":", " ")) if sized else None
        if stretched or TAGGED.fullmatch(plain) or CHANGED.search(plain):
            return None
        return self._member(plain)

    def _member(self, plain: str) -> TableSubject | None:
        """The models of a family's name with a size or the word for a post-training that the base's lacks."""
        sizes, tuned = find_sizes(plain), TUNED.search(plain)
        if tuned:
            plain = TUNED.sub(" ", plain)
        if adds_models(plain):
            return None
        bare = BRACKETS.sub(" ", without_sizes(plain))
        for name in spellings(bare):
            found = self._exact(name)
            if found is None:
                continue
            if sizes:
                found = self._members.sized(found, name, plain, tuned[1] if tuned else "")
            elif tuned:
                found = self._members.variant(found, tuned[1])
            return found if found is None or self._may_be(found, plain, name) else None
        return None

    def _based(self, subject: TableSubject, text: str) -> TableSubject:
        """Of a family of tunes, those of the base named in brackets: `OpenAssistant (Pythia family)`."""
        if subject.kind != "family" or "(" not in text.replace("（", "("):
            return subject
        members = self._base.members(subject.id)
        for bases in bases_named(self._base, text, self._exact, self.named_alike):
            if tunes := tuple(m for m in members if bases & self._base.bases(m)):
                return subject._replace(models=tunes)
        return subject

    def _may_be(self, found: TableSubject, text: str, name: str) -> bool:
        """Whether a name without `base` is that of a base model."""
        if not BASE.search(text) or BASE.search(name) or BASE.search(found.id):
            return True
        return any(self._base.variant(model) == "base" for model in found.models)

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
        loose = loose or (key == fold(target) and bool(self.counted_on(target)))
        models = self._base.members(target)
        # A tuned member with the family's name may be meant too.
        namesakes = (one for one in self._base.members(target, None) if one not in models)
        models = [*models, *(one for one in namesakes if fold(self._base.name(one)) == key)]
        return TableSubject("family", target, tuple(models), loose)
