"""Things that values name and that have entries of their own: publishers, datasets, benchmarks, …"""

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
"""Kind of entity: the attributes whose values name such things."""

KIND_OF: Mapping[str, str] = {
    attribute: kind for kind, attributes in ATTRIBUTES_OF.items() for attribute in attributes
}
"""Attribute: the kind of entity its values name."""

PLURALS: Mapping[str, str] = {
    "organization": "organizations",
    "dataset": "datasets",
    "benchmark": "benchmarks",
    "license": "licenses",
    "tokenizer": "tokenizers",
    "hardware": "hardware",
}
"""Kind of entity: what a list of them, and the curated file they stand in, is called."""

IN_TEXT = frozenset({"dataset", "benchmark", "license", "hardware"})
"""Kinds that values name in a text of their own: `A100 80GB: 1,022,362 GPU-hours`."""

SAYS: Mapping[str, str] = {
    "organization": "published by it",
    "dataset": "trained on it",
    "benchmark": "measured on it",
    "license": "under it",
    "tokenizer": "using it",
    "hardware": "trained on it",
}
"""What a model that names an entity is to it."""
