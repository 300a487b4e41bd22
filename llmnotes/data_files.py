"""The curated TOML files: folders that a package as installed has packed, and word files with a cache.

A word file is cached as JSON, which loads in a tenth of the time. The caches are written with the curated
store. A cache that does not match the current file is ignored, so that an edit takes effect at once.
"""

from __future__ import annotations

import json
from binascii import crc32
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
TWINS = DATA / "built"
_TWINNED = (
    "entities/benchmarks.toml", "entities/licenses.toml", "spellings.toml", "table_names.toml",
)  # fmt: skip
"""The files read by a run of `factcheck`, which are cached."""

PACKED = ("families", "techniques")
"""Folders of many files that only the building of a store reads: together they pack to half the size."""


def load(path: Path) -> dict[str, Any]:
    """The content of a TOML file, from its cache where that is current.

    Raises `tomllib.TOMLDecodeError` where it is not TOML, `UnicodeDecodeError` and `OSError` where it
    cannot be read.
    """
    raw = path.read_bytes()
    try:
        mark, content = json.loads(_twin(path).read_bytes())
        if mark == _mark(raw) and isinstance(content, dict):
            return content
    except (OSError, ValueError, TypeError):
        pass
    return _parsed(raw)


def mark(paths: Iterable[Path], more: str = "") -> int:
    """A checksum of files and of a text, for what is kept of them."""
    found = crc32(more.encode())
    for path in paths:
        found = crc32(path.read_bytes(), found)
    return found


def kept(file: Path, mark: int) -> Any:
    """What was kept in a file with this mark; None where there is none or it is of another state."""
    try:
        found, content = json.loads(file.read_bytes())
    except (OSError, ValueError, TypeError):
        return None
    return content if found == mark else None


def keep(file: Path, mark: int, content: object) -> None:
    """Keep what JSON can hold, for `kept`."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps([mark, content], ensure_ascii=False), "utf-8")


def toml_files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of each TOML file of a folder, in the order of their names.

    Where there is no such folder they are read from the archive beside it that a wheel has instead.
    """
    if folder.is_dir():
        for path in sorted(folder.glob("*.toml")):
            yield path.name, path.read_bytes()
    elif (archive := _archive(folder)).is_file():
        import tarfile

        with tarfile.open(archive) as packed:
            for member in packed:
                if (file := packed.extractfile(member)) is not None:
                    yield member.name, file.read()


def pack(folder: Path, target: Path) -> Path:
    """Pack the TOML files of a folder into `target`, reproducibly, under the name that is looked for."""
    import io
    import lzma
    import tarfile

    archive = target / _archive(folder).name
    for_text = {
        "id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 2**25,
        "lc": 4, "lp": 0, "pb": 0,
    }  # fmt: skip
    with (
        lzma.open(archive, "wb", filters=[for_text]) as file,
        tarfile.open(fileobj=file, mode="w") as packed,
    ):
        for name, content in toml_files(folder):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return archive


def toml_and_json(data: Path) -> Iterator[tuple[str, bytes]]:
    """Path within `data` and content of every curated file, packed or not, in the order of their paths."""
    found = {
        path.relative_to(data): path.read_bytes()
        for path in [*data.rglob("*.toml"), *data.glob("editions/*.json")]
    }
    for name in PACKED:
        found |= {Path(name, file): content for file, content in toml_files(data / name)}
    for path, content in sorted(found.items()):
        yield path.as_posix(), content


def _archive(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.tar.xz")


def write_twins() -> None:
    """Write the cache of every file that has one."""
    TWINS.mkdir(exist_ok=True)
    for path in twinned():
        raw = path.read_bytes()
        text = json.dumps([_mark(raw), _parsed(raw)], ensure_ascii=False)
        _twin(path).write_text(text, encoding="utf-8")


def twinned() -> Iterator[Path]:
    """The files that are cached."""
    for pattern in _TWINNED:
        yield from sorted(DATA.glob(pattern))


def _twin(path: Path) -> Path:
    return TWINS / f"{path.parent.name}-{path.stem}.json"


def _mark(raw: bytes) -> list[int]:
    return [len(raw), crc32(raw)]


def _parsed(raw: bytes) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(raw.decode("utf-8"))
