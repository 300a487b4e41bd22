"""Drafts a family file from a source, valid for the catalog."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from llmnotes.curate.described import described
from llmnotes.curate.draft import Draft, draft, identifier
from llmnotes.curate.published import published
from llmnotes.curate.writing import file_text
from llmnotes.errors import InputError
from llmnotes.ingest.raw import Remarks
from llmnotes.records import Family
from llmnotes.store.log import now


@dataclass(frozen=True)
class NewFamily:
    """The text of a draft, and remarks for its author."""

    text: str
    draft: Draft
    remarks: list[str] = field(default_factory=list)


def new_family(
    source: str, *, id: str | None = None, name: str | None = None, output: Path | None = None
) -> NewFamily:
    """Draft the family of the models in `source`; write it to `output` where one is given.

    Raises `InputError` where nothing can be read, the id is invalid, or the file exists.
    """
    if output is not None:
        if output.exists() or output.is_symlink():
            raise InputError(f"{output} is there already; name another file, or move it away")
        if not output.parent.is_dir():
            raise InputError(f"{output.parent} is no folder")
        id = id or identifier(output.name.removesuffix(".toml"))
    if id is not None and identifier(id) != id:
        raise InputError(f"--id: {id!r} is not an id; {identifier(id)!r} is one")
    remarks = Remarks()
    models = [described(model, remarks) for model in published(source, remarks)]
    if not any(model.facts for model in models):
        why = models[0].comments[0] if models[0].comments else "no key of it is known"
        raise InputError(f"{source}: nothing can be said of it: {why}")
    found = draft(models, now()[:10], id=id, name=name)
    text = file_text(found, output)
    _check(text)
    if output is not None:
        try:
            with output.open("x", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise InputError(f"{output}: cannot be written ({error.strerror})") from error
    return NewFamily(text, found, [*_told(found, output), *_left_out(remarks)])


def _check(text: str) -> None:
    """Raise `InputError` where the catalog would refuse the draft."""
    try:
        Family.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        first = str(error).splitlines()
        raise InputError(f"the draft is no sound family file: {' '.join(first[:3])}") from error


def _told(found: Draft, output: Path | None) -> list[str]:
    own = sum(len(model.facts) for model in found.models)
    told = [
        f"{found.id}: {len(found.models)} model{'s' * (len(found.models) > 1)}, "
        f"{len(found.shared)} attributes shared, {own} of single models"
    ]
    for model in found.models:
        told += [
            f"{model.name}: {comment}" for comment in model.comments if "checkpoint" in comment
        ]
    if found.known:
        told.append(f"already in the base: {', '.join(found.known)}")
    if any(source.todo for source in found.sources):
        told.append("complete `copy_read` of the sources, so that what was read can be found again")
    if output is not None:
        told.append(
            f"{output} written; `llmnotes check --file {output} --copies FOLDER` holds it against copies"
        )
    return told


def _left_out(remarks: Remarks) -> list[str]:
    return [f"{reason}: {', '.join(examples)}" for reason, (_, examples) in remarks.reasons.items()]
