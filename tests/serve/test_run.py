from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from llmnotes.serve.run import allowed_hosts, is_loopback
from tests.running import REPOSITORY


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "[::1]"])
def test_addresses_of_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "128.0.0.1", ""])
def test_addresses_that_others_reach(host: str) -> None:
    assert not is_loopback(host)


def test_another_address_demands_consent(run: Any) -> None:
    done = run("serve", "--host", "0.0.0.0")
    assert done.code == 2
    assert "--allow-remote" in done.err


@pytest.mark.parametrize("port", ["65536", "-1", "http", ""])
def test_a_port_that_is_none_is_refused(run: Any, port: str) -> None:
    done = run("serve", f"--port={port}")
    assert done.code == 2
    assert "--port takes a number" in done.err


@pytest.mark.thorough
def test_a_port_that_is_taken_is_said_to_be_so(run: Any) -> None:
    pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.code == 2
    assert "choose another --port" in done.err


def test_hosts_that_may_be_asked_for() -> None:
    assert "evil.example" not in allowed_hosts("127.0.0.1")
    assert "192.0.2.7" in allowed_hosts("192.0.2.7")


@pytest.mark.thorough
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly_and_leaves_no_copy_behind(tmp_path: Path, number: int) -> None:
    pytest.importorskip("uvicorn", reason="the extra `serve` is not installed")
    settings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "llmnotes", "serve", "--port", "0"],
        env=settings, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.readline()
    address = re.search(r"http://\S+", said)
    assert address is not None, said
    with urllib.request.urlopen(address[0], timeout=30) as found:
        assert found.status == 200
    process.send_signal(number)
    rest = process.communicate(timeout=30)[1]
    assert "Traceback" not in rest
    assert list(tmp_path.iterdir()) == []
