"""The registry of builders by `model_type`; each is registered where it is defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from llmnotes.configs.fields import Fields
from llmnotes.sizing.architecture import Architecture

Builder = Callable[[Fields], Architecture]

FILES = (
    "dense.llama",
    "moe.common",
    "latent.deepseek",
    "hybrid.linear_attention",
    "per_layer.gemma",
    "dense.gpt",
    "dense.falcon",
    "dense.extra_weights",
    "encoder.bert",
    "seq2seq.t5",
    "per_layer.heads",
    "hybrid.mamba",
    "hybrid.nemotron",
    "hybrid.convolution",
    "hybrid.delta_latent",
    "hybrid.zamba",
    "hybrid.convolved",
    "hybrid.looped",
    "hybrid.repeated",
    "hybrid.qwen4",
    "state_space.mamba",
    "state_space.rwkv",
    "state_space.gated",
    "state_space.xlstm",
    "moe.layouts",
    "moe.visual",
    "latent.hyper_connections",
    "latent.engram",
    "latent.positions",
    "per_layer.cross_attention",
    "per_layer.indexers",
    "per_layer.block_sizes",
    "dense.renamed",
    "seq2seq.bart",
    "seq2seq.t5gemma",
    "encoder.tables",
    "encoder.rotary",
    "encoder.relative",
)
"""The modules of `families`, the most used first: a lookup imports them until it succeeds."""


@dataclass(frozen=True, slots=True)
class ModelType:
    """A model type and its builder.

    Attributes:
        type: the `model_type` whose class defaults apply.
        build: from checked fields to the architecture.
        classes: names in `architectures` that do not begin with the type's name.
        parts: keys of nested configurations that hold the sizes, where the top level does not.
    """

    type: str
    build: Builder
    classes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


_families: dict[str, ModelType] = {}


def family(
    *types: str,
    classes: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    parts: tuple[str, ...] = (),
) -> Callable[[Builder], Builder]:
    """Register the builder of some model types.

    `classes` are their classes' names where these do not begin with the type's; `also` are further names of
    the first type, read with its class defaults; `parts` are nested configurations that hold the sizes.

    Raises:
        ValueError: a type is registered twice.
    """

    def declare(build: Builder) -> Builder:
        for name in (*types, *also):
            if name in _families:
                raise ValueError(f"the model type {name!r} is declared twice")
            own = types[0] if name in also else name
            _families[name] = ModelType(own, build, classes, parts)
        return build

    return declare


def find(model_type: str) -> ModelType | None:
    """The family of a model type, or None; modules are imported until one registers it."""
    for file in FILES:
        if model_type in _families:
            break
        import_module(f"llmnotes.configs.families.{file}")
    return _families.get(model_type)


def families() -> Mapping[str, ModelType]:
    """Every family by its model type."""
    for file in FILES:
        import_module(f"llmnotes.configs.families.{file}")
    return _families
