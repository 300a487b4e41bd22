"""The git history of the curated files."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from llmnotes.editions.states import SOURCES, BaseState, Raw, parsed
from llmnotes.errors import InputError

DATA = "llmnotes/data"


@dataclass
class History:
    """The curated files of a repository by commit; a file in several commits is read once."""

    repository: Path
    _read: dict[str, Raw | None] = field(default_factory=dict)

    def commit(self, name: str) -> str:
        """The full name of a commit; raises `InputError` where there is no such commit."""
        return self._git("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}").strip()

    def day(self, commit: str) -> str:
        """The date of a commit."""
        return self._git("show", "-s", "--format=%cs", commit).strip()

    def subject(self, commit: str) -> str:
        """The first line of a commit's message."""
        return self._git("show", "-s", "--format=%s", commit).strip()

    def between(self, first: str, last: str) -> Iterator[str]:
        """The commits after `first` up to `last` that changed the curated files, oldest first."""
        listed = self._git(
            "log",
            "--reverse",
            "--topo-order",
            "--format=%H",
            f"{first}..{last}",
            "--",
            *self._places,
        )
        yield from listed.split()

    def state(self, commit: str, instead: BaseState | None = None) -> BaseState:
        """The curated files at a commit; a file that cannot be read is taken from `instead`.

        Raises `InputError` where there is no family, and without `instead` for a file that is not TOML.
        """
        listed = self._git("ls-tree", "-r", commit, "--", *self._places)
        files = {}
        for line in listed.splitlines():
            about, _, path = line.partition("\t")
            name = path.removeprefix(f"{DATA}/")
            if not name.endswith(".toml"):
                continue
            raw = self._blob(about.split()[2])
            if raw is None and instead is None:
                raise InputError(f"{path} is no TOML at {commit[:12]}")
            if raw is None and instead is not None:
                raw = instead.files.get(name)
            if raw is not None:
                files[name] = raw
        if not any(name != SOURCES for name in files):
            raise InputError(f"{commit[:12]} holds no family under {DATA}/families")
        return BaseState(files)

    _places = (f"{DATA}/families", f"{DATA}/{SOURCES}")

    def _blob(self, name: str) -> Raw | None:
        if name not in self._read:
            self._read[name] = parsed(self._git("cat-file", "blob", name))
        return self._read[name]

    def _git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.repository), *arguments]
        try:
            done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        except OSError as error:
            raise InputError(f"git cannot be run: {error.strerror}") from error
        if done.returncode:
            wanted = arguments[-1].partition("^")[0]
            said = done.stderr.strip().splitlines() or [f"there is no commit {wanted!r}"]
            raise InputError(f"git {arguments[0]}: {said[0]}")
        return done.stdout
