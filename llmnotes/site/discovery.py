"""Files for machines: sitemap, feed, JSON-LD, a guide for language models."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from llmnotes import escapes
from llmnotes.escapes import printable


def data_block(value: Any) -> str:
    """JSON for a page's script element, escaped so that it cannot end the element."""
    return escapes.script(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def dataset(name: str, description: str, url: str | None, sources: Iterable[dict[str, Any]]) -> str:
    """A subject as schema.org's `Dataset`, citing the sources of its values."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": printable(name),
        "description": printable(description),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "citation": [
            printable(source["url"] or source["title"]) for source in sources
        ],
    }  # fmt: skip
    if url:
        found["url"] = url
    return data_block(found)


def sitemap(addresses: Iterable[str]) -> str:
    """A sitemap of the pages' addresses."""
    lines = [f"<url><loc>{escape(address)}</loc></url>" for address in addresses]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        + "\n".join(lines)
        + "\n</urlset>\n"
    )


def feed(entries: list[dict[str, str]], url: str | None, updated: str) -> str:
    """Changed values as an Atom feed, the latest first."""
    root = url or "urn:llmnotes:site"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>llmnotes: changed values</title><id>{escape(root)}</id>",
        f"<updated>{updated}</updated><author><name>llmnotes</name></author>",
    ]
    for entry in entries:
        link = f"<link href={quoteattr(entry['link'])}/>"
        lines.append(
            f"<entry><title>{escape(printable(entry['title']))}</title><id>{escape(entry['id'])}</id>"
            f"<updated>{entry['updated']}</updated>{link}"
            f"<content>{escape(printable(entry['content']))}</content></entry>"
        )
    return "\n".join([*lines, "</feed>", ""])
