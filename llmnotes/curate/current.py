"""Holds a catalog or a folder of configurations beside the base and writes what it found to a file.

`python -m llmnotes.curate.current SOURCE -o proposal.toml` reads what `llmnotes import` reads
(litellm, models.dev, llmfit, LLMStats, configurations, …). The file is for a maintainer, who drafts new
families with the commands in it and looks up what is contradicted. Nothing is taken over by itself.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from llmnotes.curate.writing import toml_value
from llmnotes.errors import InputError, LlmnotesError
from llmnotes.ingest.survey import Survey, survey
from llmnotes.store.connect import connect
from llmnotes.store.log import now

MOST = 200
"""The number of most popular originals to report coverage of."""

_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


def proposal(found: Survey, *, most: int = MOST) -> str:
    """The file's text."""
    return "\n".join(_lines(found, most)) + "\n"


def summary(found: Survey, most: int = MOST) -> str:
    """The result in a sentence."""
    known, of = found.resolving(most)
    share = f" ({known / of:.1%})" if of else ""
    return (
        f"{found.source}: of the {of} originals asked for most {known}{share} are in the base; "
        f"{len(found.new)} models new, {len(found.aliases)} under another name, "
        f"{len(found.unclear)} unclear, {len(found.said)} values unsaid here, "
        f"{len(found.contradicted)} contradicted; {found.repacked} of packed weights left out"
    )


def _lines(found: Survey, most: int) -> Iterator[str]:
    yield f"# {summary(found, most)}."
    yield f"# Written on {now()[:10]}. Every value here is to be looked up at its publisher's."
    for item in found.new:
        yield from ("", "[[new]]")
        yield from _fields({"name": item["name"], "popularity": item["popularity"] or None})
        closed = item["says"].get("availability") == "api-only"
        if _REPOSITORY.fullmatch(item["name"]) and not closed:
            yield f"# llmnotes new-family hf:{item['name']} -o FILE"
        yield from _fields({"says": _small(item["says"])})
    for item in found.aliases:
        yield from ("", "[[alias]]")
        yield from _fields(item)
    for item in found.unclear:
        yield from ("", "[[unclear]]")
        yield from _fields(item)
    for item in found.said:
        yield from ("", "[[unsaid]]")
        yield from _fields(item)
    for item in found.contradicted:
        yield from ("", "[[contradicted]]")
        yield from _fields({key: value for key, value in item.items() if key != "layer"})


def _small(says: dict[str, Any]) -> dict[str, Any]:
    """The values without the lists of scores, which the report gives in full."""
    return {name: value for name, value in says.items() if name != "evaluation"}


def _fields(item: dict[str, Any]) -> Iterator[str]:
    for name, value in item.items():
        if value is not None:
            yield f"{name} = {toml_value(value)}"


def main(arguments: list[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m llmnotes.curate.current",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("source", help="a catalog, a folder of configurations, or one")
    parser.add_argument("-o", "--output", type=Path, help="a new file; else standard output")
    parser.add_argument("--as", dest="form", help="its format, where it is not recognised")
    parser.add_argument("--most", type=int, default=MOST, help="originals to count; %(default)s")
    asked = parser.parse_args(arguments)
    try:
        if asked.output is not None and asked.output.exists():
            raise InputError(f"{asked.output} is there already; name another file")
        with closing(connect()) as connection:
            found = survey(connection, asked.source, asked.form)
        text = proposal(found, most=asked.most)
        if asked.output is not None:
            asked.output.write_text(text, encoding="utf-8")
    except (LlmnotesError, OSError) as error:
        raise SystemExit(str(error)) from None
    print(text if asked.output is None else summary(found, asked.most))


if __name__ == "__main__":
    main()
