"""Fetches files from the places of sources: forge, hub, arXiv, package indexes, any address."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urljoin

from llmnotes.errors import InputError
from llmnotes.evidence.origins import CopyOrigin
from llmnotes.ingest.download import Deadline, Downloads
from llmnotes.ingest.hub_access import authorization, endpoint

MOST_BYTES = 64 * 2**20
"""Size limit of a file in bytes: reports with pictures have some 50 MB."""
SECONDS = 120.0
"""Time limit of a file in seconds."""
_MOST_PACKAGE_SECONDS = 900
_INDEX = "https://pypi.org/simple"
_INDEX_PAGE = "application/vnd.pypi.simple.v1+json"
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
    """Archives of Python's package index and of npm's, each downloaded once.

    Wheels and npm's archives come by the user's installer. What a wheel leaves out, and what a package
    without one has, comes from the source archive that the index names. Nothing is built or run.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._archives: dict[tuple[str, str, str], Path | InputError] = {}

    def file(self, package: str, version: str, path: str, *, npm: bool = False) -> bytes:
        """A member of a package; raises `InputError` where it is not available."""
        if npm:
            return self._member("npm", package, version, path)
        try:
            return self._member("wheel", package, version, path)
        except InputError as error:
            try:
                return self._member("source", package, version, path)
            except InputError:
                raise error from None

    def _member(self, form: str, package: str, version: str, path: str) -> bytes:
        asked = (form, package, version)
        if asked not in self._archives:
            download_archive = {"npm": self._packed, "wheel": self._wheel, "source": self._source}
            self._archives[asked] = download_archive[form](package, version)
        archive = self._archives[asked]
        if isinstance(archive, InputError):
            raise archive
        named = f"{package}=={version}"
        try:
            return _unzipped(archive, path) if form == "wheel" else _unpacked(archive, path)
        except KeyError as error:
            raise InputError(f"{named} has no member {path}") from error
        except (OSError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise InputError(f"the archive of {named} cannot be read ({error})") from error

    def _source(self, package: str, version: str) -> Path | InputError:
        """The source archive as the index names it: pip would run the package's own code first."""
        if os.environ.get("PIP_NO_INDEX"):
            return InputError("pip is told to ask no index")
        index = os.environ.get("PIP_INDEX_URL", _INDEX).rstrip("/")
        page = f"{index}/{re.sub(r'[-_.]+', '-', package).lower()}/"
        try:
            listed = json.loads(download(page, {"Accept": _INDEX_PAGE}))
            archives = {item["filename"]: item["url"] for item in listed["files"]}
            for name, url in archives.items():
                if name.endswith(f"-{version}.tar.gz"):
                    archive = Path(tempfile.mkdtemp(dir=self._folder)) / "source.tar.gz"
                    archive.write_bytes(download(urljoin(page, url)))
                    return archive
        except InputError as error:
            return error
        except (ValueError, LookupError, TypeError) as error:
            return InputError(f"{page} is no page of a package index ({error})")
        return InputError(f"the index has no source archive of {package}=={version}")

    def _wheel(self, package: str, version: str) -> Path | InputError:
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
            "--only-binary", ":all:", "--dest", "{folder}", f"{package}=={version}",
        ]  # fmt: skip
        return self._downloaded(command, "*.whl", f"wheel of {package}=={version}")

    def _packed(self, package: str, version: str) -> Path | InputError:
        command = ["npm", "pack", "--pack-destination", "{folder}", f"{package}@{version}"]
        return self._downloaded(command, "*.tgz", f"archive of {package}=={version}")

    def _downloaded(self, command: list[str], pattern: str, what: str) -> Path | InputError:
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        installer = "npm" if command[0] == "npm" else "pip"
        filled = [str(folder) if part == "{folder}" else part for part in command]
        try:
            subprocess.run(
                filled, capture_output=True, check=True, text=True, timeout=_MOST_PACKAGE_SECONDS
            )
        except subprocess.CalledProcessError as error:
            said = [line.strip() for line in error.stderr.splitlines() if "error" in line.lower()]
            return InputError(f"{installer} has no {what} ({(said or ['no reason'])[-1][:120]})")
        except (OSError, subprocess.TimeoutExpired) as error:
            return InputError(f"{installer} cannot download the {what} ({error})")
        found = sorted(folder.glob(pattern))
        return found[0] if found else InputError(f"{installer} gave no {what}")


def _unzipped(archive: Path, path: str) -> bytes:
    with zipfile.ZipFile(archive) as members:
        _hold_size(members.getinfo(path).file_size, path)
        return members.read(path)


def _unpacked(archive: Path, path: str) -> bytes:
    """A file of a packed archive, all of whose members lie in one folder."""
    with tarfile.open(archive) as members:
        for member in members:
            if member.name.partition("/")[2] == path:
                break
        else:
            raise KeyError(path)
        _hold_size(member.size, path)
        found = members.extractfile(member)
        if found is None:
            raise KeyError(path)
        return found.read()


def _hold_size(size: int, path: str) -> None:
    if size > MOST_BYTES:
        raise InputError(f"{path} is larger than {MOST_BYTES:,} bytes")


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
        if origin.kind in {"package", "npm"}:
            return self.packages.file(origin.name, revision, path, npm=origin.kind == "npm")
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
