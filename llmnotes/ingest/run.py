"""A whole import: recognise the source, read it, write it atomically, and report."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from llmnotes.files import safe_text
from llmnotes.ingest.chosen import Chosen
from llmnotes.ingest.formats import read
from llmnotes.ingest.importing import Importer, Progress
from llmnotes.ingest.raw import RawContents
from llmnotes.ingest.report import ImportReport
from llmnotes.store.log import begin, finish
from llmnotes.store.resolved import remember_edition, resolve_again

_AS_IT_IS = Chosen()


def import_source(
    store: Path,
    source: str,
    *,
    form: str | None = None,
    chosen: Chosen = _AS_IT_IS,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import `source` into the user's store, in one write that `undo` reverts.

    `source` is a file, a folder or `hf:organization/name[@revision]`; `form` names its format where it
    should not be recognised, `chosen` describes its only model. With `dry_run` nothing is written. Raises
    `InputError` where the source cannot be read or an option does not apply, `StoreError` where the store
    cannot be used.
    """
    chosen.check()
    found = read(source, form)
    if not isinstance(found, RawContents):
        from llmnotes.ingest.bundle_run import import_bundle

        chosen.refuse(f"{source} is a bundle, whose models have their names")
        return import_bundle(store, found, source, dry_run=dry_run)
    chosen.apply(found, source)
    report = ImportReport(
        found.format, source, dry_run, notices=found.notices, remarks=found.remarks
    )
    if dry_run:
        _rehearse(store, found, report, progress)
        return report
    _write(store, found, report, progress)
    return report


def _rehearse(
    store: Path, found: RawContents, report: ImportReport, progress: Progress | None
) -> None:
    from llmnotes.store.connect import connect

    with closing(connect(store)) as connection:
        Importer(connection, found, report, None).run(progress)


class _Unchanged(Exception):  # noqa: N818 - it ends a write that has nothing to say
    pass


def _write(
    store: Path, found: RawContents, report: ImportReport, progress: Progress | None
) -> None:
    from llmnotes.store.write import writing

    try:
        with writing(store, large=True) as connection:
            write = begin(connection, "import")
            importer = Importer(connection, found, report, write)
            importer.run(progress)
            if not (report.claims_added or report.models_added or importer.touched):
                raise _Unchanged
            resolve_again(connection, importer.touched)
            remember_edition(connection)
            report.write = write
            finish(connection, write, _summary(report))
    except _Unchanged:
        report.write = None


def _summary(report: ImportReport) -> str:
    return (
        f"{report.format} from {safe_text(report.source)}: {report.models_added:,} models added, "
        f"{report.models_known:,} known, {report.claims_added:,} claims"
    )
