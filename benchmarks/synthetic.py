"""Synthetic models for the benchmarks of size: plausible, repeatable, as many as wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator

from llmnotes.ingest.raw import RawClaim, RawModel

ATTENTION = ("MHA", "GQA", "GQA", "GQA", "MQA")
ORGANIZATIONS = [f"lab-{number}" for number in range(200)]


def models(count: int, seed: int = 7) -> Iterator[RawModel]:
    """`count` models of 200 publishers, each with eight claims in the form the store keeps."""
    chance = random.Random(seed)
    for number in range(count):
        size = chance.randrange(100_000_000, 100_000_000_000)
        layers = chance.randrange(12, 96)
        values = {
            "params_total": size,
            "context_length": 1 << chance.randrange(11, 21),
            "attention": chance.choice(ATTENTION),
            "release_date": f"{chance.randrange(2019, 2027)}-{chance.randrange(1, 13):02d}",
            "n_layers": layers,
            "d_model": layers * 64,
            "vocab_size": 32_000,
            "license": "Apache-2.0",
        }
        name = f"{ORGANIZATIONS[number % 200]}/synthetic-{number}"
        claims = [RawClaim(key, value, key, canonical=True) for key, value in values.items()]
        yield RawModel(name, claims)
