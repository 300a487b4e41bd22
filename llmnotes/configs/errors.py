"""Errors in configurations: one sentence that names the key and the repair."""

from __future__ import annotations

from llmnotes.errors import InputError


class ConfigError(InputError):
    """A key is missing, contradictory, out of range or of the wrong kind."""


class UnknownArchitectureError(ConfigError):
    """The configuration describes an architecture that cannot be counted."""
