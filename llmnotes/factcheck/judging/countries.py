"""Judges the country in a cell against the seats of a model's publishers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from llmnotes.data_files import DATA, load
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.without_value import unless_of_another
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

_ATTRIBUTE = "organization"
_FLAG = late(r"[\U0001F1E6-\U0001F1FF]{2}")
_PART = late(r"[,;/&+、，·|()（）]|\b(?:and|und|et|y)\b", re.IGNORECASE)


def judge_country(base: BaseClaims, text: str, subject: TableSubject | None) -> Judgement:
    """The judgement of a cell below `Country`.

    A country is wrong where the seats of all publishers are known and none of them has merged or moved.
    """
    said = countries_in(text)
    if not text.strip(" -–—?"):
        return Judgement(_ATTRIBUTE, "blank")
    if not said:
        return Judgement(_ATTRIBUTE, "unreadable", f"no country: {text.strip()[:60]}")
    if subject is None:
        return Judgement(_ATTRIBUTE, "unsupported", "the base does not know this model")
    claims = [c for m in subject.models for c in base.known(m, _ATTRIBUTE).claims]
    publishers = list(dict.fromkeys(one for claim in claims for one in claim.value))
    seats = {one: base.countries.get(one) for one in publishers}
    known = {seat for seat in seats.values() if seat}
    expected = ", ".join(sorted(known))
    found = Judgement(
        _ATTRIBUTE, "agrees-normalised", f"the seat of {', '.join(publishers)}", None, expected,
        subject.models, tuple(claims[:1]),
    )  # fmt: skip
    if said <= known:
        return found
    if said & known or not known or None in seats.values() or base.remarks.keys() & seats.keys():
        reason = "the base does not know the seats of all its publishers"
        return Judgement(_ATTRIBUTE, "unsupported", reason, models=subject.models)
    wrong = found._replace(
        verdict="wrong", cause="unexplained", reason=f"{found.reason} is in {expected}"
    )
    return unless_of_another(wrong, subject)


def countries_in(text: str) -> frozenset[str]:
    """The countries that a cell names, by ISO 3166 codes; none where a part of it is no country."""
    flags = {"".join(chr(ord(c) - 0x1F1E6 + 65) for c in flag) for flag in _FLAG.findall(text)}
    words = [part.strip(" .").lower() for part in _PART.split(_FLAG.sub(" ", text))]
    named = [_codes().get(word) for word in words if word]
    if any(code is None for code in named) and not flags:
        return frozenset()
    return frozenset({*flags, *(code for code in named if code)})


@cache
def _codes() -> Mapping[str, str]:
    found = load(DATA / "countries.toml")
    return {name.lower(): code for code, names in found.items() for name in (code, *names)}
