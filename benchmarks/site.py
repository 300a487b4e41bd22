"""How long the site of a large base takes to write, how large it is, and how fast its filter redraws.

python benchmarks/site.py [COPIES]     a base of COPIES (12) copies of the curated families
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from llmnotes.catalog import DATA
from llmnotes.site.build import write_site
from llmnotes.store.build import build
from llmnotes.store.connect import connect

REDRAWS = 20


def multiplied(target: Path, copies: int) -> Path:
    """The curated files with copies of every family under other ids and names."""
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("*.sqlite"))
    for file in sorted((DATA / "families").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        family = tomllib.loads(text)
        ids = [
            family["id"],
            *(model["id"] for model in family["models"]),
            *family.get("sources", {}),
        ]
        for number in range(1, copies):
            (target / "families" / f"{family['id']}-k{number}.toml").write_text(
                _renamed(text, ids, number), encoding="utf-8"
            )
    return target


def _renamed(text: str, ids: list[str], number: int) -> str:
    for key in sorted(ids, key=len, reverse=True):
        text = text.replace(f'"{key}"', f'"{key}-k{number}"')
        text = text.replace(f"[sources.{key}]", f"[sources.{key}-k{number}]")
    text = re.sub(r"^aliases = \[.*\]$", "", text, flags=re.M)
    return re.sub(r'^(name|line) = "(.*)"$', rf'\1 = "\2-k{number}"', text, flags=re.M)


def main(copies: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build(out / "base.sqlite", multiplied(out / "data", copies))
        connection = connect(None, out / "base.sqlite")
        models = connection.execute("SELECT count(*) FROM models").fetchone()[0]
        for run in ("first", "second"):
            start = time.perf_counter()
            done = write_site(connection, out / "site")
            print(f"{run} run: {time.perf_counter() - start:.1f} s, {done.written} of "
                  f"{done.written + done.unchanged} files written, {models} models")  # fmt: skip
        size = sum(path.stat().st_size for path in (out / "site").rglob("*") if path.is_file())
        print(f"size: {size / 1e6:.1f} MB (bound 60)")
        redraw(out / "site")


def redraw(site: Path) -> None:
    """The time from a changed address to a drawn table, in Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        program = None
    if program is None:
        print("redraw: not measured, no Chromium or no playwright here")
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((site / "filter" / "index.html").as_uri())
        times = page.evaluate(
            """(count) => Array.from({ length: count }, (_, place) => {
              history.replaceState(null, "", place % 2 ? "?variants=all" : "?attention=MHA&params=1B..");
              const start = performance.now();
              dispatchEvent(new PopStateEvent("popstate"));
              document.body.offsetHeight;
              return performance.now() - start;
            })""",
            REDRAWS,
        )
        browser.close()
    times.sort()
    print(f"redraw of the filter: median {times[len(times) // 2]:.0f} ms (bound 50)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
