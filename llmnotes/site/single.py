"""The base as one self-contained HTML file: compare, filter and search."""

from __future__ import annotations

import base64
import re
from hashlib import sha256
from typing import Any

from llmnotes.site import index
from llmnotes.site.edition import Site
from llmnotes.site.library import Library
from llmnotes.site.model_table import all_models
from llmnotes.site.render import asset, render

_MAIN = re.compile(r'<main id="main" tabindex="-1">(.*?)<noscript>.*?</noscript>(.*?)</main>', re.S)

_SCRIPTS = ("site.js", "compare.js", "conditions.js", "filter.js", "search.js", "single.js")


def single_file(library: Library, site: Site) -> str:
    """The text of the file."""
    columns, rows = all_models(library)
    data = index.script(library, single=True)
    scripts = [data, *map(asset, _SCRIPTS)]
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in scripts)
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src {hashes}"
    return render(
        "single.html", "index.html", site=site, css=asset("site.css"), scripts=scripts, policy=policy,
        compare=_tool(site, "compare.html", {"pairs": [], "parts": []}),
        filter=_tool(site, "filter.html", {"columns": columns, "rows": [], "parts": []}),
        search=_tool(site, "search.html", {}), columns=columns, rows=rows,
    )  # fmt: skip


def _tool(site: Site, template: str, context: dict[str, Any]) -> str:
    """The part of a tool's page between head and foot."""
    page = render(
        template, "index.html", site=site, title="", description="", picture=None, **context
    )
    found = _MAIN.search(page)
    return "".join(found.groups()) if found else ""


def _digest(script: str) -> str:
    return base64.b64encode(sha256(script.encode()).digest()).decode()
