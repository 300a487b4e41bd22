"""Options of an estimate: lengths, number formats, hardware, training."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from llmnotes.errors import InputError
from llmnotes.quantities import parse_integer
from llmnotes.sizing import Hardware, hardware, number_format
from llmnotes.sizing.numbers import Format

_MOST = 10**15
_MOST_TOKENS = 10**18
Written = str | int | None
"""A number as given by an option or a caller: `8k`, 8192."""


@dataclass(frozen=True, slots=True)
class Options:
    """Validated options.

    Attributes:
        context: tokens of one sequence (None = the model's own length).
        batch: number of sequences.
        dtype: number format of the computation, and of the weights unless `quant` is set.
        quant: number format of the weights alone.
        kv_dtype: number format of the cache.
        hardware: devices to compute time bounds for.
        training: whether to estimate training memory.
        optimizer: the optimizer whose states are counted in training.
        tokens: training tokens (None = the base's value).
    """

    context: int | None = None
    batch: int = 1
    dtype: str = "bf16"
    quant: str | None = None
    kv_dtype: str = "bf16"
    hardware: tuple[Hardware, ...] = ()
    training: bool = False
    optimizer: str = "adamw"
    tokens: int | None = None

    @property
    def weights(self) -> str:
        """Number format of the weights."""
        return self.quant or self.dtype


def read_options(
    *,
    context: Written = None,
    batch: Written = None,
    dtype: str | None = None,
    quant: str | None = None,
    kv_dtype: str | None = None,
    hardware: Iterable[str] = (),
    training: bool = False,
    optimizer: str | None = None,
    tokens: Written = None,
) -> Options:
    """Validate options as given by a user.

    A block format given as `dtype` applies to the weights. The cache format is `kv_dtype`, else the
    computation's format where that has 16 bits or more, else bf16.

    Raises:
        InputError: a number is invalid or out of range, or a name is unknown; the option is named.
    """
    computed, packed = _format("--dtype", dtype), _format("--quant", quant)
    if computed is not None and computed.elements > 1:
        if packed is not None:
            raise InputError(
                f"--dtype {computed.name} and --quant {packed.name} both name a format for weights"
            )
        computed, packed = None, computed
    plain = computed.name if computed else "bf16"
    if (training or optimizer) and plain.startswith("int"):
        raise InputError(f"--training needs a floating-point --dtype, not {plain}")
    kept = _format("--kv-dtype", kv_dtype)
    wide = computed is not None and computed.bytes_per_element >= 2
    return Options(
        context=_number("--context", context, _MOST, binary=True),
        batch=_number("--batch", batch, _MOST) or 1,
        dtype=plain,
        quant=packed.name if packed else None,
        kv_dtype=kept.name if kept else plain if wide else "bf16",
        hardware=tuple(_device(name) for name in dict.fromkeys(hardware)),
        training=training or optimizer is not None,
        optimizer=_optimizer(optimizer),
        tokens=_number("--tokens", tokens, _MOST_TOKENS),
    )


def _number(option: str, written: Written, most: int, *, binary: bool = False) -> int | None:
    if written is None:
        return None
    try:
        number = parse_integer(str(written), binary=binary)
    except InputError as error:
        raise InputError(f"{option}: {error}") from None
    if not 1 <= number <= most:
        raise InputError(f"{option}: {written} must lie between 1 and {most:,}")
    return number


def _format(option: str, name: str | None) -> Format | None:
    try:
        return None if name is None else number_format(name)
    except InputError as error:
        raise InputError(f"{option}: {error}") from None


def _device(name: str) -> Hardware:
    try:
        return hardware(name)
    except InputError as error:
        raise InputError(f"--hardware: {error} `--hardware list` shows all.") from None


def _optimizer(name: str | None) -> str:
    """The optimizer's name in the spelling of `llmnotes.sizing`, which refuses unknown ones."""
    return "adamw" if name is None else name.strip().lower().replace("_", "-")
