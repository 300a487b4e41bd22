"""Pages as LaTeX sections with displayed formulas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.escapes import latex, one_line
from llmnotes.export.footnote import footnote_latex
from llmnotes.export.page import Block, Drawing, Formula, Page, Paragraph


def render_pages(pages: Sequence[Page]) -> str:
    """All pages, each a section."""
    sections = "\n".join("\n".join(_lines(page)) + "\n" for page in pages)
    packages = "amsmath, amssymb" + (", xurl" if r"\url{" in sections else "")
    return f"% needs \\usepackage[T1]{{fontenc}} and \\usepackage{{{packages}}}\n{sections}"


def _lines(page: Page) -> Iterator[str]:
    detail = rf" {{\small {latex(page.detail)}}}" if page.detail else ""
    yield rf"\section*{{{latex(page.title)}{detail}}}"
    for block in page.blocks:
        yield ""
        yield from _block(block)
    if page.footnotes:
        yield from ("", r"\begin{footnotesize}", r"\begin{enumerate}")
        for note in page.footnotes:
            yield rf"\item[{note.number}.] {footnote_latex(note)}"
        yield from (r"\end{enumerate}", r"\end{footnotesize}")


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield latex(block.text)
    elif isinstance(block, Formula):
        yield rf"\[ {one_line(block.latex)} \]"
    elif isinstance(block, Drawing):
        yield r"\begin{flushleft}\ttfamily\small"
        for line in block.lines:
            blanks = len(line) - len(line.lstrip())
            yield rf"\mbox{{{'~' * blanks}{latex(line)}}}\\"
        yield r"\end{flushleft}"
    else:
        if block.heading:
            yield rf"\subsection*{{{latex(block.heading)}}}"
        if block.items:
            yield r"\begin{description}"
            for item in block.items:
                notes = (
                    rf"\textsuperscript{{{','.join(map(str, item.notes))}}}" if item.notes else ""
                )
                yield rf"\item[{{{latex(item.label)}}}] {latex(item.text)}{notes}"
            yield r"\end{description}"
