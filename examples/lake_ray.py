"""Normalise configurations with Ray Data: `python lake_ray.py configs.parquet lake/`.

Needs `pip install 'llmnotes[arrow]' 'ray[data]'`.
"""

import sys

import pyarrow
import ray

from llmnotes.lake import normalize


def rows(table: pyarrow.Table) -> pyarrow.Table:
    """Ray hands over tables, which are batches one after another."""
    return pyarrow.Table.from_batches(map(normalize, table.to_batches()))


if __name__ == "__main__":
    source, lake = sys.argv[1:]
    configs = ray.data.read_parquet(source, columns=["id", "config"])
    configs.map_batches(rows, batch_format="pyarrow").write_parquet(lake)
