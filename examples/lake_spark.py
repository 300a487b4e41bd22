"""Normalise configurations under Spark: `python lake_spark.py configs.parquet lake/`.

Needs `pip install 'llmnotes[arrow]' pyspark` on the driver and on every worker.
"""

import sys
from collections.abc import Iterable, Iterator

import pyarrow
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from llmnotes.lake import normalize
from llmnotes.lake.schema import schema


def rows(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
    """The batches of one partition, normalised."""
    return map(normalize, batches)


def normalized(configs: DataFrame) -> DataFrame:
    """A row for each configuration (columns `id` and `config`)."""
    return configs.select("id", "config").mapInArrow(rows, from_arrow_schema(schema()))


if __name__ == "__main__":
    source, lake = sys.argv[1:]
    spark = SparkSession.builder.appName("llmnotes").getOrCreate()
    normalized(spark.read.parquet(source)).write.parquet(lake)
