"""Files fetched from a real server on loopback, a real git repository and a real wheel."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from llmnotes.curate.fetching import Fetcher, Mirrors, Packages, RawForge, fetcher
from llmnotes.errors import InputError
from llmnotes.evidence.origins import CopyOrigin

COMMIT = "89abcdef" * 5
PATCH = f"""From {COMMIT} Mon Sep 17 00:00:00 2001
From: =?UTF-8?q?J=C3=BCrgen?= <j@example.org>
Date: Thu, 26 Dec 2024 01:30:00 +0800
Subject: [PATCH 1/2] Release a model whose
 subject is folded

---
"""
ANSWERS = {
    f"/raw/a/b/{COMMIT}/docs/a%20b.md": b"forge",
    f"/pages/a/b/commit/{COMMIT[:7]}.patch": PATCH.encode(),
    "/pages/a/b/commit/1234567.patch": b"<html>",
    "/arxiv/pdf/2001.00001v2": b"second",
    "/arxiv/pdf/2001.00001": b"newest",
    f"/hub/a/b/resolve/{COMMIT}/config.json": b"{}",
    "/page": b"page",
}


class Server(BaseHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/page")
            self.end_headers()
            return
        found = ANSWERS.get(self.path)
        self.send_response(200 if found is not None else 404)
        self.end_headers()
        self.wfile.write(found or b"")


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def fetch(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetcher:
    monkeypatch.setenv("HF_ENDPOINT", f"{url}/hub")
    forge = RawForge(f"{url}/raw", f"{url}/pages")
    return Fetcher(forge, Packages(tmp_path), f"{url}/arxiv")


@pytest.mark.parametrize(
    ("origin", "content"),
    [
        (CopyOrigin("forge", "a/b", COMMIT, "docs/a b.md"), b"forge"),
        (CopyOrigin("hub", "a/b", COMMIT, "config.json"), b"{}"),
        (CopyOrigin("arxiv", "2001.00001", "2"), b"second"),
        (CopyOrigin("arxiv", "2001.00001"), b"newest"),
    ],
)
def test_each_place_is_asked_in_its_own_way(origin, content, fetch):
    assert fetch.fetch(origin) == content


def test_an_address_is_followed_where_it_leads(fetch, url):
    assert fetch.fetch(CopyOrigin("address", f"{url}/moved")) == b"page"


def test_what_is_not_there_is_said(fetch, url):
    with pytest.raises(InputError, match="404"):
        fetch.fetch(CopyOrigin("address", f"{url}/nothing"))


def test_a_commit_is_read_from_the_head_of_its_patch(fetch):
    origin = CopyOrigin("forge", "a/b", COMMIT)
    assert fetch.log(origin, [COMMIT[:7]]) == (
        f"{COMMIT} 2024-12-26 Release a model whose subject is folded\n"
    )
    with pytest.raises(InputError, match="no patch"):
        fetch.log(origin, ["1234567"])
    with pytest.raises(InputError, match="mirror"):
        fetch.log(origin, ["log"])
    with pytest.raises(InputError, match="no repository of the forge"):
        fetch.log(CopyOrigin("hub", "a/b", COMMIT), [COMMIT])


@pytest.fixture
def mirror(tmp_path: Path) -> tuple[str, str]:
    """The pattern of a folder of mirrors, and the first commit of the one that is in it."""
    folder = tmp_path / "mirrors" / "a" / "b.git"

    def git(*arguments: str) -> str:
        names = ["-c", "user.name=x", "-c", "user.email=x"]
        return subprocess.run(
            ["git", *names, "-C", str(folder), *arguments],
            check=True, capture_output=True, text=True,
            env={**os.environ, "GIT_COMMITTER_DATE": "2024-05-06T07:08:09"},
        ).stdout.strip()  # fmt: skip

    folder.mkdir(parents=True)
    git("init", "-q")
    (folder / "parts").mkdir()
    for name in ("b.md", "a.md"):
        (folder / "parts" / name).write_text(f"{name}\n")
    git("add", "parts")
    for text in ("first", "second"):
        (folder / "x.txt").write_text(text)
        git("add", "x.txt")
        git("commit", "-q", "-m", f"Write the {text}", "--date", "2024-05-01T07:08:09")
    return str(tmp_path / "mirrors" / "{owner}" / "{name}.git"), git("rev-parse", "HEAD~1")


def test_a_mirror_gives_the_file_of_the_very_commit(mirror):
    pattern, first = mirror
    assert Mirrors(pattern).file("a/b", first, "x.txt") == b"first"
    assert Mirrors(pattern).file("a/b", "HEAD", "x.txt") == b"second"
    assert Mirrors(pattern).log("a/b", first, {"log"}) == f"{first} 2024-05-06 Write the first\n"


def test_a_folder_is_all_its_files_in_the_order_of_their_names(mirror):
    pattern, first = mirror
    assert Mirrors(pattern).file("a/b", first, "parts") == b"a.md\nb.md\n"


def test_a_mirror_says_what_it_has_not(mirror):
    pattern, first = mirror
    with pytest.raises(InputError, match="no mirror of a/c"):
        Mirrors(pattern).file("a/c", first, "x.txt")
    with pytest.raises(InputError, match=f"no y.txt at {first[:12]}"):
        Mirrors(pattern).file("a/b", first, "y.txt")
    with pytest.raises(InputError, match=COMMIT[:12]):
        Mirrors(pattern).log("a/b", COMMIT, {"log"})


def test_repositories_come_from_mirrors_where_there_are_any(mirror):
    pattern, first = mirror
    with fetcher(pattern) as found:
        assert found.fetch(CopyOrigin("forge", "a/b", first, "x.txt")) == b"first"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packages:
    """The package index is a folder with one wheel."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    with zipfile.ZipFile(wheels / "toypackage-1.2-py3-none-any.whl", "w") as archive:
        archive.writestr("toypackage/model.py", "layers = 24\n")
        archive.writestr(
            "toypackage-1.2.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: toypackage\nVersion: 1.2\n",
        )
        archive.writestr("toypackage-1.2.dist-info/WHEEL", "Wheel-Version: 1.0\n")
        archive.writestr("toypackage-1.2.dist-info/RECORD", "")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    return Packages(tmp_path)


def test_a_member_comes_from_the_wheel_of_a_package(packages):
    assert packages.file("toypackage", "1.2", "toypackage/model.py") == b"layers = 24\n"
    with pytest.raises(InputError, match=r"has no member toypackage/none\.py"):
        packages.file("toypackage", "1.2", "toypackage/none.py")


def test_a_package_without_a_wheel_is_said(packages):
    for _ in range(2):
        with pytest.raises(InputError, match="no wheel of toypackage==9"):
            packages.file("toypackage", "9", "toypackage/model.py")


@pytest.fixture
def index(url: str, packages: Packages, monkeypatch: pytest.MonkeyPatch) -> Packages:
    """Beside the wheel, an index on loopback with source archives, of which version 3 has no wheel."""
    listed = []
    for version in ("1.2", "3"):
        archive = io.BytesIO()
        with tarfile.open(fileobj=archive, mode="w:gz") as members:
            member = tarfile.TarInfo(f"toy_package-{version}/recipes/model.yaml")
            member.size = len(version)
            members.addfile(member, io.BytesIO(version.encode()))
        name = f"toy_package-{version}.tar.gz"
        listed.append({"filename": name, "url": f"../../files/{name}"})
        monkeypatch.setitem(ANSWERS, f"/files/{name}", archive.getvalue())
    page = json.dumps({"files": listed}).encode()
    for name in ("toypackage", "toy-package"):
        monkeypatch.setitem(ANSWERS, f"/simple/{name}/", page)
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", f"{url}/simple")
    return packages


def test_what_a_wheel_leaves_out_comes_from_the_source_archive(index):
    assert index.file("toypackage", "1.2", "toypackage/model.py") == b"layers = 24\n"
    assert index.file("toypackage", "1.2", "recipes/model.yaml") == b"1.2"
    with pytest.raises(InputError, match=r"has no member recipes/none\.yaml"):
        index.file("toypackage", "1.2", "recipes/none.yaml")


def test_a_package_without_a_wheel_has_its_source_archive_alone(index):
    assert index.file("Toy_Package", "3", "recipes/model.yaml") == b"3"
    with pytest.raises(InputError, match=r"no wheel of Toy_Package==3"):
        index.file("Toy_Package", "3", "recipes/none.yaml")
    with pytest.raises(InputError, match=r"no wheel of Toy_Package==4"):
        index.file("Toy_Package", "4", "recipes/model.yaml")


@pytest.mark.parametrize("page", [b"<html>", b"[]", b'{"files": [{"url": "a"}]}'])
def test_an_index_that_answers_otherwise_has_no_archives(page, index, monkeypatch):
    monkeypatch.setitem(ANSWERS, "/simple/toypackage/", page)

    with pytest.raises(InputError, match=r"has no member recipes/model\.yaml"):
        index.file("toypackage", "1.2", "recipes/model.yaml")


@pytest.fixture
def registry(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packages:
    """npm's registry on loopback, with one package of one version."""
    archive = io.BytesIO()
    files = {"package.json": b'{"name": "@toys/toy", "version": "1.2.0"}', "dist/m.js": b"1\n"}
    with tarfile.open(fileobj=archive, mode="w:gz") as members:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(content)
            members.addfile(member, io.BytesIO(content))
    packed = archive.getvalue()
    dist = {"tarball": f"{url}/toy.tgz", "shasum": hashlib.sha1(packed).hexdigest()}
    version = {"name": "@toys/toy", "version": "1.2.0", "dist": dist}
    listed = {"name": "@toys/toy", "dist-tags": {"latest": "1.2.0"}, "versions": {"1.2.0": version}}
    monkeypatch.setitem(ANSWERS, "/@toys%2ftoy", json.dumps(listed).encode())
    monkeypatch.setitem(ANSWERS, "/toy.tgz", packed)
    monkeypatch.setenv("npm_config_registry", url)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    return Packages(tmp_path)


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("npm") is None, reason="needs npm")
def test_a_member_comes_from_the_archive_of_an_npm_package(registry):
    assert registry.file("@toys/toy", "1.2.0", "dist/m.js", npm=True) == b"1\n"
    with pytest.raises(InputError, match=r"has no member dist/none\.js"):
        registry.file("@toys/toy", "1.2.0", "dist/none.js", npm=True)
    with pytest.raises(InputError, match="npm has no archive of @toys/toy==9"):
        registry.file("@toys/toy", "9.0.0", "dist/m.js", npm=True)
