"""`llmnotes serve` under many clients while another process writes the store it shows.

python benchmarks/serve.py [CLIENTS] [SECONDS]     50 clients for a minute

Every answer is looked at: its status, its length, and that it is whole (a page that ends, JSON that is
read). Nothing here fails; the count of faults is printed beside its bound, 0.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATHS = (
    *["/models/llama-2-70b.html", "/families/llama-2.html", "/compare/llama--llama-2.html"] * 4,
    *["/api/show?m=llama-2-70b", "/api/compare?m=llama,llama-2", "/api/filter?attention=GQA"] * 4,
    *["/", "/filter/index.html", "/techniques/gqa.html", "/api/search?q=rotary"] * 2,
    *["/assets/site.css", "/families/llama-2~claims.html", "/plots/params.html", "/check/index.html"] * 2,
    "/assets/data.js", "/models/llama-2-70b.png", "/timeline/index.html", "/openapi.json",
)  # fmt: skip
TABLE = b"| Model | Context |\n|---|---|\n| Llama 2 7B | 4096 |\n| LLaMA 7B | 9999 |\n"

WRITER = """
import sys, time
from pathlib import Path
from llmnotes.edits.claims import Provenance, set_claims
number = 0
while True:
    said = [f"context_length={4096 + number % 97}"]
    set_claims(Path(sys.argv[1]), "llama-2-70b", said, Provenance(source="w"))
    number += 1
    print(number, flush=True)
    time.sleep(0.2)
"""


def fault(path: str, status: int, kind: str, body: bytes) -> str | None:
    """What is wrong with an answer; None where nothing is."""
    if status != 200:
        return f"{path}: status {status}: {body[:120]!r}"
    if kind.startswith("text/html") and not body.rstrip().endswith(b"</html>"):
        return f"{path}: half a page, ends with {body[-40:]!r}"
    if kind.startswith("application/json"):
        try:
            json.loads(body)
        except ValueError as error:
            return f"{path}: {error}"
    if path.endswith("data.js") and not body.endswith(b"}\n"):
        return f"{path}: half a script"
    return None if body else f"{path}: empty"


class Clients:
    """Asks from many threads until the time is over."""

    def __init__(self, port: int, count: int, seconds: float) -> None:
        self.faults: list[str] = []
        self.times: list[float] = []
        self.kinds: Counter[str] = Counter()
        self._port = port
        self._end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._ask, args=(seed,)) for seed in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _ask(self, seed: int) -> None:
        chance = random.Random(seed)
        connection = HTTPConnection("127.0.0.1", self._port, timeout=60)
        while time.monotonic() < self._end:
            begun = time.monotonic()
            path = chance.choice(PATHS)
            try:
                if chance.random() < 0.03:
                    path = "/api/factcheck"
                    connection.request("POST", path, TABLE, {"Content-Type": "text/markdown"})
                else:
                    connection.request("GET", path)
                answer = connection.getresponse()
                body = answer.read()
                kind = answer.headers.get("content-type", "")
                found = fault(path, answer.status, kind, body)
                self.kinds[kind.partition(";")[0]] += 1
            except (OSError, HTTPException) as error:
                found = f"{path}: {type(error).__name__}: {error}"
                connection.close()
            if found:
                self.faults.append(found)
            self.times.append(time.monotonic() - begun)
        connection.close()


def main(clients: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "notes.sqlite"
        settings = {**os.environ, "LLMNOTES_DB": str(store)}
        server = subprocess.Popen(
            [sys.executable, "-m", "llmnotes", "serve", "--port", "0"],
            env=settings, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(store)], stdout=subprocess.PIPE, text=True
        )
        try:
            assert server.stderr is not None
            address = re.search(r":(\d+)/", server.stderr.readline())
            assert address is not None
            port = int(address[1])
            found = Clients(port, clients, seconds)
            print(f"{clients} clients, {seconds:g} s: {len(found.times)} answers, "
                  f"{len(found.faults)} faults (bound 0)")  # fmt: skip
            for text in found.faults[:5]:
                print("  ", text)
            times = sorted(found.times)
            print(f"time to an answer: median {times[len(times) // 2]:.3f} s, "
                  f"99 % {times[len(times) * 99 // 100]:.3f} s, longest {times[-1]:.3f} s")  # fmt: skip
            print("kinds: " + ", ".join(f"{kind} {n}" for kind, n in found.kinds.most_common()))
            large(port)
        finally:
            writer.terminate()
            written = (writer.communicate()[0] or "0").split()[-1:]
            server.send_signal(signal.SIGINT)
            said = server.communicate(timeout=60)[1]
        print(
            f"writes meanwhile: {written[0] if written else 0}; the server ended with {server.returncode}"
        )
        if said.strip():
            print(said.strip())


def large(port: int) -> None:
    """A table of 10 MB."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/api/factcheck", b"a" * 10_000_000)
    answer = connection.getresponse()
    print(f"a table of 10 MB: {answer.status} {answer.read().decode()}")


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 50, float(given[1]) if given[1:] else 60.0)
