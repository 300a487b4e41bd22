"""Records that are read while they are written: an export of everything needs a few at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from llmnotes.knowledge.records import parts


class LaterRecords(Sequence[dict[str, Any]]):
    """Records of many models, read by their ids a part at a time as they are asked for, and not kept."""

    def __init__(
        self, ids: Sequence[str], read: Callable[[Sequence[str]], list[dict[str, Any]]]
    ) -> None:
        self._ids, self._read = ids, read

    @overload
    def __getitem__(self, index: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, index: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(index, slice):
            return self._read(self._ids[index])
        return self._read([self._ids[index]])[0]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for part in parts(self._ids):
            yield from self._read(part)

    def __len__(self) -> int:
        return len(self._ids)
