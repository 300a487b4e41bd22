"""Normalise configurations within DuckDB: `python lake_duckdb.py configs.parquet`.

Needs `pip install 'llmnotes[lake]' 'duckdb>=2'`.
"""

import sys

import duckdb
import pyarrow

from llmnotes.lake import normalize
from llmnotes.lake.schema import schema


def normalized(
    connection: duckdb.DuckDBPyConnection, source: str, rows_at_once: int = 1_000
) -> pyarrow.RecordBatchReader:
    """A row for each configuration of a Parquet file, read as they are asked for."""
    configs = connection.sql("SELECT id, config FROM read_parquet(?)", params=[source])
    return pyarrow.RecordBatchReader.from_batches(
        schema(), map(normalize, configs.to_arrow_reader(rows_at_once))
    )


if __name__ == "__main__":
    with duckdb.connect() as reading, duckdb.connect() as asking:
        models = normalized(reading, sys.argv[1])
        query = """
            SELECT attention, count(*) AS models, median(kv_cache_bytes_per_token) AS kv_cache
            FROM models WHERE status = 'exact' GROUP BY attention ORDER BY models DESC
        """
        print(asking.sql(query))
