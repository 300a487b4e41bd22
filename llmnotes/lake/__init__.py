"""Configurations by the million: a pure function on Arrow batches, and folders of Parquet.

`normalize` is what Spark, Ray and DuckDB call too; nothing in it depends on where it runs.
"""

from llmnotes.lake.rows import normalize

__all__ = ["normalize"]
