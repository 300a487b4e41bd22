"""`llmnotes publish` as a user runs it."""

from __future__ import annotations

import pytest

from tests.publish.reading import files, rows

pytestmark = pytest.mark.usefixtures("on_first_base")


@pytest.fixture(autouse=True)
def arrow():
    pytest.importorskip("pyarrow", reason="publishing needs llmnotes[arrow]")


def test_the_command_says_what_it_wrote_and_refuses_what_is_no_address(run, tmp_path):
    done = run("publish", "out")
    again = run("publish", "out")
    wrong = run("publish", "other", "--url", "nowhere")

    assert done.code == 0
    assert "wrote" in done.err
    assert "wrote 0 files" in again.err
    assert (wrong.code, "--url: 'nowhere' is no web address" in wrong.err) == (2, True)
    assert not (tmp_path / "other").exists()


def test_your_own_edits_stay_yours(run, tmp_path):
    assert run("set", "gpt-2-xl", "batch_size=7 sequences").code == 0
    assert run("note", "gpt-2", "a secret thought").code == 0
    run("publish", "out")

    assert b"a secret thought" not in b"".join(files(tmp_path / "out").values())
    assert not [row for row in rows(tmp_path / "out", "claims") if row["source"] == "user"]
