"""The files of a lake: each holds some rows of one input, and says of which."""

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
    """Which rows a file of the lake holds.

    Attributes:
        input: what tells the input file from others: a digest of its path.
        digest: of the input file's bytes.
        group, start, rows: the row group of the input, the first row in it, and how many.
        step: the most rows that a file held in that run.
        refused: how many of them were refused.
        version: of llmnotes, whose next version may count what this one refuses.
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
        """The name of its file: rows of one input sort in their order."""
        return f"{self.digest[:16]}-{self.group:06}-{self.start:09}{ENDING}"

    def is_of(self, step: int) -> bool:
        """Whether this version wrote it in such steps, so that nothing would be other now."""
        return (self.version, self.step) == (__version__, step)


def input_key(path: Path) -> str:
    """What tells an input file from others, without saying where it lies."""
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_part(lake: Path, part: LakePart, table: pyarrow.Table) -> None:
    """Write the file whole or not at all."""
    import pyarrow.parquet as pq

    said = {**(table.schema.metadata or {}), _KEY: json.dumps(asdict(part)).encode()}
    unfinished = lake / f".{part.name}-{os.getpid()}{_UNFINISHED}"
    pq.write_table(table.replace_schema_metadata(said), unfinished, compression="zstd")
    unfinished.replace(lake / part.name)


def remove_unfinished(lake: Path) -> None:
    """Remove what a run that was killed left behind."""
    for path in lake.glob(f".*{_UNFINISHED}"):
        path.unlink(missing_ok=True)


def parts_of(lake: Path) -> Iterator[tuple[Path, LakePart]]:
    """The files of a lake, with the rows they hold.

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
    """The Parquet files right in a folder, but for hidden ones."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(
        path for path in found if path.suffix == ENDING and not path.name.startswith((".", "_"))
    )


def parquet_file(path: Path) -> pyarrow.parquet.ParquetFile:
    """A Parquet file, open; raises `InputError` where it is none or cannot be read."""
    pa = pyarrow_module()
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, memory_map=True)
    except (pa.ArrowInvalid, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise InputError(f"{path}: cannot be read as Parquet ({reason})") from None
