"""The state of the base that a site shows, and the changes since the last run."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import NamedTuple

from llmnotes.site import places
from llmnotes.site.library import Library
from llmnotes.version import __version__

VALUES = "values.json"
"""The file of resolved values in a site's folder, from which the next run computes changes."""

MOST_ENTRIES = 200
"""Maximum number of entries of the feed."""


class Site(NamedTuple):
    """Metadata of the site for every page."""

    edition: str
    """The newest edition of the base, or the program's version where it has none."""
    counts: str
    url: str | None
    issues: str | None
    pictures: bool = False
    """Whether pages have preview pictures, which need Pillow."""

    def absolute(self, path: str) -> str:
        """The address of a page where the site's own is known, else its path."""
        return f"{self.url}/{path}" if self.url else path


def site_of(library: Library, url: str | None = None, issues: str | None = None) -> Site:
    """The site of a library; `url` is its address, `issues` the address for new issues."""
    claims = library.connection.execute("SELECT count(*) FROM claims").fetchone()[0]
    counts = (
        f"{len(library.members)} families, {len(library.models)} models, {claims:,} claims, "
        f"{len(library.sources)} sources"
    )
    names = [row[0] for row in library.connection.execute("SELECT name FROM editions")]
    edition = max(
        names, key=lambda name: [int(part) for part in name.split(".")], default=__version__
    )
    return Site(
        edition, counts, url.rstrip("/") if url else None, issues, find_spec("PIL") is not None
    )


Values = dict[str, dict[str, str]]
"""Cell texts by `kind/id` and attribute."""


def values_of(library: Library) -> Values:
    """The values of every model as texts."""
    found: Values = {}
    for (kind, key), column in library.columns.items():
        if kind == "model":
            texts = {}
            for attribute, claims in library.claims.of_model(key).items():
                if claims:
                    texts[attribute] = json.dumps(
                        [claims[0].value, claims[0].status], ensure_ascii=False
                    )
            found[column.id] = texts
    return found


def changed(before: Values, after: Values) -> Iterator[tuple[str, str, str]]:
    """Model, attribute and kind of change of each changed value: added, changed or withdrawn."""
    for model in sorted({*before, *after}):
        old, new = before.get(model, {}), after.get(model, {})
        for attribute in sorted({*old, *new}):
            was, now = old.get(attribute), new.get(attribute)
            if was != now:
                what = "withdrawn" if now is None else "added" if was is None else "changed"
                yield model, attribute, f"{what}: {was or 'unknown'} → {now or 'unknown'}"


def entries(
    earlier: list[dict[str, str]], before: Values | None, after: Values, site: Site
) -> list[dict[str, str]]:
    """Entries of the feed, the latest first: those of this run, then those of earlier ones."""
    if before is None:
        return earlier
    now = _now()
    fresh = [
        {
            "id": f"urn:llmnotes:{model}:{attribute}:{now}",
            "title": f"{model}: {attribute}",
            "updated": now,
            "link": site.absolute(places.page("model", model)),
            "content": says,
        }
        for model, attribute, says in changed(before, after)
    ]
    return [*fresh, *earlier][:MOST_ENTRIES]


def _now() -> str:
    """The current time, or that of SOURCE_DATE_EPOCH for reproducible builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
