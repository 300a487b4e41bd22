"""Configurations by the million: a pure function on Arrow batches, and folders of Parquet.

`normalize` is also called from Spark, Ray and DuckDB, and does not depend on its environment.
"""

from llmnotes.lake.rows import normalize

__all__ = ["normalize"]
