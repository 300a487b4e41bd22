"""A repository of the hub, read from a real server on loopback through the real client."""

from __future__ import annotations

import hashlib
import json
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

pytest.importorskip("huggingface_hub")

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CONFIG = {
    "model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_size": 64,
    "intermediate_size": 172, "num_hidden_layers": 2, "num_attention_heads": 4,
    "num_key_value_heads": 2, "vocab_size": 100, "max_position_embeddings": 512,
    "rms_norm_eps": 1e-6, "hidden_act": "silu", "tie_word_embeddings": False, "rope_theta": 10000.0,
}  # fmt: skip
TENSORS = {
    "model.embed_tokens.weight": {"dtype": "BF16", "shape": [100, 64], "data_offsets": [0, 12800]},
    "lm_head.weight": {"dtype": "BF16", "shape": [100, 64], "data_offsets": [12800, 25600]},
}
HEADER = json.dumps(TENSORS).encode()
FILES = {
    "acme/tiny-7b-chat": {
        "config.json": json.dumps(CONFIG).encode(),
        "README.md": b"---\nlicense: apache-2.0\nlanguage: [en, de]\nbase_model: acme/tiny\n---\n# Tiny\n",
        "model.safetensors": struct.pack("<Q", len(HEADER)) + HEADER + bytes(25600),
    },
    "acme/bare": {"README.md": b"nothing"},
}


class Hub(BaseHTTPRequestHandler):
    """Answers as the hub does, as far as contents a repository needs."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            repository = "/".join(parts[2:4])
            if repository not in FILES:
                return self.fail(404, "RepoNotFound")
            names = [{"rfilename": name} for name in FILES[repository]]
            data = {
                "id": repository,
                "sha": COMMIT,
                "siblings": names,
                "tags": [],
                "private": False,
            }
            return self.answer(json.dumps(data).encode(), "application/json")
        repository, revision, name = "/".join(parts[:2]), parts[3], "/".join(parts[4:])
        if repository not in FILES:
            return self.fail(404, "RepoNotFound")
        if revision not in {"main", COMMIT}:
            return self.fail(404, "RevisionNotFound")
        if name not in FILES[repository]:
            return self.fail(404, "EntryNotFound")
        return self.answer(FILES[repository][name])

    def fail(self, code: int, reason: str) -> None:
        self.send_response(code)
        self.send_header("X-Error-Code", reason)
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, body: bytes, kind: str = "application/octet-stream") -> None:
        whole, wanted = len(body), self.headers.get("Range")
        tag = hashlib.sha1(body, usedforsecurity=False).hexdigest()
        if wanted:
            first, last = wanted.removeprefix("bytes=").split("-")
            begin, end = int(first), min(int(last or whole), whole - 1)
            body = body[begin : end + 1]
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {begin}-{end}/{whole}")
        else:
            self.send_response(200)
        self.send_header("ETag", f'"{tag}"')
        self.send_header("X-Repo-Commit", COMMIT)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", kind)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@pytest.fixture
def hub(tmp_path: Any) -> Iterator[tuple[ThreadingHTTPServer, dict[str, str]]]:
    """The server, and the environment that leads the client to it and to a cache of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        "HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}",
        "HF_HOME": str(tmp_path / "cache"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "NO_PROXY": "127.0.0.1",
        "no_proxy": "127.0.0.1",
    }
    yield server, environment
    server.shutdown()
    server.server_close()


def test_a_repository_gives_config_card_and_exact_count(run: Any, hub: Any) -> None:
    _, environment = hub
    done = run("import", "hf:acme/tiny-7b-chat", **environment)
    assert done.code == 0, done.err
    assert COMMIT[:12] in done.err

    record = run("show", "acme/tiny-7b-chat", "-f", "json").json
    assert (record["n_layers"], record["d_model"], record["attention"]) == (2, 64, "GQA")
    assert (record["license"], record["languages"]) == ("Apache-2.0", ["English", "German"])
    assert (record["params_total"], record["variant"]) == (12_800, "post-trained")
    statuses = {claim["status"] for claim in record["claims"]["params_total"]}
    assert statuses == {"reported", "derived"}


def test_what_comes_from_the_cache_says_so(run: Any, hub: Any) -> None:
    server, environment = hub
    run("import", "hf:acme/tiny-7b-chat", **environment)
    server.shutdown()
    server.server_close()

    done = run("import", "hf:acme/tiny-7b-chat", **environment)
    assert done.code == 0, done.err
    assert "did not answer" in done.err
    assert COMMIT[:12] in done.err


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("hf:acme/nowhere", "no such repository"),
        ("hf:acme/bare", "no config.json"),
        ("hf:acme/tiny-7b-chat@v9", "no revision"),
        ("hf:../../etc/passwd", "write hf:organization/name"),
    ],
)
def test_what_is_not_there_is_refused_in_one_sentence(
    run: Any, hub: Any, name: str, sentence: str
) -> None:
    done = run("import", name, **hub[1])

    assert done.code == 2
    assert sentence in done.err


def test_a_hub_out_of_reach_with_an_empty_cache_is_refused(run: Any, hub: Any) -> None:
    server, environment = hub
    server.shutdown()
    server.server_close()

    done = run("import", "hf:acme/tiny-7b-chat", **environment)
    assert done.code == 2
    assert "cannot be reached" in done.err
