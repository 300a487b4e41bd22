"""What a curated file holds, as pydantic models that refuse what they do not know.

Only reading and writing such files loads this module: answering a question needs no pydantic class.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from llmnotes import dates
from llmnotes.family_table import written_out
from llmnotes.schema import ATTRIBUTES, attribute, refuse_computed
from llmnotes.values import parse_value

Identifier = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)*$", description="Lower case, digits, `-`, `.`")
]
Date = Annotated[str, BeforeValidator(lambda raw: dates.parse(str(raw)))]
Text = Annotated[str, Field(min_length=1)]

PRIMARY_KINDS = frozenset(
    {"paper", "report", "model-card", "config", "checkpoint", "code", "announcement", "license"}
)
"""Kinds of source written by the publisher of what they speak of."""


COPY = re.compile(
    r"(?:(?:huggingface\.co/)?(?P<owner>[\w.-]+/[\w.-]+)@(?P<commit>[0-9a-f]{40})(?::(?P<path>\S.*))?"
    r"|(?P<index>pypi|npm):(?P<package>(?:@[\w.-]+/)?[\w.-]+)==(?P<version>[\w.+!-]+)"
    r"(?::(?P<member>\S+))?"
    r"|(?:copy of )?(?P<address>https?://\S+) on (?P<date>\d{4}-\d{2}-\d{2}))"
)
"""A place from which a text can be fetched again."""


class Record(BaseModel):
    """Base of all records: an unknown key is an error, a field's docstring its description."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class SourceFields(Record):
    """A document that a claim rests on, as a file declares it under its id."""

    kind: Literal[
        "paper", "report", "model-card", "config", "checkpoint", "code", "announcement", "license",
        "third-party", "news", "dataset", "formula",
    ]  # fmt: skip
    """What sort of document it is; `formula` is a computation of ours, named by its title."""
    title: Text
    """Title as printed."""
    authors: list[Text] = Field(default_factory=list)
    """Authors in order, family name last; an organization where no person signs."""
    year: Annotated[int, Field(ge=1950, le=2199)] | None = None
    """Year of the first version."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Where it can be read."""
    arxiv: Annotated[str, Field(pattern=r"^\d{4}\.\d{4,5}(v\d+)?$")] | None = None
    """arXiv id, with the version read where it matters."""
    doi: Annotated[str, Field(pattern=r"^10\.\S+/\S+$")] | None = None
    """Digital object identifier."""
    venue: Text | None = None
    """Where it was published."""
    copy_read: Text | None = None
    """Where the text that was read stands: `owner/repository@commit:path`,
    `huggingface.co/owner/repository@revision:path`, `pypi:package==version:member` (or `npm:`), or
    `https://address on 2026-11-28`; `copy of https://address on 2026-11-28` where not the address
    itself was opened, but a copy that others keep. Needed, and strict, where `read` is said."""
    read: Literal["whole", "part", "abstract", "quoted"] | None = None
    """How much of it was read; `quoted` when not it, but what another document says of it."""
    via: Identifier | None = None
    """The source that was read in its place, where it was `quoted`."""
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """Digest of the text or file that was read, where it comes from another than the publisher."""
    length: Annotated[int, Field(ge=1)] | None = None
    """Its length: characters of a text, bytes of a file of another kind."""
    checked: Date | None = None
    """Day on which the document was last held against the claims."""

    @model_validator(mode="after")
    def _evidence(self) -> SourceFields:
        if problem := self._unfit():
            raise ValueError(problem)
        return self

    def _unfit(self) -> str | None:
        """What is wrong with what is said of the reading, with its repair."""
        if self.via and self.read != "quoted":
            return '`via` is for what was not read itself; add `read = "quoted"` or remove it'
        if (self.sha256 is None) != (self.length is None):
            return "`sha256` and `length` are given together; add the other"
        if self.kind == "formula":
            return None
        if self.read is None:
            return (
                "says not how it was read, so nothing can rest on it; read it and add "
                '`read = "whole"`, "part" or "abstract", or "quoted" and `via` what was read'
            )
        if self.read == "quoted":
            return None if self.via else "`via` is missing: the source that quotes it"
        if self.copy_read and not COPY.fullmatch(self.copy_read):
            return (
                f"`copy_read = {self.copy_read!r}` cannot be found again; write "
                "`owner/repository@commit:path` with all 40 digits, "
                "`huggingface.co/owner/repository@revision:path`, `pypi:package==version:member` "
                "(or `npm:`) or `https://address on 2026-11-28`"
            )
        if self.copy_read and self.sha256 is None and not self._publishers(self.copy_read):
            return (
                f"`sha256` and `length` are missing; {self.copy_read} is another place than the "
                "publisher's, so the text itself has to be named"
            )
        if not (self.copy_read or self.sha256):
            return "`copy_read` is missing: where the text stands that was read"
        if self.arxiv and "v" not in self.arxiv:
            return (
                f'`arxiv = "{self.arxiv}"` names no version; write "{self.arxiv}v1" or the one read'
            )
        return None

    def _publishers(self, place: str) -> bool:
        """Whether a place is the publisher's own: that of the source's address."""
        found = COPY.fullmatch(place)
        owner = found and (found["owner"] or found["address"])
        return bool(owner and self.url and owner.lower() in self.url.lower())


class Source(SourceFields):
    """A document that a claim rests on."""

    id: Identifier
    """Short name used by claims, as `touvron-2023-llama`."""

    @property
    def primary(self) -> bool:
        """Whether the publisher of the model speaks here."""
        return self.kind in PRIMARY_KINDS


class EntityRecord(Record):
    """A thing that values name: a dataset, a benchmark, a licence, a tokenizer, a machine."""

    id: Identifier
    """Short name, as `c4`."""
    name: Text
    """Name as it is written."""
    aliases: list[Text] = Field(default_factory=list)
    """Other names that mean just this."""
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = None
    """Its page or paper."""
    about: Text | None = None
    """What it is, in a line."""
    part_of: Identifier | None = None
    """The entry of the same kind that it is a part, a version or a setting of."""
    exact: list[Text] = Field(default_factory=list)
    """Those of its names that are other words too, and as headers count only as they are written."""
    named: bool = True
    """Whether it has this name in the world; false for a kind of data that publishers only describe."""


class Organization(EntityRecord):
    """A publisher of models; claims name it by its id."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166 code of its seat."""
    became: Identifier | None = None
    """The organization that it was merged into."""


class License(EntityRecord):
    """A licence of weights."""

    commercial: Literal["yes", "no", "conditions"] | None = None
    """Whether commercial use is allowed; None where neither its text nor a card that says so was read."""


def _listed(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


Printed = Annotated[
    str,
    Field(
        min_length=1,
        max_length=60,
        description="Figures as they stand in the source, at most 60 characters",
    ),
]


class Claim(Record):
    """One statement about one attribute, with the place that says it."""

    value: Any = None
    """The value as people write it; absent when it is withheld or has no meaning."""
    source: Identifier | None = None
    """Id of the source."""
    at: Text | None = None
    """Where in the source: `Table 2`, `§2.2`, `num_key_value_heads`."""
    status: Literal[
        "reported", "derived", "estimated", "rumoured", "undisclosed", "not-applicable"
    ] = "reported"
    """How far the value can be trusted."""
    parameters: dict[str, bool | int | float | str] = Field(default_factory=dict)
    """Numbers that belong to the value: an optimizer's betas, a rotary base."""
    printed: Annotated[
        list[Printed], BeforeValidator(_listed, json_schema_input_type=Printed | list[Printed])
    ] = Field(default_factory=list)
    """The figures as they stand in the source, one or a list: `5140`, `6.0 × 10−4`; no sentence."""
    note: Text | None = None
    """What a reader should know of the value."""
    preferred: bool = False
    """Whether it wins over equal claims; needs a reason."""
    reason: Text | None = None
    """Why it is preferred."""

    @model_validator(mode="after")
    def _complete(self) -> Claim:
        without_value = self.status in {"undisclosed", "not-applicable"}
        if without_value and self.value is not None:
            raise ValueError(f"a claim that is {self.status} has no value; remove `value`")
        if not without_value and self.value is None:
            raise ValueError('`value` is missing; withheld values are `status = "undisclosed"`')
        if self.source is None and self.status != "not-applicable":
            raise ValueError("`source` is missing; every value names where it is said")
        if self.source is not None and self.at is None:
            raise ValueError("`at` is missing; say where in the source: `Table 2`, `§2.2`")
        if self.printed and self.source is None:
            raise ValueError("`printed` needs a `source` in which it stands")
        if self.preferred and not self.reason:
            raise ValueError("`preferred` needs a `reason`")
        return self


def _claims(raw: Any) -> Any:
    """A single claim may be written without the list around it; attribute names are checked."""
    if not isinstance(raw, dict):
        raise ValueError("claims are a table of attribute = {value, source, at}")
    for name in raw:
        if name not in ATTRIBUTES:
            attribute(name)
            raise ValueError(f"write the attribute's id instead of {name!r}")
        refuse_computed(ATTRIBUTES[name])
    return {name: value if isinstance(value, list) else [value] for name, value in raw.items()}


Claims = Annotated[dict[str, list[Claim]], BeforeValidator(_claims)]


class _SubjectRecord(Record):
    id: Identifier
    """Stable id; never changes once published."""
    name: Text
    """Name as the publisher writes it."""
    aliases: list[Text] = Field(default_factory=list)
    """Other names it is known by: the hub's, the notes', everyday spellings."""
    claims: Claims = Field(default_factory=dict)
    """What is said of it, by attribute."""

    @model_validator(mode="after")
    def _values(self) -> _SubjectRecord:
        for name, claims in self.claims.items():
            for claim in claims:
                if claim.value is not None:
                    parse_value(ATTRIBUTES[name], claim.value)
        return self


class Model(_SubjectRecord):
    """One trained size or checkpoint line."""

    size: Text | None = None
    """What tells it from its siblings, as in `7B`."""
    variant: Literal["base", "post-trained"] = "base"
    """As pretraining left it, or trained further to follow instructions."""


class Family(_SubjectRecord):
    """Models published together. A claim of the family holds for every member."""

    line: Identifier | None = None
    """The generations of a name it belongs to: `llama`, `gpt`."""
    summary: Text | None = None
    """What the family is known for, in a sentence."""
    sources: dict[Identifier, SourceFields] = Field(default_factory=dict)
    """Sources by id; other files may name them too."""
    models: list[Model] = Field(min_length=1)
    """Members, smallest first."""

    @model_validator(mode="before")
    @classmethod
    def _written_out(cls, raw: Any) -> Any:
        return written_out(raw).family if isinstance(raw, dict) else raw
