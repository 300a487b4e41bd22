"""Estimates as JSON says them, of any shape and of the small model."""

from __future__ import annotations

from typing import Any

from llmnotes.knowledge.estimate import estimate
from llmnotes.knowledge.estimate_options import read_options
from llmnotes.knowledge.estimate_subject import config_shape
from llmnotes.knowledge.shapes import Shape
from tests.small_model import SMALL


def answer(shape: Shape, **options: Any) -> dict[str, Any]:
    """The estimate as JSON says it."""
    return estimate(shape, read_options(**options)).as_json()


def tiny(**options: Any) -> dict[str, Any]:
    """The estimate of a small LLaMA whose sizes can be added up by hand."""
    return answer(config_shape(SMALL), **options)
