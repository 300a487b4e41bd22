"""How long the site of a large base takes to write, how large it is, and how fast its filter redraws.

python benchmarks/site.py [MODELS]     a base of at least MODELS (450): the curated families, and copies
"""

from __future__ import annotations

import itertools
import re
import resource
import shutil
import statistics
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from llmnotes.catalog import DATA
from llmnotes.site.build import write_site
from llmnotes.site.shares import processors
from llmnotes.store.build import build
from llmnotes.store.connect import connect

REDRAWS = 12


def multiplied(target: Path, models: int) -> Path:
    """The curated files with copies of families under other ids and names: at least so many models."""
    shutil.copytree(DATA, target, ignore=shutil.ignore_patterns("*.sqlite"))
    texts = [file.read_text("utf-8") for file in sorted((DATA / "families").glob("*.toml"))]
    families = [(text, tomllib.loads(text)) for text in texts]
    count = sum(len(family["models"]) for _, family in families)
    for number in itertools.count(1):
        for text, family in families:
            if count >= models:
                return target
            keys = [family["id"], *(model["id"] for model in family["models"])]
            copied = _renamed(text, [*keys, *family.get("sources", {})], number)
            (target / "families" / f"{family['id']}-k{number}.toml").write_text(copied, "utf-8")
            count += len(family["models"])
    return target


def _renamed(text: str, ids: list[str], number: int) -> str:
    for key in sorted(ids, key=len, reverse=True):
        text = text.replace(f'"{key}"', f'"{key}-k{number}"')
        text = text.replace(f"[sources.{key}]", f"[sources.{key}-k{number}]")
    text = re.sub(r"^aliases = \[.*\]$", "", text, flags=re.M)
    return re.sub(r'^(name|line) = "(.*)"$', rf'\1 = "\2-k{number}"', text, flags=re.M)


def main(models: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build(out / "base.sqlite", multiplied(out / "data", models))
        connection = connect(None, out / "base.sqlite")
        count = connection.execute("SELECT count(*) FROM models").fetchone()[0]
        for run in ("first", "second"):
            begun, before = time.perf_counter(), _processor()
            done = write_site(connection, out / "site", processes=processors())
            print(
                f"{run} run: {time.perf_counter() - begun:.1f} s (bound 20 on two processors), "
                f"{_processor() - before:.1f} s of {processors()} processors (bound 40), "
                f"{done.written} of {done.written + done.unchanged} files written, {count} models"
            )
        size = sum(path.stat().st_size for path in (out / "site").rglob("*") if path.is_file())
        print(
            f"size: {size / 1e6:.1f} MB (bound 60 for 450 models), {size / count / 1e3:.0f} kB a model"
        )
        largest = max((first_view(path), path.name) for path in (out / "site").rglob("*.html"))
        print(f"largest first view: {largest[0] / 1e3:.0f} kB, {largest[1]} (bound 100)")
        redraw(out / "site")


def _processor() -> float:
    """Seconds of processors that this process and those it has ended took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def first_view(page: Path) -> int:
    """Bytes of a page with its style, scripts and pictures, without the index."""
    named = re.findall(r'<(?:script|img|link)[^>]*(?:src|href)="([^"]+)"', page.read_text())
    files = {page.parent / name for name in named if name.endswith((".css", ".js", ".svg"))}
    return page.stat().st_size + sum(
        file.stat().st_size for file in files if file.name != "data.js"
    )


QUERIES = (
    "?variants=all",
    "?attention=MHA&params=1B..",
    "?",
    "?variants=all&sort=-params_total",
    "?variants=all&columns=params_total,context_length,attention,d_model,n_layers,vocab_size",
)

REDRAW = """(query) => {
  history.replaceState(null, "", query);
  const start = performance.now();
  dispatchEvent(new PopStateEvent("popstate"));
  document.body.offsetHeight;
  return performance.now() - start;
}"""


def redraw(site: Path) -> None:
    """The time from a changed address to a drawn table, in Chromium.

    The time of its thread leaves out what other programs took of the processor meanwhile.
    """
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
        probe = page.context.new_cdp_session(page)
        probe.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        probe.send("Performance.enable")

        def thread() -> float:
            found = probe.send("Performance.getMetrics")["metrics"]
            return float(next(item["value"] for item in found if item["name"] == "ThreadTime"))

        page.goto((site / "filter" / "index.html").as_uri())
        for query in QUERIES:
            walls, threads = [], []
            for _ in range(REDRAWS):
                page.evaluate(REDRAW, "?attention=MQA")
                page.wait_for_selector("#result[aria-busy=false]", state="attached")
                before = thread()
                walls.append(page.evaluate(REDRAW, query))
                threads.append(1000 * (thread() - before))
                page.wait_for_selector("#result[aria-busy=false]", state="attached")
            rows = page.locator("#result tbody tr").count()
            print(
                f"redraw {query}: median {statistics.median(walls):.0f} ms, "
                f"of its thread {statistics.median(threads):.0f} ms (bound 50), {rows} rows"
            )
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 450)
