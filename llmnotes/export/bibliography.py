"""Sources as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from llmnotes.escapes import citation_key, json_text, latex, one_line, verbatim, web_address

_CORPORATE = re.compile(
    r"\b(AI|Google|OpenAI|Meta|Face|Team|Inc|Epoch|Research|Mistral|Brain)\b", re.I
)


def bibtex(sources: list[dict[str, Any]]) -> str:
    """One entry for each document, with its id as key; formulas become comments."""
    documents = [_entry(source) for source in sources if source["kind"] != "formula"]
    formulas = [_remark(source) for source in sources if source["kind"] == "formula"]
    return "\n".join([*documents, *formulas])


def _remark(formula: dict[str, Any]) -> str:
    """A BibTeX comment for a formula, since a computed value cites no document."""
    said = re.sub(r"[@{}\\]", "", one_line(formula["title"]))
    return f"% computed by llmnotes: {said}\n"


def _entry(source: dict[str, Any]) -> str:
    scholarly = source["kind"] in {"paper", "report"}
    kind = "article" if scholarly and source["venue"] else "misc"
    fields = {
        "title": f"{{{_bibtex(source['title'])}}}",
        "author": " and ".join(_author(name) for name in source["authors"]),
        "year": str(source["year"] or ""),
        "journal": _bibtex(source["venue"] or "") if kind == "article" else "",
        "eprint": verbatim(source["arxiv"] or ""),
        "archiveprefix": "arXiv" if source["arxiv"] else "",
        "doi": verbatim(source["doi"] or ""),
        "url": web_address(source["url"]) or "",
        "urldate": verbatim(source["checked"] or "") if web_address(source["url"]) else "",
    }
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return f"@{kind}{{{citation_key(source['id'])},\n" + "\n".join(lines) + "\n}\n"


def _bibtex(text: str) -> str:
    return latex(text).replace("@", "{@}")


def _author(name: str) -> str:
    """An author for BibTeX; an organization is braced so that it is not parsed as a person's name."""
    text = _bibtex(name)
    one = _CORPORATE.search(name) or " " not in name or " and " in name.lower()
    return f"{{{text}}}" if one else text


def csl_json(sources: list[dict[str, Any]]) -> str:
    """A CSL-JSON list of the documents for reference managers."""
    items = [_item(source) for source in sources if source["kind"] != "formula"]
    return json_text(json.dumps(items, ensure_ascii=False, indent=2)) + "\n"


def _item(source: dict[str, Any]) -> dict[str, Any]:
    kinds = {
        "paper": "article",
        "report": "report",
        "news": "article-newspaper",
        "dataset": "dataset",
    }
    item: dict[str, Any] = {
        "id": source["id"],
        "type": kinds.get(source["kind"], "webpage"),
        "title": source["title"],
        "author": [_name(name) for name in source["authors"]],
    }
    if source["year"]:
        item["issued"] = {"date-parts": [[source["year"]]]}
    if source["checked"]:
        item["accessed"] = {"date-parts": [[int(part) for part in source["checked"].split("-")]]}
    url = web_address(source["url"])
    for key, text in (("DOI", source["doi"]), ("URL", url), ("container-title", source["venue"])):
        if text:
            item[key] = text
    if source["arxiv"]:
        item["number"] = f"arXiv:{source['arxiv']}"
    return item


def _name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    if not given or _CORPORATE.search(name):
        return {"literal": name}
    return {"given": given, "family": family}
