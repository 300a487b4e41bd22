"""Sizes computed from an architecture: pure functions without I/O or guesses.

`Architecture` is composed of blocks of mixers, feed-forward networks and norms; from it parameters, caches,
memory, compute and time bounds are computed, each a `Figure` with its formula and inputs.
"""

from llmnotes.sizing.architecture import Architecture, Block, Head, Run, Stack
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.attributes import from_attributes
from llmnotes.sizing.cache import (
    kv_cache,
    kv_cache_growth,
    kv_cache_per_source_token,
    kv_cache_per_token,
)
from llmnotes.sizing.compressed_attention import CompressedAttention, LatentAttention
from llmnotes.sizing.compute import (
    flops_per_token,
    tokens_per_parameter,
    training_compute,
    training_flops_per_token,
)
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.figures import Figure
from llmnotes.sizing.hardware import HARDWARE, Hardware, hardware
from llmnotes.sizing.memory import (
    activation_memory,
    gradient_memory,
    master_weight_memory,
    optimizer_memory,
    weight_memory,
)
from llmnotes.sizing.numbers import FORMATS, Format, number_format
from llmnotes.sizing.parameters import ParameterCount, count_parameters, parameter_figures
from llmnotes.sizing.recurrent import Recurrent
from llmnotes.sizing.roofline import decode_time, prefill_time
from llmnotes.sizing.weights import PARTS, Weight

__all__ = [
    "FORMATS",
    "HARDWARE",
    "PARTS",
    "Architecture",
    "Attention",
    "Block",
    "CompressedAttention",
    "FeedForward",
    "Figure",
    "Format",
    "Hardware",
    "Head",
    "LatentAttention",
    "MixtureOfExperts",
    "ParameterCount",
    "Recurrent",
    "Run",
    "Stack",
    "Weight",
    "activation_memory",
    "count_parameters",
    "decode_time",
    "flops_per_token",
    "from_attributes",
    "gradient_memory",
    "hardware",
    "kv_cache",
    "kv_cache_growth",
    "kv_cache_per_source_token",
    "kv_cache_per_token",
    "master_weight_memory",
    "number_format",
    "optimizer_memory",
    "parameter_figures",
    "prefill_time",
    "tokens_per_parameter",
    "training_compute",
    "training_flops_per_token",
    "weight_memory",
]
