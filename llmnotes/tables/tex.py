"""LaTeX as displayed text."""

from __future__ import annotations

import re

from llmnotes.pattern import late
from llmnotes.tables.plain import superscript

SYMBOLS = {
    "times": "×", "cdot": "·", "approx": "≈", "sim": "~", "to": "→", "rightarrow": "→",
    "longrightarrow": "→", "Rightarrow": "→", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥",
    "ge": "≥", "checkmark": "✓", "cmark": "✓", "xmark": "✗", "ding": "", "dagger": "†",
    "ddagger": "‡", "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "textemdash": "—",
    "textendash": "–", "ldots": "…", "dots": "…", "infty": "∞", "alpha": "α", "beta": "β",
    "gamma": "γ", "epsilon": "ε", "varepsilon": "ε", "theta": "θ", "lambda": "λ", "mu": "μ",
    "sigma": "σ", "Sigma": "Σ", "sum": "Σ", "textasciitilde": "~", "textbackslash": "\\",
    "textasciicircum": "^", "textbar": "|", "textless": "<", "textgreater": ">", "quad": " ",
    "qquad": " ", "newline": "\n", "linebreak": "\n", "textdagger": "†", "textdaggerdbl": "‡",
    "textasteriskcentered": "*", "ast": "*", "star": "*", "textsuperscript": "^", "l": "ł",
    "o": "ø", "ss": "ß", "ae": "æ", "aa": "å", "neg": "¬", "bullet": "•", "textbullet": "•",
}  # fmt: skip
_DING = {"51": "✓", "52": "✓", "55": "✗", "56": "✗"}
_SPECIAL = late(r"[\\~$%{}^_`]|--|''|\s\s|\n")
_UNSEEN = (
    "cite|citep|citet|citealp|citeauthor|citeyear|ref|label|footnotemark|hspace|vspace|rule|"
    "rowcolor|cellcolor|columncolor|color|phantom|hphantom|vphantom|eqref|cref|Cref|autoref|fontsize"
)
_DROPPED = late(
    rf"(?:(?<![~\s])[~\s]+)?\\(?:{_UNSEEN})\*?\s?(?:\[[^\[\]]{{0,200}}\]\s?){{0,3}}(?:\{{[^{{}}]*\}})+"
)
_KEEP_SECOND = late(r"\\(?:href|textcolor|colorbox|rotatebox|raisebox|resizebox|scalebox)\*?")
_PLACED = late(r"(\\(?:makecell|thead|shortstack|parbox|multirowcell)\*?)\s?\[[^\[\]]{0,20}\]")
"""Commands of a cell with the place of its words in brackets: `\\makecell[c]{7B / 72B}`."""
_RAISED = late(r"\\(?:textsuperscript|tnote|footnotemark)\s*(?:\{(?P<text>[^{}]{1,12})\})")
_PICTURED_LINK = late(r"\\(?!(?:url|nolinkurl|path)(?![A-Za-z]))[A-Za-z]+\*?\{https?://[^{}\s]*\}")
"""A macro of an address alone, which shows a sign and no address: `\\githubicon{https://…}`."""
_COMMAND = late(r"\\(?P<name>[A-Za-z]+)\*?[ \t]*|\\(?P<char>[^A-Za-z])", re.DOTALL)
_ACCENT = late(r"\\([\"'`^~=.])\s*\{?([A-Za-z])\}?")
_ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304",
            ".": "\u0307"}  # fmt: skip


def words(tex: str, *, math: bool = False) -> str:
    """The text of a piece of LaTeX: commands removed, their arguments kept, symbols as characters."""
    if not _SPECIAL.search(tex):
        return tex.strip()
    text = re.sub(r"(?<!\\)%[^\n]*\n?\s*", "", _closed_up(tex) if math else tex)
    has_commands = "\\" in text
    if has_commands:
        text = _without_commands(text)
    if not math:
        text = re.sub(r"(?<!\\)~", " ", _ACCENT.sub(_accented, text))
        text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”")
    if has_commands:
        text = re.sub(r"(?<!\\)\\\\(?:\[[^\]]{0,40}\])?", "\n", text)
        text = _COMMAND.sub(_command, text)
    text = re.sub(r"(?<!\\)\$", "", text)
    text = re.sub(r"\^\{\s*([†‡*§¶∗]+|[a-z])\s*\}|\^([†‡*§¶∗])", r"\1\2", text)
    text = re.sub(r"_\{([^{}]*)\}", r"_\1", re.sub(r"\^\{([^{}]*)\}", r"^\1", text))
    text = text.replace("{,}", ",").replace("{", "").replace("}", "")
    text = text.translate({0xE000: "{", 0xE001: "}", 0xE002: "$"})
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _without_commands(text: str) -> str:
    """A text without the commands that print nothing, and with the printed arguments of the others."""
    text = _DROPPED.sub("", text)
    text = re.sub(r"\\ding\s*\{(\d+)\}", lambda match: _DING.get(match[1], "•"), text)
    text = re.sub(r"\\num\s*\{([^{}]*)\}", r"\1", text)
    text = _RAISED.sub(_raised, text)
    text = _PLACED.sub(r"\1", text)
    kept = _KEEP_SECOND.pattern + r"(?:\[[^\]]*\])*\{[^{}]*\}"
    return _KEEP_SECOND.sub("", _PICTURED_LINK.sub("", re.sub(kept, "", text)))


def _closed_up(math: str) -> str:
    """Mathematics without the blanks inside numbers and words, which TeX does not print.

    Scanned papers have `1 0 ^ { - 4 }` and `d _ { m o d e l }`.
    """
    text = re.sub(r" ?(?:\\mathrm ?)?\{ ?, ?\} ?", "{,}", re.sub(r"(?<!\\)~|\s+", " ", math))
    text = re.sub(r"(?<=[\d.^{+-]) (?=[\d.^{}+-])|(?<=[\d.}]) (?=[.^}])", "", text)
    text = re.sub(r"(?<=\b[A-Za-z]) (?=[A-Za-z]\b)", "", text)  # `m o d e l`
    return re.sub(r" ?([_^]) ?\{ ?", r"\1{", text).replace(" }", "}")


def _raised(match: re.Match[str]) -> str:
    """A superscript as a footnote mark or an exponent."""
    inside = words(match["text"])
    before = match.string[max(0, match.start() - 12) : match.start()]
    return superscript(before, inside).replace("^", "\\textasciicircum ")


def _accented(match: re.Match[str]) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", match[2] + _ACCENTS[match[1]])


def _command(match: re.Match[str]) -> str:
    if match["name"]:
        return SYMBOLS.get(match["name"], "")
    # Escaped braces and dollars are replaced by private-use characters until the others are removed.
    return {"{": "\ue000", "}": "\ue001", "$": "\ue002"}.get(
        match["char"], " " if match["char"] in ",;:! \n" else match["char"]
    )
