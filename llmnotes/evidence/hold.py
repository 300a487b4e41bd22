"""Verifies one claim against the copy of its source."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from llmnotes.errors import InputError
from llmnotes.evidence.agreement import disagreement, figures_of, other_day, spellings
from llmnotes.evidence.copies import Copies, Copy
from llmnotes.evidence.inner import absent, unprinted
from llmnotes.evidence.keys import at_key, says
from llmnotes.evidence.magnitude import other_scale, other_unit
from llmnotes.evidence.nearness import contradicted, figures, misplaced
from llmnotes.evidence.places import CopyPart, headings, places
from llmnotes.evidence.scores import ClaimSubject
from llmnotes.evidence.scores import problem as score_problem
from llmnotes.evidence.shares import other_percentage, other_rate, other_share
from llmnotes.evidence.texts import plain, positions, run_on, run_together
from llmnotes.records import Claim, Source
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.spelling import nearest
from llmnotes.values import parse_value

Outcome = Literal["found again", "not found", "copy missing", "nothing to find", "unnamed"]
"""`nothing to find`: computed by a formula, or undisclosed; `unnamed`: no printed figures are given."""


class Verdict(NamedTuple):
    """The outcome of looking a claim up; `problem` and `repair` explain a failure."""

    outcome: Outcome
    problem: str = ""
    repair: str = ""


UNNAMED = (
    "no figure or word is named as it is printed",
    'add `printed = "…"` as it stands there',
)
"""The fault of a claim from prose without anything to look for, and its repair."""


def lacks_figures(name: str, claim: Claim, source: Source) -> bool:
    """Whether a claim on the attribute `name` from prose has nothing that could be looked for."""
    by_itself = source.kind == "config" or ATTRIBUTES[name].kind == "results"
    return not (by_itself or claim.printed or claim.value is None)


def hold(
    name: str,
    claim: Claim,
    source: Source | None,
    copies: Copies,
    subject: ClaimSubject | None = None,
) -> Verdict:
    """Look for the value of a claim on the attribute `name` in the copy of its source.

    For a source that was not read itself, the copy of the one read instead is used. `subject` names the model
    and all others, so that a figure of another's row or column is told.
    """
    if source is None or source.kind == "formula":
        return Verdict("nothing to find")
    attribute = ATTRIBUTES[name]
    copy = copies.of(source.via or source.id)
    if copy is None:
        if problem := figures_problem(attribute, claim):
            return Verdict("not found", problem, "make them agree")
        return Verdict("copy missing", f"the folder has no copy of {source.via or source.id}")
    if source.kind == "config" and isinstance(copy.data, dict):
        return _of_key(attribute, claim, copy)
    if claim.value is None and not claim.printed:
        return _silence(claim, copy)
    return _of_text(attribute, claim, copy, subject)


def _of_key(attribute: Attribute, claim: Claim, copy: Copy) -> Verdict:
    key = claim.at or ""
    try:
        there = at_key(copy.data, key)
    except KeyError as error:
        close = ", ".join(error.args[0]) or "name a key that it has"
        return Verdict("not found", f"the configuration has no key {key!r}", f"nearest: {close}")
    if claim.value is None:
        said = there is None or there is False or there == 0
        problem = f"{key} is {there!r}, which is said to be {claim.status}"
        return Verdict("found again") if said else Verdict("not found", problem, "give the value")
    value = parse_value(attribute, claim.value)
    if missing := absent(attribute, claim.parameters, copy.data):
        return Verdict("not found", missing, "write the value that the configuration has")
    if says(attribute, value, dict(claim.parameters), there):
        return Verdict("found again")
    printed = any(
        next(positions(text, str(there).casefold()), None) is not None for text in claim.printed
    )
    if printed and not (isinstance(there, int | float) and figures_problem(attribute, claim)):
        return Verdict("found again")
    return Verdict(
        "not found", f"{key} is {there!r}, the claim says {claim.value!r}", f"write {there!r}"
    )


def _silence(claim: Claim, copy: Copy) -> Verdict:
    missing = [place.name for place in places(claim.at or "", copy) if place.text is None]
    if missing:
        return _no_place(missing[0], copy)
    return Verdict("nothing to find")


def _of_text(
    attribute: Attribute, claim: Claim, copy: Copy, subject: ClaimSubject | None
) -> Verdict:
    try:
        named = places(claim.at or "", copy)
    except InputError as error:
        return Verdict("not found", str(error), "write the locator as the source numbers it")
    missing = [place.name for place in named if place.text is None]
    if missing:
        return _no_place(missing[0], copy)
    value = None if claim.value is None else parse_value(attribute, claim.value)
    if problem := figures_problem(attribute, claim, "\n".join(part.text or "" for part in named)):
        return Verdict("not found", problem, "make them agree")
    if claim.status == "reported" and (
        problem := unprinted(attribute, value, claim.parameters, copy.text)
    ):
        return Verdict("not found", problem, "write the number that the source prints")
    if claim.status == "reported" and (
        problem := _inner_problem(attribute, value, claim, copy, named)
    ):
        return Verdict("not found", problem, "write the number that the source prints there")
    wanted = [[text] for text in claim.printed]
    if not wanted and attribute.kind == "results" and value is not None:
        wanted = [spellings(number) for number in figures_of(attribute, value)]
    if not wanted:
        return Verdict("unnamed", *UNNAMED)
    for forms in wanted:
        if verdict := _printed(forms, named, copy):
            return verdict
        row = subject.row if subject else None
        if row and (sibling := row.siblings(forms, [part.text or "" for part in named])):
            return Verdict(
                "not found", f"{forms[0]!r} stands in the row of {sibling}, not of {row.own}",
                "take it from its own row",
            )  # fmt: skip
    scored = value if attribute.kind == "results" and claim.status == "reported" else None
    if subject and (told := score_problem(subject, scored or (), copy, claim.at or "", named)):
        return Verdict("not found", *told)
    return Verdict("found again")


def _inner_problem(
    attribute: Attribute, value: Any, claim: Claim, copy: Copy, named: list[CopyPart]
) -> str | None:
    """A share of another scale than is printed, or a parameter whose number stands elsewhere."""
    shares = value if attribute.kind == "datasets" and value else ()
    if shares and (problem := other_share(shares, figures(copy.text))):
        return problem
    if not claim.parameters:
        return None
    text = "\n".join(part.text or "" for part in named) if copy.is_tree else copy.text
    for name, number, stands in misplaced(claim.parameters, text):
        if stands:
            return f"the parameter {name} is {number:f}, which stands in the copy, but not beside its name"
        return f"the parameter {name} is {number:f}, which does not stand in the copy"
    return None


def figures_problem(attribute: Attribute, claim: Claim, text: str = "") -> str | None:
    """How the printed figures of a reported claim differ from its value; `text` is that of its place.

    They may be others, or have the same digits but another scale, unit or day; the unit is also looked
    for beside them in `text`.
    """
    if claim.value is None or not claim.printed or claim.status not in {"reported", "derived"}:
        return None
    value = parse_value(attribute, claim.value)
    if claim.status == "derived":
        return other_percentage(value, claim.printed) if attribute.kind == "results" else None
    shown = ", ".join(claim.printed)
    wrong = disagreement(attribute, value, claim.printed)
    if wrong is not None:
        return f"the value has {wrong:f}, printed is {shown!r}"
    if scale := other_scale(attribute, value, claim.printed):
        return f"{scale!r} has the digits of the value, but another scale"
    if other := contradicted(claim.parameters, plain(" ; ".join(claim.printed))):
        return f"the parameter {other[0]} is {other[1]:f}, printed is {shown!r}"
    if rate := other_rate(attribute, value, claim.printed):
        return rate
    unit = value["unit"] if attribute.kind in {"batch", "quantity"} else None
    if unit and (said := other_unit(unit, claim.printed, text)):
        return f"the value is in {unit}, the source says {said}"
    if attribute.kind == "date" and other_day(str(value), claim.printed):
        return f"the value is {value}, printed is {shown!r}"
    return None


def _printed(forms: list[str], named: list[CopyPart], copy: Copy) -> Verdict | None:
    """The fault where none of the forms occurs in the named places; None where one does."""
    if any(_stands(form, place.text or "", copy) for form in forms for place in named):
        return None
    where = " or ".join(place.name for place in named)
    if any(_stands(form, copy.text, copy) for form in forms):
        return Verdict(
            "not found", f"{forms[0]!r} stands in the copy, but not at {where}", "name its place"
        )
    return Verdict(
        "not found", f"{forms[0]!r} does not stand in the copy", "write it as the source prints it"
    )


def _stands(printed: str, text: str, copy: Copy) -> bool:
    if next(positions(printed, text), None) is not None:
        return True
    return copy.is_of_pdf and (run_together(printed, text) or run_on(printed, text))


def _no_place(name: str, copy: Copy) -> Verdict:
    close = ", ".join(nearest(name, headings(copy)))
    repair = f"nearest: {close}" if close else "name a place that the source has"
    return Verdict("not found", f"the copy has no {name}", repair)
