"""A repository of the hub, read from a real server on loopback by the real client."""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from llmnotes.errors import InputError
from llmnotes.ingest.formats.hub import read_hub

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
    "acme/large": {"config.json": b" " * (17 * 2**20)},
    "acme/torn": {"config.json": b'{"model_type": '},
    "acme/unknown": {"config.json": json.dumps({"model_type": "zyx9", "hidden_size": 64}).encode()},
    "acme/parts": {
        "config.json": json.dumps(CONFIG).encode(),
        "model.safetensors.index.json": json.dumps({"weight_map": {"a": "../../x"}}).encode(),
    },
    "acme/header": {
        "config.json": json.dumps(CONFIG).encode(),
        "model.safetensors": struct.pack("<Q", 2**62) + b"{}",
    },
}
LISTINGS = {
    "acme/text": b"nothing",
    "acme/list": b"[]",
    "acme/commit": json.dumps({"sha": "../../../tmp/x", "siblings": []}).encode(),
    "acme/siblings": json.dumps({"sha": COMMIT, "siblings": {"a": 1}}).encode(),
    "acme/nested": b"[" * 100_000,
}
STATUSES = {"acme/failing": 503, "acme/gated": 403, "acme/odd": 451}


class Hub(BaseHTTPRequestHandler):
    """Answers as the hub does, as far as reading a repository needs."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            return self.listing("/".join(parts[2:4]), parts[5])
        repository, name = "/".join(parts[:2]), "/".join(parts[4:])
        assert parts[2:4] == ["resolve", COMMIT]
        if name not in FILES[repository]:
            return self.fail(404, "EntryNotFound")
        return self.answer(FILES[repository][name])

    def listing(self, repository: str, revision: str) -> None:
        if repository in STATUSES:
            return self.fail(STATUSES[repository], "")
        if repository in LISTINGS:
            return self.answer(LISTINGS[repository])
        if repository not in FILES:
            return self.fail(404, "RepoNotFound")
        if revision not in {"main", COMMIT}:
            return self.fail(404, "RevisionNotFound")
        names = [{"rfilename": name} for name in FILES[repository]]
        return self.answer(json.dumps({"sha": COMMIT, "siblings": names}).encode())

    def fail(self, code: int, reason: str) -> None:
        self.send_response(code)
        self.send_header("X-Error-Code", reason)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, body: bytes) -> None:
        wanted = self.headers.get("Range")
        if wanted:
            first, last = wanted.removeprefix("bytes=").split("-")
            body = body[int(first) : int(last) + 1]
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """The server, with an environment that leads to it and to a cache of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for name in ("HF_TOKEN", "HF_HUB_OFFLINE", "HF_HUB_CACHE"):
        monkeypatch.delenv(name, raising=False)
    yield server
    server.shutdown()
    server.server_close()


def test_a_repository_gives_config_card_and_exact_count(run: Any, hub: Any) -> None:
    done = run("import", "hf:acme/tiny-7b-chat")
    assert done.code == 0, done.err
    assert COMMIT[:12] in done.err

    record = run("show", "acme/tiny-7b-chat", "-f", "json").json
    assert (record["n_layers"], record["d_model"], record["attention"]) == (2, 64, "GQA")
    assert (record["license"], record["languages"]) == ("Apache-2.0", ["English", "German"])
    assert (record["params_total"], record["variant"]) == (12_800, "post-trained")
    statuses = {claim["status"] for claim in record["claims"]["params_total"]}
    assert statuses == {"reported", "derived"}


def test_what_comes_from_the_cache_says_so(hub: Any) -> None:
    read_hub("acme/tiny-7b-chat")
    hub.shutdown()
    hub.server_close()

    found = read_hub("acme/tiny-7b-chat")
    assert "did not answer" in found.notices[0]
    assert COMMIT[:12] in found.notices[0]
    [model] = found.models
    assert {claim.attribute for claim in model.claims} >= {"n_layers", "license"}


def test_offline_the_hub_is_not_asked(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    with pytest.raises(InputError, match="HF_HUB_OFFLINE .* nothing of it is cached"):
        read_hub("acme/tiny-7b-chat")


@pytest.mark.parametrize("endpoint", ["hub", "ftp://hub", "http://", "http://h b"])
def test_an_endpoint_that_is_no_url_is_refused(
    monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)

    with pytest.raises(InputError, match="HF_ENDPOINT is .*; write a URL"):
        read_hub("acme/tiny")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("acme/nowhere", "there is no such repository"),
        ("acme/bare", "no config.json in it"),
        ("acme/tiny-7b-chat@v9", "there is no revision 'v9'"),
        ("../../etc/passwd", "write hf:organization/name"),
        ("acme/tiny@../../x", "write hf:organization/name"),
        ("acme/large", "announces 17,825,792 bytes; at most 16,777,216"),
        ("acme/torn", "config.json:1:16: not JSON"),
        ("acme/text", "the hub's listing:1:1: not JSON"),
        ("acme/list", "a list where an object belongs"),
        ("acme/commit", "names no commit"),
        ("acme/siblings", "siblings: an object where a list belongs"),
        ("acme/nested", "nested too deep"),
        ("acme/failing", "answers HTTP 503 .* nothing of it is cached"),
        ("acme/gated", "access is gated"),
        ("acme/odd", "answers HTTP 451"),
    ],
)
def test_what_cannot_be_had_is_refused_in_one_sentence(hub: Any, name: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        read_hub(name)

    assert str(caught.value).startswith("hf:")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("acme/parts", "'../../x', which is no safetensors file"), ("acme/header", "claims a header")],
)
def test_weights_that_cannot_be_counted_leave_the_rest(hub: Any, name: str, reason: str) -> None:
    found = read_hub(name)

    [model] = found.models
    assert "n_layers" in {claim.attribute for claim in model.claims}
    assert any(reason in said for said in found.remarks.reasons)


def test_an_unknown_architecture_gives_what_its_keys_say(hub: Any) -> None:
    found = read_hub("acme/unknown")

    [model] = found.models
    assert {claim.attribute: claim.value for claim in model.claims} == {"d_model": 64}
    assert "zyx9" in found.remarks.malformed_examples[0]


def test_a_hub_out_of_reach_with_an_empty_cache_is_refused(hub: Any) -> None:
    hub.shutdown()
    hub.server_close()

    with pytest.raises(InputError, match="cannot be reached .* nothing of it is cached"):
        read_hub("acme/tiny-7b-chat")
