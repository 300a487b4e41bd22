"""Small invented configurations against counts measured on the real classes.

Each line of `measured_counts.jsonl` holds a configuration that no model has, and the number of
parameters of the class that transformers 5.23.0 (for the newest 5.24.0) builds from it on the meta
device (no weights; GLA, RWKV-6 and RWKV-7 with flash-linear-attention 0.6.0; K2-Horizon by vLLM 0.33.0's
class, over layers that stand in for vLLM's and hold the same weights),
each tied tensor counted once: the headless class for encoders, the language model alone for
classes that also see or hear. The sizes and switches were drawn at random from each family's own.
"""

from __future__ import annotations

from llmnotes.configs import read_config
from llmnotes.sizing import count_parameters
from tests.configs.cases import MEASURED


def test_measured_counts() -> None:
    """Those of the real classes, to the last parameter."""
    assert len(MEASURED) > 500
    for case in MEASURED:
        assert case["total"] == count_parameters(read_config(case["config"])).total, case
