"""Start-up, memory and build, as ratios in one run: `make benchmark` or `python benchmarks/run.py`.

Each command runs as a whole cold process in turn with a minimal Typer program in the same
environment; the median of the pairwise ratios is printed beside its bound. Nothing here fails.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
RUNS = int(os.environ.get("RUNS", "11"))
LLMNOTES = [sys.executable, "-m", "llmnotes"]
MINIMAL = [sys.executable, str(HERE / "minimal.py"), "a", "b"]

NINE = [
    "gpt-3",
    "llama",
    "llama-2",
    "llama-3",
    "mistral-7b",
    "qwen2.5",
    "gemma-2",
    "phi-3",
    "deepseek-v3",
]

STARTUP = [
    (["compare", "llama", "llama2"], {}, 1.0),
    (["compare", *NINE], {}, 1.2),
    (["filter", "--attention", "GQA"], {}, 0.9),
    (["--help"], {}, 1.0),
    (["show", "llama-2-70b"], {}, 1.0),
    (["explain", "gqa"], {}, 1.35),
    (["topics"], {}, 1.0),
    (["search", "rotary"], {}, 0.8),
    (["estimate", "llama-2-7b"], {}, 1.0),
    (["export", "--format", "json"], {}, 1.5),
    (["factcheck", "docs/example-notes.md"], {}, 1.1),
    (["check"], {}, 3.0),
    (
        [],
        {
            "_LLMNOTES_COMPLETE": "complete_bash",
            "COMP_WORDS": "llmnotes compare lla",
            "COMP_CWORD": "2",
        },
        1.0,
    ),
]
MEMORY_BOUND = 60.0
BUILD_BOUND = 15.0


def measure(command: list[str], extra: dict[str, str] | None = None) -> tuple[float, float]:
    """Wall seconds and peak MiB of one run."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(extra or {})},
        cwd=HERE.parent,
    )
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return time.perf_counter() - begun, usage.ru_maxrss / 1024


def startup() -> None:
    reference: list[float] = []
    print(f"{'command':<28} {'median s':>9} {'ratio':>7} {'bound':>7} {'peak MiB':>9} {'bound':>6}")
    for arguments, extra, bound in STARTUP:
        measure(LLMNOTES + arguments, extra)
        seconds, ratios, peaks = [], [], []
        for _ in range(RUNS):
            wall, peak = measure(LLMNOTES + arguments, extra)
            minimal, _ = measure(MINIMAL)
            reference.append(minimal)
            seconds.append(wall)
            ratios.append(wall / minimal)
            peaks.append(peak)
        name = " ".join(arguments[:3]) or "shell completion"
        print(
            f"{name:<28} {statistics.median(seconds):>9.3f} {statistics.median(ratios):>7.2f} "
            f"{bound:>7.2f} {max(peaks):>9.1f} {MEMORY_BOUND:>6.0f}"
        )
    print(f"{'minimal Typer program':<28} {statistics.median(reference):>9.3f}")


def building() -> None:
    code = (
        "import sys; from pathlib import Path; from llmnotes.store.build import build; "
        "build(Path(sys.argv[1]))"
    )
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            times.append(measure([sys.executable, "-c", code, f"{folder}/curated.sqlite"])[0])
    print(
        f"\nbuilding the curated store   {statistics.median(times):>9.3f} s, bound {BUILD_BOUND:g} s"
    )


if __name__ == "__main__":
    print(f"{RUNS} runs each, medians; Python {sys.version.split()[0]}\n")
    startup()
    building()
