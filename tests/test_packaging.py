"""What is installed: from a wheel, an sdist and an editable checkout, offline and read-only."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.running import REPOSITORY

pytestmark = pytest.mark.thorough

pytest.importorskip("hatchling", reason="packaging is checked with the development tools")
pytest.importorskip("build", reason="packaging is checked with the development tools")


def build(folder: Path, source: Path, kind: str) -> Path:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "build",
            "--no-isolation",
            f"--{kind}",
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
    )
    (found,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return found


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """A copy of what is under version control or about to be."""
    target = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        capture_output=True,
        check=True,
    ).stdout.split(b"\0")
    for name in filter(None, (item.decode() for item in listed)):
        if (REPOSITORY / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes((REPOSITORY / name).read_bytes())
    return target


@pytest.fixture(scope="session")
def wheel(checkout, tmp_path_factory):
    return build(tmp_path_factory.mktemp("wheel"), checkout, "wheel")


def names(path: Path) -> set[str]:
    with zipfile.ZipFile(path) as archive:
        return set(archive.namelist())


def test_the_wheel_ships_the_store_and_the_migrations_inside_the_package(wheel):
    found = names(wheel)

    assert "llmnotes/data/curated.sqlite" in found
    assert {"llmnotes/data/built/headers.json", "llmnotes/data/built/header-keys.json"} <= found
    assert "llmnotes/migrations/env.py" in found
    assert "llmnotes/migrations/versions/0001_ground.py" in found
    assert "llmnotes/py.typed" in found
    assert "llmnotes/data/families.tar.xz" in found
    assert not [name for name in found if name.startswith("llmnotes/data/families/")]
    tops = {name.split("/")[0] for name in found if ".dist-info" not in name}
    assert tops == {"llmnotes"}


def test_a_wheel_made_from_the_sdist_is_the_same(wheel, checkout, tmp_path):
    sdist = build(tmp_path / "sdist", checkout, "sdist")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    subprocess.run(["tar", "xzf", str(sdist), "-C", str(folder)], check=True)
    (source,) = folder.iterdir()

    assert names(build(tmp_path / "wheel", source, "wheel")) == names(wheel)


BUILT_WITH_IT = """
from llmnotes.catalog import load
from llmnotes.knowledge.remembered import remembered
from llmnotes.store.build import digest
from llmnotes.store.connect import open_curated
from llmnotes.views.whole_base import all_records

store = open_curated()
held = store.execute("SELECT value FROM fact WHERE key = 'digest'").fetchone()[0] == digest()
print(held and len(load().families) > 1000, remembered(store) is not None, all_records(store) is not None)
"""
"""Whether the packed files are those of the store, and the answers built with it are used."""


def test_an_installed_wheel_answers_with_no_home_and_no_network(wheel, tmp_path):
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=False, system_site_packages=False)
    python = environment / "bin" / "python"
    site = next((environment / "lib").glob("python3*")) / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    # Its dependencies come from the environment that runs the tests; the package itself does not.
    here = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "dependencies.pth").write_text(f"import sys; sys.path.append({here!r})\n")
    home = tmp_path / "home"
    home.mkdir()
    home.chmod(0o500)
    run = {
        "env": {"HOME": str(home), "PATH": os.environ["PATH"]},
        "cwd": str(home),
        "capture_output": True,
        "text": True,
        "check": True,
    }
    code = "import llmnotes; print(llmnotes.__file__)"
    assert str(site) in subprocess.run([python, "-P", "-c", code], **run).stdout

    for arguments in (
        ["compare", "llama", "llama2"],
        ["filter", "--attention", "GQA"],
        ["db", "check"],
    ):
        assert subprocess.run([python, "-P", "-m", "llmnotes", *arguments], **run).stdout
    assert subprocess.run([python, "-P", "-c", BUILT_WITH_IT], **run).stdout == "True True True\n"
    assert list(home.iterdir()) == []
    home.chmod(0o700)
