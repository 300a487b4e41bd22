"""The front matter of a model card: licence, languages, base model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from llmnotes.broken import yaml_fault
from llmnotes.ingest.licenses import language_claims, licence
from llmnotes.ingest.raw import RawClaim, Remarks

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.S)
_LONGEST = 200_000
"""Characters of the front matter."""


def front_matter(text: str, remarks: Remarks) -> dict[str, Any]:
    """The card's YAML as plain data; empty where there is none or it is invalid."""
    import yaml

    found = _FRONT.match(text[: _LONGEST * 2])
    if found is None:
        return {}
    if len(found[1]) > _LONGEST or re.search(r"(?m)(^|[\s:\[,-])&\w", found[1]):
        remarks.leave_out("a card whose front matter is too long or holds anchors", found[1][:60])
        return {}
    try:
        data = yaml.load(found[1], getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        before = text.count("\n", 0, found.start(1))
        remarks.leave_out("a card whose front matter is no YAML", yaml_fault(error, before))
        return {}
    return data if isinstance(data, dict) else {}


def card_claims(data: dict[str, Any], place: str, remarks: Remarks) -> Iterator[RawClaim]:
    """The claims of the front matter."""
    license_ = data.get("license")
    if isinstance(license_, list) and len(license_) == 1:
        license_ = license_[0]
    if license_ == "other" and isinstance(data.get("license_name"), str):
        license_ = data["license_name"]
    if isinstance(license_, str) and license_.strip() and license_ != "other":
        yield RawClaim("license", licence(license_), f"{place}: license")
    if "language" in data:
        yield from language_claims(data["language"], f"{place}: language", remarks)
    base = data.get("base_model")
    bases = [item for item in (base if isinstance(base, list) else [base]) if isinstance(item, str)]
    relation = data.get("base_model_relation")
    if bases and relation in (None, "finetune", "adapter", "merge"):
        yield RawClaim("based_on", bases, f"{place}: base_model")


def is_post_trained(data: dict[str, Any]) -> bool:
    """Whether the card says that the weights start from another model's."""
    return bool(data.get("base_model")) and data.get("base_model_relation") in (None, "finetune")
