"""Limits on office files, which are archives and may expand to any size."""

from __future__ import annotations

import io
import zipfile

from llmnotes.errors import InputError

_LARGEST = 64 * 2**20
"""Bytes of all parts, unpacked."""
_MOST_PARTS = 10_000


def checked_archive(data: bytes, name: str, kind: str) -> io.BytesIO:
    """The file's bytes as a file; raises `InputError` where it is not an archive, or expands beyond the
    limit."""
    file = io.BytesIO(data)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(
            f"{name} is no {kind}: not an archive (encrypted, or of an older format?)"
        ) from error
    # The declared size of a part is also the most that is decompressed of it.
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST:
        raise InputError(f"{name} unpacks to more than {_LARGEST >> 20} MiB; give the tables alone")
    file.seek(0)
    return file
