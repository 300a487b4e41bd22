"""Estimates of one model: parameters, cache, memory, compute and time bounds, each with its formula."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from llmnotes.display import without_point
from llmnotes.knowledge.estimate_options import Options
from llmnotes.knowledge.shapes import Shape
from llmnotes.sizing import (
    Architecture,
    Figure,
    Hardware,
    ParameterCount,
    activation_memory,
    count_parameters,
    decode_time,
    flops_per_token,
    gradient_memory,
    kv_cache,
    kv_cache_growth,
    kv_cache_per_source_token,
    kv_cache_per_token,
    master_weight_memory,
    number_format,
    optimizer_memory,
    parameter_figures,
    prefill_time,
    tokens_per_parameter,
    training_compute,
    training_flops_per_token,
    weight_memory,
)
from llmnotes.sizing.architecture import ENCODER

BY_FORMAT = ("fp32", "bf16", "int8", "q8_0", "q6_k", "q5_k", "q4_k", "q3_k", "q2_k")
"""Number formats whose weight memory is always shown."""

_OWN_CONTEXT = 2048
"""Context length where neither the options nor the architecture give one: GPT-3's."""

_NOT_COUNTED = "multi-token prediction heads and buffers do not count"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure with its group, its key in `formulas` and its label."""

    group: str
    key: str
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Estimate:
    """Everything computed from one shape."""

    shape: Shape
    options: Options
    context: int
    count: ParameterCount
    lines: list[FigureLine]

    @property
    def excluded(self) -> dict[str, dict[str, Any]]:
        """Stored parameters that the total leaves out: their number where known, and the reason."""
        found: dict[str, dict[str, Any]] = {}
        if self.count.head_apart:
            # Claims do not describe what precedes an encoder's output matrix.
            size = None if self.shape.attributes else self.count.head_apart
            found["head"] = {"parameters": size, "why": "an encoder counts headless"}
        for what, why in self.count.not_counted:
            found[what] = {"parameters": None, "why": why}
        return found

    @property
    def convention(self) -> str:
        """What the total includes, in one sentence."""
        return f"{self.count.counted}; {_NOT_COUNTED}"

    def value(self, key: str) -> float:
        """The value of the figure called `key`; raises `KeyError` where it was not computed."""
        return next(without_point(line.figure.value) for line in self.lines if line.key == key)

    def group(self, group: str) -> dict[str, float]:
        """The values of a group's figures by key."""
        return {i.key: without_point(i.figure.value) for i in self.lines if i.group == group}

    def as_json(self) -> dict[str, Any]:
        """The stable JSON shape of `estimate`."""
        count, options = self.count, self.options
        weights = {key.partition(".")[2]: size for key, size in self.group("formats").items()}
        found: dict[str, Any] = {
            "model": self.shape.id,
            "name": self.shape.name,
            "params": {
                "total": count.total,
                "active": count.active,
                "parts": {**count.parts, **{w: 0 for w in self.excluded if w not in count.parts}},
                "active_parts": count.active_parts,
                "tied": count.tied,
                "tied_total": count.tied_total,
                "untied_total": count.untied_total,
                "published": self.shape.published,
            },
            "kv_cache_bytes_per_token": self.value("kv_cache_bytes_per_token"),
            "kv_cache_growth_bytes_per_token": self.value("kv_cache_growth_bytes_per_token"),
            "kv_cache_bytes_per_source_token": self.value("kv_cache_bytes_per_source_token"),
            "memory": {**self.group("memory"), "weights_by_format": weights},
            "flops_per_token": self.value("flops_per_token"),
            "flops": self.group("compute"),
            "excluded": self.excluded,
            "convention": self.convention,
        }
        if training := self.group("training"):
            found["training"] = training
        if options.hardware:
            found["hardware"] = {item.id: self._device(item) for item in options.hardware}
        found["formulas"] = {line.key: _formula(line.figure) for line in self.lines}
        found["inputs"] = self._inputs()
        return found

    def _device(self, device: Hardware) -> dict[str, Any]:
        own = self.group(device.id)
        return {"name": device.name, **{key.partition(".")[2]: own[key] for key in own}}

    def _inputs(self) -> dict[str, Any]:
        model, options = self.shape.architecture, self.options
        return {
            "origin": self.shape.origin,
            "kind": model.kind,
            "model_type": model.model_type or None,
            "n_layers": model.n_layers,
            "d_model": model.d_model,
            "vocab_size": model.vocab_size,
            "context": self.context,
            "batch": options.batch,
            "dtype": options.dtype,
            "quant": options.quant,
            "kv_dtype": options.kv_dtype,
            "optimizer": options.optimizer if options.training else None,
            "tokens": options.tokens or (self.shape.tokens if options.training else None),
            "hardware": [item.id for item in options.hardware],
            "attributes": dict(self.shape.attributes),
            "assumed": {key: _plain(value) for key, value in model.assumptions},
        }


def estimate(shape: Shape, options: Options) -> Estimate:
    """Compute everything that the options ask for from one shape."""
    model = shape.architecture
    count = count_parameters(model)
    context = options.context or model.context_length or _OWN_CONTEXT
    lines = [
        FigureLine("parameters", figure.name, label, figure)
        for figure, label in zip(parameter_figures(model, count), ("total", "active"), strict=True)
    ]
    lines += _cache_and_memory(model, count, context, options)
    lines += _compute(model, context, options)
    if options.training or options.tokens:
        lines += _training(model, count, context, options, options.tokens or shape.tokens)
    for device in options.hardware:
        lines += _times(model, count, context, options, device)
    return Estimate(shape, options, context, count, lines)


def _times_batch(context: int, batch: int) -> str:
    return f"{context:,}" + (f" × {batch:,}" if batch > 1 else "")


def _cache_and_memory(
    model: Architecture, count: ParameterCount, context: int, options: Options
) -> Iterator[FigureLine]:
    kv = options.kv_dtype
    per_token = kv_cache_per_token(model, kv)
    yield FigureLine("cache", per_token.name, f"per token ({kv})", per_token)
    growth = kv_cache_growth(model, kv)
    yield FigureLine("cache", growth.name, "of which grows with the context", growth)
    source = kv_cache_per_source_token(model, kv)
    yield FigureLine("cache", source.name, "per token of the input or image", source)
    cache = kv_cache(model, context, options.batch, kv)
    yield FigureLine("cache", cache.name, f"{_times_batch(context, options.batch)} tokens", cache)
    weights = weight_memory(model, options.weights, count)
    yield FigureLine("memory", "weights", f"weights ({options.weights})", weights)
    yield FigureLine("memory", "kv_cache", "KV cache", cache)
    both = Figure(
        "inference", weights.value + cache.value, "bytes", "weights + KV cache",
        {"weights": weights.value, "kv_cache": cache.value}, "sum of the two",
        "a lower bound: activations and workspace come on top",
    )  # fmt: skip
    yield FigureLine("memory", "inference", "weights and cache", both)
    for name in BY_FORMAT:
        bits = number_format(name).bits_per_element
        figure = weight_memory(model, name, count)
        yield FigureLine("formats", f"weights.{name}", f"{name} ({bits:.4g} bits)", figure)


def _compute(model: Architecture, context: int, options: Options) -> Iterator[FigureLine]:
    """Forward compute; without `--context` that of the first token, as in `diff`."""
    forward = flops_per_token(model, options.context or 0)
    if not options.context:
        yield FigureLine("compute", "flops_per_token", "forward, first token", forward)
    far = flops_per_token(model, context)
    key = "flops_per_token" if options.context else "flops_per_token_at_context"
    yield FigureLine("compute", key, f"forward, after {context:,}", far)
    both = training_flops_per_token(model, context)
    yield FigureLine("compute", both.name, "forward + backward", both)


def _training(
    model: Architecture, count: ParameterCount, context: int, options: Options, tokens: int | None
) -> Iterator[FigureLine]:
    if options.training:
        yield from _training_memory(model, count, context, options)
    if tokens:
        by_shape, rule = training_compute(model, tokens, context, count)
        yield FigureLine("training", by_shape.name, "compute, from the shape", by_shape)
        yield FigureLine("training", rule.name, "compute, 6ND", rule)
        ratio = tokens_per_parameter(model, tokens, count)
        yield FigureLine("training", ratio.name, "tokens per parameter", ratio)


def _training_memory(
    model: Architecture, count: ParameterCount, context: int, options: Options
) -> Iterator[FigureLine]:
    figures = {
        "training_weights": (f"weights ({options.dtype})", weight_memory(model, options.dtype, count)),
        "gradients": (f"gradients ({options.dtype})", gradient_memory(model, options.dtype, count)),
    }  # fmt: skip
    if number_format(options.dtype).bytes_per_element < 4:
        figures["master_weights"] = ("master weights (fp32)", master_weight_memory(model, count))
    states = optimizer_memory(model, options.optimizer, count)
    figures["optimizer_states"] = (f"optimizer ({options.optimizer})", states)
    kept = activation_memory(model, context, options.batch, options.dtype)
    figures["activations"] = ("activations, at least", kept)
    for key, (label, figure) in figures.items():
        yield FigureLine("training", key, label, figure)
    parts = {key: figure.value for key, (_, figure) in figures.items()}
    whole = Figure(
        "training_memory", sum(parts.values()), "bytes", " + ".join(parts), parts,
        "ZeRO, arXiv 1910.02054, section 3.1", "a lower bound, of one copy on all devices together",
    )  # fmt: skip
    yield FigureLine("training", whole.name, "together, at least", whole)


def _times(
    model: Architecture,
    count: ParameterCount,
    context: int,
    options: Options,
    device: Hardware,
) -> Iterator[FigureLine]:
    def line(key: str, label: str, figure: Figure) -> FigureLine:
        return FigureLine(device.id, f"{device.id}.{key}", label, figure)

    asked = (context, options.batch, options.weights, count, options.kv_dtype)
    prefill = prefill_time(model, device, *asked)
    yield line("prefill_seconds", f"prefill, {_times_batch(context, options.batch)}", prefill)
    needed = (
        weight_memory(model, options.weights, count).value
        + kv_cache(model, context, options.batch, options.kv_dtype).value
    )
    if model.kind != ENCODER:
        step = decode_time(model, device, *asked)
        yield line("decode_seconds", f"decode, after {_times_batch(context, options.batch)}", step)
        rate = Figure(
            "decode_tokens_per_second", options.batch / step.value if step.value else 0.0, "tokens/s",
            "batch / decode time", {"batch": options.batch, "decode_seconds": step.value},
            step.source, "at most: the time is a lower bound",
        )  # fmt: skip
        yield line("decode_tokens_per_second", "decode, at most", rate)
    devices = Figure(
        "devices", math.ceil(needed / device.memory), "devices", "ceil(weights + KV cache / memory)",
        {"needed": needed, "memory": device.memory}, device.source,
        "at least; the times are those of one device, whether or not it holds the model",
    )  # fmt: skip
    yield line("devices", "devices to hold it", devices)


def _plain(value: object) -> object:
    """A class's default as a JSON value; infinities and other objects become texts."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value if isinstance(value, str | int | float | None) else str(value)


def _formula(figure: Figure) -> dict[str, Any]:
    return {
        "value": without_point(figure.value),
        "unit": figure.unit,
        "formula": figure.formula,
        "inputs": dict(figure.inputs),
        "source": figure.source,
        "note": figure.note,
    }
