"""The parameter count of a checkpoint's weights."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.ingest.raw import RawClaim, Remarks
from llmnotes.model_files.parameters import Stored


def weight_claims(stored: Stored, remarks: Remarks) -> Iterator[RawClaim]:
    """The exact count where it can be determined, else a remark with the reason."""
    if stored.parameters is None:
        remarks.leave_out(f"no parameter count from weights: {stored.how}", stored.place)
    else:
        yield RawClaim("params_total", stored.parameters, f"{stored.place}: {stored.how}")
