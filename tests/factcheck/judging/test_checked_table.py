"""What a table with judged cells tells as a whole."""

from __future__ import annotations

from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.layout.table_subject import TableSubject
from tests.factcheck.judging.cells import column, layout


def checked(*verdicts: str, subject: TableSubject | None = None) -> CheckedTable:
    cells = column(*((str(at), verdict) for at, verdict in enumerate(verdicts)))
    if subject is not None:
        cells[-1].subject = subject
    return CheckedTable(layout(cells), cells)


def test_a_summary_counts_the_verdicts_there_are_in_their_order():
    found = checked("wrong", "agrees", "blank", "wrong")
    assert list(found.summary.items()) == [("agrees", 1), ("wrong", 2), ("blank", 1)]
    assert found.table is found.layout.table


def test_a_table_speaks_where_it_names_a_model_or_contradicts_itself():
    toy = TableSubject("model", "toy", ("toy",))
    assert [checked("blank", "unsupported", subject=one).speaks for one in (toy, None)] == [
        True, False,
    ]  # fmt: skip
    assert checked("blank", "wrong").speaks
    assert not checked("blank", "wrong").names_models
    assert checked("blank", "wrong", subject=toy).names_models
    assert not checked().speaks
