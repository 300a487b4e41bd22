"""The files of a lake: each has some rows of one input, recorded in its metadata."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from llmnotes.errors import InputError
from llmnotes.relational.arrow import pyarrow_module
from llmnotes.version import __version__

if TYPE_CHECKING:
    import pyarrow

ENDING = ".parquet"
_KEY = b"llmnotes"
_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class LakePart:
    """The rows in a file of the lake.

    Attributes:
        input: identifies the input file: a digest of its path.
        digest: of the input file's bytes.
        group, start, rows: the row group of the input, the first row in it, and the number of rows.
        step: the maximum number of rows per file in that run.
        refused: the number of refused rows.
        version: of llmnotes, as a later version may count what this one refuses.
    """

    input: str
    digest: str
    group: int
    start: int
    rows: int
    step: int
    refused: int = 0
    version: str = __version__

    @property
    def name(self) -> str:
        """Its file name; files of one input sort in the order of their rows."""
        return f"{self.digest[:16]}-{self.group:06}-{self.start:09}{ENDING}"

    def is_of(self, step: int) -> bool:
        """Whether this version wrote it with this step, so that writing it again would give the same rows."""
        return (self.version, self.step) == (__version__, step)


def input_key(path: Path) -> str:
    """The identifier of an input file, which does not reveal its path."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_part(lake: Path, part: LakePart, table: pyarrow.Table) -> None:
    """Write the file atomically."""
    import pyarrow.parquet as pq

    said = {**(table.schema.metadata or {}), _KEY: json.dumps(asdict(part)).encode()}
    unfinished = lake / f".{part.name}-{os.getpid()}{_UNFINISHED}"
    pq.write_table(table.replace_schema_metadata(said), unfinished, compression="zstd")
    unfinished.replace(lake / part.name)


def remove_unfinished(lake: Path) -> None:
    """Remove temporary files of a killed run."""
    for path in lake.glob(f".*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def parts_of(lake: Path) -> Iterator[tuple[Path, LakePart]]:
    """The files of a lake, with the rows in each.

    Raises `InputError` for a Parquet file that is not llmnotes's, or that cannot be read.
    """
    pyarrow_module()
    for path in parquet_files(lake):
        metadata = parquet_file(path).schema_arrow.metadata or {}
        try:
            yield path, LakePart(**json.loads(metadata[_KEY]))
        except (KeyError, TypeError, ValueError):
            raise InputError(
                f"{path}: a Parquet file that `llmnotes import --to` did not write; name another folder"
            ) from None


def parquet_files(folder: Path) -> list[Path]:
    """The visible Parquet files directly in a folder."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        path for path in found if path.suffix == ENDING and not path.name.startswith((".", "_"))
    )


def parquet_file(path: Path) -> pyarrow.parquet.ParquetFile:
    """An open Parquet file; raises `InputError` where it is not Parquet or cannot be read."""
    pa = pyarrow_module()
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, memory_map=True)
    except (pa.ArrowInvalid, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise InputError(f"{path}: cannot be read as Parquet ({reason})") from None
