"""Options of an import that describe the source's only model: id, name and publisher."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from llmnotes.errors import InputError
from llmnotes.ingest.naming import identifier
from llmnotes.ingest.raw import RawClaim, RawContents
from llmnotes.ingest.sources import OWN


@dataclass(frozen=True, slots=True)
class Chosen:
    """Options of an import that apply to one model; None leaves it to the source."""

    id: str | None = None
    name: str | None = None
    organization: str | None = None

    def options(self) -> list[str]:
        """The options that were given."""
        names = ("id", "name", "organization")
        return [f"--{name}" for name in names if getattr(self, name) is not None]

    def check(self) -> None:
        """Raise `InputError` for an invalid id or an empty text."""
        for option in self.options():
            if not getattr(self, option[2:]).strip():
                raise InputError(f"{option} is empty")
        if self.id is not None and identifier(self.id) != self.id:
            raise InputError(f"--id: {self.id!r} is not an id; {identifier(self.id)!r} is one")

    def refuse(self, what: str) -> None:
        """Raise `InputError` where an option was given for a source of the kind `what`."""
        if self.options():
            raise InputError(f"{self.options()[0]} is for a source of one model; {what}")

    def apply(self, contents: RawContents, place: str) -> None:
        """Apply the options to the one model of the source.

        Raises `InputError` where the source has several models, or none.
        """
        if not self.options():
            return
        models = list(islice(contents.models, 2))
        if len(models) != 1:
            self.refuse(f"{place} holds {'several' if models else 'none'}")
        [model] = models
        model.id = self.id
        if self.name is not None:
            model.name = model.title = self.name
        if self.organization is not None:
            model.publisher = None
            model.claims.append(
                RawClaim("organization", [self.organization], "--organization", source=OWN)
            )
        contents.models, contents.total = [model], 1
