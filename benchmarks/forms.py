"""How `factcheck` judges tables in forms that people really use: LaTeX in Markdown, scanned, other languages.

python benchmarks/forms.py [N]     about N planted errors in each form (600)

The tables are those of `benchmarks/planted.py`, with headers, numbers, dates and names
written as in papers read by machines and in notes of other languages; a few errors are planted in each.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import planted

from llmnotes.factcheck.judging.check import Checker
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import connect
from llmnotes.tables import read

HEADERS = {
    "short": {"params_total": "# Params", "n_layers": "# Layers", "d_model": "Hidden dim.", "n_heads": "# Heads",
              "n_kv_heads": "# KV Heads", "d_ff": "FFN dim.", "vocab_size": "Vocab", "context_length": "Ctx. len.",
              "training_tokens": "# Tokens", "learning_rate": "LR", "batch_size": "BS", "release_date": "Date",
              "head_dim": "Head dim.", "weight_decay": "WD", "rope_theta": "RoPE θ"},
    "latex": {"params_total": "$N_{params}$", "n_layers": "$n_{layers}$", "d_model": "$d_{model}$",
              "n_heads": "$n_{heads}$", "d_ff": "$d_{ff}$", "head_dim": "$d_{head}$", "n_kv_heads": "$n_{kv}$ heads",
              "learning_rate": "Learning Rate", "batch_size": "Batch Size", "vocab_size": "$n_{vocab}$",
              "context_length": "$n_{ctx}$"},
    "spanish": {"params_total": "Parámetros", "n_layers": "Capas", "n_heads": "Cabezas de atención",
                "d_model": "Dimensión del modelo", "context_length": "Longitud de contexto",
                "vocab_size": "Tamaño del vocabulario", "training_tokens": "Tokens de entrenamiento",
                "release_date": "Fecha de lanzamiento", "learning_rate": "Tasa de aprendizaje",
                "organization": "Organización", "batch_size": "Tamaño de lote", "optimizer": "Optimizador",
                "license": "Licencia", "activation": "Función de activación", "attention": "Atención"},
    "german": {"params_total": "Parameter", "n_layers": "Schichten", "n_heads": "Aufmerksamkeitsköpfe",
               "d_model": "Modelldimension", "context_length": "Kontextlänge", "vocab_size": "Vokabulargröße",
               "training_tokens": "Trainingstoken", "release_date": "Veröffentlichung",
               "learning_rate": "Lernrate", "organization": "Organisation", "batch_size": "Batchgröße",
               "optimizer": "Optimierer", "license": "Lizenz", "activation": "Aktivierungsfunktion"},
    "russian": {"params_total": "Параметры", "n_layers": "Число слоёв", "n_heads": "Головы внимания",
                "d_model": "Размерность модели", "context_length": "Длина контекста",
                "vocab_size": "Размер словаря", "release_date": "Дата выпуска",
                "learning_rate": "Скорость обучения", "organization": "Организация"},
    "chinese": {"params_total": "参数量", "n_layers": "层数", "n_heads": "注意力头数", "d_model": "隐藏层维度",
                "context_length": "上下文长度", "vocab_size": "词表大小", "training_tokens": "训练token数",
                "release_date": "发布时间", "learning_rate": "学习率", "organization": "机构", "license": "许可证",
                "activation": "激活函数", "optimizer": "优化器", "attention": "注意力机制"},
    "korean": {"params_total": "매개변수", "n_layers": "층 수", "n_heads": "헤드 수", "d_model": "모델 차원",
               "context_length": "컨텍스트 길이", "vocab_size": "어휘 크기", "training_tokens": "학습 토큰",
               "release_date": "출시일", "learning_rate": "학습률"},
    "japanese": {"params_total": "パラメータ数", "n_layers": "層数", "n_heads": "ヘッド数", "d_model": "隠れ層の次元",
                 "context_length": "コンテキスト長", "vocab_size": "語彙サイズ", "training_tokens": "学習トークン数",
                 "release_date": "公開日", "learning_rate": "学習率"},
    "french": {"params_total": "Paramètres", "n_layers": "Couches", "n_heads": "Têtes d'attention",
               "d_model": "Dimension du modèle", "context_length": "Longueur de contexte",
               "vocab_size": "Taille du vocabulaire", "training_tokens": "Tokens d'entraînement",
               "release_date": "Date de sortie", "learning_rate": "Taux d'apprentissage",
               "organization": "Organisation", "license": "Licence"},
}  # fmt: skip
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")


def latex_math(text: str) -> str:
    """Numbers as formulas: `$12{,}288$`, `$6 \\times 10^{-5}$`, `$6.7$B`."""
    text = re.sub(r"^(\d[\d.]*)e(-?\d+)$", r"$\1 \\times 10^{\2}$", text)
    if text.startswith("$"):
        return text
    return re.sub(r"\d[\d,.]*\d|\d", lambda m: f"${m[0].replace(',', '{,}')}$", text, count=1)


def scanned(text: str) -> str:
    """Numbers as scans give them: thin spaces, lost superscripts, minus signs, `x` for ×."""
    text = re.sub(r"^(\d[\d.]*)e-(\d+)$", r"\1 x 10 −\2", text)
    return re.sub(r"(?<=\d),(?=\d{3})", "\u202f", text)


def raised(text: str) -> str:
    """Powers of ten with raised digits: `6 × 10⁻⁵`."""
    return re.sub(
        r"^(\d[\d.]*)e(-?\d+)$", lambda m: f"{m[1]} × 10{m[2].translate(_SUPERSCRIPT)}", text
    )


def european(text: str) -> str:
    """Decimal commas and points between thousands, for numbers that are nothing else."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        return text.replace(",", ".")
    return re.sub(r"^(\d+)\.(\d+)(?=[BMT]?$)", r"\1,\2", text)


def spaced(text: str) -> str:
    """Blanks between thousands, as in French and Russian."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        return text.replace(",", " ")
    return re.sub(r"^(\d+)\.(\d+)(?=[BMT]?$)", r"\1,\2", text)


def wide(text: str) -> str:
    """Full-width digits."""
    return text.translate(_WIDE) if re.fullmatch(r"[\d.,]+", text) else text


def bold(text: str) -> str:
    """Emphasis around every value."""
    return f"**{text}**" if text else text


def as_is(text: str) -> str:
    """The value as the base writes it."""
    return text


FORMS: dict[str, tuple[str, Callable[[str], str]]] = {
    "plain": ("", as_is), "bold": ("short", bold), "latex": ("latex", latex_math), "scanned": ("short", scanned),
    "raised": ("short", raised), "spanish": ("spanish", as_is), "german": ("german", european),
    "french": ("french", spaced), "russian": ("russian", spaced), "chinese": ("chinese", wide),
    "korean": ("korean", as_is), "japanese": ("japanese", as_is),
}  # fmt: skip


def measure(form: str, count: int, seed: int, shown: list[str]) -> tuple[int, int, int, int, int]:
    """Planted errors, those found, true cells, those called false, and cells that were not judged."""
    checker = Checker(connect())
    names = dict(connect().execute("SELECT id, name FROM models WHERE variant = 'base'"))
    language, write = FORMS[form]
    draw = random.Random(seed)
    made = found = clean = alarms = silent = 0
    while made < count:
        sheet = planted.draw_sheet(checker, names, draw)
        if language:
            keep = [i for i, name in enumerate(sheet.attributes) if name in HEADERS[language]]
            if len(keep) < 4:
                continue
            sheet.attributes = [sheet.attributes[i] for i in keep]
            sheet.cells = [[row[i] for i in keep] for row in sheet.cells]
        across = draw.random() < 0.5
        planted.plant(checker, sheet, draw, across)
        sheet.cells = [[write(cell) for cell in row] for row in sheet.cells]
        text = _table(sheet, across, HEADERS.get(language, {}))
        judged = {}
        for table in read(text, "sheet.md"):
            checked = checker.check(table)
            for cell in checked.judged_cells if checked else ():
                judged[planted.place_of(cell, across)] = cell
        for row, cells in enumerate(sheet.cells):
            for column, value in enumerate(cells):
                if not value:
                    continue
                cell = judged.get((row, column))
                verdict = cell.judgement.verdict if cell else "unread"
                false = verdict in planted.FALSE
                told = f"{sheet.names[row]} {sheet.attributes[column]} {value!r}: {verdict}"
                told += f" ({cell.judgement.reason[:70]})" if cell else ""
                if (row, column) in sheet.planted:
                    made += 1
                    found += false
                    if not false:
                        shown.append(f"{form}: missed {sheet.planted[row, column]}: {told}")
                elif (row, column) not in sheet.moved:
                    clean += 1
                    alarms += false
                    silent += verdict in {"unread", "unreadable"}
                    if false or verdict in {"unread", "unreadable"}:
                        shown.append(f"{form}: {'alarm' if false else 'silent'}: {told}")
    return made, found, clean, alarms, silent


def _table(sheet: planted.Sheet, across: bool, headers: dict[str, str]) -> str:
    text = planted.markdown(sheet, across)
    for name in sheet.attributes:
        label = ATTRIBUTES[name].label
        text = text.replace(f"| {label} |", f"| {headers.get(name, label)} |", 1)
    return text


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 600
    print(f"{'form':10} {'errors':>6} {'found':>8} {'true':>6} {'alarms':>8} {'unread':>8}")
    shown: list[str] = []
    totals = [0] * 5
    for form in FORMS:
        numbers = measure(form, count, 7, shown)
        totals = [a + b for a, b in zip(totals, numbers, strict=True)]
        _line(form, numbers)
    _line("all", totals)
    if "--shown" in arguments:
        print("\n".join(shown))
    return 0


def _line(form: str, numbers: tuple[int, ...] | list[int]) -> None:
    made, found, clean, alarms, silent = numbers
    print(
        f"{form:10} {made:>6} {found / made:>8.2%} {clean:>6} {alarms / clean:>8.3%} {silent / clean:>8.2%}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
