"""Copies of the sources fetched again; `python -m llmnotes.curate.copies FOLDER`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from llmnotes import catalog
from llmnotes.curate.fetching import Fetcher, fetcher
from llmnotes.curate.parts import parts_of
from llmnotes.errors import InputError, LlmnotesError, unknown
from llmnotes.evidence.conversions import is_pdf, text_of
from llmnotes.evidence.copies import PLACES, Copies, digests_of
from llmnotes.evidence.origins import CopyOrigin, origin_of
from llmnotes.evidence.places import COMMIT, FILE, LOG
from llmnotes.records import Source

_TEXTS = frozenset({".csv", ".json", ".md", ".py", ".toml", ".txt", ".yaml", ".yml"})
"""Suffixes that a copy keeps; any other text ends in `.txt`."""


@dataclass
class Named:
    """What claims refer to: files, commits or `log` for all of them, and the locators as they stand."""

    files: set[str] = field(default_factory=set)
    commits: set[str] = field(default_factory=set)
    locators: list[str] = field(default_factory=list, compare=False)


class CopyOutcome(NamedTuple):
    """The result for one source, and why it or a part of it is not available."""

    source: str
    came: Literal["fetched", "there", "not had"]
    reason: str = ""


@dataclass(frozen=True)
class CopyFolder:
    """A folder of copies to be filled.

    `other_editions` also keeps texts with another digest than the one that was read, as where a page has
    changed since: its claims can still be looked up.
    """

    path: Path
    fetch: Fetcher
    other_editions: bool = False

    def fill(self, sources: Iterable[Source], named: Mapping[str, Named]) -> Iterator[CopyOutcome]:
        """Fetch the missing copies; `named` has the parts of each source that claims refer to.

        A copy is kept where its digest is right, or where none is given and it was taken from the place
        that the source names. The places are recorded in `copies.toml`.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        for source in sources:
            origin = origin_of(source) if source.read not in {None, "quoted"} else None
            if origin is None:
                yield CopyOutcome(source.id, "not had", _unnamed(source))
            elif origin.is_tree:
                yield self._tree(source, origin, named.get(source.id, Named()))
            elif self._is_there(source, origin):
                yield CopyOutcome(source.id, "there")
            else:
                yield self._single(source, origin, named.get(source.id, Named()))

    def _is_there(self, source: Source, origin: CopyOrigin) -> bool:
        copy = Copies(self.path).of(source.id)
        if copy is None:
            return False
        if source.sha256 and (source.sha256, source.length) in set(copy.digests()):
            return True
        if source.sha256 and (origin.part or not self.other_editions):
            return False  # fetched again: the part that was read may be cut out of it
        return copy.place in {None, source.copy_read}

    def _single(self, source: Source, origin: CopyOrigin, named: Named) -> CopyOutcome:
        try:
            content = self.fetch.fetch(origin)
            text = text_of(content, origin.path or origin.name)
        except InputError as error:
            return CopyOutcome(source.id, "not had", str(error))
        ending = PurePosixPath(origin.path or "").suffix.lower()
        problem = _differs(source, origin, content, text)
        if (problem or origin.part) and (part := _part(source, origin, named, text)):
            text, problem = part, ""
            ending = ".json" if origin.part else ".txt"
        if problem and not self.other_editions:
            return CopyOutcome(source.id, "not had", problem)
        for older in self.path.glob(f"{source.id}.*"):
            if older.stem == source.id:
                older.unlink()
        if is_pdf(content):
            _write(self.path / f"{source.id}.pdf", content)
        kept = ending if ending in _TEXTS else ".txt"
        _write(self.path / f"{source.id}{kept}", text.encode("utf-8", "surrogatepass"))
        self._note(source)
        return CopyOutcome(source.id, "fetched", problem)

    def _tree(self, source: Source, origin: CopyOrigin, named: Named) -> CopyOutcome:
        """The files and commits that claims refer to."""
        folder, copy = self.path / source.id, Copies(self.path).of(source.id)
        stale = copy is not None and copy.place not in {None, source.copy_read}
        names = sorted(named.files | ({LOG} if named.commits else set()))
        wanted = [name for name in names if stale or not (folder / name).is_file()]
        if not wanted:
            if names:
                return CopyOutcome(source.id, "there")
            return CopyOutcome(source.id, "not had", "no claim names a file or commit of it")
        missing = []
        for name in wanted:
            try:
                if name == LOG:
                    text = self.fetch.log(origin, sorted(named.commits))
                else:
                    text = text_of(self.fetch.fetch(origin.file(name)), name)
            except InputError as error:
                missing.append(f"{name}: {error}")
            else:
                _write(folder / name, text.encode("utf-8", "surrogatepass"))
        if len(missing) < len(wanted):
            self._note(source)
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        if missing:
            return CopyOutcome(source.id, "not had", f"{missing[0]}{more}")
        return CopyOutcome(source.id, "fetched")

    def _note(self, source: Source) -> None:
        """Record the place that a copy was taken from, where the source names one."""
        if source.copy_read is None:
            return
        known = Copies(self.path).places | {source.id: source.copy_read}
        lines = (f"{json.dumps(key)} = {json.dumps(known[key])}\n" for key in sorted(known))
        _write(self.path / PLACES, "".join(lines).encode())


def _unnamed(source: Source) -> str:
    if source.via:
        return f"it was not read itself, but {source.via}"
    return "it names no place that it can be fetched from"


def _differs(source: Source, origin: CopyOrigin, content: bytes, text: str) -> str:
    """How a file differs from the text that was read; empty where it does not, or cannot be compared."""
    if source.sha256 is None or origin.part:
        return ""
    forms = {*digests_of(content), *digests_of(text.encode("utf-8", "surrogatepass"))}
    if (source.sha256, source.length) in forms:
        return ""
    return (
        f"it is now another text, of {len(text):,} characters, than was read, "
        f"of {source.length or 0:,} {'bytes' if is_pdf(content) else 'characters'}"
    )


def _part(source: Source, origin: CopyOrigin, named: Named, text: str) -> str | None:
    """The part of a text that has the digest of what was read; None where there is none."""
    for part in parts_of(text, origin.part, named.locators):
        if (source.sha256, source.length) in set(digests_of(part.encode())):
            return part
    return None


def _write(path: Path, content: bytes) -> None:
    """Write atomically, so that no reader sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)


def wanted_of(found: catalog.Catalog, family: str | None) -> tuple[list[Source], dict[str, Named]]:
    """The sources cited by claims, of one family or of all, and the parts of each they refer to.

    Raises `InputError` for an unknown family.
    """
    chosen = [item for item in found.families if family in {None, item.id}]
    if not chosen:
        raise unknown("family", family or "", [item.id for item in found.families])
    named: dict[str, Named] = {}
    for subject in (part for item in chosen for part in (item, *item.models)):
        for claim in (claim for claims in subject.claims.values() for claim in claims):
            source = found.sources[claim.source] if claim.source else None
            if source and source.kind != "formula":
                add_named(named.setdefault(source.via or source.id, Named()), claim.at or "")
    return [found.sources[key] for key in sorted(named)], named


def add_named(named: Named, locator: str) -> None:
    """Add a locator with the files or commits that it names."""
    named.locators.append(locator)
    files = {match[0] for match in FILE.finditer(locator)}
    named.files |= {name for name in files if ".." not in name.split("/")}
    if not files:
        named.commits |= {match[1] or match[2] for match in COMMIT.finditer(locator)}


def main(arguments: list[str]) -> int:
    """Fill a folder of copies; returns 1 where some are not available."""
    parser = argparse.ArgumentParser(
        prog="python -m llmnotes.curate.copies",
        description="Fetch the copies of the sources that are not in a folder yet.",
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--family", metavar="ID", help="only the sources of one family")
    parser.add_argument(
        "--mirror", metavar="PATTERN",
        help="take repositories from git mirrors: a path with {owner} and {name} in it",
    )  # fmt: skip
    parser.add_argument(
        "--other-editions", action="store_true",
        help="keep also what is another text by now than the one that was read",
    )  # fmt: skip
    options = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    try:
        sources, named = wanted_of(catalog.load(), options.family)
        with fetcher(options.mirror) as fetch:
            folder = CopyFolder(options.folder, fetch, options.other_editions)
            for outcome in folder.fill(sources, named):
                counts[outcome.came] += 1
                if outcome.reason:
                    print(f"{outcome.source}: {outcome.reason}", flush=True)
    except LlmnotesError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(
        f"{counts['fetched']} fetched, {counts['there']} there, {counts['not had']} not had",
        file=sys.stderr,
    )
    return int(counts["not had"] > 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
