"""Escapes outside text for each output language: one table per language.

Terminal, spreadsheet, HTML, Markdown, LaTeX, JSON and data inside a script; no other module escapes.
"""

from __future__ import annotations

import re
import unicodedata

from llmnotes.pattern import late

_LAYOUT = frozenset("\n\t")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_PLAIN = late(r"[\x20-\x7e\n]*")
_ODD = late(r"[^\x20-\x7e\n]")


def _acts(char: str) -> bool:
    """Whether a character is a control character, direction mark or surrogate, but not layout."""
    return unicodedata.category(char) in _INVISIBLE and char not in _LAYOUT


def printable(text: str) -> str:
    """`text` without control characters, escape sequences and direction marks."""
    if text.isprintable() or _PLAIN.fullmatch(text):
        return text
    return _ODD.sub(lambda match: "�" if _acts(match[0]) else match[0], text)


def one_line(text: str) -> str:
    """Printable text with every run of white space replaced by one space."""
    return " ".join(printable(text).split())


_NUMBER = late(r"[+-]?\d[\d,.]*(?:[eE][+-]?\d+)?")
_FORMULA = late(r"[\s�]*[=+\-@＝＋－＠]")
"""Text that spreadsheets take for a formula, also after blanks and in full width (OWASP, "CSV Injection").
"""


def spreadsheet(text: str) -> str:
    """Text for a spreadsheet cell; a leading apostrophe keeps it from being read as a formula."""
    text = printable(text)
    if text[:1] in {"\t", "\r", "\n"} or _FORMULA.match(text):
        return text if _NUMBER.fullmatch(text.strip()) else "'" + text
    return text


_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HTML_QUOTED = _HTML | str.maketrans({'"': "&quot;", "'": "&#x27;"})


def html(text: str, *, quoted: bool = True) -> str:
    """Text for an HTML page, in elements and, where `quoted`, in quoted attributes."""
    return printable(text).translate(_HTML_QUOTED if quoted else _HTML)


_MARKDOWN = late(r"([\\`*_\[\]<>|~])")
_MARKDOWN_CELL = late(r"([\\`*\[\]<|]|(?<!\w)_|_(?!\w))")
_BLOCK_START = late(r"\d{0,9}(?=(?:[.)+]|#{1,6}|-+|=+)(?:\s|\Z))")


def markdown(text: str) -> str:
    """Text inside a line of Markdown, on one line and without markup."""
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text)).replace("&", "&amp;")
    return re.sub(r"\\_(?=\w)(?<=\w\\_)", "_", escaped)


def markdown_block(text: str) -> str:
    """Text at the beginning of a Markdown line, escaped so that it opens no heading, list or rule."""
    escaped = markdown(text)
    opening = _BLOCK_START.match(escaped)
    return f"{opening[0]}\\{escaped[opening.end() :]}" if opening else escaped


def markdown_cell(text: str) -> str:
    """Text for a cell of a user's own Markdown table, with as few escapes as an author would write."""
    # An underscore inside a word means nothing in Markdown, and `d\_model` would read badly.
    return _MARKDOWN_CELL.sub(r"\\\1", " ".join(text.split()))


_LATEX_COMMANDS = {
    "\u2009": r"\,", "\u202f": r"\,", "\u00a0": "~",
    "\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "\0": "{}",
    **{char: "\\" + char for char in "&%$#_{}"},
}  # fmt: skip
_THOUSANDS = late(r"(?<=\d) (?=\d{3}(?!\d))")
_LATEX_BLANKS = late(r"[^\S\u2009\u202f\u00a0]+")
_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu",
    "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "varphi", "χ": "chi",
    "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi",
    "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
_LATEX = _LATEX_COMMANDS | {
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedbl{}",
    "·": r"$\cdot$", "×": r"$\times$", "→": r"$\rightarrow$", "≤": r"$\leq$", "≥": r"$\geq$",
    "≠": r"$\neq$", "≈": r"$\approx$", "∞": r"$\infty$", "−": "$-$", "±": r"$\pm$",
    "–": "--", "—": "---", "…": r"\ldots{}", "§": r"\S{}",
    "‘": "`", "’": "'", "“": "``", "”": "''",
    "█": r"\rule{0.5em}{1.2ex}", "░": r"\rule{0.5em}{0.2pt}",
    **{char: rf"$\{name}$" for char, name in _GREEK.items()},
}  # fmt: skip
_NOT_IN_FONTS = frozenset("ĦħĸĿŀŉŦŧſ")
"""Letters of Latin-1 and Latin Extended-A missing from the T1 encoding."""
_LIGATURE = late(r"(?<=([-`',]))\1|(?<=[?!])`")
"""The second of two characters that LaTeX would join into a ligature."""


def latex(text: str) -> str:
    """Text for LaTeX without commands; characters missing from its fonts are spelled in ASCII."""
    return _apart(one_line(text)).translate(_LATEX_OF)


def _apart(text: str) -> str:
    """The text with a NUL, which stands for an empty group, inside every ligature."""
    return _LIGATURE.sub("\0\\g<0>", text.replace("\0", ""))


def _latex_char(char: str) -> str:
    if char in _LATEX:
        return _LATEX[char]
    if char < "\u0180" and char not in _NOT_IN_FONTS:
        return char
    plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return "".join(_LATEX.get(part, part) for part in plain) or "?"


class _LatexOf(dict[int, str]):
    """LaTeX of each character, computed at first use and cached."""

    def __missing__(self, code: int) -> str:
        self[code] = _latex_char(chr(code))
        return self[code]


_LATEX_OF = _LatexOf()


def latex_source(text: str) -> str:
    """Text for a cell of a user's own LaTeX, which may support more characters than base LaTeX."""
    words = _THOUSANDS.sub("\u2009", _LATEX_BLANKS.sub(" ", text.strip()))
    return "".join(_LATEX_COMMANDS.get(char, char) for char in _apart(words))


def json_text(text: str) -> str:
    """Serialized JSON with every character that could act on a terminal escaped as `\\u` and its number."""
    if text.isprintable() or _PLAIN.fullmatch(text):
        return text
    return _ODD.sub(lambda match: _json_escape(match[0]) if _acts(match[0]) else match[0], text)


def _json_escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def script(text: str) -> str:
    """Serialized JSON for the inside of a `<script>`, escaped so that it neither ends nor opens a tag."""
    return re.sub("[<>&]", lambda match: _json_escape(match[0]), json_text(text))


_WEB = late(r"https?://[^\s/?#]", re.IGNORECASE)


def web_address(url: str | None) -> str | None:
    """The URL with characters that could end a link percent-encoded; None unless it is http or https.

    `javascript:`, `data:` and all other schemes are never links.
    """
    if url is None or not _WEB.match(url) or any(_acts(char) for char in url):
        return None
    return re.sub(r"[\s<>\"{}\\^`|]", lambda match: _percent(match[0]), url.strip())


def latex_address(url: str) -> str | None:
    """The URL in ASCII for LaTeX's `\\url`; None unless it is http or https."""
    address = web_address(url)
    return address and re.sub(r"[^\x21-\x7e]", lambda match: _percent(match[0]), address)


def verbatim(text: str) -> str:
    """Text for a field that LaTeX and BibTeX read verbatim, encoded so that it cannot end the field."""
    return re.sub(r"[{}\\\s]", lambda match: _percent(match[0]), one_line(text))


def citation_key(key: str) -> str:
    """A key for `\\cite` and BibTeX: letters, digits and `-_.:+/`; other runs of characters become `-`."""
    return re.sub(r"[^A-Za-z0-9_.:+/-]+", "-", key)


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode())
