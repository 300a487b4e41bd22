"""What the files of techniques and of the course hold, as models that refuse what they do not know."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, model_validator

from llmnotes.records import Identifier, Record, Text
from llmnotes.schema import FLAG_TERMS, attribute


class Paper(Record):
    """The publication a technique is cited by."""

    title: Text
    """Title as printed."""
    authors: list[Text] = Field(min_length=1)
    """Authors in order."""
    year: Annotated[int, Field(ge=1900, le=2199)]
    """Year of the first version."""
    arxiv: Annotated[str, Field(pattern=r"^(\d{4}\.\d{4,5}|[a-z.-]+/\d{7})$")] | None = None
    """arXiv id."""
    doi: Annotated[str, Field(pattern=r"^10\.\S+/\S+$")] | None = None
    """Digital object identifier."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Where it can be read, where it is not on arXiv."""

    @model_validator(mode="after")
    def _findable(self) -> Paper:
        if not (self.arxiv or self.doi or self.url):
            raise ValueError("a paper needs `arxiv`, `doi` or `url`")
        return self


class Technique(Record):
    """A thing to know; the terms of the vocabularies are techniques."""

    id: Identifier
    """Short name, as `gqa`."""
    name: Text
    """Name as it is written."""
    category: Identifier
    """What sort of thing it is; one file holds one category."""
    aliases: list[Text] = Field(default_factory=list)
    """Other names and frequent misspellings."""
    definition: Text
    """What it is, in a sentence or two."""
    explanation: Text | None = None
    """What problem it solves, how, what it costs and what to watch for."""
    formula: Text | None = None
    """Its key formula in LaTeX, without delimiters."""
    prerequisites: list[Identifier] = Field(default_factory=list)
    """Techniques to know first."""
    replaces: list[Identifier] = Field(default_factory=list)
    """Techniques it came to stand in for."""
    stands_for: list[Annotated[str, Field(pattern=r"^[a-z_]+ = .+$")]] = Field(default_factory=list)
    """Values it explains: vocabulary terms, as `attention = GQA`, flags, as
    `tied_embeddings = yes`, and numbers from one on, as `n_token_types = 2..`."""
    paper: Paper | None = None
    """Where it was published."""
    no_paper: Text | None = None
    """Why there is none, where there is none."""

    @model_validator(mode="after")
    def _documented(self) -> Technique:
        if (self.paper is None) == (self.no_paper is None):
            raise ValueError("give either `paper` or the reason in `no_paper`")
        for pair in self.stands_for:
            name, term = pair.split(" = ")
            found = attribute(name)
            if found.kind == "integer":
                if not re.fullmatch(r"\d+\.\.", term):
                    raise ValueError(f"write the numbers of {name} from one on, as `{name} = 2..`")
            elif term not in (FLAG_TERMS if found.kind == "flag" else found.terms):
                raise ValueError(f"{term!r} is not a term of {name}")
        return self


class Topic(Record):
    """One item of the course: a line to read, with what it leads to."""

    name: Text
    """The item as the course names it."""
    techniques: list[Identifier] = Field(default_factory=list)
    """Techniques it covers, in reading order."""
    families: list[Identifier] = Field(default_factory=list)
    """Families it covers."""
    note: Text | None = None
    """What to know of the item's name."""
