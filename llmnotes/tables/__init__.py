"""Tables in other people's files: read with the position of every cell, and written back in place."""

from llmnotes.tables.edit import Raw, blank_before, replace
from llmnotes.tables.model import Place, Table, TableCell
from llmnotes.tables.reader import read, read_file

__all__ = ["Place", "Raw", "Table", "TableCell", "blank_before", "read", "read_file", "replace"]
