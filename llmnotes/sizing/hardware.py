"""Peaks of a few accelerators: dense matrix FLOP/s and memory bandwidth, with their sources."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.errors import unknown

_T, _G = 1e12, 1e9


@dataclass(frozen=True, slots=True)
class Hardware:
    """One accelerator.

    Attributes:
        id, name: its id and full name.
        flops: peak dense FLOP/s by number format (no structured sparsity).
        bandwidth: peak memory bandwidth in bytes/s.
        memory: capacity in bytes, as the maker counts (1 GB = 10^9 bytes).
        source: where the figures are from.
    """

    id: str
    name: str
    flops: dict[str, float]
    bandwidth: float
    memory: float
    source: str

    def peak(self, dtype: str) -> float:
        """Peak FLOP/s at `dtype`; a format without a figure of its own runs as bf16 or fp16."""
        for name in (dtype, "bf16", "fp16"):
            if name in self.flops:
                return self.flops[name]
        raise unknown("number format of this hardware", dtype, self.flops)


_HALVED = "dense: half of the figure printed with sparsity"

HARDWARE: dict[str, Hardware] = {
    item.id: item
    for item in (
        Hardware(
            "a100-40gb",
            "NVIDIA A100 SXM4 40 GB",
            {"fp16": 312 * _T, "bf16": 312 * _T, "int8": 624 * _T},
            1_555 * _G,
            40 * _G,
            "NVIDIA A100 datasheet",
        ),
        Hardware(
            "a100-80gb",
            "NVIDIA A100 SXM4 80 GB",
            {"fp16": 312 * _T, "bf16": 312 * _T, "int8": 624 * _T},
            2_039 * _G,
            80 * _G,
            "NVIDIA A100 datasheet",
        ),
        Hardware(
            "h100-sxm",
            "NVIDIA H100 SXM5 80 GB",
            {"fp16": 989.4 * _T, "bf16": 989.4 * _T, "fp8": 1_978.9 * _T, "int8": 1_978.9 * _T},
            3_350 * _G,
            80 * _G,
            f"NVIDIA H100 datasheet ({_HALVED})",
        ),
        Hardware(
            "h200-sxm",
            "NVIDIA H200 SXM 141 GB",
            {"fp16": 989.4 * _T, "bf16": 989.4 * _T, "fp8": 1_978.9 * _T, "int8": 1_978.9 * _T},
            4_800 * _G,
            141 * _G,
            f"NVIDIA H200 datasheet ({_HALVED})",
        ),
        Hardware(
            "b200",
            "NVIDIA B200 SXM 192 GB",
            {"fp16": 2_250 * _T, "bf16": 2_250 * _T, "fp8": 4_500 * _T, "fp4": 9_000 * _T},
            8_000 * _G,
            192 * _G,
            f"NVIDIA Blackwell architecture brief ({_HALVED})",
        ),
        Hardware(
            "l40s",
            "NVIDIA L40S 48 GB",
            {"fp16": 362.05 * _T, "bf16": 362.05 * _T, "fp8": 733 * _T, "int8": 733 * _T},
            864 * _G,
            48 * _G,
            f"NVIDIA L40S datasheet ({_HALVED})",
        ),
        Hardware(
            "mi300x",
            "AMD Instinct MI300X 192 GB",
            {"fp16": 1_307.4 * _T, "bf16": 1_307.4 * _T, "fp8": 2_614.9 * _T},
            5_300 * _G,
            192 * _G,
            "AMD Instinct MI300X data sheet",
        ),
        Hardware(
            "tpu-v5e",
            "Google TPU v5e",
            {"bf16": 197 * _T, "int8": 393 * _T},
            819 * _G,
            16 * _G,
            "Google Cloud TPU v5e documentation, key chip specifications",
        ),
    )
}
"""Accelerators by id."""


def hardware(name: str) -> Hardware:
    """The accelerator called `name`, in any case and punctuation.

    Raises:
        InputError: the name is unknown; the nearest are offered.
    """
    key = "".join(c for c in name.lower() if c.isalnum())
    for item in HARDWARE.values():
        folded = "".join(c for c in item.id if c.isalnum())
        if key in (folded, "".join(c for c in item.name.lower() if c.isalnum())):
            return item
    starts = [item for item in HARDWARE.values() if item.id.replace("-", "").startswith(key)]
    if len(starts) == 1 and key:
        return starts[0]
    raise unknown("hardware", name, HARDWARE)
