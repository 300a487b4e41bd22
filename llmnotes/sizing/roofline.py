"""Rooflines: lower bounds of the time for a prompt and for a generated token on given hardware."""

from __future__ import annotations

from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.cache import kv_cache
from llmnotes.sizing.compute import flops_per_token
from llmnotes.sizing.figures import Figure
from llmnotes.sizing.hardware import Hardware
from llmnotes.sizing.numbers import number_format
from llmnotes.sizing.parameters import ParameterCount, count_parameters

_SOURCE = "Roofline, Williams, Waterman and Patterson 2009"
_NOTE = "a bound: peak FLOP/s and bandwidth of one device, no overhead, no communication"


def _figure(
    name: str,
    flops: float,
    moved: float,
    device: Hardware,
    dtype: str,
    inputs: dict[str, object],
) -> Figure:
    peak = device.peak(dtype)
    compute, memory = flops / peak, moved / device.bandwidth
    return Figure(
        name,
        max(compute, memory),
        "s",
        "max(FLOPs / peak FLOP/s, bytes / bandwidth)",
        {
            **inputs,
            "flops": flops,
            "bytes": moved,
            "peak_flops": peak,
            "bandwidth": device.bandwidth,
            "bound_by": "compute" if compute >= memory else "memory bandwidth",
        },
        f"{_SOURCE}; {device.source}",
        _NOTE,
    )


def prefill_time(
    model: Architecture,
    device: Hardware,
    context: int,
    batch: int = 1,
    dtype: str = "bf16",
    count: ParameterCount | None = None,
    kv_dtype: str = "bf16",
) -> Figure:
    """Lower bound of the time to process prompts of `context` tokens, `batch` at once.

    Each token attends to half the prompt on average; all weights are read once and the cache is written
    once.

    Raises:
        InputError: `dtype` or `kv_dtype` is not a known number format.
    """
    found = count or count_parameters(model)
    flops = flops_per_token(model, context // 2).value * context * batch
    weights = found.total * number_format(dtype).bytes_per_element
    moved = weights + kv_cache(model, context, batch, kv_dtype).value
    inputs: dict[str, object] = {"context": context, "batch": batch, "weight_bytes": weights}
    return _figure("prefill_time", flops, moved, device, dtype, inputs)


def decode_time(
    model: Architecture,
    device: Hardware,
    context: int,
    batch: int = 1,
    dtype: str = "bf16",
    count: ParameterCount | None = None,
    kv_dtype: str = "bf16",
) -> Figure:
    """Lower bound of the time to generate one token for each of `batch` sequences of `context` tokens.

    The weights that a token uses are read once (at a batch beyond one, at most all of them, as different
    tokens are routed to different experts), and the cache of every sequence once.

    Raises:
        InputError: `dtype` or `kv_dtype` is not a known number format.
    """
    found = count or count_parameters(model)
    flops = flops_per_token(model, context).value * batch
    # Only one row of the embedding table is read per token; a tied table is read as the head.
    lookup = 0 if found.tied else found.parts.get("embeddings", 0)
    read = min(found.total, found.active * batch) - lookup
    weights = max(read, 0) * number_format(dtype).bytes_per_element
    moved = weights + kv_cache(model, context, batch, kv_dtype).value
    inputs: dict[str, object] = {"context": context, "batch": batch, "weight_bytes": weights}
    return _figure("decode_time", flops, moved, device, dtype, inputs)
