"""Fetches files from the places of sources: forge, hub, arXiv, package index, any address."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from llmnotes.errors import InputError
from llmnotes.evidence.origins import CopyOrigin
from llmnotes.ingest.download import Deadline, Downloads
from llmnotes.ingest.hub_access import authorization, endpoint

MOST_BYTES = 64 * 2**20
"""Size limit of a file in bytes: reports with pictures have some 50 MB."""
SECONDS = 120.0
"""Time limit of a file in seconds."""
_MOST_PACKAGE_SECONDS = 900
_PATCH_HEAD = 16_384
"""Bytes at the beginning of a patch that are read: author, date and subject."""
_PATCH_COMMIT = re.compile(r"From ([0-9a-f]{40}) ")
_PATCH_MARK = re.compile(r"^\[PATCH[^\]]*\]\s*")


class Forge(Protocol):
    """Access to files of repositories at a commit, and to commit messages."""

    def file(self, repository: str, commit: str, path: str) -> bytes:
        """The file; raises `InputError` where it is not available."""
        ...

    def log(self, repository: str, commit: str, named: Collection[str]) -> str:
        """A line `commit date subject` for each commit up to `commit`, at least for those in `named`.

        `log` in `named` stands for all. Raises `InputError` where a named commit is not available.
        """
        ...


@dataclass(frozen=True)
class RawForge:
    """The public forge, where each file and commit has its own URL."""

    url: str = "https://raw.githubusercontent.com"
    pages: str = "https://github.com"

    def file(self, repository: str, commit: str, path: str) -> bytes:
        """Download it."""
        return download(f"{self.url}/{repository}/{quote(commit)}/{quote(path)}")

    def log(self, repository: str, commit: str, named: Collection[str]) -> str:
        """The named commits, with the author's date: the forge gives no other without its API."""
        if "log" in named:
            raise InputError("the forge gives single commits alone; the log is in a mirror")
        return "".join(self._commit(f"{self.pages}/{repository}/commit/{name}") for name in named)

    def _commit(self, url: str) -> str:
        """The line of a commit, from the header of its patch, which has the form of an e-mail."""
        letter = BytesParser(policy=policy.default).parsebytes(
            download(f"{url}.patch", part=(0, _PATCH_HEAD - 1)), headersonly=True
        )
        found = _PATCH_COMMIT.match(letter.get_unixfrom() or "")
        date = letter["Date"].datetime if letter["Date"] else None
        if found is None or date is None:
            raise InputError(f"{url} gives no patch of a commit")
        subject = " ".join(_PATCH_MARK.sub("", letter["Subject"] or "").split())
        return f"{found[1]} {date.date().isoformat()} {subject}\n"


@dataclass(frozen=True)
class Mirrors:
    """Git repositories on this machine; `pattern` is a path with `{owner}` and `{name}` in it."""

    pattern: str

    def file(self, repository: str, commit: str, path: str) -> bytes:
        """Read it from the repository's objects; a folder is all its files in the order of their names."""
        what = f"{path} at {commit[:12]}"
        if self._git(repository, what, "cat-file", "-t", f"{commit}:{path}").strip() == b"tree":
            listed = self._git(
                repository, what, "ls-tree", "-rz", "--name-only", commit, f"{path}/"
            )
            names = [name.decode("utf-8", "replace") for name in listed.split(b"\0") if name]
            return b"".join(self.file(repository, commit, name) for name in names)
        found = self._git(repository, what, "cat-file", "blob", f"{commit}:{path}")
        if len(found) > MOST_BYTES:
            raise InputError(f"{path} is larger than {MOST_BYTES:,} bytes")
        return found

    def log(self, repository: str, commit: str, named: Collection[str]) -> str:
        """The whole log, with the committer's dates."""
        found = self._git(repository, commit[:12], "log", "--format=%H %cs %s", commit)
        return found.decode("utf-8", "replace")

    def _git(self, repository: str, what: str, *arguments: str) -> bytes:
        owner, _, name = repository.partition("/")
        folder = Path(self.pattern.replace("{owner}", owner).replace("{name}", name))
        if not folder.is_dir():
            raise InputError(f"there is no mirror of {repository} at {folder}")
        command = ["git", "-C", str(folder), *arguments]
        try:
            found = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
        except subprocess.CalledProcessError as error:
            raise InputError(f"the mirror of {repository} has no {what}") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(f"git cannot read the mirror of {repository} ({error})") from error
        return found.stdout


class Packages:
    """Wheels of the package index, each downloaded once by the user's installer.

    Nothing is built or run: a package without a wheel is not available.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._wheels: dict[str, Path | InputError] = {}

    def file(self, package: str, version: str, path: str) -> bytes:
        """A member of a package's wheel; raises `InputError` where it is not available."""
        asked = f"{package}=={version}"
        if asked not in self._wheels:
            self._wheels[asked] = self._download(asked)
        wheel = self._wheels[asked]
        if isinstance(wheel, InputError):
            raise wheel
        try:
            with zipfile.ZipFile(wheel) as archive:
                if archive.getinfo(path).file_size > MOST_BYTES:
                    raise InputError(f"{path} is larger than {MOST_BYTES:,} bytes")
                return archive.read(path)
        except KeyError as error:
            raise InputError(f"{asked} has no member {path}") from error
        except (OSError, zipfile.BadZipFile) as error:
            raise InputError(f"the wheel of {asked} cannot be read ({error})") from error

    def _download(self, asked: str) -> Path | InputError:
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
            "--only-binary", ":all:", "--dest", str(folder), asked,
        ]  # fmt: skip
        try:
            subprocess.run(
                command, capture_output=True, check=True, text=True, timeout=_MOST_PACKAGE_SECONDS
            )
        except subprocess.CalledProcessError as error:
            said = [line.strip() for line in error.stderr.splitlines() if "ERROR" in line]
            return InputError(f"pip has no wheel of {asked} ({(said or ['no reason'])[-1][:120]})")
        except (OSError, subprocess.TimeoutExpired) as error:
            return InputError(f"pip cannot download {asked} ({error})")
        found = sorted(folder.glob("*.whl"))
        return found[0] if found else InputError(f"pip gave no wheel of {asked}")


@dataclass(frozen=True)
class Fetcher:
    """Fetches the file of an origin, with limits on size and time."""

    forge: Forge
    packages: Packages
    arxiv: str = "https://arxiv.org"

    def fetch(self, origin: CopyOrigin) -> bytes:
        """The file; raises `InputError` with the reason where it is not available."""
        path, revision = origin.path or "", origin.revision or ""
        if origin.kind == "forge":
            return self.forge.file(origin.name, revision, path)
        if origin.kind == "package":
            return self.packages.file(origin.name, revision, path)
        if origin.kind == "arxiv":
            version = f"v{revision}" if revision else ""
            return download(f"{self.arxiv}/pdf/{origin.name}{version}")
        if origin.kind == "hub":
            url = f"{endpoint()}/{origin.name}/resolve/{quote(revision, safe='')}/{quote(path)}"
            return download(url, authorization())
        return download(origin.name)

    def log(self, origin: CopyOrigin, named: Collection[str]) -> str:
        """The log of a repository, or at least its named commits."""
        if origin.kind != "forge":
            raise InputError(
                f"{origin.name} is no repository of the forge; its commits are not had"
            )
        return self.forge.log(origin.name, origin.revision or "HEAD", named)


@contextmanager
def fetcher(mirror: str | None = None) -> Iterator[Fetcher]:
    """A fetcher from the public places, or for repositories from mirrors where a pattern is given."""
    with tempfile.TemporaryDirectory() as folder:
        yield Fetcher(Mirrors(mirror) if mirror else RawForge(), Packages(Path(folder)))


def download(
    url: str, headers: dict[str, str] | None = None, part: tuple[int, int] | None = None
) -> bytes:
    """The answer for a URL, or a part of it; raises `InputError` where there is none within the limits."""
    with Deadline(SECONDS) as deadline:
        return Downloads(deadline).fetch(url, MOST_BYTES, headers=headers, part=part)
