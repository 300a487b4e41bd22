"""Files are written atomically."""

from __future__ import annotations

import os
import resource
import stat
import threading
from pathlib import Path

import pytest

from llmnotes.errors import InputError
from llmnotes.output import write_whole
from tests.running import forked


def test_a_new_file_has_the_rights_that_new_files_have(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()

    write_whole(tmp_path / "new", b"text")

    assert (tmp_path / "new").read_bytes() == b"text"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755])
def test_a_replaced_file_keeps_its_rights(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "file"
    path.write_text("former")
    path.chmod(mode)

    write_whole(path, b"latter")

    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("latter", mode)


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "file").write_text("former")
    for name, target in (("link", "far/file"), ("dangling", "far/other")):
        (tmp_path / name).symlink_to(target)

        write_whole(tmp_path / name, b"latter")

        assert (tmp_path / name).is_symlink()
        assert (tmp_path / target).read_text() == "latter"


@pytest.mark.skipif(os.name != "posix", reason="limits the size of files")
@pytest.mark.parametrize("former", ["what was there", None])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, former: str | None) -> None:
    path = tmp_path / "file"
    if former is not None:
        path.write_text(former)

    def child() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
        write_whole(path, bytes(1000))
        with pytest.raises(InputError, match=r"File too large; nothing was changed"):
            write_whole(path, bytes(1001))

    assert forked(child) == 0
    assert [item.name for item in tmp_path.iterdir()] == ["file"]
    assert path.read_bytes() == bytes(1000)


@pytest.mark.parametrize(
    ("path", "way_out"),
    [
        (".", "Is a directory; name a file in it"),
        ("folder", "Is a directory; name a file in it"),
        ("missing/file", "make the folder missing first"),
        ("file/below", "name another file"),
        ("a" * 300, "name another file"),
        ("nul\0", "name another file"),
        ("circle", "name another file"),
    ],
)
def test_what_cannot_be_written_names_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, way_out: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").touch()
    Path("circle").symlink_to("circle")

    with pytest.raises(InputError, match=way_out):
        write_whole(path, b"text")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_names_a_way_out(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(InputError, match="a folder where you may write"):
            write_whole(tmp_path / "file", b"text")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipes_and_devices_are_written_to_as_they_are(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()

    write_whole(pipe, b"text")
    reader.join()
    write_whole("/dev/null", b"text")

    assert read == [b"text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(InputError, match="No space left on device"):
        write_whole("/dev/full", b"text")


def test_a_database_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(b"SQLite format 3\x00 and more")

    with pytest.raises(InputError, match="is a database"):
        write_whole(path, b"text")

    assert path.read_bytes() == b"SQLite format 3\x00 and more"
