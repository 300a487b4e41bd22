"""Sound sources spoilt: some parts are junk, others missing, bytes changed."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

LONG = "a very long number"
"""Stands for a whole number of more digits than Python converts without being asked to."""


def nested(depth: int) -> Any:
    """Lists in lists."""
    found: Any = 1
    for _ in range(depth):
        found = [found]
    return found


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**25), 10**25)
    | st.sampled_from([2**63, 2**63 - 1, 2**64, -1, 0, LONG, 1e308, -0.5])
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud800", "\x1b[31m", "a\x00b", "7B", "2024-13-40", "9" * 5000, "①", "中"])
    | st.sampled_from([18, 400]).map(nested),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else ()
    for key, item in (*items, *(enumerate(value) if isinstance(value, list) else ())):
        yield from places(item, (*path, key))


@st.composite
def spoilt(draw: Any, sample: Any) -> Any:
    """A sound sample of which some parts are junk, or missing."""
    found = {"": copy.deepcopy(sample)}  # under a key, so that the whole can be junk too
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(found, ()))[1:]))
        parent: Any = found
        for key in path[:-1]:
            parent = parent[key]
        if path != ("",) and isinstance(parent, dict) and draw(st.integers(0, 4)) == 0:
            del parent[path[-1]]
        else:
            parent[path[-1]] = copy.deepcopy(draw(JUNK))
    return found[""]


def as_json(value: Any) -> bytes:
    """JSON as Python writes it, with numbers of any length."""
    text = json.dumps(value).replace(json.dumps(LONG), "9" * 4_400)
    return text.encode("utf-8", "surrogatepass")


def as_toml(value: Any) -> str:
    """An inline TOML value; what TOML has no form for becomes an empty text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key))} = {as_toml(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "9" * 4_400 if value == LONG else json.dumps(value if isinstance(value, str) else "")


def scratched(data: bytes, seed: int) -> bytes:
    """The bytes with a few of them changed, and perhaps cut short."""
    chance = random.Random(seed)
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        found[chance.randrange(4, len(found))] = chance.randrange(256)
    return bytes(found[: chance.randint(4, len(found))] if chance.random() < 0.3 else found)
