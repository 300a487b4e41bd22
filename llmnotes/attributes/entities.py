"""Kinds of entities that values name: publishers, datasets, benchmarks, …"""

from __future__ import annotations

from collections.abc import Mapping

ATTRIBUTES_OF: Mapping[str, tuple[str, ...]] = {
    "organization": ("organization",),
    "dataset": ("training_data",),
    "benchmark": ("evaluation",),
    "license": ("license",),
    "tokenizer": ("tokenizer", "tokenizer_library"),
    "hardware": ("hardware",),
}
"""The attributes whose values name entities, by kind of entity."""

KIND_OF: Mapping[str, str] = {
    attribute: kind for kind, attributes in ATTRIBUTES_OF.items() for attribute in attributes
}
"""The kind of entity that an attribute's values name."""

PLURALS: Mapping[str, str] = {
    "organization": "organizations",
    "dataset": "datasets",
    "benchmark": "benchmarks",
    "license": "licenses",
    "tokenizer": "tokenizers",
    "hardware": "hardware",
}
"""Plural of each kind, used for lists and for the curated file."""

IN_TEXT = frozenset({"dataset", "benchmark", "license", "hardware"})
"""Kinds that are named inside a longer text: `A100 80GB: 1,022,362 GPU-hours`."""

SAYS: Mapping[str, str] = {
    "organization": "published by it",
    "dataset": "trained on it",
    "benchmark": "measured on it",
    "license": "under it",
    "tokenizer": "using it",
    "hardware": "trained on it",
}
"""The relation of a model to an entity of each kind that it names."""
