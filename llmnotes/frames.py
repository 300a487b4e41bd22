"""Records of models as Arrow tables and data frames. The libraries are loaded where they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class ModelRecords(list[Any]):
    """The records found by a filter: a list that can be converted to a table.

    Tables have one row per record and the columns of the view `models`: integers stay integers where some
    are missing, dates are dates, lists are lists. A number that is a set or differs by layer is represented
    by its maximum; `_min`, `_max` and `_pattern` give the rest.
    """

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table, with the meaning and unit of every column in its schema.

        Raises `InputError` where pyarrow is not installed.
        """
        from llmnotes.relational.arrow import arrow_table
        from llmnotes.relational.models import records_table

        return arrow_table(records_table(item.model_dump() for item in self))

    def to_polars(self) -> polars.DataFrame:
        """A Polars data frame. Raises `InputError` where pyarrow or Polars is not installed."""
        table = self.to_arrow()
        try:
            import polars
        except ImportError:
            raise InputError("to_polars needs Polars: `pip install polars`") from None
        found = polars.from_arrow(table)
        assert isinstance(found, polars.DataFrame)
        return found

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame of types that know missing values.

        Raises `InputError` where pyarrow or pandas is not installed.
        """
        table = self.to_arrow()
        try:
            import pandas
        except ImportError:
            raise InputError("to_pandas needs pandas: `pip install pandas`") from None
        import pyarrow as pa

        types: dict[Any, Any] = {
            pa.int64(): pandas.Int64Dtype(),
            pa.float64(): pandas.Float64Dtype(),
            pa.bool_(): pandas.BooleanDtype(),
            pa.string(): pandas.StringDtype(),
        }
        frame: pandas.DataFrame = table.to_pandas(
            types_mapper=lambda found: types.get(found) or pandas.ArrowDtype(found)
        )
        return frame

    def _repr_html_(self) -> str:
        """What a notebook shows: the columns people look for first."""
        from llmnotes.notebook import records

        return records([item.model_dump() for item in self])
