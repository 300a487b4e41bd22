"""A site of the curated base, written once, and a browser where one is installed."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from llmnotes.site.build import write_site
from llmnotes.store.connect import connect


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of the curated base; processes that share the tests share it."""
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _written(base / "site")
    shared = base.parent / "site"
    try:
        shared.mkdir()
    except FileExistsError:
        return _awaited(shared)
    try:
        return _written(shared)
    except BaseException:
        (shared / "failed").touch()
        raise


def _written(folder: Path) -> Path:
    connection = connect()
    # Whoever else needs the site waits for it, so that a second processor is free.
    write_site(connection, folder / "out", url="https://example.org/notes", processes=2)
    connection.close()
    (folder / "done").touch()
    return folder / "out"


def _awaited(folder: Path) -> Path:
    """The site that another process is writing."""
    deadline = time.monotonic() + 600
    while not (folder / "done").exists():
        assert not (folder / "failed").exists(), "another process could not write the site"
        assert time.monotonic() < deadline, "another process is still writing the site"
        time.sleep(0.2)
    return folder / "out"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The site on a static host of its own, in a sub-folder."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(site.parent))
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/{site.name}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's Chromium; nothing is downloaded."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if program is None:
        pytest.skip("no Chromium on this machine")
    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
               "--disable-component-update", "--disable-sync"]  # fmt: skip
    with sync_api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=program, args=options)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test on a script error or a console message."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield opened
    context.close()
    assert not complaints
